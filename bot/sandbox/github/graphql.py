"""The two things asked of GraphQL: who am I, and minimise a comment."""

from __future__ import annotations

import re

from bot.sandbox.exchange import Json, Request, Response, json_answer
from bot.sandbox.github.answers import NOT_BY_INTEGRATION, failure, refusal
from bot.sandbox.github.forms import node
from bot.sandbox.github.state import Comment, Hub, Repository, Token


def answer(hub: Hub, request: Request, token: Token | None) -> Response:
    """What a query asks for; errors come with status 200, as GraphQL has it."""
    if token is None:
        raise refusal(401, "This endpoint requires you to be authenticated.")
    try:
        asked = request.json()
        query, variables = str(asked["query"]), asked.get("variables") or {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return json_answer(failure(400, "A query attribute must be specified and must be a string."), 400)
    if re.search(r"\b(un)?minimizeComment\b", query):
        return json_answer(_minimised(hub, token, query, variables.get("input") or {}))
    if re.search(r"\bviewer\b", query):
        who = token.user
        return json_answer({"data": {"viewer": {"login": who.login, "databaseId": who.id, "id": node("U", who.id)}}})
    return json_answer(_failed("UNKNOWN", "This sandbox knows the viewer and minimised comments alone."))


def _minimised(hub: Hub, token: Token, query: str, given: dict[str, Json]) -> Json:
    found = _comment(hub, str(given.get("subjectId")))
    if found is None:
        return _failed("NOT_FOUND", f"Could not resolve to a node with the global id of '{given.get('subjectId')}'")
    where, comment = found
    role = where.collaborators.get(token.user.login, "read")
    if not token.may("write", "issues", "pull_requests") or (not token.is_app and role == "read"):
        return _failed("FORBIDDEN", NOT_BY_INTEGRATION)
    undone = "unminimizeComment" in query
    comment.minimized = "" if undone else str(given.get("classifier", "OUTDATED")).lower()
    name = "unminimizeComment" if undone else "minimizeComment"
    part = "unminimizedComment" if undone else "minimizedComment"
    return {"data": {name: {part: {"isMinimized": not undone, "minimizedReason": comment.minimized or None}}}}


def _comment(hub: Hub, name: str) -> tuple[Repository, Comment] | None:
    for where in hub.repositories.values():
        for comment in where.comments.values():
            if node("IC", comment.id) == name:
                return where, comment
    return None


def _failed(kind: str, message: str) -> Json:
    return {"data": None, "errors": [{"type": kind, "message": message}]}
