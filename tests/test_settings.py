from __future__ import annotations

import copy
import pickle
from dataclasses import asdict

import pytest

from bot.errors import UsageError
from bot.settings import Discourse, GitHub, Run, Secret, Settings, Slack, settings

TOKENS = {
    "GITHUB_TOKEN": "ghs_hush",
    "DISCOURSE_API_KEY": "d1hush",
    "SLACK_BOT_TOKEN": "xoxb-hush",
    "GITHUB_ELSEWHERE_TOKEN": "github_pat_hush",
}
WHOLE = {
    **TOKENS,
    "GITHUB_REPOSITORY": "example/standard",
    "GITHUB_API_URL": "https://github.example.org/api/v3/",
    "GITHUB_SERVER_URL": "https://github.example.org",
    "GITHUB_EVENT_NAME": "pull_request_target",
    "GITHUB_EVENT_PATH": "event.json",
    "GITHUB_STEP_SUMMARY": "summary.md",
    "GITHUB_OUTPUT": "output",
    "GITHUB_RUN_ID": "42",
    "CI": "true",
    "DISCOURSE_URL": "https://forum.example.org/",
    "DISCOURSE_API_USERNAME": "standards-bot",
    "SLACK_API_URL": "http://127.0.0.1:8080/slack/api/",
}


def test_everything_is_read() -> None:
    assert settings(WHOLE) == Settings(
        GitHub(
            Secret("ghs_hush"), "example/standard", "https://github.example.org/api/v3", "https://github.example.org"
        ),
        Discourse("https://forum.example.org", Secret("d1hush"), "standards-bot"),
        Slack(Secret("xoxb-hush"), "http://127.0.0.1:8080/slack/api"),
        Secret("github_pat_hush"),
        Run(
            "pull_request_target",
            "event.json",
            "summary.md",
            "output",
            42,
            "https://github.example.org/example/standard/actions/runs/42",
            ci=True,
        ),
    )


def test_nothing_set_is_no_error() -> None:
    assert settings({}) == Settings(
        missing={
            "github": "GITHUB_TOKEN and GITHUB_REPOSITORY are not set",
            "discourse": "DISCOURSE_URL, DISCOURSE_API_KEY and DISCOURSE_API_USERNAME are not set",
            "slack": "SLACK_BOT_TOKEN is not set",
            "elsewhere": "GITHUB_ELSEWHERE_TOKEN is not set",
        }
    )


def test_the_public_addresses_are_understood() -> None:
    found = settings({**TOKENS, "GITHUB_REPOSITORY": "o/n", "GITHUB_RUN_ID": "7"})
    assert found.github is not None
    assert found.slack is not None
    assert found.github.api_url == "https://api.github.com"
    assert found.slack.api_url == "https://slack.com/api"
    assert found.run.url == "https://github.com/o/n/actions/runs/7"


@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_a_secret_that_a_run_may_not_see_is_missing(name: str, empty: str) -> None:
    found = settings({**WHOLE, name: empty})
    assert [*found.missing.values()] == [f"{name} is not set"]
    assert [getattr(found, service) for service in found.missing] == [None]


def test_a_persons_token_reaches_elsewhere_and_that_of_a_job_does_not() -> None:
    assert settings({"GITHUB_TOKEN": "ghp_hush"}).elsewhere == Secret("ghp_hush")
    assert settings({"GITHUB_TOKEN": "ghs_hush"}).elsewhere is None
    both = settings({"GITHUB_TOKEN": "ghp_hush", "GITHUB_ELSEWHERE_TOKEN": "github_pat_hush"})
    assert both.elsewhere == Secret("github_pat_hush")


def test_the_process_gives_its_own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WHOLE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hush\n")
    assert settings().slack == Slack(Secret("xoxb-hush"), "https://slack.com/api")


@pytest.mark.parametrize("name", ["GITHUB_API_URL", "GITHUB_SERVER_URL", "DISCOURSE_URL", "SLACK_API_URL"])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("forum.example.org", "is not an address"),
        ("ftp://forum.example.org", "is not an address"),
        ("https://", "is not an address"),
        ("https://[", "is not an address"),
        ("https://forum.example.org:port", "is not an address"),
        ("https://forum.example.org:99999", "is not an address"),
        ("https://forum.example.org/ path", "is not an address"),
        ("https://forum.example.org\r\nHost: evil", "is not an address"),
        ("xoxb-hush", "is not an address"),
        ("https://user:hush@forum.example.org", "holds more than an address"),
        ("https://forum.example.org?api_key=hush", "holds more than an address"),
        ("https://forum.example.org#hush", "holds more than an address"),
        ("http://forum.example.org", "begins with http://"),
        ("http://127.0.0.1.evil.example", "begins with http://"),
    ],
)
def test_a_malformed_address_names_its_variable_and_quotes_nothing(name: str, value: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        settings({**WHOLE, name: value})
    assert caught.value.message == f"{name} {message}"
    assert caught.value.hint
    assert "hush" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GITHUB_REPOSITORY", "standard"),
        ("GITHUB_REPOSITORY", "a/b/c"),
        ("GITHUB_REPOSITORY", "../b"),
        ("GITHUB_RUN_ID", "latest"),
        ("GITHUB_RUN_ID", "²"),
        ("GITHUB_TOKEN", "hush hush"),
        ("GITHUB_ELSEWHERE_TOKEN", "hush hush"),
        ("DISCOURSE_API_KEY", "hush\nhush"),
        ("SLACK_BOT_TOKEN", "hüsh-hush"),
        ("DISCOURSE_API_USERNAME", "hush\thush"),
    ],
)
def test_what_would_break_a_request_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        settings({**WHOLE, name: value})
    assert caught.value.message.startswith(name)
    assert "hush" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize(("value", "ci"), [("true", True), ("1", True), ("", False), ("false", False), ("0", False)])
def test_whether_a_person_watches(value: str, ci: bool) -> None:
    assert settings({"CI": value}).run.ci is ci


def test_secrets_show_nowhere() -> None:
    found = settings(WHOLE)
    shown = [repr(found), str(found), f"{found}", f"{found.slack!r:>200}", repr(found.github), str(found.discourse)]
    assert not any("hush" in each for each in shown)
    assert found.slack is not None
    assert found.slack.token.reveal() == "xoxb-hush"


def test_secrets_are_neither_copied_nor_written() -> None:
    slack = settings(WHOLE).slack
    assert slack is not None
    for write in (pickle.dumps, copy.deepcopy, asdict):
        with pytest.raises(TypeError, match="a secret is not written anywhere"):
            write(slack)


def test_equal_secrets_are_equal() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
    assert Secret("a") != "a"
