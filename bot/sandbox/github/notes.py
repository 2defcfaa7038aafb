"""Comments on the lines of a pull request: they stand where the diff shows the line, and go out of date with it."""

from __future__ import annotations

from bot.sandbox.exchange import Json, Refused, Response, json_answer
from bot.sandbox.github import diffs, threads
from bot.sandbox.github.answers import Call, Handler, failure, not_found, page, refusal, wrongly_formed
from bot.sandbox.github.comments import MOST_CHARACTERS
from bot.sandbox.github.state import Issue, Note, Pull
from bot.sandbox.lag import seen

_THREAD = "pull_request_review_thread"


def listed(call: Call) -> Response:
    """The comments on the lines of a pull request, the oldest first."""
    call.demand("read", "pull_requests")
    number = _pull(call)[0].number
    made = [each for each in call.repository.notes.values() if each.number == number]
    return page(call, seen(made), lambda each: _form(call, each))


def created(call: Call) -> Response:
    """A new comment on lines that the diff shows in one hunk; or a reply, where `in_reply_to` says to what."""
    call.demand("write", "pull_requests")
    issue, pull = _pull(call)
    _unlocked(issue)
    given, body = call.given(), _body(call)
    if "in_reply_to" in given:
        return _replied(call, issue, given["in_reply_to"], body)
    for name, kind in (("commit_id", str), ("path", str), ("line", int), ("start_line", int)):
        if (name != "start_line" or name in given) and not isinstance(given.get(name), kind):
            raise wrongly_formed(f'"{name}" wasn\'t supplied.')
    if given["commit_id"] not in call.repository.commits:
        raise _invalid("commit_id", "commit_id is not part of the pull request")
    lines = _lines(pull, given)
    # What is written on an older commit is out of date at once where the lines are others now.
    end = given["line"] if given["commit_id"] == pull.head_sha else 0
    texts = tuple(each.text for each in lines)
    note = Note(
        next(call.hub.ids), issue.number, call.author.user, body, call.now, call.now,
        given["path"], given["commit_id"], end, texts, "\n".join(texts), (given["line"], given["commit_id"]),
        app_id=call.author.app_id,
    )  # fmt: skip
    return _made(call, note)


def replied(call: Call) -> Response:
    """A reply to a comment."""
    call.demand("write", "pull_requests")
    issue, _ = _pull(call)
    _unlocked(issue)
    return _replied(call, issue, call.number("note"), _body(call))


def shown(call: Call) -> Response:
    """One comment."""
    call.demand("read", "pull_requests")
    return json_answer(_form(call, _note(call)))


def changed(call: Call) -> Response:
    """A comment with another body; its lines stay."""
    call.demand("write", "pull_requests")
    note = _own(call)
    note.body, note.updated_at = _body(call), call.now
    return json_answer(_form(call, note))


def deleted(call: Call) -> Response:
    """A comment taken away; replies to it stay."""
    call.demand("write", "pull_requests")
    del call.repository.notes[_own(call).id]
    return Response(204)


def _replied(call: Call, issue: Issue, to: Json, body: str) -> Response:
    first = call.repository.notes.get(to) if isinstance(to, int) else None
    if first is None or first.number != issue.number:
        raise not_found()
    note = Note(
        next(call.hub.ids), issue.number, call.author.user, body, call.now, call.now,
        first.path, first.commit, first.end, first.lines, first.hunk, first.original,
        answers=first.answers or first.id, app_id=call.author.app_id,
    )  # fmt: skip
    return _made(call, note)


def _made(call: Call, note: Note) -> Response:
    call.repository.notes[note.id] = note
    form = _form(call, note)
    return json_answer(form, 201, {"Location": form["url"]})


def _lines(pull: Pull, given: dict[str, Json]) -> list[diffs.Shown]:
    """The lines of the diff that are meant; 422 where it does not show them, or not in one hunk."""
    if given.get("side", "RIGHT") != "RIGHT" or given.get("start_side", "RIGHT") != "RIGHT":
        raise wrongly_formed("This GitHub knows comments on the right side alone.")
    lines = {each.number: each for each in diffs.shown(pull.files, given["path"])}
    last, first = given["line"], given.get("start_line", given["line"])
    if last not in lines:
        raise _invalid(f"{_THREAD}.line", f"{_THREAD}.line must be part of the diff")
    if "start_line" in given and first >= last:
        raise _invalid(f"{_THREAD}.start_line", f"{_THREAD}.start_line must precede the end line.")
    if first not in lines or lines[first].hunk != lines[last].hunk:
        raise _invalid(f"{_THREAD}.start_line", f"{_THREAD}.start_line must be part of the same hunk as the line.")
    return [lines[number] for number in range(first, last + 1)]


def _invalid(field: str, message: str) -> Refused:
    error = {"resource": "PullRequestReviewComment", "code": "custom", "field": field, "message": message}
    return Refused(json_answer({**failure(422, "Validation Failed"), "errors": [error]}, 422))


def _pull(call: Call) -> tuple[Issue, Pull]:
    issue = call.issue()
    if issue.pull is None:
        raise not_found()
    return issue, issue.pull


def _unlocked(issue: Issue) -> None:
    if issue.locked:
        raise refusal(403, "Unable to create comment because issue is locked.")


def _note(call: Call) -> Note:
    note = call.repository.notes.get(call.number("note"))
    if note is None:
        raise not_found()
    return note


def _own(call: Call) -> Note:
    note, author = _note(call), call.author
    role = call.repository.collaborators.get(author.user.login, "read")
    if note.user != author.user and not author.is_app and role not in ("admin", "maintain", "write"):
        raise refusal(403, "Must have admin rights to Repository.")
    return note


def _body(call: Call) -> str:
    body = call.given().get("body")
    if not isinstance(body, str):
        raise wrongly_formed('"body" wasn\'t supplied.')
    if not body.strip():
        raise _invalid("body", "body can't be blank")
    if len(body) > MOST_CHARACTERS:
        raise _invalid("body", f"body is too long (maximum is {MOST_CHARACTERS} characters)")
    return body


def _form(call: Call, note: Note) -> Json:
    return threads.note(call.base, call.repository, note)


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "pulls/{number}/comments", listed),
    ("POST", "pulls/{number}/comments", created),
    ("POST", "pulls/{number}/comments/{note}/replies", replied),
    ("GET", "pulls/comments/{note}", shown),
    ("PATCH", "pulls/comments/{note}", changed),
    ("DELETE", "pulls/comments/{note}", deleted),
)
