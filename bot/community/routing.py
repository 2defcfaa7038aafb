"""Who is told of a change: the people whose profiles it touches, all of them where it touches what all share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.community.channels import Channel
from bot.community.countries import place_name


@dataclass(frozen=True, slots=True)
class Focus:
    """What the people of a channel read first: those of the touched profiles that are theirs, and the place
    they are in. None of either: everything alike."""

    profiles: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hearing:
    """A channel that is told, and with which focus."""

    channel: Channel
    focus: Focus


def hears(
    channels: Sequence[Channel],
    touched: Mapping[str, Sequence[str]],
    *,
    shared: bool = False,
    untouched: Collection[str] = (),
) -> tuple[Hearing, ...]:
    """The channels, in their order, that are told of a change to these profiles (id to countries). The pull
    request is always told, and is none of them.

    `shared`: the change is to what all profiles share (or to a standard that is no profile): everybody is told,
    as where the profiles are of several countries. A change to the profiles of one country goes to those
    who name it or the profile; where nobody does, to the channels that are for everybody. A channel that names
    profiles alone hears of nothing where all of them are `untouched`: known, and as they were.
    """
    channels = [each for each in channels if not _is_spared(each, untouched)]
    countries = {country for each in touched.values() for country in each}
    everybody = shared or len(countries) > 1
    told = channels if everybody else [each for each in channels if _is_told(each, channels, touched)]
    return tuple(Hearing(each, _focus(each, touched)) for each in told)


def _is_told(channel: Channel, channels: Sequence[Channel], touched: Mapping[str, Sequence[str]]) -> bool:
    for profile, countries in touched.items():
        responsible = [each for each in channels if _is_responsible(each, profile, countries)]
        if channel in (responsible or [each for each in channels if _is_for_everybody(each)]):
            return True
    return False


def _is_spared(channel: Channel, untouched: Collection[str]) -> bool:
    return bool(channel.profiles) and not channel.countries and set(channel.profiles).issubset(untouched)


def _is_responsible(channel: Channel, profile: str, countries: Sequence[str]) -> bool:
    return profile in channel.profiles or not set(channel.countries).isdisjoint(countries)


def _is_for_everybody(channel: Channel) -> bool:
    return not channel.countries and not channel.profiles


def _focus(channel: Channel, touched: Mapping[str, Sequence[str]]) -> Focus:
    own = tuple(profile for profile, countries in touched.items() if _is_responsible(channel, profile, countries))
    return Focus(own, place_name(channel.countries))
