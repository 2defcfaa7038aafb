"""New topics and replies: remembered, checked, queued or made."""

from __future__ import annotations

from bot.sandbox import clock
from bot.sandbox.discourse import forms, rules
from bot.sandbox.discourse.answers import NOT_FOUND, Call, errors, forbidden, invalid_parameter, spend
from bot.sandbox.discourse.state import MEMOIZED_SECONDS, Pending, Post, Topic
from bot.sandbox.exchange import Refused, Response, json_answer
from bot.sandbox.limits import Limit

A_DAY = 86_400


def create(call: Call) -> Response:
    """A topic or a reply. The same request from the same place is answered with the first answer for two minutes,
    refusals included; only rate limits and rights are looked at anew."""
    author = call.author
    if call.flag("no_bump") and not (author.staff or author.trust_level >= 4):
        raise invalid_parameter("no_bump")
    signature = _signature(call)
    remembered = call.forum.remembered.get(signature)
    if remembered and call.now - remembered[0] <= MEMOIZED_SECONDS:
        return remembered[1]
    response = _performed(call)
    call.forum.remembered[signature] = (call.now, response)
    return response


def _signature(call: Call) -> str:
    sent = sorted((name, tuple(values)) for name, values in call.given.items())
    place = [call.request.address, call.request.header("user-agent"), call.request.header("referer")]
    return rules.fingerprint(repr((call.author.id, sent, place)))


def _performed(call: Call) -> Response:
    topic = _replied_to(call)
    raw = call.first("raw").rstrip()
    problems = [] if call.flag("skip_validations") else [*_problems(call, topic, raw)]
    if problems:
        return json_answer({"action": "create_post", "errors": problems}, 422)
    if _waits(call, topic, raw):
        return _enqueued(call, topic, raw)
    if topic is None:
        topic = _new_topic(call)
    elif not call.flag("skip_validations"):
        _spend_reply(call)
    made = _new_post(call, topic, raw)
    shown = forms.created(call.forum, made, call.author)
    nested = {"action": "create_post", "success": True, "post": shown}
    return json_answer(nested if call.first("nested_post") else shown)


def _replied_to(call: Call) -> Topic | None:
    """The topic of a reply; None for a new topic."""
    if not call.first("topic_id"):
        return None
    topic = call.forum.topics.get(int(call.first("topic_id")) if call.first("topic_id").isdigit() else 0)
    hidden = topic is None or topic.deleted or ((topic.closed or topic.archived) and not call.author.staff)
    if topic is None or hidden:
        body = {"action": "create_post", "errors": [NOT_FOUND]}
        raise Refused(json_answer(body, 422))
    call.readable(topic.category_id)
    return topic


def _problems(call: Call, topic: Topic | None, raw: str) -> list[str]:
    settings = call.forum.settings
    if not call.author.staff and _contains(call, raw, settings.watched_words_block):
        return ["Your post contains a word that's not allowed."]
    if topic is not None:
        return [*rules.of_raw(call, raw, first=False), *rules.of_reply(call, topic)]
    external_id = call.first("external_id")
    return [
        *rules.of_title(call, _title(call)),
        *(rules.of_external_id(call, external_id) if external_id else ()),
        *_of_category_and_tags(call),
        *rules.of_raw(call, raw, first=True),
    ]


def _of_category_and_tags(call: Call) -> list[str]:
    most = call.forum.settings.max_tags_per_topic
    problems = []
    if _category(call) not in call.forum.categories:
        problems.append("Category can't be blank")
    elif call.forum.categories[_category(call)].read_restricted and not call.author.staff:
        raise forbidden()
    if len(call.given.get("tags[]", [])) > most:
        problems.append(f"You can only use {most} tags for this topic.")
    return problems


def _title(call: Call) -> str:
    title = call.first("title")
    return rules.prettified(title) if call.forum.settings.title_prettify else title


def _category(call: Call) -> int:
    """The category asked for; the first one, that of the uncategorised, where none is."""
    asked = call.first("category")
    return int(asked) if asked.isdigit() else next(iter(call.forum.categories))


def _contains(call: Call, raw: str, words: tuple[str, ...]) -> bool:
    text = f"{call.first('title')} {raw}".lower()
    return any(word.lower() in text for word in words)


def _waits(call: Call, topic: Topic | None, raw: str) -> bool:
    """Whether somebody has to approve it first. Staff is never asked to wait."""
    settings, author = call.forum.settings, call.author
    if author.staff:
        return False
    written = sum(post.user is author for post in call.forum.posts.values())
    category = call.forum.categories[topic.category_id if topic else _category(call)]
    return (
        (author.trust_level <= 1 and written < settings.approve_post_count)
        or author.trust_level < settings.approve_unless_trust_level
        or _contains(call, raw, settings.watched_words_require_approval)
        or (
            (category.require_reply_approval if topic else category.require_topic_approval)
            and category.id not in author.moderates
        )
    )


def _enqueued(call: Call, topic: Topic | None, raw: str) -> Response:
    number, category = next(call.forum.ids), None if topic else _category(call)
    waiting = Pending(number, call.author, raw, call.first("title"), topic.id if topic else None, category, call.now)
    call.forum.pending.append(waiting)
    count = sum(each.user is call.author for each in call.forum.pending)
    return json_answer(
        {"action": "enqueued", "success": True, "pending_post": forms.pending(waiting), "pending_count": count}
    )


def _new_topic(call: Call) -> Topic:
    settings, author = call.forum.settings, call.author
    if not call.flag("skip_validations"):
        new = author.trust_level == 0
        seconds = settings.rate_limit_new_user_create_topic if new else settings.rate_limit_create_topic
        spend(call, "create_topic", Limit(1, seconds))
        spend(call, "topics-per-day", Limit(settings.max_topics_per_day, A_DAY))
        if new and call.now - author.created_at < A_DAY:
            spend(call, "first-day-topics-per-day", Limit(settings.max_topics_in_first_day, A_DAY))
    made_at = _made_at(call)
    topic = Topic(next(call.forum.ids), _title(call), _category(call), author, made_at, made_at)
    topic.external_id, topic.tags = call.first("external_id"), tags(call)
    call.forum.topics[topic.id] = topic
    return topic


def tags(call: Call) -> tuple[str, ...]:
    """The tags asked for, tidied; unknown ones are dropped where this author may not make them."""
    settings, author = call.forum.settings, call.author
    wanted = ["-".join(name.lower().split())[: settings.max_tag_length] for name in call.given.get("tags[]", [])]
    if author.staff or author.trust_level >= settings.min_trust_to_create_tag:
        for name in wanted:
            call.forum.tags.setdefault(name, len(call.forum.tags) + 1)
    return tuple(dict.fromkeys(name for name in wanted if name in call.forum.tags))


def _spend_reply(call: Call) -> None:
    settings, author = call.forum.settings, call.author
    new = author.trust_level == 0
    seconds = settings.rate_limit_new_user_create_post if new else settings.rate_limit_create_post
    spend(call, "create_post", Limit(1, seconds))
    if new and call.now - author.created_at < A_DAY:
        spend(call, "first-day-replies-per-day", Limit(settings.max_replies_in_first_day, A_DAY))


def _made_at(call: Call) -> float:
    try:
        return clock.read(call.first("created_at")) if call.first("created_at") else call.now
    except ValueError:
        raise errors(
            ["You supplied invalid parameters to the request: created_at"], 400, "invalid_parameters"
        ) from None


def _new_post(call: Call, topic: Topic, raw: str) -> Post:
    made_at = _made_at(call)
    number = 1 + max((post.number for post in call.forum.posts.values() if post.topic_id == topic.id), default=0)
    post = Post(next(call.forum.ids), topic.id, number, call.author, raw, made_at, made_at)
    reply_to = call.first("reply_to_post_number")
    post.reply_to = int(reply_to) if reply_to.isdigit() else None
    call.forum.posts[post.id] = post
    call.forum.recent[call.author.id, rules.fingerprint(raw)] = call.now
    if not call.flag("no_bump"):
        topic.bumped_at = made_at
    return post
