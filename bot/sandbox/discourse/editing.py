"""Changes of posts and topics, and their removal."""

from __future__ import annotations

from bot.sandbox.discourse import forms, rules
from bot.sandbox.discourse.answers import Call, errors, forbidden, not_found, spend
from bot.sandbox.discourse.posting import A_DAY, tags
from bot.sandbox.discourse.state import Post
from bot.sandbox.exchange import Response, json_answer
from bot.sandbox.limits import Limit

TOO_LATE = "You can't edit or delete that post anymore. It was posted too long ago."
CONFLICT = "That post was edited by another user and your changes can no longer be saved."
_MORE_EDITS = {2: 1.5, 3: 2.0, 4: 3.0}


def update(call: Call) -> Response:
    """A post with another text. `post[original_text]` makes it fail where somebody else was faster."""
    if not any(name.startswith("post[") for name in call.given):
        raise errors(["param is missing or the value is empty: post"], 400)
    post = find(call)
    _editable(call, post)
    original = call.first("post[original_text]") or call.first("post[raw_old]")
    if original and original != post.raw:
        raise errors([CONFLICT], 409)
    raw = call.first("post[raw]", post.raw).rstrip()
    problems = list(rules.of_raw(call, raw, first=post.number == 1, own=post))
    if problems:
        raise errors(problems, 422)
    if raw != post.raw:
        _spend_edit(call)
        _revise(call, post, raw)
    return json_answer({"post": forms.created(call.forum, post, call.author)})


def delete(call: Call) -> Response:
    """A post taken away; the first one takes its topic along, where it has no replies or staff does it."""
    post = find(call)
    _editable(call, post)
    topic = call.forum.topics[post.topic_id]
    if post.number == 1:
        if len(call.forum.stream(topic.id)) > 1 and not call.author.staff:
            raise forbidden()
        topic.deleted = True
    post.deleted = True
    return Response(200, b"", {"Content-Type": "text/plain; charset=utf-8"})


def update_topic(call: Call) -> Response:
    """A topic with another title, category or other tags."""
    topic, author = call.topic(), call.author
    if not (author.staff or topic.user is author or author.trust_level >= 4 or topic.category_id in author.moderates):
        raise forbidden()
    if call.first("title"):
        title = rules.prettified(call.first("title"))
        problems = list(rules.of_title(call, title, topic))
        if problems:
            raise errors(problems, 422)
        topic.title = title
    if call.first("category_id").isdigit() and int(call.first("category_id")) in call.forum.categories:
        topic.category_id = int(call.first("category_id"))
    if "tags[]" in call.given:
        topic.tags = tags(call)
    basic = {"id": topic.id, "title": topic.title, "fancy_title": topic.title, "slug": topic.slug}
    return json_answer({"basic_topic": {**basic, "posts_count": len(call.forum.stream(topic.id))}})


def find(call: Call) -> Post:
    """The post of the path; staff sees deleted ones."""
    post = call.forum.posts.get(call.number("post"))
    if post is None or (post.deleted and not (call.user and call.user.staff)):
        raise not_found()
    call.readable(call.forum.topics[post.topic_id].category_id)
    return post


def _editable(call: Call, post: Post) -> None:
    author, settings = call.author, call.forum.settings
    topic = call.forum.topics[post.topic_id]
    if author.staff or topic.category_id in author.moderates or author.trust_level >= 4 or post.wiki:
        return
    if post.user is not author or topic.archived or post.deleted:
        raise forbidden()
    minutes = settings.post_edit_time_limit if author.trust_level < 2 else settings.tl2_post_edit_time_limit
    if minutes and call.now - post.created_at > minutes * 60:
        raise errors([TOO_LATE], 422)


def _spend_edit(call: Call) -> None:
    most = call.forum.settings.max_edits_per_day * _MORE_EDITS.get(call.author.trust_level, 1.0)
    spend(call, "edit-post", Limit(most, A_DAY))


def _revise(call: Call, post: Post, raw: str) -> None:
    """Within the grace period after the last change, a small edit of the author makes no revision."""
    grace = call.forum.settings.editing_grace_period
    small = abs(len(raw) - len(post.raw)) <= (400 if call.author.trust_level >= 2 else 100)
    if call.now - post.updated_at > grace or not small or post.user is not call.author:
        post.version += 1
    post.raw, post.updated_at = raw, call.now
    post.edit_reason = call.first("post[edit_reason]") or None
    topic = call.forum.topics[post.topic_id]
    last = call.forum.stream(topic.id)[-1:]
    may_skip = call.author.staff or call.author.trust_level >= 4
    if last == [post] and not (may_skip and (call.flag("bypass_bump") or call.flag("post[bypass_bump]"))):
        topic.bumped_at = call.now
