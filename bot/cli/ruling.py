"""The commands that tell what the bot goes by: `rules`, `explain`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Format, PairFormat
from bot.cli.output import write


def rules(
    form: Annotated[PairFormat, typer.Option("--format", help="How to write the list.")] = PairFormat.TEXT,
) -> None:
    """List the rules that changes and files are held against."""
    from bot.commands.rules import run
    from bot.render.rule import listed, rules_as_json

    found = run()
    write(json.dumps(rules_as_json(found), indent=2) + "\n" if form is PairFormat.JSON else listed(found), None)


def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule, as a report names it.")],
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it here instead of printing it.")] = None,
) -> None:
    """Explain a rule: why it matters, who is hurt, what to do.

    With an example, where the bot can work one out.
    """
    from bot import wiring
    from bot.commands.explain import run
    from bot.render.rule import explained
    from bot.render.rule_page import page, page_as_json

    with wiring.confirmer() as confirmer:
        found = run(rule, confirmer)
    said = found.rule, found.shown, found.change, found.problem
    match form:
        case Format.JSON:
            write(json.dumps(page_as_json(*said), indent=2) + "\n", output)
        case Format.MARKDOWN:
            write(page(*said), output)
        case Format.TEXT:
            write(explained(*said), output)
