"""How serious rules are in a project: what the settings say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.community.shape import fault, suggestion
from bot.standard.problems import UNREAD, Problem, Severity
from bot.standard.reading import Reading
from bot.standard.values import JSON

_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTICE}


def severities(given: Mapping[str, JSON]) -> dict[str, Severity | None]:
    """The rules by id; None for those that are off (which YAML reads as false). Why nothing can be judged is said
    whatever the settings say."""
    return {id_: _SEVERITIES.get(str(said)) for id_, said in given.items() if id_ not in UNREAD}


def unknown_rules(reading: Reading, given: Mapping[str, JSON]) -> Iterator[Problem]:
    """Rules that do not exist: a setting for one would do nothing, and nobody would notice."""
    if not given:
        return
    from bot.compat.rules import settings
    from bot.compat.rules.catalogue import catalogue, rule_of

    of_settings = {rule.id for rule in settings.rules()}
    for id_ in given:
        if id_ in UNREAD:
            message = f"{id_!r} is why a file cannot be read: it stays an error"
            yield fault(reading, ("rules", id_), "setting-invalid", message, "Take the line out.")
        elif id_ in of_settings:
            message = f"{id_!r} is about the settings themselves: it stays as it is"
            yield fault(reading, ("rules", id_), "setting-invalid", message, "Take the line out.")
        elif rule_of(id_) is None:
            hint = f"{suggestion(id_, catalogue())}standards-bot rules lists them all."
            yield fault(reading, ("rules", id_), "setting-unknown", f"there is no rule {id_!r}", hint)
