from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.community.channels import Channel, Forum, Kind, MailingList, Slack
from bot.community.configuration import (
    PATH,
    Check,
    Configuration,
    DistantProfile,
    Gate,
    PatchedProfile,
    configured,
)
from bot.community.consistency import unknown_profiles
from bot.community.quiet import Quiet
from bot.standard.problems import Problem, Severity
from bot.standard.yaml_reading import read_yaml

WHOLE = """\
version: 1
source: ./schemas/
patches:
  - {id: uk, path: profile/, title: Open Referral UK, countries: [GB]}
channels:
  - id: uk-forum
    title: The UK's thread
    discourse: {topic: 1234, category: 12}
    countries: [GB]
  - id: uk-chat
    slack: {channel: C024BE91L}
    profiles: [uk]
  - id: list
    mail: {address: standard@lists.example.org}
profiles:
  - id: nordic
    repository: example/nordic-profile
    ref: v1.2.0
    path: ./profile
    title: Nordic
    countries: ["NO", SE]
check: {name: The standard, gate: required, login: "the-standard[bot]"}
quiet:
  - {from: 12-20, to: 01-03}
  - {from: 08-01, to: 08-31}
"""

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def read(text: str) -> tuple[Configuration, tuple[Problem, ...]]:
    return configured(read_yaml(PATH, text.encode()))


def problem(text: str) -> Problem:
    """The only thing that is wrong with a text."""
    problems = read(text)[1]
    assert len(problems) == 1
    return problems[0]


def entry(setting: str, text: str) -> str:
    return f"{setting}:\n  - {text}\n"


# What a right file says.


def test_a_whole_file_is_read() -> None:
    configuration, problems = read(WHOLE)
    assert problems == ()
    assert configuration == Configuration(
        "schemas",
        (PatchedProfile("uk", "profile", "Open Referral UK", ("GB",)),),
        (
            Channel("uk-forum", Forum(1234, 12), ("GB",), title="The UK's thread"),
            Channel("uk-chat", Slack("C024BE91L"), profiles=("uk",)),
            Channel("list", MailingList("standard@lists.example.org")),
        ),
        (DistantProfile("nordic", "example/nordic-profile", "v1.2.0", "profile", "Nordic", ("NO", "SE")),),
        Check("The standard", Gate.REQUIRED, "the-standard[bot]"),
        (Quiet("12-20", "01-03"), Quiet("08-01", "08-31")),
    )
    assert [each.kind for each in configuration.channels] == [Kind.DISCOURSE, Kind.SLACK, Kind.MAIL]


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [("", True), ("suggestions:", True), ("suggestions: true", True), ("suggestions: false", False)],
)
def test_suggestions_are_made_unless_they_are_switched_off(text: str, suggestions: bool) -> None:
    assert read(text) == (Configuration(suggestions=suggestions), ())


@pytest.mark.parametrize("value", ["0", "'false'", "[]", "none"])
def test_a_switch_is_true_or_false(value: str) -> None:
    found = problem(f"suggestions: {value}")
    assert (found.pointer, "true or false" in found.message + found.hint) == ("/suggestions", True)
    assert read(f"suggestions: {value}")[0].suggestions


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}", "version: 1", "channels:\npatches:\nquiet:\ncheck:\n"])
def test_a_file_that_says_nothing_is_valid(text: str) -> None:
    assert read(text) == (Configuration(), ())


@pytest.mark.parametrize(
    ("address", "forum"),
    [
        ("https://forum.example.org/t/pull-requests/1234", Forum(1234, host="forum.example.org")),
        ("https://forum.example.org/t/pull-requests/1234/7", Forum(1234, host="forum.example.org")),
        ("https://Forum.example.org/t/1234", Forum(1234, host="forum.example.org")),
        ("https://example.org/forum/t/1234/7?u=me#here", Forum(1234, host="example.org")),
        ("http://127.0.0.1:8080/t/pull-requests/1234/", Forum(1234, host="127.0.0.1:8080")),
        ("https://forum.example.org/t/t/12", Forum(12, host="forum.example.org")),
    ],
)
def test_the_address_of_a_topic_is_taken_and_said(address: str, forum: Forum) -> None:
    configuration, problems = read(f"channels: [{{id: a, discourse: {{topic: '{address}'}}}}]")
    assert configuration.channels[0].place == forum
    assert [(each.rule, each.severity) for each in problems] == [("topic-address-read", Severity.NOTICE)]
    assert problems[0].message == f"the topic is read as number {forum.topic}"


@pytest.mark.parametrize("ref", ["v1.0.0", "'3.1'", "release/2026", COMMIT, "schemas@2.0.1"])
def test_a_profile_may_be_pinned_to_a_commit_or_tag(ref: str) -> None:
    configuration, problems = read(entry("profiles", f"{{id: a, repository: o/n, ref: {ref}, path: .}}"))
    assert problems == ()
    assert configuration.profiles[0].ref == ref.strip("'")


# What a wrong file is told: place, words, what to do.


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("sorce: x", (1, 1), '"sorce" is no setting', "Did you mean 'source'? "),
        ("Channels: []", (1, 1), '"Channels" is no setting', "Did you mean 'channels'? "),
        ("zzz: x", (1, 1), '"zzz" is no setting', "What may stand here: version, source, "),
        ("\ncheck:\n  gaet: advisory", (3, 3), '"gaet" is no setting in check', "Did you mean 'gate'? "),
        ("- a", (1, 1), "a list is not a map of settings", ""),
        ("just text", (1, 1), '"just text" is not a map of settings', ""),
        ("version: 2", (1, 1), "2 is not a version of this file", "There is one: 1."),
        ("version: '1'", (1, 1), '"1" is not a version of this file', ""),
        ("source: /srv", (1, 1), '"/srv" is not a directory inside the repository', "no slash in front"),
        ("source: a/../../b", (1, 1), "is not a directory inside the repository", ""),
        ("source: [a]", (1, 1), "a list is not a directory inside the repository", ""),
        ("source: 3.1", (1, 1), "3.1 is not a directory inside the repository", "Put it in quotes. "),
        ("channels: none", (1, 1), '"none" is not a list of channels', ""),
        (entry("channels", "forum"), (2, 5), '"forum" is not a channel', "Each channel has an id and one place"),
        (entry("channels", "{id: a}"), (2, 5), 'the channel "a" names no place', "discourse: {topic: 1234}"),
        (entry("channels", "{slack: {channel: C0123456789}}"), (2, 5), "a channel lacks 'id'", "Add id: the id of"),
        (entry("channels", "{id: github, slack: {channel: C0123456789}}"), (2, 6), '"github" is not the id', ""),
        (entry("channels", "{id: A b, slack: {channel: C0123456789}}"), (2, 6), '"A b" is not the id of a channel', ""),
        (entry("channels", "{id: a, slack: {channel: '#uk'}}"), (2, 21), '"#uk" is not the id of a Slack channel', "A name can change, an id does not."),
        (entry("channels", "{id: a, slack: {channel: general}}"), (2, 21), '"general" is not the id', "C0123456789"),
        (entry("channels", "{id: a, slack: C0123456789}"), (2, 13), "is not a place in Slack", "slack: {channel: "),
        (entry("channels", "{id: a, slak: {channel: C0123456789}}"), (2, 13), '"slak" is no setting in channels, entry 1', "Did you mean 'slack'? "),
        (entry("channels", "{id: a, slack: {channel: C0123456789}, mail: {address: a@b.org}}"), (2, 5), 'the channel "a" is several places at once: slack, mail', "Make a channel of each"),
        (entry("channels", "{id: a, discourse: {topic: 0}}"), (2, 25), "0 is not the number of a topic", "1234"),
        (entry("channels", "{id: a, discourse: {topic: 5.0}}"), (2, 25), "5.0 is not the number of a topic", "1234"),
        (entry("channels", "{id: a, discourse: {topic: 5, category: 3.0}}"), (2, 35), "3.0 is not the number of a category", "12"),
        (entry("channels", "{id: a, discourse: {topic: true}}"), (2, 25), "true is not the number of a topic", ""),
        (entry("channels", "{id: a, discourse: {topic: pull-requests}}"), (2, 25), '"pull-requests" is not the number', ""),
        (entry("channels", "{id: a, discourse: {topic: 'https://x.org/c/uk/12'}}"), (2, 25), "is not the number of a topic", ""),
        (entry("channels", "{id: a, discourse: {topic: 'https://u@x.org/t/1'}}"), (2, 25), "is not the number of a topic", ""),
        (entry("channels", "{id: a, discourse: {category: 1}}"), (2, 13), "a place in a Discourse forum lacks 'topic'", ""),
        (entry("channels", "{id: a, mail: {address: 'a@b.org, c@d.org'}}"), (2, 20), "is not an e-mail address", "One address"),
        (entry("channels", '{id: a, mail: {address: "a@b.org\\nBcc: c@d.org"}}'), (2, 20), "is not an e-mail address", ""),
        (entry("channels", "{id: a, slack: {channel: C0123456789}, countries: [UK]}"), (2, 56), '"UK" is not the code of a country', "GB (not UK)"),
        (entry("channels", "{id: a, slack: {channel: C0123456789}, countries: [gb]}"), (2, 56), '"gb" is not the code of a country', ""),
        (entry("channels", "{id: a, slack: {channel: C0123456789}, countries: GB}"), (2, 44), '"GB" is not a list of countries', "[GB], [GB, US]"),
        (entry("channels", "{id: a, slack: {channel: C0123456789}, countries: [GB, GB]}"), (2, 44), "channels, entry 1, countries names something twice", "Keep one."),
        (entry("channels", "{id: a, slack: {channel: C0123456789}, title: 2026}"), (2, 44), "2026 is not a name for people", "Put it in quotes. "),
        (entry("patches", "{id: uk}"), (2, 5), "a directory with merge patches lacks 'path'", "Add path: a directory"),
        (entry("profiles", "{id: a, repository: n, ref: v1, path: p}"), (2, 13), '"n" is not the name of a GitHub repository', "Owner and name"),
        (entry("profiles", "{id: a, repository: o/.., ref: v1, path: p}"), (2, 13), '"o/.." is not the name', ""),
        (entry("profiles", "{id: a, repository: o/n, ref: 3.1, path: p}"), (2, 30), "3.1 is not a full commit id or a tag", "Put it in quotes. "),
        (entry("profiles", "{id: a, repository: o/n, ref: --upload-pack=x, path: p}"), (2, 30), "is not a full commit id or a tag", ""),
        (entry("profiles", "{id: a, repository: o/n, ref: a..b, path: p}"), (2, 30), '"a..b" is not a full commit id or a tag', ""),
        (entry("profiles", "{id: a, repository: o/n, ref: main, path: p}"), (2, 30), "'main' is a branch, which moves by itself", "Name a tag"),
        (entry("profiles", "{id: a, repository: o/n, ref: refs/heads/x, path: p}"), (2, 30), "is a branch, which moves by itself", ""),
        (entry("profiles", "{id: a, repository: o/n, ref: abcdef0, path: p}"), (2, 30), "'abcdef0' looks like the beginning of a commit id", "all 40 digits"),
        (entry("profiles", "{id: a, repository: o/n, ref: v1, path: ../p}"), (2, 39), '"../p" is not a directory inside that repository', ""),
        ("check: {gate: Required}", (1, 9), '"Required" is not advisory or required', "Did you mean 'required'? "),
        ("check: {name: 1}", (1, 9), "1 is not the name of the check", "Put it in quotes. "),
        ("check: {name: ' x'}", (1, 9), '" x" is not the name of the check', ""),
        ("check: {login: a b}", (1, 9), '"a b" is not the account that the bot writes as', "[bot]"),
        (entry("quiet", "{from: 20-12, to: 12-31}"), (2, 6), '"20-12" is not a day of the year', "the 20th of December"),
        (entry("quiet", "{from: 02-30, to: 03-01}"), (2, 6), "'02-30' is no day of any year", "02-28"),
        (entry("quiet", "{from: 08-01, until: 08-31}"), (2, 5), "a quiet time lacks 'to'", "Add to: a day of the year"),
        ("channels: [", (2, 1), "this is not YAML", ""),
        ("source: a\nsource: b", (2, 1), "the key 'source' is given twice", "Keep one."),
        ("source: &x a", (1, 9), "anchors and aliases are not read", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(text: str, place: tuple[int, int], message: str, hint: str) -> None:
    problems = [each for each in read(text)[1] if message in each.message]
    assert [(each.line, each.column, each.severity) for each in problems] == [(*place, Severity.ERROR)]
    assert hint in problems[0].hint
    assert problems[0].file == PATH
    assert problems[0].hint


def test_a_wrong_word_is_one_problem() -> None:
    """`UK` is no country, and it is not said twice that it is none."""
    for text in (
        entry("channels", "{id: github, slak: {channel: 1}, countries: [UK]}"),
        entry("channels", "text"),
        "source: ''",
    ):
        messages = [each.message for each in read(text)[1]]
        assert len(messages) == len(set(messages))
    assert problem(entry("channels", "text")).rule == "setting-invalid"


SLACK = "slack: {channel: C0123456789}"


@pytest.mark.parametrize(
    ("entries", "rule", "pointer"),
    [
        ([f"{{id: a, {SLACK}}}", "{id: a, discourse: {topic: 1}}"], "setting-repeated", "/channels/1/id"),
        ([f"{{id: a, {SLACK}}}", f"{{id: b, {SLACK}}}"], "setting-repeated", "/channels/1"),
        (["{id: a, discourse: {topic: 1}}", "{id: b, discourse: {topic: 1, category: 2}}"], "setting-repeated", "/channels/1"),
        (["{id: a, mail: {address: a@b.org}}", "{id: b, mail: {address: c@d.org}}"], "channel-surplus", "/channels/1"),
    ],
)  # fmt: skip
def test_nobody_is_told_twice(entries: list[str], rule: str, pointer: str) -> None:
    configuration, problems = read("channels:\n" + "".join(f"  - {each}\n" for each in entries))
    assert [(each.rule, each.pointer, each.line) for each in problems] == [(rule, pointer, 3)]
    assert configuration.channels == ()


def test_a_topic_is_the_same_by_number_and_by_address() -> None:
    text = "channels:\n  - {id: a, discourse: {topic: 7}}\n  - {id: b, discourse: {topic: 'https://x.org/t/7'}}\n"
    assert [each.rule for each in read(text)[1]] == ["setting-repeated", "topic-address-read"]


def test_a_profile_is_named_once() -> None:
    here, there = "{id: uk, path: profile}", "{id: uk, repository: o/n, ref: v1, path: p}"
    assert problem(f"patches: [{here}, {here}]").message == "two of the patches have the id 'uk'"
    assert problem(f"profiles: [{there}, {there}]").message == "two of the profiles have the id 'uk'"
    assert problem(f"patches: [{here}]\nprofiles: [{there}]").message == "'uk' is under patches and under profiles"


def test_a_required_check_that_anybody_could_forge_is_a_warning() -> None:
    configuration, problems = read("check: {gate: required}")
    assert configuration.check.gate is Gate.REQUIRED
    assert [(each.rule, each.severity) for each in problems] == [("gate-unguarded", Severity.WARNING)]
    assert read("check: {gate: required, login: 'x[bot]'}")[1] == ()


def test_a_setting_that_is_wrong_anywhere_counts_as_left_out_whole() -> None:
    text = WHOLE.replace("countries: [GB]\n  - id: uk-chat", "countries: [UK]\n  - id: uk-chat")
    configuration, problems = read(text)
    assert [each.pointer for each in problems] == ["/channels/0/countries/0"]
    whole = read(WHOLE)[0]
    assert configuration.channels == ()
    assert (configuration.patches, configuration.check, configuration.quiet) == (
        whole.patches,
        whole.check,
        whole.quiet,
    )


def test_a_file_that_cannot_be_read_tells_nobody_but_the_pull_request() -> None:
    configuration, problems = read(WHOLE + "  - [")
    assert replace(configuration, check=Check()) == Configuration()
    assert (configuration.check.gate, configuration.check.doubt) == (Gate.REQUIRED, problems[0])
    assert [each.rule for each in problems] == ["yaml-invalid"]


def test_profiles_that_channels_name_are_known() -> None:
    reading = read_yaml(PATH, WHOLE.replace("profiles: [uk]", "profiles: [uk, nordik]").encode())
    channels = configured(reading)[0].channels
    (found,) = unknown_profiles(reading, channels, (), {"uk", "nordic"})
    assert found.message == "the channel 'uk-chat' names the profile 'nordik', which does not exist"
    assert found.hint == "Did you mean 'nordic'? The profiles are: nordic, uk."
    assert (found.line, found.column) == (12, 20)


@pytest.mark.parametrize(
    ("day", "quiet"),
    [("12-19", False), ("12-20", True), ("12-31", True), ("01-01", True), ("01-03", True), ("01-04", False),
     ("07-31", False), ("08-01", True), ("08-31", True), ("09-01", False)],
)  # fmt: skip
def test_quiet_days_include_both_ends_and_may_go_over_the_new_year(day: str, quiet: bool) -> None:
    assert read(WHOLE)[0].is_quiet(day) is quiet


# Hostile ones.


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "channels", "slack", "channel", "discourse", "topic", "mail", "patches",
                                       "profiles", "countries", "check", "quiet", "from", "to", "ref", "x"]), inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
def test_whatever_the_file_holds_there_is_an_answer(value: object) -> None:
    configuration, problems = read(json.dumps(value))
    assert isinstance(configuration, Configuration)
    assert all(each.message and each.hint and each.line for each in problems)


def test_a_list_without_end_is_refused() -> None:
    quiet = "".join("  - {from: 08-01, to: 08-02}\n" for _ in range(21))
    assert problem(f"quiet:\n{quiet}").message == "quiet has more than 20 entries"


def test_long_values_are_cut_in_messages() -> None:
    assert len(problem(f"source: /{'x' * 5000}").message) < 150


# The schema, for editors.


def test_the_schema_describes_every_setting() -> None:
    schema = json.loads(files("bot.community").joinpath("schemas", "bot.json").read_text(encoding="utf-8"))
    waiting, seen = [schema, *schema["$defs"].values()], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if "$ref" not in part:
            assert part["title"]
            assert part["description"].endswith((".", "`."))
        waiting += [*part.get("properties", {}).values(), *([part["items"]] if "items" in part else [])]
    assert seen > 40
