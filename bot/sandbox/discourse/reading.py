"""What is read of a forum: topics and posts, categories, tags, members, the site."""

from __future__ import annotations

from dataclasses import asdict

from bot.sandbox.discourse import editing, forms, posting
from bot.sandbox.discourse.answers import Call, Handler, not_found
from bot.sandbox.discourse.state import CHUNK, Post
from bot.sandbox.exchange import Response, json_answer
from bot.sandbox.lag import seen


def topic(call: Call) -> Response:
    """A topic: the posts of one page, and the ids of all posts in `post_stream.stream`."""
    which = call.topic()
    stream = seen(call.forum.stream(which.id))
    page = call.first("page", "1")
    at = (max(1, int(page)) if page.isdigit() else 1) - 1
    part = stream[at * CHUNK : (at + 1) * CHUNK]
    if at and not part:
        raise not_found()
    return json_answer(forms.topic(call.forum, which, call.user, part, stream, raw=call.flag("include_raw")))


def posts(call: Call) -> Response:
    """Chosen posts of a topic (`post_ids[]`), or the first of them."""
    which = call.topic()
    stream = seen(call.forum.stream(which.id))
    wanted = call.given.get("post_ids[]")
    part: list[Post] = stream[:CHUNK] if wanted is None else [each for each in stream if str(each.id) in wanted]
    shown = [forms.post_in_topic(call.forum, each, call.user, raw=call.flag("include_raw")) for each in part]
    return json_answer({"post_stream": {"posts": shown}, "id": which.id})


def by_external_id(call: Call) -> Response:
    """Where the topic of that id lies: an address, not the topic."""
    wanted = call.names["external_id"].lower()
    for which in call.forum.topics.values():
        if which.external_id.lower() == wanted and not which.deleted:
            location = f"{call.request.base}/t/{which.slug}/{which.id}.json"
            body = f'<html><body>You are being <a href="{location}">redirected</a>.</body></html>'
            return Response(301, body.encode(), {"Location": location, "Content-Type": "text/html; charset=utf-8"})
    raise not_found()


def post(call: Call) -> Response:
    """One post with its text."""
    return json_answer(forms.post(call.forum, editing.find(call), call.user, raw=True))


def post_by_number(call: Call) -> Response:
    """One post by its place in its topic."""
    for each in call.forum.stream(call.topic().id):
        if each.number == call.number("number"):
            return json_answer(forms.post(call.forum, each, call.user, raw=True))
    raise not_found()


def categories(call: Call) -> Response:
    """The categories that this user may see."""
    visible = [each for each in call.forum.categories.values() if not each.read_restricted or _staff(call)]
    shown = [forms.category_in_list(call.forum, each, call.user) for each in visible]
    rights = {"can_create_category": _staff(call), "can_create_topic": call.user is not None}
    return json_answer({"category_list": {**rights, "categories": shown}})


def category(call: Call) -> Response:
    """One category."""
    which = call.forum.categories.get(call.number("category"))
    if which is None:
        raise not_found()
    call.readable(which.id)
    return json_answer({"category": forms.category(call.forum, which, call.user)})


def site(call: Call) -> Response:
    """What a client needs to begin: categories, what this user may do with tags."""
    shown = [forms.category_in_list(call.forum, each, call.user) for each in call.forum.categories.values()]
    trusted = call.user is not None and call.user.trust_level >= call.forum.settings.min_trust_to_create_tag
    return json_answer(
        {"categories": shown, "can_create_tag": _staff(call) or trusted, "can_tag_topics": call.user is not None}
    )


def site_settings(call: Call) -> Response:
    """The settings that clients may know."""
    hidden = ("watched", "approve", "max_reqs", "max_admin", "revoke")
    return json_answer(
        {name: value for name, value in asdict(call.forum.settings).items() if not name.startswith(hidden)}
    )


def tags(call: Call) -> Response:
    """All tags."""
    counted = {name: sum(name in each.tags for each in call.forum.topics.values()) for name in call.forum.tags}
    shown = [{**forms.tag(call.forum, name), "text": name, "count": count} for name, count in counted.items()]
    return json_answer({"tags": shown, "extras": {"categories": []}})


def member(call: Call) -> Response:
    """A member."""
    who = call.forum.user(call.names["username"])
    if who is None:
        raise not_found()
    return json_answer({"user_badges": [], "user": forms.member(who)})


def pending(call: Call) -> Response:
    """What somebody wrote that waits for approval: for themselves and for staff."""
    who = call.forum.user(call.names["username"])
    if who is None or (call.user is not who and not _staff(call)):
        raise not_found()
    waiting = [each for each in call.forum.pending if each.user is who]
    return json_answer({"pending_posts": [forms.pending(each) for each in reversed(waiting)]})


def session(call: Call) -> Response:
    """Who signed in."""
    if call.user is None:
        raise not_found()
    return json_answer({"current_user": forms.member(call.user)})


def _staff(call: Call) -> bool:
    return bool(call.user and call.user.staff)


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/t/external_id/{external_id}", by_external_id),
    ("GET", "/t/{topic}/posts", posts),
    ("GET", "/t/{slug}/{topic}", topic),
    ("GET", "/t/{topic}", topic),
    ("PUT", "/t/{slug}/{topic}", editing.update_topic),
    ("PUT", "/t/{topic}", editing.update_topic),
    ("POST", "/posts", posting.create),
    ("GET", "/posts/by_number/{topic}/{number}", post_by_number),
    ("GET", "/posts/{username}/pending", pending),
    ("GET", "/posts/{post}", post),
    ("PUT", "/posts/{post}", editing.update),
    ("DELETE", "/posts/{post}", editing.delete),
    ("GET", "/categories", categories),
    ("GET", "/c/{category}/show", category),
    ("GET", "/site", site),
    ("GET", "/site/settings", site_settings),
    ("GET", "/tags", tags),
    ("GET", "/u/{username}", member),
    ("GET", "/users/{username}", member),
    ("GET", "/session/current", session),
)
# What a granular key opens, as far as the bot asks for it. Nothing but reading as such opens single posts, external
# ids, the site and who signed in.
SCOPES: dict[str, tuple[Handler, ...]] = {
    "topics:read": (topic, posts),
    "topics:write": (posting.create,),
    "topics:update": (editing.update_topic,),
    "posts:edit": (editing.update,),
    "posts:delete": (editing.delete,),
    "categories:list": (categories,),
    "categories:show": (category,),
    "tags:list": (tags,),
    "users:show": (member,),
}
READING = "global:read"
