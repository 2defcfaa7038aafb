"""From a pull request that breaks data, by a suggestion that its author commits, to one that does not: for real."""

from __future__ import annotations

import pytest

from bot.sandbox.github.diffs import changed_file
from tests.adapters.test_sources import commit, git
from tests.commands.test_run import Project, project
from tests.conftest import Run
from tests.render.test_suggestion import committed

__all__ = ["project"]

PATH = "schema/phone.json"


def listed(project: Project, head: str) -> list[dict[str, object]]:
    """The file of the pull request, as GitHub lists it: with the diff that git makes. None where it is as it was."""
    texts = [git(project.origin, "cat-file", "-p", f"{ref}:{PATH}") for ref in ("main", head)]
    item = dict(changed_file(PATH, *texts))
    difference = git(project.origin, "diff", f"main...{head}", "--", PATH)
    return [{**item, "patch": difference[difference.index("\n@@ ") + 1 :]}] if difference else []


def pushed(project: Project, head: str) -> None:
    git(project.origin, "push", "-q", "-f", f"{project.origin}.git", f"{head}:refs/pull/{project.number}/head")
    project.world.github.push(project.number, head, files=listed(project, head))


def test_a_suggestion_that_is_committed_mends_the_pull_request(
    run: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.event("pull_request_target", monkeypatch, pull_request={"number": project.number})
    pushed(project, project.head)
    ran = run("run")
    assert f"#{project.number}, github: the suggestion on a line was written" in ran.out
    (note,) = project.world.github.notes(project.number)
    (comment,) = project.comments()
    assert f"#discussion_r{note.id})" in comment

    # The author presses the button.
    text = git(project.origin, "cat-file", "-p", f"{project.head}:{PATH}")
    mended = committed(text, note.end - len(note.lines) + 1, note.end, note.body)
    git(project.origin, "checkout", "-q", project.head)
    (project.origin / PATH).write_text(mended)
    commit(project.origin)
    pushed(project, git(project.origin, "rev-parse", "HEAD"))
    ran = run("run")
    assert f"#{project.number}: compatible" in ran.out
    assert f"#{project.number}, github: the suggestion on a line was taken away" in ran.out
    assert project.world.github.notes(project.number) == ()
    assert "suggestion" not in project.comments()[0]


def test_what_the_stand_in_shows_of_a_file_is_what_git_does(project: Project) -> None:
    texts = [git(project.origin, "cat-file", "-p", f"{ref}:{PATH}") for ref in ("main", project.head)]
    (real,) = listed(project, project.head)
    ours, theirs = (str(each["patch"]).split("\n") for each in (changed_file(PATH, *texts), real))
    # Behind its head a hunk may name what it is in.
    plain = [[line if line[:1] != "@" else line[: line.rindex("@@")] for line in each] for each in (ours, theirs)]
    assert plain[0] == plain[1]
