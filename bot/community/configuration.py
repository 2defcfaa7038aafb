"""What .github/bot.yml says: where the standard lies, who is told, what the check is called, when it is quiet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import PurePosixPath

from bot.community.addresses import topic_address
from bot.community.canaries import Canary
from bot.community.channels import Channel, Forum, MailingList, Place, Slack
from bot.community.consistency import contradictions
from bot.community.gate import doubt
from bot.community.quiet import Quiet
from bot.community.ruling import severities, unknown_rules
from bot.community.shape import faults
from bot.standard.pointers import steps
from bot.standard.problems import Problem, Severity
from bot.standard.reading import Reading
from bot.standard.values import JSON

PATH = ".github/bot.yml"
"""Where the file lies in a repository. It is read from the default branch, never from a pull request."""


class Gate(Enum):
    """Whether the check may stop a merge."""

    ADVISORY = "advisory"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class PatchedProfile:
    """A profile of an HSDS 3 checkout: a directory of merge patches, from the top of the repository."""

    id: str
    path: str
    title: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DistantProfile:
    """A profile that lives in another repository (`owner/name`), pinned to a commit or tag."""

    id: str
    repository: str
    ref: str
    path: str
    title: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The check on the pull request. `login`: the account the bot writes as, "" for GitHub Actions' own. `doubt`: why
    it is not known whether it is required, which it is then."""

    name: str = "standards-bot"
    gate: Gate = Gate.ADVISORY
    login: str = ""
    doubt: Problem | None = None


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything the file says. `source` is the directory of the standard, from the top of the repository. `rules`: how
    serious rules are here, by id; None where one is switched off. `suggestions`: repairs are offered on the
    lines of the pull request."""

    source: str = "."
    patches: tuple[PatchedProfile, ...] = ()
    channels: tuple[Channel, ...] = ()
    profiles: tuple[DistantProfile, ...] = ()
    check: Check = Check()
    quiet: tuple[Quiet, ...] = ()
    canaries: tuple[Canary, ...] = ()
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    suggestions: bool = True

    def is_quiet(self, day: str) -> bool:
        """Whether a day (`MM-DD`) is quiet."""
        return any(each.includes(day) for each in self.quiet)


def configured(reading: Reading) -> tuple[Configuration, tuple[Problem, ...]]:
    """The configuration, and what is wrong with the file. A setting that is wrong anywhere counts as left out,
    whole: a half of the channels could tell the wrong people. But the check is required where nobody can tell."""
    if not reading.readable:
        return Configuration(check=_closed(Check(), reading, reading.problems)), reading.problems
    problems = [*reading.problems, *faults(reading)]
    sound = _without(reading.value, problems)
    problems += [*contradictions(reading, sound), *unknown_rules(reading, sound.get("rules", {}))]
    problems.sort(key=_place)
    found = _configuration(_without(sound, problems))
    return replace(found, check=_closed(found.check, reading, problems)), tuple(problems)


def _closed(check: Check, reading: Reading, problems: Sequence[Problem]) -> Check:
    """The check; a required one, by the name and the account that are sound, where it may be one."""
    why = doubt(reading, problems)
    if why is None:
        return check
    said = reading.value.get("check") if isinstance(reading.value, dict) else None
    wrong = {steps(each.pointer)[1:2] for each in problems if steps(each.pointer)[:1] == ("check",)}
    sound = {name: said[name] for name in ("name", "login") if isinstance(said, dict) and name in said}
    known = {name: each for name, each in sound.items() if (name,) not in wrong and isinstance(each, str)}
    return replace(check, **known, gate=Gate.REQUIRED, doubt=why)


def _without(value: JSON, problems: list[Problem]) -> dict[str, JSON]:
    """The settings in which nothing is wrong."""
    wrong = {steps(each.pointer)[:1] for each in problems if each.severity is Severity.ERROR}
    if not isinstance(value, dict) or () in wrong:
        return {}
    return {name: each for name, each in value.items() if (name,) not in wrong and each is not None}


def _place(problem: Problem) -> tuple[int, int, str]:
    return problem.line, problem.column, problem.message


def _configuration(value: Mapping[str, JSON]) -> Configuration:
    check = value.get("check", {})
    return Configuration(
        source=_path(value.get("source", ".")),
        patches=tuple(
            PatchedProfile(each["id"], _path(each["path"]), **_names(each)) for each in value.get("patches", ())
        ),
        channels=tuple(_channel(each) for each in value.get("channels", ())),
        profiles=tuple(
            DistantProfile(each["id"], each["repository"], each["ref"], _path(each["path"]), **_names(each))
            for each in value.get("profiles", ())
        ),
        check=Check(check.get("name", Check().name), Gate(check.get("gate", "advisory")), check.get("login", "")),
        suggestions=value.get("suggestions", True),
        rules=severities(value.get("rules", {})),
        quiet=tuple(Quiet(each["from"], each["to"]) for each in value.get("quiet", ())),
        canaries=tuple(Canary(**each) for each in value.get("canaries", ())),
    )


def _channel(value: Mapping[str, JSON]) -> Channel:
    return Channel(value["id"], _where(value), profiles=tuple(value.get("profiles", ())), **_names(value))


def _where(value: Mapping[str, JSON]) -> Place:
    match value:
        case {"discourse": forum}:
            topic = forum["topic"]
            host, number = topic_address(topic) if isinstance(topic, str) else ("", topic)
            return Forum(number, forum.get("category"), host)
        case {"slack": {"channel": channel}}:
            return Slack(channel)
        case _:
            return MailingList(value["mail"]["address"])


def _names(value: Mapping[str, JSON]) -> dict[str, JSON]:
    return {"title": value.get("title", ""), "countries": tuple(value.get("countries", ()))}


def _path(text: str) -> str:
    return str(PurePosixPath(text))
