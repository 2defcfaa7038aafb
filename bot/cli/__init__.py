"""The command line: words to typed requests, outcomes to exit statuses. The only room that prints."""

from __future__ import annotations

from typing import Annotated

import typer

from bot import __version__
from bot.cli import demonstrating, impacting, interop, judging, looking_back, publishing, ruling, setting_up
from bot.cli.ending import NAME, ended
from bot.cli.once import Once

app = typer.Typer(
    name=NAME,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def root(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """Keeps an open data standard, its application profiles and its communities in step."""
    if version:
        typer.echo(f"standards-bot {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.callback(invoke_without_command=True)(root)
for command in (
    judging.check,
    judging.build,
    judging.compare,
    interop.interop,
    demonstrating.demo,
    impacting.impact,
    publishing.publish,
    publishing.run,
    publishing.reconcile,
    publishing.preview,
    looking_back.replay,
    ruling.rules,
    ruling.explain,
    setting_up.init,
    setting_up.doctor,
):
    app.command(cls=Once)(command)


@app.command(name="help", hidden=True)
def show_help(
    name: Annotated[str, typer.Argument(metavar="COMMAND", help="Of which command; of all, where none is named.")] = "",
) -> None:
    """Show the help of a command."""
    app([*filter(None, [name]), "--help"], prog_name=NAME, standalone_mode=False)


def run() -> int:
    """Run the command of this process; the exit status."""
    return ended(app)
