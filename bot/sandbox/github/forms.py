"""How GitHub shows users, repositories, comments, issues, pull requests and check runs as JSON."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from bot.sandbox.clock import to_the_second
from bot.sandbox.exchange import Json
from bot.sandbox.github.state import (
    GITHUB_ACTIONS_APP,
    CheckRun,
    Comment,
    Hub,
    Issue,
    Reaction,
    Repository,
    User,
)

CONTENTS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")
_USER_PLACES = (
    "followers gists{/gist_id} starred{/owner}{/repo} subscriptions orgs repos events{/privacy} received_events"
)
_USER_NAMES = "followers gists starred subscriptions organizations repos events received_events"
_REPOSITORY_PLACES = {
    "archive": "{archive_format}{/ref}",
    "assignees": "assignees{/user}",
    "blobs": "git/blobs{/sha}",
    "branches": "branches{/branch}",
    "collaborators": "collaborators{/collaborator}",
    "comments": "comments{/number}",
    "commits": "commits{/sha}",
    "compare": "compare/{base}...{head}",
    "contents": "contents/{+path}",
    "git_commits": "git/commits{/sha}",
    "git_refs": "git/refs{/sha}",
    "git_tags": "git/tags{/sha}",
    "issue_comment": "issues/comments{/number}",
    "issue_events": "issues/events{/number}",
    "issues": "issues{/number}",
    "keys": "keys{/key_id}",
    "labels": "labels{/name}",
    "milestones": "milestones{/number}",
    "notifications": "notifications{?since,all,participating}",
    "pulls": "pulls{/number}",
    "releases": "releases{/id}",
    "statuses": "statuses/{sha}",
    "trees": "git/trees{/sha}",
}
_PLAIN_PLACES = (
    "contributors deployments downloads events forks hooks languages merges "
    "stargazers subscribers subscription tags teams"
)


def stamp(moment: float | None) -> str | None:
    """A time, or none."""
    return None if moment is None else to_the_second(moment)


def node(kind: str, number: int) -> str:
    """The name of a thing in GraphQL."""
    return f"{kind}_{number}"


def user(base: str, who: User) -> Json:
    """An account."""
    address = f"{base}/users/{quote(who.login)}"
    places = {
        f"{name}_url": f"{address}/{place}"
        for name, place in zip(_USER_NAMES.split(), _USER_PLACES.split(), strict=True)
    }
    return {
        "login": who.login,
        "id": who.id,
        "node_id": node("U", who.id),
        "avatar_url": f"https://avatars.githubusercontent.com/u/{who.id}?v=4",
        "gravatar_id": "",
        "url": address,
        "html_url": f"https://github.com/{quote(who.login)}",
        "following_url": f"{address}/following{{/other_user}}",
        **places,
        "type": "Bot" if who.is_bot else "User",
        "user_view_type": "public",
        "site_admin": False,
    }


def repository(base: str, hub: Hub, which: Repository) -> Json:
    """A repository."""
    address, page = f"{base}/repos/{which.full_name}", f"https://github.com/{which.full_name}"
    opened = sum(issue.state == "open" for issue in which.issues.values())
    counts = {"forks": 0, "watchers": 0, "open_issues": opened}
    return {
        "id": which.id,
        "node_id": node("R", which.id),
        "name": which.name,
        "full_name": which.full_name,
        "private": False,
        "owner": user(base, hub.user(which.owner)),
        "html_url": page,
        "description": None,
        "fork": False,
        "url": address,
        **{f"{name}_url": f"{address}/{place}" for name, place in _REPOSITORY_PLACES.items()},
        **{f"{name}_url": f"{address}/{name}" for name in _PLAIN_PLACES.split()},
        "git_url": f"git://github.com/{which.full_name}.git",
        "ssh_url": f"git@github.com:{which.full_name}.git",
        "clone_url": f"{page}.git",
        "svn_url": page,
        "mirror_url": None,
        "homepage": None,
        "language": None,
        **counts,
        **{f"{name}_count": number for name, number in {**counts, "stargazers": 0}.items()},
        "size": 100,
        "default_branch": which.default_branch,
        "has_issues": which.has_issues,
        **dict.fromkeys(("has_projects", "has_downloads", "has_wiki", "has_pages"), False),
        "archived": which.archived,
        "disabled": False,
        "visibility": "public",
        "license": None,
        "topics": [],
        **dict.fromkeys(("pushed_at", "created_at", "updated_at"), "2020-01-01T00:00:00Z"),
        "permissions": {"admin": False, "maintain": False, "push": True, "triage": True, "pull": True},
    }


def label(base: str, where: Repository, name: str) -> Json:
    """A label."""
    number = sum(map(ord, name))
    return {
        "id": number,
        "node_id": node("LA", number),
        "url": f"{base}/repos/{where.full_name}/labels/{quote(name)}",
        "name": name,
        "color": where.labels.get(name, "ededed"),
        "default": False,
        "description": None,
    }


def reactions(address: str, given: list[Reaction]) -> Json:
    """How often each reaction was given."""
    counts = Counter(each.content for each in given)
    return {"url": f"{address}/reactions", "total_count": len(given), **{name: counts[name] for name in CONTENTS}}


def reaction(base: str, each: Reaction) -> Json:
    """One reaction."""
    return {
        "id": each.id,
        "node_id": node("REA", each.id),
        "user": user(base, each.user),
        "content": each.content,
        "created_at": stamp(each.created_at),
    }


def association(where: Repository, who: User) -> str:
    """What the author is to the repository."""
    if who.login == where.owner:
        return "OWNER"
    return "MEMBER" if where.collaborators.get(who.login) in ("admin", "write", "maintain") else "NONE"


def app(base: str, hub: Hub, number: int) -> Json:
    """The app that wrote something; none where a person did."""
    if not number:
        return None
    slug = "github-actions" if number == GITHUB_ACTIONS_APP else f"app-{number}"
    return {
        "id": number,
        "slug": slug,
        "node_id": node("A", number),
        "owner": user(base, hub.user("github" if number == GITHUB_ACTIONS_APP else "project")),
        "name": slug.replace("-", " ").title(),
        "description": None,
        "external_url": "https://help.github.com",
        "html_url": f"https://github.com/apps/{slug}",
        "created_at": "2018-07-30T09:30:17Z",
        "updated_at": "2018-07-30T09:30:17Z",
        "permissions": {},
        "events": [],
    }


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
        "merge_commit_sha": None,
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
        "review_comments": 0,
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
