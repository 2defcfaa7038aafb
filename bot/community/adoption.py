"""How a repository takes the bot in: one workflow file that calls the bot's own."""

from __future__ import annotations

WORKFLOW = ".github/workflows/standards-bot.yml"
"""Where the workflow file goes."""
PLACEHOLDER = "OWNER/standards-bot@COMMIT"
"""Stands for the repository of the bot and a commit of it, until somebody names them."""
CALLED = "OWNER/standards-bot/.github/workflows/bot.yml@COMMIT"
"""How the placeholder stands in the workflow file."""
