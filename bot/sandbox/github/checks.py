"""Check runs with their annotations: written by apps alone, fifty annotations at a time."""

from __future__ import annotations

from bot.sandbox import clock
from bot.sandbox.exchange import Json, Response, json_answer
from bot.sandbox.github import threads
from bot.sandbox.github.answers import Call, Handler, invalid, not_found, page, refusal, sliced, wrongly_formed
from bot.sandbox.github.state import CheckRun
from bot.sandbox.lag import seen

MOST_ANNOTATIONS = 50
MOST_CHARACTERS = 65_535
MOST_BYTES = 64 * 1024
MOST_TITLE = 255
MOST_OF_ONE_NAME = 1000
LEVELS = ("notice", "warning", "failure")
STATUSES = ("queued", "in_progress", "completed", "waiting", "requested", "pending")
CONCLUSIONS = ("success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required", "stale")
_ACTION_LIMITS = {"label": 20, "description": 40, "identifier": 20}
_SETTABLE = ("name", "external_id", "details_url", "status", "conclusion", "started_at", "completed_at", "actions")


def created(call: Call) -> Response:
    """A new check run."""
    _app_only(call)
    given = call.given()
    for name in ("name", "head_sha"):
        if not isinstance(given.get(name), str) or not given[name]:
            raise wrongly_formed(f'"{name}" wasn\'t supplied.')
    if given["head_sha"] not in call.repository.commits:
        raise refusal(422, f"No commit found for SHA: {given['head_sha']}")
    run = CheckRun(next(call.hub.ids), given["head_sha"], call.author.app_id, call.now, {"status": "queued"})
    _apply(call, run, given)
    call.repository.check_runs[run.id] = run
    _forget_oldest(call, run)
    return json_answer(_form(call, run), 201)


def changed(call: Call) -> Response:
    """A check run with other content; annotations are added to those that are there."""
    _app_only(call)
    run = _run(call)
    if run.app_id != call.author.app_id:
        message = "check run can only be modified by the GitHub App that created it."
        raise refusal(403, f"Invalid app_id `{call.author.app_id}` - {message}")
    _apply(call, run, call.given())
    return json_answer(_form(call, run))


def shown(call: Call) -> Response:
    """One check run."""
    call.demand("read", "checks")
    return json_answer(_form(call, _run(call)))


def annotations_listed(call: Call) -> Response:
    """The annotations of a check run."""
    call.demand("read", "checks")
    return page(call, _run(call).annotations, lambda each: each)


def listed(call: Call) -> Response:
    """The check runs of a commit, the newest first; of those of one name the newest alone, unless `filter=all`."""
    call.demand("read", "checks")
    sha = call.repository.branches.get(call.names["ref"], call.names["ref"])
    if sha not in call.repository.commits:
        raise refusal(422, f"No commit found for SHA: {sha}")
    name, status = call.request.first("check_name"), call.request.first("status")
    app = call.request.first("app_id")
    runs = [
        run
        for run in reversed(call.repository.check_runs.values())
        if run.head_sha == sha
        and (not name or run.given["name"] == name)
        and (not status or run.given["status"] == status)
        and (not app or str(run.app_id) == app)
    ]
    visible = seen(runs)
    if call.request.first("filter", "latest") == "latest":
        newest = {(run.app_id, run.given["name"]): run for run in reversed(visible)}
        visible = [run for run in visible if newest[run.app_id, run.given["name"]] is run]
    part, headers = sliced(call, visible)
    answer = {"total_count": len(visible), "check_runs": [_form(call, run) for run in part]}
    return json_answer(answer, headers=headers)


def _form(call: Call, run: CheckRun) -> Json:
    return threads.check_run(call.base, call.hub, call.repository, run)


def _app_only(call: Call) -> None:
    if not call.author.is_app:
        raise refusal(403, "You must authenticate via a GitHub App.")
    call.demand("write", "checks")


def _run(call: Call) -> CheckRun:
    run = call.repository.check_runs.get(call.number("check_run"))
    if run is None:
        raise not_found()
    return run


def _forget_oldest(call: Call, newest: CheckRun) -> None:
    name = newest.given["name"]
    same = [
        run.id
        for run in call.repository.check_runs.values()
        if (run.given["name"], run.head_sha, run.app_id) == (name, newest.head_sha, newest.app_id)
    ]
    for number in same[:-MOST_OF_ONE_NAME]:
        del call.repository.check_runs[number]


def _apply(call: Call, run: CheckRun, given: dict[str, Json]) -> None:
    """Check all before anything changes."""
    _check_words(given)
    output = given.get("output")
    annotations = _output(output) if output is not None else []
    fields = {name: given[name] for name in _SETTABLE if name in given}
    if "conclusion" in fields:
        fields["status"] = "completed"
    if fields.get("status") == "completed":
        fields.setdefault("completed_at", clock.to_the_second(call.now))
    if fields.get("status") == "completed" and not (fields.get("conclusion") or run.given.get("conclusion")):
        raise wrongly_formed('"conclusion" is required where "status" is "completed".')
    fields.setdefault("started_at", run.given.get("started_at") or clock.to_the_second(call.now))
    run.given.update(fields)
    if output is not None:
        run.given["output"] = {**(run.given.get("output") or {}), **output}
        run.annotations += annotations


def _check_words(given: dict[str, Json]) -> None:
    if given.get("status", "queued") not in STATUSES:
        raise invalid("CheckRun", "status", "status is not included in the list", "invalid")
    if given.get("conclusion", "success") not in CONCLUSIONS:
        raise invalid("CheckRun", "conclusion", "conclusion is not included in the list", "invalid")
    actions = given.get("actions") or []
    if len(actions) > 3:
        raise wrongly_formed("No more than 3 items are allowed in actions.")
    for action in actions:
        for name, most in _ACTION_LIMITS.items():
            if not action.get(name) or len(action[name]) > most:
                raise invalid("CheckRun", "actions", f"{name} has 1 to {most} characters")


def _output(output: Json) -> list[Json]:
    for name in ("title", "summary"):
        if not isinstance(output.get(name), str):
            raise wrongly_formed(f'"{name}" of output wasn\'t supplied.')
    for name in ("summary", "text"):
        if len(output.get(name) or "") > MOST_CHARACTERS:
            raise invalid("CheckRun", name, f"{name} exceeds a maximum of {MOST_CHARACTERS} characters")
    annotations = output.pop("annotations", None) or []
    if len(annotations) > MOST_ANNOTATIONS:
        raise wrongly_formed(f"No more than {MOST_ANNOTATIONS} items are allowed; {len(annotations)} were supplied.")
    return [_annotation(each) for each in annotations]


def _annotation(given: Json) -> Json:
    for name, kind in (
        ("path", str),
        ("start_line", int),
        ("end_line", int),
        ("annotation_level", str),
        ("message", str),
    ):
        if not isinstance(given.get(name), kind):
            raise wrongly_formed(f'"{name}" of an annotation wasn\'t supplied.')
    if given["annotation_level"] not in LEVELS:
        raise invalid("CheckRun", "annotation_level", "annotation_level is not included in the list", "invalid")
    if given["start_line"] < 1 or given["end_line"] < given["start_line"]:
        raise invalid("CheckRun", "end_line", "lines are counted from 1 and end where they begin or later")
    if {"start_column", "end_column"} & given.keys() and given["start_line"] != given["end_line"]:
        raise invalid("CheckRun", "start_column", "columns are only for annotations of one line")
    for name, most in (("message", MOST_BYTES), ("raw_details", MOST_BYTES), ("title", MOST_TITLE)):
        if len((given.get(name) or "").encode()) > most:
            raise invalid("CheckRun", name, f"{name} is too long (maximum is {most})")
    optional = ("start_column", "end_column", "title", "raw_details")
    return {**dict.fromkeys(optional), **given, "blob_href": ""}


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "check-runs", created),
    ("GET", "check-runs/{check_run}", shown),
    ("PATCH", "check-runs/{check_run}", changed),
    ("GET", "check-runs/{check_run}/annotations", annotations_listed),
    ("GET", "commits/{ref}/check-runs", listed),
)
