"""What a forum demands of titles and posts; each rule yields the sentence that says what is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from bot.sandbox.discourse.answers import Call
from bot.sandbox.discourse.state import Post, Topic

_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_EXTERNAL_ID = re.compile(r"[\w-]{1,50}", re.ASCII)
_LINK = re.compile(r"https?://\S+")
_IMAGE = re.compile(r"!\[[^\]]*\]\(|<img\b", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@`])@[\w][\w.-]*")
_EMOJI = re.compile(r":[a-z0-9_+-]+:|[\U0001F300-\U0001FAFF\u2600-\u27BF]")


def prettified(title: str) -> str:
    """A title as the forum tidies it: spaces, points at the end, shouting, the first letter."""
    title = " ".join(title.split()).rstrip(".")
    title = re.sub(r"([!?])\1+", r"\1", title)
    if title == title.upper() and re.search("[A-Z]", title):
        title = title.lower()
    return re.sub("^[a-z]+", lambda first: first[0].capitalize(), title)


def of_title(call: Call, title: str, own: Topic | None = None) -> Iterator[str]:
    """What is wrong with a title. `own`: the topic that is to have it, which may have it already."""
    settings = call.forum.settings
    least, most = settings.min_topic_title_length, settings.max_topic_title_length
    if not title.strip():
        yield "Title can't be blank"
        return
    if len(title) < least:
        yield f"Title is too short (minimum is {least} characters)"
    if len(title) > most:
        yield f"Title is too long (maximum is {most} characters)"
    if _entropy(title) < settings.title_min_entropy or not re.search(r"[^\W_]", title):
        yield "Title seems unclear, is it a complete sentence?"
    elif re.search(rf"[^\W_]{{{settings.title_max_word_length + 1},}}", title):
        yield "Title contains very long words"
    elif not settings.allow_uppercase_posts and _shouted(title):
        yield "Title seems unclear, is it all in capitals?"
    if len(_EMOJI.findall(title)) > settings.max_emojis_in_title:
        yield f"Title can't have more than {settings.max_emojis_in_title} emoji"
    if not settings.allow_duplicate_topic_titles and any(
        topic.title.lower() == title.lower() and topic is not own and not topic.deleted
        for topic in call.forum.topics.values()
    ):
        yield "Title has already been used"


def of_external_id(call: Call, external_id: str) -> Iterator[str]:
    """What is wrong with the id that another system gives a topic."""
    if not _EXTERNAL_ID.fullmatch(external_id):
        yield "External is invalid"
    if any(topic.external_id.lower() == external_id.lower() for topic in call.forum.topics.values()):
        yield "External has already been taken"


def of_raw(call: Call, raw: str, *, first: bool, own: Post | None = None) -> Iterator[str]:
    """What is wrong with the text of a post, new or edited (`own`)."""
    settings = call.forum.settings
    if not raw.strip():
        yield "Body can't be blank"
        return
    if len(raw) > settings.max_post_length:
        yield f"Body is limited to {settings.max_post_length} characters; you entered {len(raw)}."
    least = settings.min_first_post_length if first else settings.min_post_length
    if len(_COMMENT.sub("", raw).strip()) < least:
        yield f"Body is too short (minimum is {least} characters)"
    unclear = _entropy(raw) < settings.body_min_entropy or not re.search(r"[^\W_]", raw)
    if unclear or (not settings.allow_uppercase_posts and _shouted(raw)):
        yield "Body seems unclear, is it a complete sentence?"
    yield from _of_content(call, raw)
    if _posted_lately(call, raw, own):
        yield "Body is too similar to what you recently posted"


def of_reply(call: Call, topic: Topic) -> Iterator[str]:
    """What is wrong with one more reply of this author in a topic."""
    settings, author = call.forum.settings, call.author
    posts = call.forum.stream(topic.id)
    own = sum(post.user is author for post in posts)
    new = author.trust_level == 0 and not author.staff and topic.user is not author
    if new and own >= settings.newuser_max_replies_per_topic:
        yield f"New users are limited to {settings.newuser_max_replies_per_topic} replies in the same topic."
    most = settings.max_consecutive_replies
    exempt = author.staff or topic.category_id in author.moderates or topic.user is author
    if most and not exempt and len(posts) >= most and all(post.user is author for post in posts[-most:]):
        yield f"No more than {most} consecutive replies are allowed. Please edit your previous reply."


def fingerprint(raw: str) -> str:
    """What tells whether the same was posted lately."""
    return hashlib.sha1(raw.encode(), usedforsecurity=False).hexdigest()


def _posted_lately(call: Call, raw: str, own: Post | None) -> bool:
    minutes = call.forum.settings.unique_posts_mins
    if not minutes or call.author.staff or (own is not None and own.raw == raw):
        return False
    at = call.forum.recent.get((call.author.id, fingerprint(raw)))
    return at is not None and call.now - at < minutes * 60


def _of_content(call: Call, raw: str) -> Iterator[str]:
    settings, author = call.forum.settings, call.author
    if author.staff:
        return
    # Code is neither link nor mention.
    text = re.sub(r"(`{3,}|~{3,}).*?(?:\1|\Z)|`[^`\n]*`", " ", raw, flags=re.DOTALL)
    mentions = len(set(_MENTION.findall(text)))
    if author.trust_level > 0:
        if mentions > settings.max_mentions_per_post:
            yield f"Sorry, you can only mention {settings.max_mentions_per_post} other users in a post."
        return
    for found, most, what in (
        (mentions, settings.newuser_max_mentions_per_post, "mention {} other users in a post"),
        (len(_LINK.findall(text)), settings.newuser_max_links, "put {} links in a post"),
        (len(_IMAGE.findall(text)), settings.newuser_max_embedded_media, "embed {} media items in a post"),
    ):
        if found > most:
            yield f"Sorry, new users can only {what.format(most)}."


def _entropy(text: str) -> int:
    return len(set(text.strip().encode()))


def _shouted(text: str) -> bool:
    """No lower-case letter where there are letters that know case."""
    letters = [each for each in text if each.isalpha()]
    return bool(letters) and all(each.isupper() for each in letters)
