"""Slack as far as the bot speaks with it: channels, messages, threads, and the rules of Block Kit."""
