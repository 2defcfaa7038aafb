"""The nightly word to a profile's repository: local repositories by git, its issues in the sandbox."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.adapters.fetching import GitFetcher
from bot.adapters.github import GitHub
from bot.adapters.github_issues import Issues
from bot.adapters.sources import LocalSources
from bot.commands.announcing.news import Told
from bot.commands.elsewhere import ComingRequest, Tools, run
from bot.community.configuration import Configuration, DistantProfile
from bot.compat.confirming import Confirmer
from bot.publish.places import Place
from bot.publish.telling import Telling
from bot.render.contents import IssueText
from bot.sandbox.github.state import Issue
from bot.sandbox.world import PERSONAL_TOKEN, World
from tests.adapters.test_sources import commit, git
from tests.scene import Time
from tests.worlds import entity, quietly

CORE, PROFILE = "acme/standard", "uk/profile"
KINDS = {"number": {"example": "1"}, "kind": {"enum": ["voice", "fax"], "example": "voice"}}
DISTANT = DistantProfile("uk", PROFILE, "v1", "profile", "Open Referral UK", ("GB",))


def phone(**changed: object) -> str:
    return json.dumps(entity("phone", {**KINDS, **changed}), indent=2)


NARROWED = phone(kind={"enum": ["voice"], "example": "voice"})
WIDENED = phone(extension={"example": "12"})
REWORDED = phone(number={"example": "1", "description": "The number to call."})


def write(directory: Path, **files: str) -> None:
    for name, text in files.items():
        (directory / name).mkdir(parents=True, exist_ok=True)
        (directory / name / "phone.json").write_text(text)
    commit(directory)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("servers")
    for name, files in ((CORE, {"schema": phone()}), (PROFILE, {"profile": '{"title": "UK"}'})):
        directory = template / f"{name}.git"
        directory.mkdir(parents=True)
        git(directory, "init", "-q")
        write(directory, **files)
    git(template / f"{CORE}.git", "tag", "standard-1.0.0")
    git(template / f"{PROFILE}.git", "tag", "v1")
    return template


@dataclass
class Night:
    """Everything around a nightly run."""

    server: Path
    clone: Path
    world: World
    time: Time
    confirmer: Confirmer
    request: ComingRequest

    @property
    def core(self) -> Path:
        return self.server / f"{CORE}.git"

    @property
    def profile(self) -> Path:
        return self.server / f"{PROFILE}.git"

    def run(self, request: ComingRequest | None = None) -> list[Told]:
        at = replace(request or self.request, seq=int(self.time.now() * 1000))
        github: list[GitHub] = []

        def issues(repository: str) -> Place[IssueText]:
            github.append(GitHub(PERSONAL_TOKEN, self.world.github_url, repository, now=self.time.now))
            return Issues(github[-1])

        fetcher = GitFetcher(self.clone, f"file://{self.server}", None)
        tools = Tools(
            LocalSources(self.clone), fetcher, issues, Telling(self.time, lambda: True), self.confirmer, quietly
        )
        try:
            return list(run(at, tools))
        finally:
            for each in github:
                each.close()

    def issues(self) -> list[Issue]:
        return list(self.world.github.repository(PROFILE).issues.values())

    @property
    def issue(self) -> Issue:
        [issue] = self.issues()
        return issue


@pytest.fixture
def night(template: Path, tmp_path: Path, confirmer: Confirmer) -> Iterator[Night]:
    server = shutil.copytree(template, tmp_path / "server")
    git(tmp_path, "clone", "-q", f"file://{server}/{CORE}.git", "clone")
    request = ComingRequest(CORE, f"https://forge.example/{CORE}", "main", Configuration(profiles=(DISTANT,)), 0)
    with World(lambda: 1_790_000_000.0) as world:
        world.github.add_repository(PROFILE)
        yield Night(server, tmp_path / "clone", world, Time(), confirmer, request)


def actions(told: list[Told]) -> list[str]:
    assert [each.error for each in told] == [None] * len(told)
    return [each.action for each in told]


def test_a_coming_break_is_one_issue_that_says_what_to_do(night: Night, golden: Callable[[str, str], None]) -> None:
    write(night.core, schema=NARROWED)
    assert actions(night.run()) == ["create"]
    assert (
        night.issue.title
        == "The coming Human Services Data Specification (main) would break data published under Open Referral UK"
    )
    commits = [git(night.core, "rev-parse", "--short=7", ref) for ref in ("main", "standard-1.0.0")]
    body = night.issue.body.rpartition("\n\n")[0]
    golden("coming-break.md", body.replace(commits[0], "1111111").replace(commits[1], "2222222") + "\n")


def test_what_the_profile_gains_is_listed(night: Night, golden: Callable[[str, str], None]) -> None:
    write(night.core, schema=WIDENED)
    night.run()
    commits = [git(night.core, "rev-parse", "--short=7", ref) for ref in ("main", "standard-1.0.0")]
    body = night.issue.body.rpartition("\n\n")[0]
    golden("coming-gain.md", body.replace(commits[0], "1111111").replace(commits[1], "2222222") + "\n")


def test_a_second_night_writes_nothing(night: Night) -> None:
    write(night.core, schema=NARROWED)
    night.run()
    before = night.issue.body
    (night.core / "README").touch()
    commit(night.core)
    assert actions(night.run()) == ["skip"]
    assert night.issue.body == before


def test_a_closed_issue_stays_closed_until_there_is_something_new(night: Night) -> None:
    write(night.core, schema=NARROWED)
    night.run()
    night.world.github.close(night.issue.number, repository=PROFILE)
    assert actions(night.run()) == ["skip"]
    assert night.issue.state == "closed"
    write(night.core, schema=phone(kind={"enum": ["fax"], "example": "fax"}))
    assert actions(night.run()) == ["update"]
    assert night.issue.state == "open"


@pytest.mark.parametrize("closed", [False, True])
def test_when_nothing_is_left_to_say_the_issue_says_so_and_is_not_opened_for_it(night: Night, *, closed: bool) -> None:
    write(night.core, schema=NARROWED)
    night.run()
    if closed:
        night.world.github.close(night.issue.number, repository=PROFILE)
    write(night.core, schema=phone())
    assert actions(night.run()) == ["update"]
    assert (
        night.issue.title == "The coming Human Services Data Specification (main) changes nothing for Open Referral UK"
    )
    assert "Nothing is to be done here." in night.issue.body
    assert night.issue.state == ("closed" if closed else "open")


@pytest.mark.parametrize("schema", [phone(), REWORDED])
def test_nothing_and_words_alone_open_no_issue(night: Night, schema: str) -> None:
    (night.core / "README").touch()
    write(night.core, schema=schema)
    assert actions(night.run()) == ["skip"]
    assert night.issues() == []


def test_a_profile_that_hides_the_change_hears_nothing(night: Night) -> None:
    own = {"properties": {"kind": {"enum": ["fax"], "example": "fax"}}}
    write(night.profile, profile=json.dumps(own))
    git(night.profile, "tag", "-f", "v1")
    write(night.core, schema=NARROWED)
    assert actions(night.run()) == ["skip"]
    assert night.issues() == []


def test_patches_that_lose_their_aim_are_named_as_they_are_called_there(night: Night) -> None:
    write(night.profile, profile=json.dumps({"properties": {"kind": None}}))
    git(night.profile, "tag", "-f", "v1")
    write(night.core, schema=json.dumps(entity("phone", {"number": {"example": "1"}})))
    night.run()
    assert "What no longer fits" in night.issue.body
    assert "`profile/phone.json:1 /properties/kind`" in night.issue.body


def test_a_profile_that_cannot_be_read_is_told_where(night: Night) -> None:
    write(night.profile, profile="{")
    git(night.profile, "tag", "-f", "v1")
    write(night.core, schema=WIDENED)
    assert actions(night.run()) == ["create"]
    assert (
        night.issue.title
        == "Open Referral UK cannot be judged beside the coming Human Services Data Specification (main)"
    )
    assert "`profile/phone.json:1`" in night.issue.body


def test_what_cannot_be_fetched_is_no_issue_but_an_error_and_stops_nobody(night: Night) -> None:
    write(night.core, schema=WIDENED)
    gone = replace(DISTANT, id="nz", repository="nz/gone")
    both = replace(night.request, configuration=Configuration(profiles=(gone, DISTANT)))
    first, second = night.run(both)
    assert first.error is not None
    assert "nz/gone.git cannot be read" in first.error.message
    assert second.action == "create"


def test_a_repository_that_cannot_be_told_is_an_error_of_its_own(night: Night) -> None:
    write(night.core, schema=WIDENED)
    shutil.copytree(night.profile, night.server / "nz/profile.git")
    untold = replace(DISTANT, id="nz", repository="nz/profile")
    first, second = night.run(replace(night.request, configuration=Configuration(profiles=(untold, DISTANT))))
    assert first.error is not None
    assert first.channel == "nz/profile"
    assert second.action == "create"


def test_a_head_that_cannot_be_read_is_not_the_profiles_matter(night: Night) -> None:
    write(night.core, schema="{")
    [told] = night.run()
    assert told.error is not None
    assert "main cannot be read" in told.error.message
    assert night.issues() == []


def test_without_a_live_version_it_is_said_what_to_tag(night: Night) -> None:
    git(night.core, "tag", "-d", "standard-1.0.0")
    write(night.core, schema=WIDENED)
    [told] = night.run()
    assert told.error is not None
    assert told.error.message == "no version of acme/standard is known to be live"
    assert "standard-2.0.1" in told.error.hint


def test_a_standard_that_lives_in_branches_is_judged_from_live_to_dev(night: Night) -> None:
    git(night.core, "branch", "-m", "main", "3.0")
    git(night.core, "tag", "-d", "standard-1.0.0")
    assert night.run(replace(night.request, default_branch="3.0")) == []
    git(night.core, "checkout", "-qb", "3.1-dev")
    write(night.core, schema=WIDENED)
    assert actions(night.run(replace(night.request, default_branch="3.0"))) == ["create"]
    assert "(3.1-dev)" in night.issue.title
    assert "`3.1-dev@" in night.issue.body
    assert "`3.0@" in night.issue.body


def test_a_named_branch_without_a_live_version_is_judged_from_where_it_left(night: Night) -> None:
    git(night.core, "tag", "-d", "standard-1.0.0")
    left = git(night.core, "rev-parse", "--short=7", "HEAD")
    git(night.core, "checkout", "-qb", "next")
    write(night.core, schema=WIDENED)
    git(night.core, "checkout", "-q", "main")
    write(night.core, schema=NARROWED)
    assert actions(night.run(replace(night.request, coming="next"))) == ["create"]
    assert "(next)" in night.issue.title
    assert f"`main@{left}`" in night.issue.body
    assert "stays valid" in night.issue.title


def test_without_profiles_nothing_is_asked(night: Night) -> None:
    git(night.clone, "remote", "remove", "origin")
    assert night.run(replace(night.request, configuration=Configuration())) == []


def test_a_profile_that_fails_in_a_way_that_nobody_foresaw_leaves_the_others_their_turn(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(night.core, schema=NARROWED)
    found = Issues.find

    def fails_once(*_: object) -> None:
        monkeypatch.setattr(Issues, "find", found)
        raise OverflowError

    monkeypatch.setattr(Issues, "find", fails_once)
    second = replace(DISTANT, id="uk-too")
    failed, told = night.run(replace(night.request, configuration=Configuration(profiles=(DISTANT, second))))
    assert "OverflowError" in str(failed.error)
    assert (told.error, told.action) == (None, "create")
