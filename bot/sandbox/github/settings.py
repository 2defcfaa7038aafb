"""What is set up in a repository: who may what, rules, workflows, branches, files."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha1

from bot.sandbox.exchange import Json, Response, json_answer
from bot.sandbox.github import forms
from bot.sandbox.github.answers import Call, Handler, not_found, page, refusal, sliced

_RIGHTS = {"maintain": ("triage", "push", "maintain"), "write": ("triage", "push"), "triage": ("triage",)}


def repository(call: Call) -> Response:
    """The repository itself."""
    return json_answer(forms.repository(call.base, call.hub, call.repository))


def permission(call: Call) -> Response:
    """What somebody may do here: everybody may read what is public."""
    call.demand("read", "metadata")
    login = call.names["login"]
    if login not in call.hub.users:
        raise refusal(404, f"{login} is not a user")
    role = call.repository.collaborators.get(login, "read")
    shown = {"maintain": "write", "triage": "read"}.get(role, role)
    rights = {
        name: role == "admin" or name in ("pull", *_RIGHTS.get(role, ()))
        for name in ("pull", *_RIGHTS["maintain"], "admin")
    }
    who = {**forms.user(call.base, call.hub.users[login]), "role_name": role, "permissions": rights}
    return json_answer({"permission": shown, "role_name": role, "user": who})


def rules_of_branch(call: Call) -> Response:
    """The rules that hold for a branch, of whatever rule set."""
    call.demand("read", "metadata")
    return page(call, call.repository.rules.get(call.names["branch"], []), lambda each: each)


def rulesets(call: Call) -> Response:
    """The rule sets, without their rules."""
    numbers = {rule["ruleset_id"]: rule for rules in call.repository.rules.values() for rule in rules}
    return page(call, [_ruleset(call, number) for number in sorted(numbers)], lambda each: each)


def ruleset(call: Call) -> Response:
    """One rule set with its rules."""
    number = call.number("ruleset")
    branches = {
        branch: [rule for rule in rules if rule["ruleset_id"] == number]
        for branch, rules in call.repository.rules.items()
    }
    if not any(branches.values()):
        raise not_found()
    names = [f"refs/heads/{branch}" for branch, rules in branches.items() if rules]
    conditions = {"ref_name": {"include": names, "exclude": []}}
    rules = [rule for rules in branches.values() for rule in rules]
    return json_answer({**_ruleset(call, number), "conditions": conditions, "rules": rules})


def protection(call: Call) -> Response:
    """The older way to protect a branch: nobody but an administrator may see it, and there is none."""
    role = call.repository.collaborators.get(call.author.user.login, "")
    if call.author.is_app:
        raise refusal(403, "Resource not accessible by integration")
    raise refusal(404, "Branch not protected" if role == "admin" else "Not Found")


def workflows(call: Call) -> Response:
    """The workflows with their state."""
    call.demand("read", "actions")
    part, headers = sliced(call, call.repository.workflows)
    return json_answer({"total_count": len(call.repository.workflows), "workflows": part}, headers=headers)


def workflow(call: Call) -> Response:
    """One workflow, by number or by the name of its file."""
    call.demand("read", "actions")
    return json_answer(_workflow(call))


def workflow_runs(call: Call) -> Response:
    """The runs of a workflow, the newest first, that one event woke."""
    call.demand("read", "actions")
    which, event = _workflow(call), call.request.first("event")
    runs = [
        each
        for each in reversed(call.repository.runs)
        if each["path"] == which["path"] and (not event or each["event"] == event)
    ]
    part, headers = sliced(call, runs)
    return json_answer({"total_count": len(runs), "workflow_runs": part}, headers=headers)


def workflow_enabled(call: Call) -> Response:
    """A workflow woken up again."""
    call.demand("write", "actions")
    _workflow(call)["state"] = "active"
    return Response(204)


def branch(call: Call) -> Response:
    """A branch and the commit it is at."""
    name = call.names["branch"]
    sha = call.repository.branches.get(name)
    if sha is None:
        raise refusal(404, "Branch not found")
    commit = {"sha": sha, "url": f"{call.base}/repos/{call.repository.full_name}/commits/{sha}"}
    return json_answer({"name": name, "commit": commit, "protected": name in call.repository.rules})


def ref(call: Call) -> Response:
    """A ref of git: of branches alone."""
    name = call.names["ref"].removeprefix("heads/")
    sha = call.repository.branches.get(name)
    if sha is None:
        raise not_found()
    address = f"{call.base}/repos/{call.repository.full_name}/git"
    thing = {"sha": sha, "type": "commit", "url": f"{address}/commits/{sha}"}
    number = forms.node("REF", call.repository.id)
    return json_answer(
        {"ref": f"refs/heads/{name}", "node_id": number, "url": f"{address}/refs/heads/{name}", "object": thing}
    )


def contents(call: Call) -> Response:
    """A file of the default branch."""
    call.demand("read", "contents")
    path = call.names["path"]
    data = call.repository.files.get(path)
    if data is None:
        raise not_found()
    sha = sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
    address = f"{call.base}/repos/{call.repository.full_name}"
    own, page_ = f"{address}/contents/{path}", f"https://github.com/{call.repository.full_name}"
    links = {
        "self": own,
        "git": f"{address}/git/blobs/{sha}",
        "html": f"{page_}/blob/{call.repository.default_branch}/{path}",
    }
    form = {
        "type": "file",
        "encoding": "base64",
        "size": len(data),
        "name": path.rpartition("/")[2],
        "path": path,
        "content": b64encode(data).decode(),
        "sha": sha,
        "url": own,
        "git_url": links["git"],
        "html_url": links["html"],
        "download_url": None,
        "_links": links,
    }
    return json_answer(form)


def _ruleset(call: Call, number: int) -> Json:
    source = call.repository.full_name
    return {
        "id": number,
        "name": f"rules {number}",
        "target": "branch",
        "source_type": "Repository",
        "source": source,
        "enforcement": "active",
        "node_id": forms.node("RRS", number),
    }


def _workflow(call: Call) -> dict[str, Json]:
    wanted = call.names["workflow"]
    for each in call.repository.workflows:
        if wanted in (str(each["id"]), each["path"].rpartition("/")[2]):
            found: dict[str, Json] = each
            return found
    raise not_found()


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "", repository),
    ("GET", "collaborators/{login}/permission", permission),
    ("GET", "rules/branches/{branch:path}", rules_of_branch),
    ("GET", "rulesets", rulesets),
    ("GET", "rulesets/{ruleset}", ruleset),
    ("GET", "branches/{branch}/protection", protection),
    ("GET", "branches/{branch:path}", branch),
    ("GET", "git/ref/{ref:path}", ref),
    ("GET", "actions/workflows", workflows),
    ("GET", "actions/workflows/{workflow}", workflow),
    ("GET", "actions/workflows/{workflow}/runs", workflow_runs),
    ("PUT", "actions/workflows/{workflow}/enable", workflow_enabled),
    ("GET", "contents/{path:path}", contents),
)
