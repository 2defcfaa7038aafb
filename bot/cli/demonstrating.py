"""The command that shows what the bot does: `demo`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Format, Source
from bot.cli.output import progress, report_text, write

if TYPE_CHECKING:
    from bot.commands.demo import Demonstrated
    from bot.report.model import Report

TITLE = "Require a web address, offer booking"


def demo(
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where to write what is made.")] = Path("demo"),
    source: Source = Path(),
) -> None:
    """See the main job done on a sample change.

    Judges a change to the bundled standard, builds the releases it would lead to, and tells a stand-in GitHub, forum
    and Slack of it.
    """
    from bot import wiring
    from bot.commands.demo import RELEASES, run

    parts = wiring.sources(source), wiring.own_output(output), wiring.output(output / RELEASES)
    with progress() as shown, wiring.confirmer() as confirmer:
        done = run(str(output), *parts, confirmer, shown)
    write(report_text(done.report, Format.TEXT), None)
    for form, name in ((Format.MARKDOWN, "report.md"), (Format.JSON, "report.json")):
        write(report_text(done.report, form), output / name)
    typer.echo("\nTold of it, in a stand-in world on this machine")
    tell_stand_in(done.report, output, done.touched)
    typer.echo("\nWhere to look")
    for what, place in _places(done, source, output).items():
        typer.echo(f"   {what:34} {place}")
    typer.echo("\nThe releases keep their version numbers: whoever publishes one decides on the next.")


def _places(done: Demonstrated, source: Path, output: Path) -> dict[str, object]:
    from bot.commands.demo import CHANGED, RELEASES

    return {
        "what everybody is told": output / "preview.html",
        "the sample change": f"diff -ru --exclude='*.md' {source / 'schema'} {output / CHANGED / 'schema'}",
        "what stands in the stand-in world": output / "world.json",
        "this report, for people": output / "report.md",
        "this report, for programs": output / "report.json",
        "the releases it would lead to": f"{output / RELEASES}/{{{','.join(done.profiles)}}}",
        "one schema of them, compiled": output / RELEASES / done.profiles[-1] / "schema" / "compiled" / "service.json",
    }


def tell_stand_in(report: Report, output: Path, touched: Mapping[str, tuple[str | None, str]]) -> None:
    """Publish a report to a stand-in world, on a pull request that changes these files; what stands there afterwards,
    and a page that shows it, in files."""
    from bot import wiring
    from bot.cli.outcomes import say
    from bot.commands.demo import shown
    from bot.commands.publish import PublishRequest, present
    from bot.commands.publish import run as publish
    from bot.render.preview import preview

    with wiring.stand_in(TITLE, touched) as world:
        with wiring.services(world.settings, world.configuration) as services:
            request = PublishRequest(report, world.number, links=services.links)
            announcement = publish(request, world.configuration, services.channels, services.clock, services.today)
            pull_request = present(services.channels.forge, world.number, services.clock)
            everybody, chats = shown(request, pull_request, world.configuration, services.clock)
        say(announcement, f"Pull request {world.number}")
        write(json.dumps(world.state(), indent=2) + "\n", output / "world.json")
    write(preview(report, everybody, chats=chats), output / "preview.html")
