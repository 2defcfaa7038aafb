"""The check runs of a commit, as a place for messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.github import GitHub
from bot.adapters.signing import signed
from bot.publish.marks import Mark, read_marker, without_marker
from bot.publish.places import Draft, Posted
from bot.render.contents import Annotation, CheckRun, Conclusion
from bot.standard.values import JSON

MOST = 65_535
"""Characters of a summary, and of a text (PLATFORMS, 2.1)."""
BATCH = 50
"""Annotations of one request."""


@dataclass(frozen=True, slots=True)
class _Run:
    id: int
    name: str
    key: str
    app: str
    mark: Mark | None
    annotations: int
    content: CheckRun


class CheckRuns:
    """A `Place[CheckRun]`. The key is the `external_id`; the mark ends the summary, and is written with the last
    annotations: a run without it is half written, and the next one takes its place."""

    def __init__(self, github: GitHub, head_sha: str, name: str) -> None:
        """`name`: of the check, as people see it."""
        self._github = github
        self._name = name
        self._head_sha = head_sha
        self._all = f"{github.path}/check-runs"
        self._annotated: frozenset[str] = frozenset()

    def find(self, key: str) -> Sequence[Posted[CheckRun]]:
        """The newest run of that key, which is the one that is shown; none where it is half written."""
        path = f"{self._github.path}/commits/{self._head_sha}/check-runs"
        asked = {"check_name": self._name, "filter": "all"}
        listed = self._github.client.pages(path, asked, lambda page: [_run(each) for each in page["check_runs"]])
        named = [run for run in listed if (run.name, run.key) == (self._name, key)]
        own = [run for run in named if self._github.is_own_app(run.app)]
        newest = max(own, key=lambda run: run.id, default=None)
        if newest is None or newest.mark is None or newest.mark.key != key:
            return ()
        self._annotated = frozenset({str(newest.id)} if newest.annotations else ())
        return (Posted(str(newest.id), newest.mark, newest.content),)

    def create(self, draft: Draft[CheckRun]) -> str:
        """Make a new run; its id."""
        first, *rest = _batches(draft.content.annotations)
        whole = _signed(draft)
        identity = {"name": self._name, "head_sha": self._head_sha, "external_id": draft.mark.key}
        summary = draft.content.summary if rest else whole
        body = {**identity, **_body(draft.content, summary, first)}
        run = self._github.client.create(self._all, body, lambda answer: str(int(answer["id"])))
        for at, batch in enumerate(rest, 1):
            summary = whole if at == len(rest) else draft.content.summary
            self._github.client.change(f"{self._all}/{run}", _body(draft.content, summary, batch))
        return run

    def update(self, posted: Posted[CheckRun], draft: Draft[CheckRun]) -> None:
        """Write over a run, or make a new one: annotations can only ever be added to."""
        if draft.content.annotations or posted.id in self._annotated:
            self.create(draft)
        else:
            self._github.client.change(f"{self._all}/{posted.id}", _body(draft.content, _signed(draft), ()))

    def remove(self, posted: Posted[CheckRun]) -> None:
        """Nothing: runs cannot be deleted, and only the newest is shown."""


def _batches(annotations: Sequence[Annotation]) -> list[Sequence[Annotation]]:
    return [annotations[at : at + BATCH] for at in range(0, len(annotations), BATCH)] or [()]


def _signed(draft: Draft[CheckRun]) -> str:
    return signed(draft.content.summary, draft.mark, MOST, "the summary of the check")


def _body(content: CheckRun, summary: str, annotations: Sequence[Annotation]) -> JSON:
    output = {"title": content.title, "summary": summary, "annotations": [_annotation(each) for each in annotations]}
    if content.text:
        output["text"] = content.text
    return {"status": "completed", "conclusion": content.conclusion.value, "output": output}


def _annotation(each: Annotation) -> JSON:
    return {
        "path": each.path,
        "start_line": each.line,
        "end_line": each.line,
        "annotation_level": each.level.value,
        "title": each.title,
        "message": each.message,
    }


def _run(item: JSON) -> _Run:
    output = item.get("output") or {}
    summary, ended = str(output.get("summary") or ""), item.get("conclusion")
    conclusion = Conclusion(ended) if ended in _CONCLUSIONS else Conclusion.NEUTRAL
    text = str(output.get("text") or "")
    return _Run(
        id=int(item["id"]),
        name=str(item["name"]),
        key=str(item.get("external_id") or ""),
        app=str((item.get("app") or {}).get("slug") or ""),
        mark=read_marker(summary),
        annotations=int(output.get("annotations_count") or 0),
        content=CheckRun(str(output.get("title") or ""), without_marker(summary), text, conclusion),
    )


_CONCLUSIONS = frozenset(each.value for each in Conclusion)
