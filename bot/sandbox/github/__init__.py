"""GitHub as far as the bot speaks with it: pull requests, comments, checks, issues, settings."""
