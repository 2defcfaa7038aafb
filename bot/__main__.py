"""Entry point: `standards-bot`, or `python -m bot`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; an error that the user can mend is said without a stack trace."""
    from bot.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
