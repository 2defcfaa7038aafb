"""Whom a rule names, in the same words everywhere."""

PUBLISHERS = "Publishers: some of their data would no longer be valid until they change it."
TOOLS = "Makers of tools: they may meet data that they did not expect. No publisher has to do anything."
EITHER = "Publishers where less is allowed than before, makers of tools where more is."
NOBODY = "Nobody: no document and no tool depends on it."
TELL_TOOLS = "Nothing has to be done for data. Say it in the changelog, so that makers of tools hear of it."
SAY_WHY = "Nothing has to be done. If it was not meant, put it back."
