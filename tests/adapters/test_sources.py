from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from bot.adapters.files import DirectoryOutput, read_directory
from bot.adapters.git import repository_of
from bot.adapters.sources import LocalSources, RefSource
from bot.commands.check import CheckRequest, run
from bot.compat.confirming import Confirmer
from bot.errors import GitError, InputError, UsageError
from bot.standard.reading import MOST_BYTES
from bot.standard.snapshot import MOST_FILES, belongs, is_patch, on_the_way
from tests.worlds import entity, quietly

PHONE = json.dumps(entity("phone", {"number": {}}))


def git(directory: Path, *arguments: str) -> str:
    settings = (
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "protocol.file.allow=always",
    )
    done = subprocess.run(["git", *settings, *arguments], cwd=directory, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a commit on main, and another on a branch."""
    directory = tmp_path / "repository"
    (directory / "schema").mkdir(parents=True)
    (directory / "schema" / "phone.json").write_text(PHONE)
    (directory / "README.md").write_text("Hello.")
    git(directory, "init", "-q")
    git(directory, "add", ".")
    git(directory, "commit", "-qm", "first")
    git(directory, "checkout", "-qb", "topic")
    (directory / "schema" / "service.json").write_text(PHONE.replace("phone", "service"))
    git(directory, "add", ".")
    git(directory, "commit", "-qm", "second")
    return directory


def commit(directory: Path, message: str = "more") -> None:
    git(directory, "add", "-A")
    git(directory, "commit", "-qm", message)


# The working tree.


def test_reads_what_belongs_and_nothing_else(repository: Path) -> None:
    (repository / "schema" / "compiled").mkdir()
    (repository / "schema" / "compiled" / "x.json").write_text("{}")
    snapshot = LocalSources(repository).named("WORKTREE").standard()
    assert list(snapshot.files) == ["schema/phone.json", "schema/service.json"]
    assert snapshot.refused == ()


@pytest.mark.parametrize("name", ["WORKTREE", "HEAD"])
def test_what_tools_keep_beside_the_files_is_no_entity(repository: Path, name: str) -> None:
    for path in ("schema/.prettierrc.json", "schema/.json", ".xDataPackage.json"):
        (repository / path).write_text("{")
    commit(repository)
    snapshot = LocalSources(repository).named(name).standard()
    assert (list(snapshot.files), snapshot.refused) == (["schema/phone.json", "schema/service.json"], ())
    assert not is_patch(".prettierrc.json")


def test_links_and_special_files_are_refused(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text('{"secret": 1}')
    (repository / "schema" / "link.json").symlink_to(tmp_path / "secret.json")
    os.mkfifo(repository / "schema" / "pipe.json")
    snapshot = LocalSources(repository).named("WORKTREE").standard()
    assert {problem.rule: problem.file for problem in snapshot.refused} == {
        "symlink-refused": "schema/link.json",
        "file-special": "schema/pipe.json",
    }
    assert "schema/link.json" not in snapshot.files


def test_a_linked_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "phone.json").write_text(PHONE)
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "schema").symlink_to(tmp_path / "elsewhere")
    snapshot = read_directory(tmp_path / "here", belongs, on_the_way)
    assert (dict(snapshot.files), [problem.rule for problem in snapshot.refused]) == ({}, ["symlink-refused"])


def test_names_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / os.fsdecode(b"\xff.json")).write_text("{}")
    [problem] = read_directory(tmp_path, belongs, on_the_way).refused
    assert (problem.rule, problem.file) == ("file-misnamed", "schema/\\udcff.json")


def test_names_that_hide_something_are_refused_and_shown_in_full(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    for name in ("a\nb.json", "a\x1b[2J.json"):
        (tmp_path / "schema" / name).write_text("{}")
    problems = read_directory(tmp_path, belongs, on_the_way).refused
    assert {problem.file for problem in problems} == {"schema/a\\u{000a}b.json", "schema/a\\u{001b}[2J.json"}
    assert {problem.message for problem in problems} == {"the name of the file holds what cannot be seen"}


def test_a_submodule_is_refused_as_it_is_at_a_ref(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "phone.json").write_text(PHONE)
    git(other, "init", "-q")
    commit(other)
    git(repository, "rm", "-rq", "schema")
    git(repository, "submodule", "--quiet", "add", str(other), "schema")
    commit(repository)
    sources = LocalSources(repository)
    for name in ("WORKTREE", "HEAD"):
        snapshot = sources.named(name).standard()
        assert (dict(snapshot.files), [each.rule for each in snapshot.refused]) == ({}, ["submodule-refused"])


def test_too_many_files_are_cut_off(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    for number in range(MOST_FILES + 2):
        (tmp_path / "schema" / f"e{number}.json").touch()
    assert [problem.rule for problem in read_directory(tmp_path, belongs, on_the_way).refused] == ["files-too-many"]


def test_large_files_are_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    with (tmp_path / "schema" / "big.json").open("wb") as file:
        file.truncate(MOST_BYTES * 10)
    assert len(read_directory(tmp_path, belongs, on_the_way).files["schema/big.json"]) == MOST_BYTES + 1


def test_what_is_no_directory_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a directory"):
        LocalSources(tmp_path / "nope")
    with pytest.raises(InputError, match="not a directory"):
        read_directory(tmp_path / "nope", belongs, on_the_way)


def test_unreadable_files_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "datapackage.json").touch()

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        read_directory(tmp_path, belongs, on_the_way)


# Git.


def test_reads_a_ref_without_a_checkout(repository: Path) -> None:
    source = LocalSources(repository).named("main")
    assert isinstance(source, RefSource)
    assert list(source.standard().files) == ["schema/phone.json"]
    assert source.label == f"main@{git(repository, 'rev-parse', '--short=7', 'main')}"
    full = git(repository, "rev-parse", "main")
    assert LocalSources(repository).named(full).label == full[:7]


def test_a_source_below_the_top_of_the_repository(repository: Path) -> None:
    (repository / "standards" / "schema").mkdir(parents=True)
    (repository / "standards" / "schema" / "deep.json").write_text(PHONE)
    commit(repository)
    assert list(LocalSources(repository / "standards").named("HEAD").standard().files) == ["schema/deep.json"]


def test_the_default_base_is_where_the_branch_left_main(repository: Path) -> None:
    git(repository, "checkout", "-q", "main")
    (repository / "schema" / "later.json").write_text(PHONE)
    commit(repository)
    git(repository, "checkout", "-q", "topic")
    assert list(LocalSources(repository).default_base().standard().files) == ["schema/phone.json"]


@pytest.mark.parametrize("name", ["main", "master"])
def test_without_an_origin_the_default_branch_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "checkout", "-qb", name)
    (tmp_path / "file").write_text("")
    commit(tmp_path)
    git(tmp_path, "checkout", "-qb", "topic")
    found = repository_of(tmp_path)
    assert found is not None
    assert found.default_branch() == name
    git(tmp_path, "branch", "-qD", name)
    with pytest.raises(GitError, match="default branch of this repository is not known"):
        found.default_branch()


@pytest.mark.usefixtures("repository")
def test_the_default_branch_is_what_origin_says(tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "repository", "clone")
    clone = tmp_path / "clone"
    found = repository_of(clone)
    assert found is not None
    assert found.default_branch() == "origin/topic"


def test_without_a_main_branch_the_base_must_be_named(repository: Path) -> None:
    git(repository, "branch", "-m", "main", "trunk")
    with pytest.raises(GitError, match="default branch") as caught:
        LocalSources(repository).default_base()
    assert "--base" in caught.value.hint


def test_unrelated_histories_have_no_base(repository: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "alone")
    commit(repository)
    with pytest.raises(GitError, match="no commit in common"):
        LocalSources(repository).default_base()


@pytest.mark.parametrize("ref", ["nope", "HEAD~99", "main:README.md", "a b"])
def test_unknown_refs_are_said(repository: Path, ref: str) -> None:
    with pytest.raises(GitError, match="no ref called"):
        LocalSources(repository).named(ref)


@pytest.mark.parametrize("ref", ["--upload-pack=touch /tmp/x", "-h"])
def test_options_are_no_refs(repository: Path, ref: str) -> None:
    with pytest.raises(UsageError):
        LocalSources(repository).named(ref)


def test_a_directory_wins_over_a_ref(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "main").mkdir()
    monkeypatch.chdir(repository)
    assert LocalSources(Path()).named("main").label == "main"


def test_outside_a_repository_there_are_no_refs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match="in no git repository"):
        LocalSources(tmp_path).named("main")
    with pytest.raises(GitError, match="in no git repository"):
        LocalSources(tmp_path).default_base()


def test_links_and_submodules_in_a_tree_are_refused(repository: Path, tmp_path: Path) -> None:
    (repository / "schema" / "link.json").symlink_to("/etc/passwd")
    git(tmp_path, "init", "-q", "other")
    (tmp_path / "other" / "x").touch()
    commit(tmp_path / "other")
    git(repository, "submodule", "--quiet", "add", str(tmp_path / "other"), "schema/profiles")
    commit(repository)
    snapshot = LocalSources(repository).named("HEAD").standard()
    assert {problem.rule: problem.file for problem in snapshot.refused} == {
        "symlink-refused": "schema/link.json",
        "submodule-refused": "schema/profiles",
    }


def test_large_and_misnamed_files_in_a_tree_are_refused(repository: Path) -> None:
    with (repository / "schema" / "big.json").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (repository / "schema" / os.fsdecode(b"\xff.json")).write_text("{}")
    commit(repository)
    rules = {problem.rule for problem in LocalSources(repository).named("HEAD").standard().refused}
    assert rules == {"file-too-large", "file-misnamed"}


def test_too_many_files_in_a_tree_are_cut_off(repository: Path) -> None:
    for number in range(MOST_FILES + 2):
        (repository / "schema" / f"e{number}.json").touch()
    commit(repository)
    snapshot = LocalSources(repository).named("HEAD").standard()
    assert [problem.rule for problem in snapshot.refused] == ["files-too-many"]
    assert len(snapshot.files) == MOST_FILES


def test_patches_are_read_at_the_same_ref(repository: Path, tmp_path: Path) -> None:
    (repository / "profile").mkdir()
    (repository / "profile" / "phone.json").write_text("null")
    commit(repository)
    (repository / "profile" / "phone.json").write_text('{"title": "later"}')
    sources = LocalSources(repository)
    directory = str(repository / "profile")
    at_head = sources.patches(directory, sources.named("HEAD"))
    assert at_head.files == {"phone.json": b"null"}
    assert sources.patches(directory, sources.named("main")).files == {}
    assert sources.patches(directory, sources.named("WORKTREE")).files == {"phone.json": b'{"title": "later"}'}
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "phone.json").write_text("{}")
    assert sources.patches(str(tmp_path / "outside"), sources.named("HEAD")).files == {"phone.json": b"{}"}


def test_nothing_of_the_repositorys_configuration_runs(repository: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {marker}\n")
    script.chmod(0o755)
    git(repository, "config", "core.fsmonitor", str(script))
    git(repository, "config", "core.pager", str(script))
    git(repository, "config", "core.sshCommand", str(script))
    LocalSources(repository).named("HEAD").standard()
    LocalSources(repository).default_base().standard()
    assert not marker.exists()


def test_git_that_is_not_there_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed"):
        LocalSources(repository).named("main")


def test_git_that_does_not_answer_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nsleep 30\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("bot.adapters.git.SECONDS", 0.2)
    with pytest.raises(GitError, match="did not answer"):
        LocalSources(repository).named("main")


def test_the_default_base_of_a_ref_is_where_that_left_main(repository: Path) -> None:
    git(repository, "checkout", "-q", "main")
    (repository / "schema" / "later.json").write_text(PHONE)
    commit(repository)
    sources = LocalSources(repository)
    assert list(sources.default_base("topic").standard().files) == ["schema/phone.json"]
    assert sources.default_base(str(repository)).commit == sources.default_base().commit


@pytest.fixture
def bare(repository: Path, tmp_path: Path) -> Path:
    """The same repository without a working tree."""
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    return tmp_path / "bare.git"


def test_a_repository_without_a_working_tree_is_read_by_its_refs(bare: Path, confirmer: Confirmer) -> None:
    sources = LocalSources(bare)
    assert list(sources.named("main").standard().files) == ["schema/phone.json"]
    assert list(sources.default_base("topic").standard().files) == ["schema/phone.json"]
    assert sources.published().keys() == {"refs/heads/main", "refs/heads/topic"}
    report = run(CheckRequest(head="topic"), sources, confirmer, quietly)
    assert [each.change.rule for each in report.profiles[0].changes] == ["entity-added"]
    with pytest.raises(InputError, match="without a working tree") as caught:
        sources.named("WORKTREE")
    assert "--head" in caught.value.hint
    with pytest.raises(GitError, match="in no git repository"):
        LocalSources(bare / "hooks").named("main")


def test_that_git_may_not_read_a_repository_without_a_working_tree_is_said(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "config", "--file", str(tmp_path / "settings"), "safe.bareRepository", "explicit")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    with pytest.raises(GitError, match="not to read repositories without a working tree"):
        LocalSources(bare).named("main")


def test_what_lies_in_a_repository_without_a_working_tree_runs_nothing(bare: Path, tmp_path: Path) -> None:
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    script.chmod(0o755)
    for setting in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "alias.ls-tree"):
        git(bare, "config", setting, str(script))
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        (bare / "hooks" / hook).write_text(script.read_text())
        (bare / "hooks" / hook).chmod(0o755)
    sources = LocalSources(bare)
    assert sources.named("topic").standard().files
    sources.default_base("topic").standard()
    assert not (tmp_path / "ran").exists()


@pytest.fixture
def moved(repository: Path) -> Path:
    """The repository with its standard in another directory, a property short."""
    (repository / "std").mkdir()
    git(repository, "mv", "schema", "std/schema")
    (repository / "std" / "schema" / "phone.json").write_text(json.dumps(entity("phone", {})))
    commit(repository)
    return repository


@pytest.mark.parametrize("head", ["WORKTREE", "topic"])
def test_a_standard_that_has_moved_is_compared_with_what_it_was(moved: Path, head: str, confirmer: Confirmer) -> None:
    report = run(CheckRequest("main", head), LocalSources(moved / "std"), confirmer, quietly)
    rules = {each.change.rule for each in report.profiles[0].changes}
    assert rules == {"entity-added", "term-removed"}
    assert (report.base.directory, report.head.directory) == ("", "std/")
    [note] = [each.problem for each in report.findings if each.problem.rule == "standard-moved"]
    assert "at the top of the repository and is in std/ now" in note.message


def test_a_standard_beside_another_is_a_new_one(moved: Path, confirmer: Confirmer) -> None:
    git(moved, "checkout", "main", "--", "schema")
    commit(moved)
    for head in ("WORKTREE", "topic"):
        report = run(CheckRequest("main", head), LocalSources(moved / "std"), confirmer, quietly)
        assert [each.change.rule for each in report.profiles[0].changes] == ["profile-added"]
        assert "standard-moved" not in {each.problem.rule for each in report.findings}


def test_only_the_source_itself_is_looked_for_elsewhere(moved: Path, tmp_path: Path) -> None:
    sources = LocalSources(moved / "std")
    base, head = sources.named("main"), sources.named("topic")
    (tmp_path / "other").mkdir()
    assert sources.moved(base, sources.named(str(tmp_path / "other"))) is None
    assert sources.moved(sources.named(str(moved)), head) is None
    found = sources.moved(base, head)
    assert found is not None
    assert list(found.standard().files) == ["schema/phone.json"]


def test_a_sparse_working_tree_is_not_taken_for_the_whole(repository: Path, confirmer: Confirmer) -> None:
    git(repository, "sparse-checkout", "set", "--no-cone", "/schema/phone.json")
    sources = LocalSources(repository)
    with pytest.raises(InputError, match=r"it lacks a file of the standard, first schema/service\.json") as caught:
        sources.named("WORKTREE").standard()
    assert "--head HEAD" in caught.value.hint
    assert run(CheckRequest("main", "HEAD"), sources, confirmer, quietly).profiles
    git(repository, "sparse-checkout", "set", "--no-cone", "/README.md")
    with pytest.raises(InputError, match="it lacks 2 files"):
        LocalSources(repository).named("WORKTREE").standard()
    git(repository, "sparse-checkout", "set", "--no-cone", "/schema/")
    assert len(LocalSources(repository).named("WORKTREE").standard().files) == 2
    (repository / "schema" / "phone.json").unlink()  # removed, and not left out
    assert len(LocalSources(repository).named("WORKTREE").standard().files) == 1


def test_a_partial_clone_is_told_to_fetch(repository: Path, tmp_path: Path) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repository}", "part")
    with pytest.raises(GitError, match="cannot be read") as caught:
        LocalSources(tmp_path / "part").named("HEAD").standard()
    assert "fetch its objects" in caught.value.hint


def test_a_shallow_clone_without_the_merge_base_is_told_to_fetch(repository: Path, tmp_path: Path) -> None:
    git(repository, "checkout", "-q", "main")
    (repository / "later").touch()
    commit(repository)
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{repository}", "shallow")
    with pytest.raises(GitError, match="no commit in common") as caught:
        LocalSources(tmp_path / "shallow").default_base("origin/topic")
    assert "fetch more history" in caught.value.hint


# Writing.


def test_a_directory_is_replaced_whole(tmp_path: Path) -> None:
    output = DirectoryOutput(tmp_path / "out")
    output.replace("uk", [("schema/a.json", "1"), ("datapackage.json", "2")])
    output.replace("uk", [("schema/b.json", "3")])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["uk"]
    assert [path.name for path in (tmp_path / "out" / "uk" / "schema").iterdir()] == ["b.json"]


def test_foreign_files_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "uk").mkdir()
    (tmp_path / "uk" / "profile.yml").touch()
    with pytest.raises(InputError, match="not of a release"):
        DirectoryOutput(tmp_path).replace("uk", [])
    assert (tmp_path / "uk" / "profile.yml").exists()


@pytest.mark.parametrize("path", ["schema/notes.txt", "schema/profiles/uk/profile.yml", "schema/openapi.json"])
def test_what_somebody_put_among_the_files_of_a_release_is_never_deleted(tmp_path: Path, path: str) -> None:
    file = tmp_path / "uk" / path
    file.parent.mkdir(parents=True)
    file.touch()
    with pytest.raises(InputError, match="not of a release"):
        DirectoryOutput(tmp_path).replace("uk", [("schema/a.json", "1")])
    assert file.exists()


@pytest.mark.parametrize("kept", ["uk", "uk/schema", ".", "uk/datapackage.json"])
def test_nothing_is_written_over_what_is_read(tmp_path: Path, kept: str) -> None:
    with pytest.raises(InputError, match="being read"):
        DirectoryOutput(tmp_path, [tmp_path / kept]).replace("uk", [("schema/a.json", "1")])
    assert not (tmp_path / "uk").exists()


def test_a_release_may_stand_beside_what_is_read(tmp_path: Path) -> None:
    DirectoryOutput(tmp_path, [tmp_path / "schema"]).replace("uk", [("schema/a.json", "1")])
    assert (tmp_path / "uk" / "schema" / "a.json").exists()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_in_the_way_is_said(tmp_path: Path, kind: str) -> None:
    if kind == "file":
        (tmp_path / "uk").touch()
    else:
        (tmp_path / "real").mkdir()
        (tmp_path / "uk").symlink_to(tmp_path / "real")
    with pytest.raises(InputError, match="not a directory"):
        DirectoryOutput(tmp_path).replace("uk", [])


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        DirectoryOutput(tmp_path / "file" / "below").replace("uk", [("a", "b")])


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("file", "/file is a file"),
        ("file/below/it", "/file is a file"),
        ("astray", "leads nowhere"),
        (".git", "belongs to git"),
        (".git/made/here", "belongs to git"),
    ],
)
def test_where_no_release_can_be_is_said_before_any_is_made(tmp_path: Path, output: str, said: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / "astray").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=said):
        DirectoryOutput(tmp_path / output).expect(["uk"])
    DirectoryOutput(tmp_path / "new" / "place").expect(["uk"])
    assert sorted(each.name for each in tmp_path.iterdir()) == [".git", "astray", "file"]


def test_a_source_says_where_in_its_repository_it_lies(repository: Path, tmp_path: Path) -> None:
    below = repository / "standards" / "core"
    below.mkdir(parents=True)
    sources = LocalSources(below)
    assert {sources.named(name).directory for name in ("WORKTREE", "main")} == {"standards/core/"}
    assert sources.named(str(repository)).directory == ""
    assert LocalSources(repository).named("WORKTREE").directory == ""
    assert LocalSources(tmp_path).named("WORKTREE").directory == ""


def test_branches_and_tags_are_called_as_their_origin_calls_them(repository: Path, tmp_path: Path) -> None:
    git(repository, "tag", "v1.0", "main")
    git(tmp_path, "clone", "-q", f"file://{repository}", "clone")
    git(tmp_path / "clone", "branch", "own")
    known = LocalSources(tmp_path / "clone").published()
    assert known["refs/tags/v1.0"] == known["refs/heads/main"] == git(repository, "rev-parse", "main")
    assert known["refs/heads/topic"] == git(repository, "rev-parse", "topic")
    assert "refs/heads/own" in known
    assert LocalSources(tmp_path).published() == {}


def test_the_number_of_the_live_version_is_worked_out(repository: Path, confirmer: Confirmer) -> None:
    git(repository, "tag", "v3.0", "main")
    report = run(CheckRequest("main", "topic"), LocalSources(repository), confirmer, quietly)
    assert report.live == "3.0"
