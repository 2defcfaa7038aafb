"""Judgement: what changed between two versions of a standard, and whom it breaks."""
