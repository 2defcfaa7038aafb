"""Telling every place about a report: the pull request, forums, chats, and all of them together."""
