"""How a run ends: whatever went wrong is an error that can be shown, and an exit status."""

from __future__ import annotations

import os
import sys

import typer

from bot.errors import BotError, UsageError


def ended(app: typer.Typer) -> int:
    """Run the command of this process; the exit status."""
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as problem:
        return complain(UsageError(problem.format_message(), "standards-bot --help lists commands and options."))
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough. Nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if os.environ.get("STANDARDS_BOT_TRACEBACK"):
            raise
        return complain(as_error(problem))
    return status if isinstance(status, int) else 0


def as_error(problem: Exception) -> BotError:
    """Whatever went wrong, as an error that can be shown."""
    if isinstance(problem, BotError):
        return problem
    name = type(problem).__name__
    if isinstance(problem, (RecursionError, MemoryError)):
        return BotError(f"this is more than can be judged ({name})", "Try it in smaller parts.")
    hint = "This is a fault of the bot and not of your files. Run it with STANDARDS_BOT_TRACEBACK=1 and report it."
    return BotError(f"standards-bot failed: {name}: {problem}", hint)


def complain(problem: BotError) -> int:
    """Say what is wrong and what to do, on standard error; the exit status."""
    from bot.render.safety import one_line

    text = f"error: {problem.message}. {problem.hint}" if problem.hint else f"error: {problem.message}"
    typer.echo(one_line(text), err=True)
    return problem.exit_status
