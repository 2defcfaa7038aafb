"""How a repository takes the bot in: one workflow file that calls the bot's own, or two where its clock is apart."""

from __future__ import annotations

WORKFLOW = ".github/workflows/standards-bot.yml"
"""Where the workflow file goes."""
CLOCK = ".github/workflows/standards-bot-clock.yml"
"""Where the clock goes, if it is apart."""
SCHEDULE = '  schedule:\n    - cron: "23 5 * * *"\n'
"""How the clock stands in a workflow file."""
PLACEHOLDER = "OWNER/standards-bot@COMMIT"
"""Stands for the repository of the bot and a commit of it, until somebody names them."""
CALLED = "OWNER/standards-bot/.github/workflows/bot.yml@COMMIT"
"""How the placeholder stands in the workflow file."""
