"""What would have been said on merged pull requests, from a small history written here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.github import GitHub
from bot.adapters.history import GitHistory
from bot.adapters.services import GitHubForge
from bot.adapters.sources import LocalSources
from bot.commands import check
from bot.commands.check import PatchDirectory
from bot.commands.replay import ReplayRequest, Titles, run
from bot.compat.bump import Bump
from bot.compat.confirming import Confirmer
from bot.errors import InputError
from bot.report.model import Outcome
from bot.report.replayed import Replayed
from bot.report.subject import State
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.world import GITHUB_TOKEN, REPOSITORY, World
from tests.adapters.test_history import Writer
from tests.worlds import entity, quietly

KIND = {"enum": ["voice", "fax"], "example": "voice"}


def phone(**more: object) -> dict[str, str]:
    made = entity("phone", {"number": {"example": "1"}, "kind": KIND, **more})
    return {"schema/phone.json": json.dumps(made, indent=2)}


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "standard")
    writer.commit("first", phone())
    return writer


Replay = Callable[..., list[Replayed]]


@pytest.fixture
def replay(writer: Writer, confirmer: Confirmer) -> Replay:
    def replayed(titles: Titles | None = None, **more: object) -> list[Replayed]:
        request = ReplayRequest(**{"last": 30, "branch": "main", **more})  # type: ignore[arg-type]
        history, sources = GitHistory(writer.root), LocalSources(writer.root)
        return list(run(request, history, sources, titles or Titles(), confirmer, quietly))

    return replayed


def test_each_is_judged_as_it_was_when_it_was_merged(writer: Writer, replay: Replay) -> None:
    writer.merge(7, "Widen", phone(extension={"example": "1"}))
    writer.commit("Narrow (#8)", phone(kind={"enum": ["voice"], "example": "voice"}, extension={"example": "1"}))
    second, first = replay()
    assert (first.report.outcome, first.report.bump) == (Outcome.COMPATIBLE, Bump.MINOR)
    assert (second.report.outcome, second.report.bump) == (Outcome.BREAKING, Bump.MAJOR)
    assert (first.pull_request.title, first.pull_request.author) == ("Widen", "Jo Maintainer")
    assert (first.pull_request.number, first.pull_request.base_ref) == (7, "main")


def test_a_branch_is_compared_with_where_it_left_and_not_with_what_came_later(writer: Writer, replay: Replay) -> None:
    from tests.adapters.test_sources import git

    git(writer.root, "checkout", "-qb", "long")
    writer.commit("Widen", phone(extension={"example": "1"}))
    git(writer.root, "checkout", "-q", "main")
    writer.commit("Meanwhile (#6)", {"schema/service.json": json.dumps(entity("service", {"name": {"example": "x"}}))})
    writer._dated("merge", "-q", "--no-ff", "-m", "Merge pull request #5 from x/long\n\nWiden", "long")  # noqa: SLF001
    merged, _ = replay()
    [profile] = merged.report.profiles
    assert [each.change.term for each in profile.changes] == ["phone.extension"]


def test_one_that_cannot_be_read_is_a_row_that_says_why(writer: Writer, replay: Replay) -> None:
    writer.commit("Break the file (#7)", {"schema/phone.json": "{"})
    writer.commit("Mend it (#8)", phone())
    mended, broken = replay()
    assert broken.report.outcome is Outcome.INVALID
    assert any(each.problem.file == "schema/phone.json" for each in broken.report.findings)
    assert mended.report.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("problem", [RecursionError(), MemoryError(), InputError("nothing to be done", "Sorry.")])
def test_one_that_is_too_much_does_not_stop_the_others(
    writer: Writer, replay: Replay, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    first = writer.commit("One (#7)", phone(extension={"example": "1"}))
    writer.commit("Two (#8)", phone())
    real = check.run

    def fails(request: check.CheckRequest, *others: object) -> object:
        if request.head == first:
            raise problem
        return real(request, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "run", fails)
    assert [each.report.outcome for each in replay()] == [Outcome.BREAKING, Outcome.INVALID]


def test_profiles_of_patches_are_judged_too(writer: Writer, replay: Replay) -> None:
    writer.commit(
        "Patch", {"profile/phone.json": json.dumps({"properties": {"kind": {"enum": ["fax"], "example": "fax"}}})}
    )
    writer.commit("Narrow (#8)", phone(kind={"enum": ["voice"], "example": "voice"}))
    patches = (PatchDirectory("uk", str(writer.root / "profile")),)
    [row] = replay(patches=patches)
    assert {each.id: each.outcome for each in row.report.profiles} == {"uk": Outcome.COMPATIBLE}


def test_a_history_without_pull_requests_says_so(writer: Writer, replay: Replay) -> None:
    with pytest.raises(InputError, match="no pull request that touches the standard was merged into main") as caught:
        replay()
    assert caught.value.hint == "Name another --branch."
    assert writer.root.is_dir()


# With the forge.


@pytest.fixture
def world() -> Iterator[World]:
    with World(lambda: 1_790_000_000.0) as world:
        yield world


@pytest.fixture
def titles(world: World) -> Iterator[Titles]:
    github = GitHub(GITHUB_TOKEN, world.github_url, REPOSITORY, now=lambda: 1_790_000_000.0)
    yield Titles(GitHubForge(github))
    github.close()


def test_titles_and_labels_come_from_the_forge(writer: Writer, replay: Replay, world: World, titles: Titles) -> None:
    number = world.github.open_pull_request("A better title", author="newcomer", labels=["breaking"])
    world.github.close(number, merged=True)
    writer.merge(number, "A poor title", phone(extension={"example": "1"}))
    [row] = replay(titles)
    assert (row.pull_request.title, row.pull_request.labels) == ("A better title", ("breaking",))
    # As it stood when it would have been spoken of.
    assert row.pull_request.state is State.OPEN
    assert titles.trouble is None


def test_a_number_that_the_forge_does_not_know_keeps_its_title(writer: Writer, replay: Replay, titles: Titles) -> None:
    writer.merge(99, "A poor title", phone(extension={"example": "1"}))
    [row] = replay(titles)
    assert row.pull_request.title == "A poor title"
    assert titles.trouble is None


def test_a_forge_in_trouble_is_asked_once(writer: Writer, replay: Replay, world: World, titles: Titles) -> None:
    number = world.github.open_pull_request("A better title", author="newcomer")
    world.faults.add(Fault(Kind.UNAUTHORISED, times=9))
    writer.merge(number, "A poor title", phone(extension={"example": "1"}))
    writer.commit("Another (#8)", phone())
    assert [each.pull_request.title for each in replay(titles)] == ["Another", "A poor title"]
    assert titles.trouble is not None
    assert len(world.log) == 1


# Beside what was released.

FEW = {"enum": ["voice"], "example": "voice"}


def test_what_another_mended_before_the_release_does_not_count_against_it(writer: Writer, replay: Replay) -> None:
    from tests.adapters.test_sources import git

    git(writer.root, "tag", "v1.0")
    writer.commit("Narrow (#7)", phone(kind={"enum": ["voice"], "example": "voice"}))
    writer.commit("Widen again (#8)", phone(extension={"example": "1"}))
    git(writer.root, "tag", "v1.1")
    _, narrowed = replay()
    facts = narrowed.facts
    assert (facts.needed, facts.released) == (Bump.MAJOR, Bump.MINOR)
    assert (facts.falls_short, facts.is_made_up_for) == (False, True)


def test_what_nobody_mended_falls_short(writer: Writer, replay: Replay) -> None:
    from tests.adapters.test_sources import git

    git(writer.root, "tag", "v1.0")
    writer.commit("Narrow (#7)", phone(kind={"enum": ["voice"], "example": "voice"}))
    git(writer.root, "tag", "-a", "-m", "A release", "v1.1")
    [narrowed] = replay()
    assert (narrowed.facts.released, narrowed.facts.falls_short) == (Bump.MAJOR, True)
    assert narrowed.report.live == "1.0"


def test_a_release_is_judged_once_and_only_where_that_matters(
    writer: Writer, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.adapters.test_sources import git

    git(writer.root, "tag", "v1.0")
    writer.commit("Narrow (#7)", phone(kind=FEW))
    writer.commit("Narrow more (#8)", phone(kind=FEW, number={"example": "1", "maxLength": 3}))
    writer.commit("Describe (#9)", phone(kind=FEW, number={"example": "1", "maxLength": 3, "title": "N"}))
    git(writer.root, "tag", "v1.1")
    asked: list[check.CheckRequest] = []
    real = check.run

    def watched(request: check.CheckRequest, *others: object) -> object:
        asked.append(request)
        return real(request, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "run", watched)
    assert [each.facts.falls_short for each in replay()] == [False, True, True]
    assert len(asked) == 3 + 1


def test_profiles_that_live_elsewhere_are_judged_too(writer: Writer, replay: Replay) -> None:
    from tests.commands.test_check_elsewhere import FAX_ALONE, guest

    writer.commit("Narrow (#8)", phone(kind=FEW))
    [row] = replay(elsewhere=(guest(FAX_ALONE, "nl"),))
    assert [each.id for each in row.report.profiles] == ["hsds", "nl"]
