"""What we say: one model of a check's outcome, versioned as JSON."""
