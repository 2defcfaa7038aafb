from __future__ import annotations

from itertools import combinations

import pytest

from bot.community.channels import Channel, Slack
from bot.community.countries import country, place_name
from bot.community.routing import Focus, hears


def channel(id_: str, countries: str = "", profiles: str = "") -> Channel:
    return Channel(id_, Slack(f"C{id_}"), tuple(countries.split()), tuple(profiles.split()))


GB, US, NORWAY = channel("gb", "GB"), channel("us", "US"), channel("norway", "NO")
BOTH = channel("both", "GB US")
UK_TOOLS, LOCAL_GROUP = channel("uk-tools", profiles="uk"), channel("local-group", profiles="local")
ALL = channel("all")
CHANNELS = (GB, US, NORWAY, BOTH, UK_TOOLS, ALL)
EVERYBODY = "gb us norway both uk-tools all"

COUNTRIES = {"uk": ("GB",), "classic": ("US",), "core": ("GB", "US"), "local": ()}


def touching(profiles: str) -> dict[str, tuple[str, ...]]:
    return {each: COUNTRIES[each] for each in profiles.split()}


def told(channels: tuple[Channel, ...], profiles: str, *, shared: bool = False) -> str:
    return " ".join(each.channel.id for each in hears(channels, touching(profiles), shared=shared))


TABLE = {
    # Nothing that anybody has: the pull request alone.
    "": "",
    # One country: its channels and those that name the profile.
    "uk": "gb both uk-tools",
    "classic": "us both",
    # Several countries: all.
    "core": EVERYBODY,
    "uk classic": EVERYBODY,
    "uk core": EVERYBODY,
    "classic core": EVERYBODY,
    "uk classic core": EVERYBODY,
    # A profile that nobody is responsible for: those who are for everybody.
    "local": "all",
    "uk local": "gb both uk-tools all",
    "classic local": "us both all",
    "core local": EVERYBODY,
    "uk classic local": EVERYBODY,
    "uk core local": EVERYBODY,
    "classic core local": EVERYBODY,
    "uk classic core local": EVERYBODY,
}


def test_the_table_has_every_combination() -> None:
    every = {" ".join(each) for size in range(5) for each in combinations(COUNTRIES, size)}
    assert set(TABLE) == every


@pytest.mark.parametrize(("profiles", "expected"), TABLE.items())
def test_who_is_told(profiles: str, expected: str) -> None:
    assert told(CHANNELS, profiles) == expected


@pytest.mark.parametrize("profiles", TABLE)
def test_what_all_share_is_told_to_all(profiles: str) -> None:
    assert told(CHANNELS, profiles, shared=True) == EVERYBODY


@pytest.mark.parametrize(
    ("channels", "profiles", "expected"),
    [
        ((), "uk", ""),
        ((), "uk classic core local", ""),
        ((US, NORWAY), "uk", ""),
        ((US, NORWAY), "local", ""),
        ((US, ALL), "uk", "all"),
        ((US, UK_TOOLS), "uk", "uk-tools"),
        # Who names another profile has said what to be told of, and is not for everybody.
        ((US, LOCAL_GROUP), "uk", ""),
        ((US, LOCAL_GROUP, ALL), "uk", "all"),
        ((LOCAL_GROUP, ALL), "local", "local-group"),
        ((LOCAL_GROUP, GB, ALL), "uk local", "local-group gb"),
        ((LOCAL_GROUP, US, ALL), "uk local", "local-group all"),
        ((LOCAL_GROUP, NORWAY), "core", "local-group norway"),
    ],
)
def test_who_is_told_where_not_every_place_has_a_channel(
    channels: tuple[Channel, ...], profiles: str, expected: str
) -> None:
    assert told(channels, profiles) == expected


def test_each_reads_first_what_is_theirs() -> None:
    focus = {each.channel.id: each.focus for each in hears((*CHANNELS, LOCAL_GROUP), touching("core uk local"))}
    assert focus == {
        "gb": Focus(("core", "uk"), "United Kingdom"),
        "us": Focus(("core",), "United States"),
        "norway": Focus((), "NO"),
        "both": Focus(("core", "uk"), "United Kingdom and United States"),
        "uk-tools": Focus(("uk",), ""),
        "all": Focus(),
        "local-group": Focus(("local",), ""),
    }


def test_countries_have_the_names_people_use() -> None:
    assert [country(each) for each in ("GB", "US", "NO")] == ["United Kingdom", "United States", "NO"]
    assert place_name([]) == ""
    assert place_name(["GB", "NO", "US"]) == "United Kingdom, NO and United States"
