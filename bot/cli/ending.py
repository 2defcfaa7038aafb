"""How a run ends: whatever went wrong is an error that can be shown, and an exit status."""

from __future__ import annotations

import os
import re
import sys

import typer

from bot.errors import BotError, UsageError

_STOP = re.compile(r"(?<=[\w)\]'\"])\.$")
"""A full stop that ends a sentence, and no name of a directory."""
NAME = "standards-bot"
_RANGE = re.compile(r"(\S+) is not in the range (\S+?)<=x<=(\S+?)\.?$")


def ended(app: typer.Typer) -> int:
    """Run the command of this process; the exit status."""
    try:
        status = app(prog_name=NAME, standalone_mode=False)
    except typer.TyperException as problem:
        return complain(_usage(problem))
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


def _usage(problem: typer.TyperException) -> UsageError:
    """What was asked for wrongly, and where the right words are."""
    context = getattr(problem, "ctx", None)
    words = [each for each in sys.argv[1:2] if not each.startswith("-")]
    command = (context.parent and context.info_name) if context is not None else "".join(words)
    help_ = " ".join(filter(None, [NAME, command, "--help"]))
    what = "lists its options" if command else "lists commands and options"
    said = _RANGE.sub(r"\1 is not from \2 to \3", problem.format_message())
    return UsageError(said.replace("a valid int range", "a whole number"), f"{help_} {what}.")


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

    said = _STOP.sub("", problem.message) if problem.hint else problem.message
    # A question that the library asks ends in a mark of its own.
    stop = "" if said.endswith(("?", "!")) else "."
    typer.echo(one_line(f"error: {said}{stop} {problem.hint}" if problem.hint else f"error: {said}"), err=True)
    return problem.exit_status
