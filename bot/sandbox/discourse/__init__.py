"""Discourse as far as the bot speaks with it: topics, posts, edits, and the rules of a forum for them."""
