"""The people who follow a standard: where they are told, of what, and how much."""
