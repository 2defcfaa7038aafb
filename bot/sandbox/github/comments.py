"""Comments on issues and pull requests, and reactions to them."""

from __future__ import annotations

from bot.sandbox import clock
from bot.sandbox.exchange import Json, Response, json_answer
from bot.sandbox.github import forms, threads
from bot.sandbox.github.answers import (
    Call,
    Handler,
    invalid,
    not_found,
    page,
    refusal,
    wrongly_formed,
)
from bot.sandbox.github.state import Comment, Issue, Reaction
from bot.sandbox.lag import seen

MOST_CHARACTERS = 65_536


def listed(call: Call) -> Response:
    """The comments of an issue, the oldest first."""
    call.demand("read", "issues", "pull_requests")
    number = call.issue().number
    since = call.request.first("since")
    moment = clock.read(since) if since else 0.0
    shown = [each for each in call.repository.comments.values() if each.number == number and each.updated_at >= moment]
    return page(call, seen(shown), lambda each: _form(call, each))


def created(call: Call) -> Response:
    """A new comment."""
    call.demand("write", "issues", "pull_requests")
    issue = call.issue()
    _unlocked(issue)
    body = _body(call)
    author = call.author
    comment = Comment(next(call.hub.ids), issue.number, author.user, body, call.now, call.now, app_id=author.app_id)
    call.repository.comments[comment.id] = comment
    form = _form(call, comment)
    return json_answer(form, 201, {"Location": form["url"]})


def shown(call: Call) -> Response:
    """One comment."""
    return json_answer(_form(call, _comment(call)))


def changed(call: Call) -> Response:
    """A comment with another body. Editing notifies nobody."""
    call.demand("write", "issues", "pull_requests")
    comment = _comment(call)
    _own(call, comment)
    _unlocked(call.repository.issues[comment.number])
    comment.body, comment.updated_at = _body(call), call.now
    return json_answer(_form(call, comment))


def deleted(call: Call) -> Response:
    """A comment taken away for good."""
    call.demand("write", "issues", "pull_requests")
    comment = _comment(call)
    _own(call, comment)
    del call.repository.comments[comment.id]
    return Response(204)


def reactions_listed(call: Call) -> Response:
    """The reactions to a comment, or to an issue."""
    return page(call, _reacted(call).reactions, lambda each: forms.reaction(call.base, each))


def reacted(call: Call) -> Response:
    """A reaction given; giving it again changes nothing."""
    call.demand("write", "issues", "pull_requests")
    content = call.given().get("content")
    if content not in forms.CONTENTS:
        raise invalid("Reaction", "content", "content is not a reaction", "invalid")
    given = _reacted(call).reactions
    for each in given:
        if each.user == call.author.user and each.content == content:
            return json_answer(forms.reaction(call.base, each))
    given.append(Reaction(next(call.hub.ids), call.author.user, content, call.now))
    return json_answer(forms.reaction(call.base, given[-1]), 201)


def reaction_withdrawn(call: Call) -> Response:
    """A reaction taken back."""
    call.demand("write", "issues", "pull_requests")
    given = _reacted(call).reactions
    kept = [each for each in given if each.id != call.number("reaction")]
    if len(kept) == len(given):
        raise not_found()
    given[:] = kept
    return Response(204)


def _form(call: Call, comment: Comment) -> Json:
    return threads.comment(call.base, call.hub, call.repository, comment)


def _reacted(call: Call) -> Comment | Issue:
    return _comment(call) if "comment" in call.names else call.issue()


def _comment(call: Call) -> Comment:
    comment = call.repository.comments.get(call.number("comment"))
    if comment is None:
        raise not_found()
    return comment


def _own(call: Call, comment: Comment) -> None:
    """An app may touch others' comments where it may write; a person only where the repository is theirs."""
    author = call.author
    role = call.repository.collaborators.get(author.user.login, "read")
    if comment.user != author.user and not author.is_app and role not in ("admin", "maintain", "write"):
        raise refusal(403, "Must have admin rights to Repository.")


def _unlocked(issue: Issue) -> None:
    if issue.locked:
        raise refusal(403, "Unable to create comment because issue is locked.")


def _body(call: Call) -> str:
    body = call.given().get("body")
    if not isinstance(body, str):
        raise wrongly_formed(
            '"body" wasn\'t supplied.' if body is None else f"For 'properties/body', {body!r} is not a string."
        )
    if not body.strip():
        raise invalid("IssueComment", "data", "Body cannot be blank", "unprocessable")
    if len(body) > MOST_CHARACTERS:
        message = f"Body is too long (maximum is {MOST_CHARACTERS} characters)"
        raise invalid("IssueComment", "data", message, "unprocessable")
    return body


_ONE, _ALL = "issues/comments/{comment}", "issues/{number}/comments"
ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", _ALL, listed),
    ("POST", _ALL, created),
    ("GET", _ONE, shown),
    ("PATCH", _ONE, changed),
    ("DELETE", _ONE, deleted),
    *(
        route
        for place in (_ONE, "issues/{number}")
        for route in (
            ("GET", f"{place}/reactions", reactions_listed),
            ("POST", f"{place}/reactions", reacted),
            ("DELETE", f"{place}/reactions/{{reaction}}", reaction_withdrawn),
        )
    ),
)
