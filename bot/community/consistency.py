"""What no shape can say of .github/bot.yml: what may not stand twice, what does not exist, what needs more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from bot.community.addresses import topic_address
from bot.community.canaries import Canary
from bot.community.channels import Channel
from bot.community.quiet import is_day
from bot.community.shape import PLACES, Steps, fault, suggestion
from bot.standard.problems import Problem, Severity
from bot.standard.reading import Reading
from bot.standard.values import JSON

HTTPS = "443"
"""The one port that feeds are fetched from."""
_SHORT_COMMIT = re.compile("[0-9a-f]{7,39}")
_BRANCHES = frozenset({"main", "master", "develop", "development", "trunk", "gh-pages", "HEAD"})
"""Names that are branches wherever they are met, and move by themselves."""


def contradictions(reading: Reading, value: Mapping[str, JSON]) -> Iterator[Problem]:
    """What is wrong with settings that each have the right shape."""
    channels = value.get("channels", ())
    yield from _repeated_ids(reading, "channels", channels, "channel")
    yield from _repeated_places(reading, channels)
    yield from _topics(reading, channels)
    yield from _profiles(reading, value)
    yield from _days(reading, value.get("quiet", ()))
    yield from _canaries(reading, value.get("canaries", ()))
    yield from _gate(reading, value.get("check", {}))


def unknown_profiles(
    reading: Reading, channels: Sequence[Channel], canaries: Sequence[Canary], known: Collection[str]
) -> Iterator[Problem]:
    """Profiles that channels or canaries name and the standard does not have: nobody is told because of such a name,
    and no feed is looked at under it."""
    for at, channel in enumerate(channels):
        for number, name in enumerate(channel.profiles):
            if name not in known:
                steps = ("channels", str(at), "profiles", str(number))
                yield _unknown(reading, steps, f"the channel {channel.id!r}", name, known)
    for at, canary in enumerate(canaries):
        if canary.profile and canary.profile not in known:
            yield _unknown(
                reading, ("canaries", str(at), "profile"), f"the canary {canary.name!r}", canary.profile, known
            )


def _unknown(reading: Reading, steps: Steps, who: str, name: str, known: Collection[str]) -> Problem:
    hint = f"{suggestion(name, known)}The profiles are: {', '.join(sorted(known))}."
    return fault(reading, steps, "profile-unknown", f"{who} names the profile {name!r}, which does not exist", hint)


def _repeated_ids(reading: Reading, setting: str, entries: list[JSON], noun: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, each in enumerate(entries):
        if each["id"] in seen:
            message = f"two of the {setting} have the id {each['id']!r}"
            hint = f"Give each {noun} an id of its own: messages are found again by it."
            yield fault(reading, (setting, str(at), "id"), "setting-repeated", message, hint)
        seen.add(each["id"])


def _canaries(reading: Reading, canaries: list[JSON]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, each in enumerate(canaries):
        if each["name"] in seen:
            message = f"two of the canaries are called {each['name']!r}"
            yield fault(reading, ("canaries", str(at), "name"), "setting-repeated", message, "Give each its own name.")
        seen.add(each["name"])
        port = urlsplit(each["url"]).netloc.partition(":")[2]
        if port not in ("", HTTPS):
            message = f"the canary {each['name']!r} is at a port of its own, and only {HTTPS} is asked"
            yield fault(
                reading, ("canaries", str(at), "url"), "setting-invalid", message, "Name an address without port."
            )


def _repeated_places(reading: Reading, channels: list[JSON]) -> Iterator[Problem]:
    seen: dict[object, str] = {}
    for at, channel in enumerate(channels):
        place = _place(channel)
        steps = ("channels", str(at))
        if place == "mail" and place in seen:
            message = f"{channel['id']!r} is a second mailing list, beside {seen[place]!r}"
            yield fault(reading, steps, "channel-surplus", message, "Keep one: mail is not for every place.")
        elif place in seen:
            message = f"{channel['id']!r} is the same place as {seen[place]!r}"
            hint = "Keep one of them, with the countries and profiles of both: people there are told once."
            yield fault(reading, steps, "setting-repeated", message, hint)
        seen.setdefault(place, channel["id"])


def _place(channel: Mapping[str, JSON]) -> object:
    kind = next(each for each in PLACES if each in channel)
    match channel[kind]:
        case {"topic": topic}:
            return kind, topic_address(topic)[1] if isinstance(topic, str) else topic
        case {"channel": name}:
            return kind, name
        case _:
            return kind


def _topics(reading: Reading, channels: list[JSON]) -> Iterator[Problem]:
    for at, channel in enumerate(channels):
        topic = channel.get("discourse", {}).get("topic")
        if isinstance(topic, str):
            steps = ("channels", str(at), "discourse", "topic")
            number = topic_address(topic)[1]
            found = fault(
                reading,
                steps,
                "topic-address-read",
                f"the topic is read as number {number}",
                f"Shorter: topic: {number}.",
            )
            yield replace(found, severity=Severity.NOTICE)


def _profiles(reading: Reading, value: Mapping[str, JSON]) -> Iterator[Problem]:
    patches, distant = value.get("patches", ()), value.get("profiles", ())
    yield from _repeated_ids(reading, "patches", patches, "profile")
    yield from _repeated_ids(reading, "profiles", distant, "profile")
    here = {each["id"] for each in patches}
    for at, each in enumerate(distant):
        if each["id"] in here:
            message = f"{each['id']!r} is under patches and under profiles"
            hint = "Keep it under patches if its files are in this repository, else under profiles."
            yield fault(reading, ("profiles", str(at), "id"), "setting-repeated", message, hint)
        yield from _ref(reading, ("profiles", str(at), "ref"), each["ref"])


def _ref(reading: Reading, steps: Steps, ref: str) -> Iterator[Problem]:
    if _SHORT_COMMIT.fullmatch(ref):
        message = f"{ref!r} looks like the beginning of a commit id"
        yield fault(reading, steps, "ref-unpinned", message, "Write all 40 digits: a beginning can mean two commits.")
    elif ref in _BRANCHES or ref.startswith("refs/heads/"):
        message = f"{ref!r} is a branch, which moves by itself"
        yield fault(reading, steps, "ref-unpinned", message, "Name a tag, or a commit by all its 40 digits.")


def _days(reading: Reading, quiet: list[JSON]) -> Iterator[Problem]:
    for at, each in enumerate(quiet):
        for name in ("from", "to"):
            if not is_day(each[name]):
                message = f"{each[name]!r} is no day of any year"
                yield fault(
                    reading, ("quiet", str(at), name), "setting-invalid", message, "Write month and day: 02-28."
                )


def _gate(reading: Reading, check: Mapping[str, JSON]) -> Iterator[Problem]:
    if check.get("gate") == "required" and "login" not in check:
        message = "the check is required, and any workflow of this repository could post one of the same name"
        hint = "Let your own GitHub App post it, and name its account under login (SETUP.md, “The gate”)."
        found = fault(reading, ("check", "gate"), "gate-unguarded", message, hint)
        yield replace(found, severity=Severity.WARNING)
