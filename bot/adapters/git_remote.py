"""Speaks with the servers of git repositories: one protocol, no programs, no password asked for, a token unseen."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import urlsplit

from bot.adapters.git import attempt
from bot.adapters.redaction import Redactor
from bot.errors import GitError, UsageError

SECONDS = 180
"""For which a server may go on sending."""

_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[?::1\]?")
_BY_SSH = re.compile(r"(?:ssh://)?git@(?P<host>[A-Za-z0-9.-]+)[:/](?P<name>[^:]+)")

# What no configuration may do while objects come in: ask a program for a password, start housekeeping, take
# objects from a third place, follow a redirect after the first answer, wait for ever.
_QUIET = (
    "credential.helper=",
    "core.askPass=",
    "core.alternateRefsCommand=:",
    "gc.auto=0",
    "maintenance.auto=false",
    "fetch.recurseSubmodules=false",
    "transfer.bundleURI=false",
    "http.followRedirects=initial",
    "http.sslVerify=true",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
)
_FETCH = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-gc")
_UPLOAD_PACK = "--upload-pack=git-upload-pack"
"""The configuration may name another program to be run at a repository's place."""


class Remote:
    """The repositories of one server. All methods raise GitError, which never quotes a token."""

    def __init__(self, server_url: str, token: str | None) -> None:
        """`server_url`: https://…, or file://… for repositories of this machine."""
        self._server = server_url.rstrip("/")
        parts = urlsplit(self._server)
        local = parts.scheme == "file" or (parts.scheme == "http" and _LOOPBACK.fullmatch(parts.hostname or ""))
        if parts.scheme != "https" and not local:
            raise UsageError("the server's address does not begin with https://", "Correct GITHUB_SERVER_URL.")
        self._settings = (*_QUIET, f"protocol.{parts.scheme}.allow=always")
        basic = b64encode(f"x-access-token:{token}".encode()).decode() if token else ""
        self._header = f"Authorization: Basic {basic}" if basic else ""
        self._redact = Redactor(token or "", basic)

    def address(self, repository: str) -> str:
        """Where a repository of the server (`owner/name`) is."""
        return f"{self._server}/{repository}.git"

    def fetch(self, into: Path, url: str, *refspecs: str, flags: tuple[str, ...] = ()) -> None:
        """Bring refs and all that they need into the repository in a directory."""
        done = self._attempt(into, *_FETCH, _UPLOAD_PACK, *flags, "--end-of-options", url, *refspecs)
        if done.returncode:
            raise self._error(url, done.stderr)

    def refs(self, beside: Path, url: str, *names: str) -> dict[str, str]:
        """The commits of all branches and tags, or of those of some names, by their full names."""
        flags = ("--heads", "--tags", "--quiet", _UPLOAD_PACK)
        done = self._attempt(beside, "ls-remote", *flags, "--end-of-options", url, *names)
        if done.returncode:
            raise self._error(url, done.stderr)
        lines = (line.split("\t") for line in done.stdout.decode("utf-8", "replace").splitlines())
        # What a tag with a message of its own points at comes after it, under its name and a mark.
        return {name.removesuffix("^{}"): commit for commit, name in lines}

    def _attempt(self, directory: Path, *arguments: str) -> CompletedProcess[bytes]:
        environment = {"GIT_ASKPASS": "", "SSH_ASKPASS": "", **self._credentials()}
        return attempt(directory, *arguments, settings=self._settings, environment=environment, seconds=SECONDS)

    def _credentials(self) -> dict[str, str]:
        """The token as configuration that neither a command line nor a file shows, for this server alone."""
        if not self._header:
            return {}
        there = os.environ.get("GIT_CONFIG_COUNT", "")
        first = int(there) if there.isascii() and there.isdecimal() else 0
        name = f"http.{self._server}/.extraHeader"
        # The empty value lets go of a header that a checkout may have left: two are refused.
        given = {f"GIT_CONFIG_KEY_{first}": name, f"GIT_CONFIG_VALUE_{first}": ""}
        given |= {f"GIT_CONFIG_KEY_{first + 1}": name, f"GIT_CONFIG_VALUE_{first + 1}": self._header}
        return {**given, "GIT_CONFIG_COUNT": str(first + 2)}

    def _error(self, url: str, said: bytes) -> GitError:
        text = self._redact(said.decode("utf-8", "replace"))
        where = self._redact(url)
        for signs, message, hint in _TROUBLES:
            if any(sign in text for sign in signs):
                return GitError(message.format(where=where), hint)
        lines = [line for line in text.splitlines() if line.strip()]
        return GitError(f"git could not fetch from {where}", f"Git says: {lines[-1].strip()}" if lines else "")


_TROUBLES = (
    (
        ("couldn't find remote ref", "not our ref", "unadvertised object", "no such remote ref"),
        "{where} does not have what was asked for",
        "Correct the ref: name a tag, or a full commit, that is there.",
    ),
    (
        ("not allowed", "disallowed"),
        "{where} speaks a protocol that is not used here",
        "Give the repository an address that begins with https://.",
    ),
    (
        ("could not read Username", "Authentication failed", "ot found", "not appear to be a git", " 403", "denied"),
        "{where} cannot be read: there is no such repository, or it is private",
        "Correct its name, or give the bot a token that may read it.",
    ),
    (
        ("Could not resolve", "Failed to connect", "Couldn't connect", "timed out", "too slow", " 50", "hung up"),
        "{where} did not answer",
        "Run it again later.",
    ),
)
"""What git says when it fails, and what it means to people; the first that fits."""


def over_https(url: str) -> str:
    """An address as people have it in their clones, for the one protocol that is spoken here."""
    by_ssh = _BY_SSH.fullmatch(url)
    return f"https://{by_ssh['host']}/{by_ssh['name'].lstrip('/')}" if by_ssh else url
