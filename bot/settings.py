"""What the environment gives: services with their keys, and the run of GitHub Actions. Nothing else reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.errors import UsageError

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_OF_ONE_REPOSITORY = "ghs_"
"""How tokens begin that write to nothing but the repository they were made for: a job's, an app's."""


class Secret:
    """A key or token that shows itself nowhere: not in a text, a trace or a log."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """`value` is what `reveal` gives back."""
        self._value = value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret is not written anywhere")

    def reveal(self) -> str:
        """The value itself, for the request that needs it."""
        return self._value


@dataclass(frozen=True, slots=True)
class GitHub:
    """Access to a repository (`owner/name`). `server_url` is for people, `api_url` for programs."""

    token: Secret
    repository: str
    api_url: str
    server_url: str


@dataclass(frozen=True, slots=True)
class Discourse:
    """Access to a forum as one of its users."""

    url: str
    key: Secret
    username: str


@dataclass(frozen=True, slots=True)
class Slack:
    """Access to a workspace."""

    token: Secret
    api_url: str


@dataclass(frozen=True, slots=True)
class Run:
    """The run of GitHub Actions this is part of: the event and the files it hands over ("" where there is none),
    the run's id (0 elsewhere) and its page. `ci`: no person watches."""

    event_name: str = ""
    event_path: str = ""
    summary_path: str = ""
    output_path: str = ""
    id: int = 0
    url: str = ""
    ci: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """The services that can be reached; for each that cannot, a word why in `missing`, by its name. `elsewhere` is
    the token that writes issues in the repositories of profiles that live there."""

    github: GitHub | None = None
    discourse: Discourse | None = None
    slack: Slack | None = None
    elsewhere: Secret | None = None
    run: Run = Run()
    missing: Mapping[str, str] = field(default_factory=dict)


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the environment (that of the process); raises UsageError naming a variable that is malformed.

    An empty variable counts as not set: so GitHub Actions hands over a secret that a run may not see.
    """
    reader = _Reader(os.environ if environment is None else environment)
    services = reader.github(), reader.discourse(), reader.slack(), reader.elsewhere()
    return Settings(*services, run=reader.run(), missing=reader.missing)


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.missing: dict[str, str] = {}

    def github(self) -> GitHub | None:
        if not self._complete("github", "GITHUB_TOKEN", "GITHUB_REPOSITORY"):
            return None
        api_url = self._url("GITHUB_API_URL", "https://api.github.com")
        return GitHub(self._secret("GITHUB_TOKEN"), self._repository(), api_url, self._server_url())

    def discourse(self) -> Discourse | None:
        if not self._complete("discourse", "DISCOURSE_URL", "DISCOURSE_API_KEY", "DISCOURSE_API_USERNAME"):
            return None
        username = self._word("DISCOURSE_API_USERNAME")
        return Discourse(self._url("DISCOURSE_URL"), self._secret("DISCOURSE_API_KEY"), username)

    def slack(self) -> Slack | None:
        if not self._complete("slack", "SLACK_BOT_TOKEN"):
            return None
        return Slack(self._secret("SLACK_BOT_TOKEN"), self._url("SLACK_API_URL", "https://slack.com/api"))

    def elsewhere(self) -> Secret | None:
        """A token of its own; else the only one there is, where that is a person's and reaches as far as they do."""
        if self._get("GITHUB_ELSEWHERE_TOKEN"):
            return self._secret("GITHUB_ELSEWHERE_TOKEN")
        if self._get("GITHUB_TOKEN") and not self._get("GITHUB_TOKEN").startswith(_OF_ONE_REPOSITORY):
            return self._secret("GITHUB_TOKEN")
        self.missing["elsewhere"] = "GITHUB_ELSEWHERE_TOKEN is not set"
        return None

    def run(self) -> Run:
        id_ = self._get("GITHUB_RUN_ID")
        if id_ and not (id_.isascii() and id_.isdecimal()):
            raise UsageError("GITHUB_RUN_ID is not a number", "GitHub Actions sets it; do not set it yourself.")
        known = id_ and self._get("GITHUB_REPOSITORY")
        return Run(
            self._get("GITHUB_EVENT_NAME"),
            self._get("GITHUB_EVENT_PATH"),
            self._get("GITHUB_STEP_SUMMARY"),
            self._get("GITHUB_OUTPUT"),
            int(id_ or 0),
            f"{self._server_url()}/{self._repository()}/actions/runs/{id_}" if known else "",
            self._get("CI").lower() not in ("", "0", "false"),
        )

    # One variable.

    def _get(self, name: str) -> str:
        return self._environment.get(name, "").strip()

    def _complete(self, service: str, *names: str) -> bool:
        absent = [name for name in names if not self._get(name)]
        if absent:
            named = " and ".join(filter(None, (", ".join(absent[:-1]), absent[-1])))
            self.missing[service] = f"{named} {'is' if len(absent) == 1 else 'are'} not set"
        return not absent

    def _word(self, name: str) -> str:
        value = self._get(name)
        # What is not one printable word would break a header, and the error would quote it.
        if not value.isprintable() or " " in value:
            raise UsageError(f"{name} holds spaces or line breaks", "Copy it again, alone and whole.")
        return value

    def _secret(self, name: str) -> Secret:
        value = self._word(name)
        if not value.isascii():
            raise UsageError(f"{name} holds letters that no key has", "Copy it again, alone and whole.")
        return Secret(value)

    def _repository(self) -> str:
        value = self._get("GITHUB_REPOSITORY")
        if not _REPOSITORY.fullmatch(value):
            raise UsageError("GITHUB_REPOSITORY is not owner/name", "Write it as in openreferral/specification.")
        return value

    def _server_url(self) -> str:
        return self._url("GITHUB_SERVER_URL", "https://github.com")

    def _url(self, name: str, default: str = "") -> str:
        value = self._get(name) or default
        try:
            parts = urlsplit(value)
            sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            sound = False
        if not sound or not value.isprintable() or " " in value:
            # The value is not quoted: where an address was expected, somebody may have put a key.
            raise UsageError(f"{name} is not an address", "Write it as in https://forum.example.org.")
        if parts.username is not None or parts.query or parts.fragment:
            raise UsageError(f"{name} holds more than an address", "Leave out names, keys, ? and # in it.")
        if parts.scheme == "http" and not _LOOPBACK.fullmatch(parts.hostname or ""):
            raise UsageError(f"{name} begins with http://", "Use https://, or the key would travel for all to read.")
        return value.rstrip("/")
