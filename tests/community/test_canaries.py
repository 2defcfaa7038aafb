from __future__ import annotations

import pytest

from bot.community.canaries import Canary
from bot.community.configuration import PATH, Configuration, configured
from bot.community.consistency import unknown_profiles
from bot.standard.problems import Problem
from bot.standard.yaml_reading import read_yaml


def read(text: str) -> tuple[Configuration, tuple[Problem, ...]]:
    return configured(read_yaml(PATH, text.encode()))


def test_feeds_are_named_with_their_addresses() -> None:
    found, problems = read(
        "canaries:\n  - {name: Leeds, url: 'https://leeds.example.org/services.json?page=1'}\n"
        "  - {name: York, url: 'https://york.example.org:443', format: csv, profile: uk}\n"
    )
    assert problems == ()
    assert found.canaries == (
        Canary("Leeds", "https://leeds.example.org/services.json?page=1"),
        Canary("York", "https://york.example.org:443", "csv", "uk"),
    )


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{name: Leeds}", "lacks 'url'"),
        ("{name: Leeds, url: 'http://leeds.example.org/'}", "is not an https address"),
        ("{name: Leeds, url: 'https://me:secret@leeds.example.org/'}", "is not an https address"),
        ("{name: Leeds, url: 'https://leeds.example.org/a b'}", "is not an https address"),
        ("{name: Leeds, url: 'file:///etc/passwd'}", "is not an https address"),
        ("{name: Leeds, url: 'https://x.org/', format: xml}", "is not a form of data"),
        ("{name: '', url: 'https://x.org/'}", "is not the name of a feed"),
        ("{name: Leeds, url: 'https://x.org/', colour: red}", "is no setting"),
    ],
)
def test_a_feed_that_cannot_be_fetched_so_is_said_to_be(entry: str, said: str) -> None:
    found, (problem, *_) = read(f"canaries:\n  - {entry}\n")
    assert said in problem.message
    assert problem.line == 2
    assert problem.hint
    assert found.canaries == ()


def test_two_feeds_of_one_name_cannot_be_told_apart() -> None:
    one = "{name: Leeds, url: 'https://x.org/'}"
    found, (problem,) = read(f"canaries:\n  - {one}\n  - {one}\n")
    assert problem.message == "two of the canaries are called 'Leeds'"
    assert found.canaries == ()


def test_a_feed_at_a_port_of_its_own_is_said_to_be_asked_for_in_vain() -> None:
    found, (problem,) = read("canaries:\n  - {name: Leeds, url: 'https://x.org:8443/a:443'}\n")
    assert problem.message == "the canary 'Leeds' is at a port of its own, and only 443 is asked"
    assert found.canaries == ()


def test_a_profile_that_no_feed_can_be_looked_at_under_is_said() -> None:
    text = "canaries:\n  - {name: Leeds, url: 'https://x.org/'}\n  - {name: York, url: 'https://y.org/', profile: uj}\n"
    reading = read_yaml(PATH, text.encode())
    (problem,) = unknown_profiles(reading, (), configured(reading)[0].canaries, {"uk", "core"})
    assert (problem.rule, problem.line) == ("profile-unknown", 3)
    assert problem.message == "the canary 'York' names the profile 'uj', which does not exist"
    assert "uk" in problem.hint
