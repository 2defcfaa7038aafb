"""Where messages go: marks by which ours are known again, and the protocol that delivers each exactly once."""
