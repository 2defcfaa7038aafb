"""How GitHub shows comments, check runs, issues and pull requests as JSON."""

from __future__ import annotations

from bot.sandbox.exchange import Json
from bot.sandbox.github.forms import app, association, label, node, reactions, repository, stamp, user
from bot.sandbox.github.state import CheckRun, Comment, Hub, Issue, Note, Repository


def comment(base: str, hub: Hub, where: Repository, which: Comment) -> Json:
    """A comment."""
    address = f"{base}/repos/{where.full_name}/issues/comments/{which.id}"
    kind = "pull" if where.issues[which.number].pull else "issues"
    return {
        "url": address,
        "html_url": f"https://github.com/{where.full_name}/{kind}/{which.number}#issuecomment-{which.id}",
        "issue_url": f"{base}/repos/{where.full_name}/issues/{which.number}",
        "id": which.id,
        "node_id": node("IC", which.id),
        "user": user(base, which.user),
        "created_at": stamp(which.created_at),
        "updated_at": stamp(which.updated_at),
        "body": which.body,
        "author_association": association(where, which.user),
        "reactions": reactions(address, which.reactions),
        "performed_via_github_app": app(base, hub, which.app_id),
        "minimized": {"reason": which.minimized} if which.minimized else None,
    }


def note(base: str, where: Repository, which: Note) -> Json:
    """A comment on lines. Where they are others by now, they have no number any more."""
    address = f"{base}/repos/{where.full_name}/pulls/comments/{which.id}"
    page = f"https://github.com/{where.full_name}/pull/{which.number}#discussion_r{which.id}"
    pull_address = f"{base}/repos/{where.full_name}/pulls/{which.number}"
    end, size = which.end or None, len(which.lines)
    original, commit = which.original
    return {
        "url": address,
        "pull_request_review_id": which.id + 1,
        "id": which.id,
        "node_id": node("PRRC", which.id),
        "diff_hunk": which.hunk,
        "path": which.path,
        "commit_id": which.commit,
        "original_commit_id": commit,
        "user": user(base, which.user),
        "body": which.body,
        "created_at": stamp(which.created_at),
        "updated_at": stamp(which.updated_at),
        "html_url": page,
        "pull_request_url": pull_address,
        "author_association": association(where, which.user),
        "_links": {
            name: {"href": to} for name, to in (("self", address), ("html", page), ("pull_request", pull_address))
        },
        "reactions": reactions(address, []),
        "start_line": end - size + 1 if end and size > 1 else None,
        "original_start_line": original - size + 1 if size > 1 else None,
        "start_side": "RIGHT" if size > 1 else None,
        "line": end,
        "original_line": original,
        "side": "RIGHT",
        "original_position": 1,
        "position": 1 if end else None,
        "subject_type": "line",
        **({"in_reply_to_id": which.answers} if which.answers else {}),
    }


def check_run(base: str, hub: Hub, where: Repository, which: CheckRun) -> Json:
    """A check run; its annotations are counted and lie elsewhere."""
    address = f"{base}/repos/{where.full_name}/check-runs/{which.id}"
    output = which.given.get("output") or {}
    page = f"https://github.com/{where.full_name}/runs/{which.id}"
    return {
        "id": which.id,
        "name": which.given["name"],
        "node_id": node("CR", which.id),
        "head_sha": which.head_sha,
        "external_id": which.given.get("external_id", ""),
        "url": address,
        "html_url": page,
        "details_url": which.given.get("details_url", page),
        **{name: which.given.get(name) for name in ("status", "conclusion", "started_at", "completed_at")},
        "output": {
            **{name: output.get(name) for name in ("title", "summary", "text")},
            "annotations_count": len(which.annotations),
            "annotations_url": f"{address}/annotations",
        },
        "check_suite": {"id": which.app_id},
        "app": app(base, hub, which.app_id),
        "pull_requests": [],
    }


def issue(base: str, hub: Hub, where: Repository, which: Issue) -> Json:
    """An issue; a pull request is one as well."""
    address = f"{base}/repos/{where.full_name}/issues/{which.number}"
    kind = "pull" if which.pull else "issues"
    page = f"https://github.com/{where.full_name}/{kind}/{which.number}"
    return {
        **_common(base, where, which),
        "url": address,
        "repository_url": f"{base}/repos/{where.full_name}",
        **{f"{name}_url": f"{address}/{name}" for name in ("comments", "events", "timeline")},
        "labels_url": f"{address}/labels{{/name}}",
        "html_url": page,
        "state_reason": which.state_reason,
        "comments": sum(each.number == which.number for each in where.comments.values()),
        "closed_by": None,
        "reactions": reactions(address, which.reactions),
        "performed_via_github_app": app(base, hub, which.app_id),
        **({"pull_request": _pull_part(base, where, which), "draft": which.pull.draft} if which.pull else {}),
    }


def _common(base: str, where: Repository, which: Issue) -> Json:
    """What issues and pull requests show alike."""
    return {
        "id": which.id,
        "node_id": node("PR" if which.pull else "I", which.id),
        "number": which.number,
        "state": which.state,
        "title": which.title,
        "body": which.body or None,
        "user": user(base, which.user),
        "labels": [label(base, where, name) for name in which.labels],
        "locked": which.locked,
        "active_lock_reason": None,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "created_at": stamp(which.created_at),
        "updated_at": stamp(which.updated_at),
        "closed_at": stamp(which.closed_at),
        "author_association": association(where, which.user),
    }


def _pull_part(base: str, where: Repository, which: Issue) -> Json:
    page = f"https://github.com/{where.full_name}/pull/{which.number}"
    return {
        "url": f"{base}/repos/{where.full_name}/pulls/{which.number}",
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "merged_at": stamp(which.pull.merged_at) if which.pull else None,
    }


def pull(base: str, hub: Hub, where: Repository, which: Issue) -> Json:
    """A pull request as lists show it."""
    part = which.pull
    if part is None:
        raise TypeError(which.number)
    own, issue_address = _pull_part(base, where, which), f"{base}/repos/{where.full_name}/issues/{which.number}"
    address = own["url"]
    places = {
        "issue": issue_address,
        "commits": f"{address}/commits",
        "review_comments": f"{address}/comments",
        "review_comment": f"{base}/repos/{where.full_name}/pulls/comments{{/number}}",
        "comments": f"{issue_address}/comments",
        "statuses": f"{base}/repos/{where.full_name}/statuses/{part.head_sha}",
    }
    fork = hub.named(part.head_repository)
    head_repository = repository(base, hub, fork[0]) if fork else None
    base_repository = repository(base, hub, where)
    return {
        **_common(base, where, which),
        **own,
        **{f"{name}_url": place for name, place in places.items()},
        "requested_reviewers": [],
        "requested_teams": [],
        "head": _side(base, hub, part.head_owner, part.head_ref, part.head_sha, head_repository),
        "base": _side(base, hub, where.owner, part.base_ref, part.base_sha, base_repository),
        "_links": {
            name: {"href": place} for name, place in {**places, "self": address, "html": own["html_url"]}.items()
        },
        "auto_merge": None,
        "draft": part.draft,
        "merge_commit_sha": part.merge_sha,
    }


def whole_pull(base: str, hub: Hub, where: Repository, which: Issue) -> Json:
    """A pull request by itself."""
    part = which.pull
    if part is None:
        raise TypeError(which.number)
    changed = {name: sum(each.get(name, 0) for each in part.files) for name in ("additions", "deletions")}
    return {
        **pull(base, hub, where, which),
        "merged": part.merged_at is not None,
        "mergeable": None,
        "rebaseable": None,
        "mergeable_state": "unknown",
        "merged_by": None,
        "comments": sum(each.number == which.number for each in where.comments.values()),
        "review_comments": sum(each.number == which.number for each in where.notes.values()),
        "maintainer_can_modify": False,
        "commits": len(part.commits),
        **changed,
        "changed_files": len(part.files),
    }


def _side(base: str, hub: Hub, owner: str, ref: str, sha: str, where: Json) -> Json:
    return {
        "label": f"{owner}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": user(base, hub.user(owner)) if owner else None,
        "repo": where,
    }
