"""How GitHub shows users, repositories, labels, reactions and apps as JSON."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from bot.sandbox.clock import to_the_second
from bot.sandbox.exchange import Json
from bot.sandbox.github.state import GITHUB_ACTIONS_APP, Hub, Reaction, Repository, User

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
