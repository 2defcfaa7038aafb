"""How serious rules are in a project: what the settings say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.community.shape import fault, suggestion
from bot.standard.problems import Problem, Severity
from bot.standard.reading import Reading
from bot.standard.values import JSON

_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTICE}


def severities(given: Mapping[str, JSON]) -> dict[str, Severity | None]:
    """The rules by id; None for those that are off (which YAML reads as false)."""
    return {id_: _SEVERITIES.get(str(said)) for id_, said in given.items()}


def unknown_rules(reading: Reading, given: Mapping[str, JSON]) -> Iterator[Problem]:
    """Rules that do not exist: a setting for one would do nothing, and nobody would notice."""
    if not given:
        return
    from bot.compat.rules.catalogue import catalogue, rule_of

    for id_ in given:
        if rule_of(id_) is None:
            hint = f"{suggestion(id_, catalogue())}standards-bot rules lists them all."
            yield fault(reading, ("rules", id_), "setting-unknown", f"there is no rule {id_!r}", hint)
