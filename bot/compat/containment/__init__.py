"""Is every document of one JSON Schema a document of another? Proved, refuted by an example, or unknown."""
