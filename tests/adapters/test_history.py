from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.adapters.history import GitHistory
from bot.errors import GitError
from bot.report.replayed import Merged
from tests.adapters.test_sources import git
from tests.worlds import entity

PHONE = json.dumps(entity("phone", {"number": {}}))


class Writer:
    """Writes a history: each step is a day later than the one before."""

    def __init__(self, root: Path) -> None:
        self.root, self.day = root, 0
        root.mkdir()
        git(root, "init", "-q")

    def commit(self, message: str, files: dict[str, str]) -> str:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        git(self.root, "add", "-A")
        self._dated("commit", "-q", "--allow-empty", "-m", message)
        return git(self.root, "rev-parse", "HEAD")

    def merge(self, number: int, title: str, files: dict[str, str], subject: str = "") -> str:
        git(self.root, "checkout", "-qb", f"topic-{number}")
        self.commit(title, files)
        git(self.root, "checkout", "-q", "-")
        subject = subject or f"Merge pull request #{number} from someone/topic-{number}"
        self._dated("merge", "-q", "--no-ff", "-m", f"{subject}\n\n{title}\n\nmore words", f"topic-{number}")
        return git(self.root, "rev-parse", "HEAD")

    def _dated(self, *words: str) -> None:
        self.day += 1
        when = f"2024-03-{self.day:02}T12:00:00Z"
        people = ("-c", "user.name=Jo Maintainer", "-c", "user.email=jo@example.org")
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        subprocess.run(["git", *people, *words], cwd=self.root, check=True, env={**os.environ, **dates})


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "standard")
    writer.commit("first", {"schema/phone.json": PHONE})
    return writer


def merged(writer: Writer, last: int = 30, patches: Sequence[str] = ()) -> list[Merged]:
    return GitHistory(writer.root).merged(last, "HEAD", patches)


def numbers(writer: Writer, last: int = 30, patches: Sequence[str] = ()) -> list[int]:
    return [each.number for each in merged(writer, last, patches)]


def test_merges_and_squashes_are_found_the_newest_first(writer: Writer) -> None:
    merge = writer.merge(7, "Add a web address", {"schema/phone.json": "1"})
    squash = writer.commit("Rename things (#12)", {"schema/phone.json": "2"})
    second, first = merged(writer)
    assert (first.number, first.title, first.commit) == (7, "Add a web address", merge)
    assert (first.parent, first.head) == tuple(git(writer.root, "rev-parse", f"{merge}^1", f"{merge}^2").split())
    assert (first.date, first.by) == ("2024-03-03", "Jo Maintainer")
    assert (second.number, second.title) == (12, "Rename things")
    assert (second.parent, second.head, second.commit) == (merge, squash, squash)


def test_no_more_than_the_last_are_told(writer: Writer) -> None:
    for number in range(5):
        writer.commit(f"Change (#{number})", {"schema/phone.json": str(number)})
    assert numbers(writer, last=2) == [4, 3]


@pytest.mark.parametrize("file", ["README.md", "schema/compiled/phone.json", "docs/schema/phone.json", "package.json"])
def test_what_does_not_touch_the_standard_is_left_out(writer: Writer, file: str) -> None:
    writer.merge(7, "Elsewhere", {file: "{}"})
    writer.commit("Elsewhere, too (#8)", {file: "[]"})
    assert numbers(writer) == []


@pytest.mark.parametrize(
    "file", ["schema/new.json", "datapackage.json", "schema/standard.yml", "schema/profiles/uk/profile.yml"]
)
def test_every_file_of_a_standard_counts(writer: Writer, file: str) -> None:
    writer.merge(7, "Here", {file: "{}"})
    assert numbers(writer) == [7]


def test_patches_count_where_they_are_named(writer: Writer, tmp_path: Path) -> None:
    writer.commit("Patch (#8)", {"profile/phone.json": "{}"})
    assert numbers(writer) == []
    assert numbers(writer, patches=[str(writer.root / "profile")]) == [8]
    assert numbers(writer, patches=[str(tmp_path)]) == []


def test_a_standard_below_the_top(writer: Writer) -> None:
    writer.commit("Below (#8)", {"core/schema/phone.json": "{}"})
    writer.commit("Not below (#9)", {"schema/phone.json": "{}"})
    assert [each.number for each in GitHistory(writer.root / "core").merged(5, "HEAD")] == [8]


@pytest.mark.parametrize(
    "subject",
    ["Fix #12", "Change (#12) later", "(#12)", "Change (#1234567890)", "Merge branch 'x' (#)", "Change (#x)"],
)  # fmt: skip
def test_other_commits_are_no_pull_requests(writer: Writer, subject: str) -> None:
    writer.commit(subject, {"schema/phone.json": "{}"})
    assert numbers(writer) == []


def test_merges_of_something_else_are_no_pull_requests(writer: Writer) -> None:
    writer.merge(7, "A branch", {"schema/phone.json": "{}"}, subject="Merge branch 'topic' into main")
    assert numbers(writer) == []


def test_what_was_merged_into_a_topic_is_its_own_matter(writer: Writer) -> None:
    git(writer.root, "checkout", "-qb", "feature")
    writer.merge(3, "Inside", {"schema/phone.json": "{}"})
    git(writer.root, "checkout", "-q", "main")
    writer.merge(9, "Outside", {"schema/other.json": "{}"})
    assert numbers(writer) == [9]


def test_messages_cannot_forge_rows(writer: Writer) -> None:
    body = "\x1f\x1e\n" + "0" * 40 + "\nMerge pull request #666 from evil/x\n\n(#667)"
    writer.commit(f"Change (#5)\n\n{body}", {"schema/phone.json": "{}"})
    assert numbers(writer) == [5]


def test_versions_around_it_are_those_of_tags(writer: Writer) -> None:
    git(writer.root, "tag", "v1.0")
    writer.commit("Change (#5)", {"schema/phone.json": "1"})
    writer.commit("More (#6)", {"schema/phone.json": "2"})
    git(writer.root, "tag", "-am", "two", "v1.1")
    writer.commit("Later (#7)", {"schema/phone.json": "3"})
    git(writer.root, "tag", "v2.0")
    writer.commit("Unreleased (#8)", {"schema/phone.json": "4"})
    around = {
        each.number: (each.before and each.before.name, each.release and each.release.name) for each in merged(writer)
    }
    assert around == {5: ("v1.0", "v1.1"), 6: ("v1.0", "v1.1"), 7: ("v1.1", "v2.0"), 8: ("v2.0", None)}


def test_what_it_added_to_a_changelog(writer: Writer) -> None:
    writer.commit("start", {"docs/hsds/changelog.md": "# Changes\n\nold\n"})
    lines = "".join(f"- line {number}\n" for number in range(9))
    writer.commit("Change (#5)", {"schema/phone.json": "1", "docs/hsds/changelog.md": f"# Changes\n\n{lines}"})
    [only] = merged(writer)
    assert only.changelog == tuple(f"- line {number}" for number in range(5))


def test_nothing_of_configuration_or_attributes_runs(writer: Writer, tmp_path: Path) -> None:
    marker, script = tmp_path / "ran", tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n")
    script.chmod(0o755)
    files = {".gitattributes": "*.md diff=evil\n*.json diff=evil\n", "CHANGELOG.md": "old\n"}
    writer.commit("attributes", files)
    for name in ("diff.evil.textconv", "diff.evil.command", "diff.external", "gpg.program", "core.pager"):
        git(writer.root, "config", name, str(script))
    git(writer.root, "config", "log.showSignature", "true")
    writer.commit("Change (#5)", {"schema/phone.json": "1", "CHANGELOG.md": "new\n"})
    [only] = merged(writer)
    assert only.changelog == ("new",)
    assert not marker.exists()


@pytest.mark.parametrize(
    ("origin", "address"),
    [
        ("https://github.example/acme/standard.git", "https://github.example/acme/standard"),
        ("https://somebody:secret@github.example/acme/standard", "https://github.example/acme/standard"),
        ("git@github.example:acme/standard.git", "https://github.example/acme/standard"),
        ("/srv/git/standard.git", ""),
        ("file:///srv/git/standard.git", ""),
        ("https://github.example/a b", ""),
    ],
)  # fmt: skip
def test_the_page_of_the_repository(writer: Writer, origin: str, address: str) -> None:
    git(writer.root, "remote", "add", "origin", origin)
    assert GitHistory(writer.root).address == address


def test_a_clone_that_is_cut_off_knows(writer: Writer, tmp_path: Path) -> None:
    writer.commit("Change (#5)", {"schema/phone.json": "1"})
    writer.commit("Change (#6)", {"schema/phone.json": "2"})
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{writer.root}", "shallow")
    assert not GitHistory(writer.root).is_cut_off
    shallow = GitHistory(tmp_path / "shallow")
    assert shallow.is_cut_off
    # Of the last commit that is here, nobody can say what it changed.
    assert [each.number for each in shallow.merged(5, "HEAD")] == [6]


def test_outside_a_repository_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match="in no git repository"):
        GitHistory(tmp_path)


def test_an_unknown_branch_is_said(writer: Writer) -> None:
    with pytest.raises(GitError, match="no ref called 'nope'"):
        GitHistory(writer.root).merged(5, "nope")
