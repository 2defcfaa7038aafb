from __future__ import annotations

import pytest

from bot.community.canaries import Canary
from bot.community.configuration import PATH, Configuration, configured
from bot.standard.problems import Problem
from bot.standard.yaml_reading import read_yaml


def read(text: str) -> tuple[Configuration, tuple[Problem, ...]]:
    return configured(read_yaml(PATH, text.encode()))


def test_feeds_are_named_with_their_addresses() -> None:
    found, problems = read(
        "canaries:\n  - {name: Leeds, url: 'https://leeds.example.org/services.json?page=1'}\n"
        "  - {name: York, url: 'https://york.example.org:8443', format: csv, profile: uk}\n"
    )
    assert problems == ()
    assert found.canaries == (
        Canary("Leeds", "https://leeds.example.org/services.json?page=1"),
        Canary("York", "https://york.example.org:8443", "csv", "uk"),
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
