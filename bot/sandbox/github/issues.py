"""Issues and pull requests: lists, single ones, labels."""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox.exchange import Json, Response, json_answer
from bot.sandbox.github import forms, threads
from bot.sandbox.github.answers import Call, Handler, invalid, not_found, page, refusal, wrongly_formed
from bot.sandbox.github.state import Issue
from bot.sandbox.lag import seen

MOST_TITLE = 256
MOST_BODY = 65_536
MOST_FILES = 3000


def listed(call: Call) -> Response:
    """Issues, the newest first, pull requests among them."""
    call.demand("read", "issues")
    _enabled(call)
    creator = call.request.first("creator").lower()
    labels = {name.lower() for name in call.request.first("labels").split(",") if name}
    fitting = [
        each
        for each in _in_state(call, call.repository.issues.values())
        if (not creator or each.user.login.lower() == creator) and labels <= {name.lower() for name in each.labels}
    ]
    return page(call, _sorted(call, seen(fitting)), lambda each: _form(call, each))


def created(call: Call) -> Response:
    """A new issue."""
    call.demand("write", "issues")
    _enabled(call)
    given = call.given()
    title = _title(given, required=True)
    number = max([0, *call.repository.issues, *call.repository.gone]) + 1
    author = call.author
    issue = Issue(
        next(call.hub.ids), number, title, _body(given), author.user, call.now, call.now, app_id=author.app_id
    )
    issue.labels = _labels(call, given)
    call.repository.issues[number] = issue
    form = _form(call, issue)
    return json_answer(form, 201, {"Location": form["url"]})


def shown(call: Call) -> Response:
    """One issue."""
    return json_answer(_form(call, call.issue()))


def changed(call: Call) -> Response:
    """An issue with another title, body, state or other labels."""
    issue = call.issue()
    call.demand("write", "issues", *(["pull_requests"] if issue.pull else []))
    given = call.given()
    issue.title = _title(given, required=False) or issue.title
    issue.body = _body(given) if "body" in given else issue.body
    issue.labels = _labels(call, given) if "labels" in given else issue.labels
    if "state" in given:
        _move(call, issue, given)
    issue.updated_at = call.now
    return json_answer(_form(call, issue))


def labels_listed(call: Call) -> Response:
    """The labels of an issue."""
    return page(call, call.issue().labels, lambda name: forms.label(call.base, call.repository, name))


def labels_added(call: Call) -> Response:
    """More labels for an issue."""
    return _relabelled(call, [*call.issue().labels, *_labels(call, _given_labels(call))])


def labels_replaced(call: Call) -> Response:
    """Other labels for an issue."""
    return _relabelled(call, _labels(call, _given_labels(call)))


def label_removed(call: Call) -> Response:
    """One label less."""
    issue = call.issue()
    if call.names["label"] not in issue.labels:
        raise refusal(404, "Label does not exist")
    return _relabelled(call, [name for name in issue.labels if name != call.names["label"]])


def pulls_listed(call: Call) -> Response:
    """Pull requests, the newest first; `head` is USER:BRANCH."""
    call.demand("read", "pull_requests")
    head, base = call.request.first("head"), call.request.first("base")
    fitting = [
        each
        for each in _in_state(call, call.repository.issues.values())
        if (pull := each.pull)
        and (not head or head == f"{pull.head_owner}:{pull.head_ref}")
        and (not base or base == pull.base_ref)
    ]
    return page(call, _sorted(call, fitting), lambda each: threads.pull(call.base, call.hub, call.repository, each))


def pull_shown(call: Call) -> Response:
    """One pull request."""
    call.demand("read", "pull_requests")
    return json_answer(threads.whole_pull(call.base, call.hub, call.repository, _pull(call)))


def pulls_of_commit(call: Call) -> Response:
    """The pull requests that a commit is the head of, or that were merged as it."""
    call.demand("read", "pull_requests")
    sha = call.names["ref"]
    fitting = [
        each
        for each in call.repository.issues.values()
        if each.pull and sha in (each.pull.head_sha, each.pull.merge_sha)
    ]
    return page(call, fitting, lambda each: threads.pull(call.base, call.hub, call.repository, each))


def commits_listed(call: Call) -> Response:
    """The commits of a pull request, at most 250."""
    call.demand("read", "pull_requests")
    part = _pull(call).pull
    return page(call, part.commits[:250] if part else (), lambda each: each)


def files_listed(call: Call) -> Response:
    """The files of a pull request; what comes after the 3,000th is not shown."""
    call.demand("read", "pull_requests")
    part = _pull(call).pull
    return page(call, part.files[:MOST_FILES] if part else (), lambda each: each)


def _form(call: Call, issue: Issue) -> Json:
    return threads.issue(call.base, call.hub, call.repository, issue)


def _enabled(call: Call) -> None:
    if not call.repository.has_issues:
        raise refusal(410, "Issues are disabled for this repo")


def _pull(call: Call) -> Issue:
    issue = call.repository.issues.get(call.number("number"))
    if issue is None or issue.pull is None:
        raise not_found()
    return issue


def _in_state(call: Call, issues: Iterable[Issue]) -> list[Issue]:
    state = call.request.first("state", "open")
    if state not in ("open", "closed", "all"):
        raise invalid("Issue", "state", "state is not one of open, closed, all", "invalid")
    return [each for each in issues if state in ("all", each.state)]


def _sorted(call: Call, issues: list[Issue]) -> list[Issue]:
    by_update = call.request.first("sort") == "updated"
    falling = call.request.first("direction", "desc") == "desc"
    return sorted(
        issues, key=lambda each: (each.updated_at if by_update else each.number, each.number), reverse=falling
    )


def _title(given: dict[str, Json], *, required: bool) -> str:
    title = given.get("title")
    if title is None and not required:
        return ""
    if not isinstance(title, str):
        raise wrongly_formed('"title" wasn\'t supplied.')
    if not title.strip():
        raise invalid("Issue", "title", "title can't be blank", "missing_field")
    if len(title) > MOST_TITLE:
        raise invalid("Issue", "title", f"title is too long (maximum is {MOST_TITLE} characters)")
    return title


def _body(given: dict[str, Json]) -> str:
    body = given.get("body") or ""
    if not isinstance(body, str):
        raise wrongly_formed("body is not a string.")
    if len(body) > MOST_BODY:
        raise invalid("Issue", "body", f"body is too long (maximum is {MOST_BODY} characters)")
    return body


def _given_labels(call: Call) -> dict[str, Json]:
    """Labels come as a list, or as an object that holds one."""
    value = call.value()
    given = {"labels": value} if isinstance(value, list) else value
    if not isinstance(given, dict) or not isinstance(given.get("labels"), list):
        raise wrongly_formed('"labels" wasn\'t supplied.')
    return given


def _labels(call: Call, given: dict[str, Json]) -> list[str]:
    """The names given, with labels made where there were none."""
    names = [each["name"] if isinstance(each, dict) else each for each in given.get("labels") or []]
    if not all(isinstance(name, str) and name and len(name) <= 50 for name in names):
        raise invalid("Label", "name", "name is not valid", "invalid")
    for name in names:
        call.repository.labels.setdefault(name, "ededed")
    return list(dict.fromkeys(names))


def _relabelled(call: Call, names: list[str]) -> Response:
    call.demand("write", "issues", "pull_requests")
    issue = call.issue()
    issue.labels = list(dict.fromkeys(names))
    return json_answer([forms.label(call.base, call.repository, name) for name in issue.labels])


def _move(call: Call, issue: Issue, given: dict[str, Json]) -> None:
    if given["state"] not in ("open", "closed"):
        raise invalid("Issue", "state", "state is not open or closed", "invalid")
    issue.state = given["state"]
    closed = issue.state == "closed"
    issue.state_reason = given.get("state_reason") or ("completed" if closed else "reopened")
    issue.closed_at = call.now if closed else None


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "issues", listed),
    ("POST", "issues", created),
    ("GET", "issues/{number}", shown),
    ("PATCH", "issues/{number}", changed),
    ("GET", "issues/{number}/labels", labels_listed),
    ("POST", "issues/{number}/labels", labels_added),
    ("PUT", "issues/{number}/labels", labels_replaced),
    ("DELETE", "issues/{number}/labels/{label}", label_removed),
    ("GET", "pulls", pulls_listed),
    ("GET", "pulls/{number}", pull_shown),
    ("GET", "pulls/{number}/commits", commits_listed),
    ("GET", "pulls/{number}/files", files_listed),
    ("GET", "commits/{ref}/pulls", pulls_of_commit),
)
