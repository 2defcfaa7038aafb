"""Repair: for a change that breaks, the smallest edit of its file that keeps published data valid."""
