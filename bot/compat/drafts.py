"""Questions about one entity among others, each side in the draft of JSON Schema in which it is written."""

from __future__ import annotations

from collections.abc import Mapping

from bot.compat.engine import Engine, Side
from bot.compat.verdicts import COMPATIBLE, Verdict, unknown
from bot.standard.dialects import declared
from bot.standard.documents import Documents
from bot.standard.values import JSON, same

Schema = Mapping[str, JSON]


def asked(engine: Engine, question: str, base: Documents, head: Documents, path: str) -> Verdict:
    """The answer to one of the four questions about the entity at a path; nothing is allowed where it is missing."""
    ours, theirs = (_side(each, path) for each in (base, head))
    several = _several(ours) or _several(theirs)
    if several:
        known = same(ours.documents.documents, theirs.documents.documents)
        return COMPATIBLE if known else unknown("$schema", "", several)
    verdict: Verdict = getattr(engine.pair(ours, theirs), question)()
    return verdict


def _side(documents: Documents, path: str) -> Side:
    if path not in documents.documents:
        documents = Documents({**documents.documents, path: False}, documents.draft)
    own = documents.as_they_say(path)
    # What refers to nothing in another draft is judged as if it stood alone.
    return Side(own.around(path) if own.foreign else own, path)


def _several(side: Side) -> str:
    """Why a side cannot be judged that is written in several drafts: what a reference from one to another means for
    the keywords beside it, no two validators agree on."""
    others = side.documents.foreign
    if not others:
        return ""
    draft = declared(side.documents.documents[others[0]])
    other = draft.value if draft is not None else ""
    own = side.documents.draft.value
    return f"{side.root} is written in {own}, and {others[0]}, which goes with it, in {other}: name one draft in both"


def redrafted(base: Mapping[str, Schema], head: Mapping[str, Schema]) -> Mapping[str, Schema]:
    """The entities of base, each in the draft of head: a standard moves to another draft as a whole, or its files
    cannot be read together."""
    moved = {name for name in base.keys() & head.keys() if declared(base[name]) is not declared(head[name])}
    return {name: _in_draft(each, head[name]) if name in moved else each for name, each in base.items()}


def _in_draft(schema: Schema, other: Schema) -> Schema:
    own = {keyword: value for keyword, value in schema.items() if keyword != "$schema"}
    return {"$schema": other["$schema"], **own} if "$schema" in other else own
