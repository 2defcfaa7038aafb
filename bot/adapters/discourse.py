"""The posts of a topic in a Discourse forum, as a place for messages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.adapters.discourse_refusals import APPROVE
from bot.adapters.signing import signed
from bot.publish.marks import read_marker, without_marker
from bot.publish.places import DeliveryError, Draft, Gone, Held, Over, Posted, Refused, Unfit
from bot.standard.values import JSON

if TYPE_CHECKING:
    from bot.adapters.discourse_client import Client

MOST = 150_000
"""Characters of a post that no forum exceeds; what this forum allows, it says itself (PLATFORMS, 2.2)."""
TOO_LATE = "too long ago"
"""What an English forum says of a post that is too old to be edited."""
CHUNK = 20
"""Posts that a topic shows at once."""
_NO_HINTS: Mapping[str, str] = MappingProxyType({})


class Discourse:
    """A forum, and the bot's user in it."""

    def __init__(
        self,
        url: str,
        username: str,
        key: str,
        *,
        timeout: float | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`url`: the forum's own address; `key`: an API key of that user; `timeout`: in seconds."""
        from bot.adapters.discourse_client import Client

        self.client: Client = Client(url, username, key, timeout, now)
        self.url = url.rstrip("/")
        self.username = username

    def close(self) -> None:
        """Let go of the connection."""
        self.client.close()

    def is_own(self, username: str) -> bool:
        """Whether that is the bot's user; the forum's own way of writing names may differ from ours."""
        return username.casefold() == self.username.casefold()


@dataclass(frozen=True, slots=True)
class _Post:
    """A post; `raw` is None where a list left it out, `topic` 0 where nothing says which it is."""

    id: int
    topic: int
    username: str
    raw: str | None


class Posts:
    """A `Place[str]`: the bot's replies in a topic. The content is the raw text without the line of the mark."""

    def __init__(self, discourse: Discourse, topic_id: int, hints: Mapping[str, str] = _NO_HINTS) -> None:
        """`hints`: under which id the post of a key was seen last; it saves reading the topic."""
        self._discourse = discourse
        self._topic = topic_id
        self._hints = dict(hints)
        self._seen: dict[str, str] = {}  # what stands in each post exactly, for the comparison when it is edited
        self._stays = ""

    def find(self, key: str) -> Sequence[Posted[str]]:
        """The bot's own posts of that key in the topic, oldest first."""
        hinted = self._hinted(key)
        posts = sorted([hinted] if hinted else self._own_posts(), key=lambda post: post.id)
        found = []
        for post in posts:
            mark = read_marker(post.raw or "")
            if mark and mark.key == key:
                self._seen[str(post.id)] = post.raw or ""
                found.append(Posted(str(post.id), mark, without_marker(post.raw or "")))
        self._stays = found[0].id if found else ""
        return tuple(found)

    def create(self, draft: Draft[str]) -> str:
        """Reply in the topic; the id of the post. Raises Held where one waits for approval already."""
        client = self._discourse.client
        if draft.mark.key in self._waiting():
            raise Held("Discourse: the post waits for a moderator's approval", APPROVE)
        return str(client.reply(self._topic, _raw(draft)))

    def _waiting(self) -> list[str]:
        """The keys of what waits for approval in the topic; none where the forum does not say."""
        path = f"/posts/{quote(self._discourse.username, safe='')}/pending.json"
        with suppress(DeliveryError):
            return self._discourse.client.ask(path, lambda answer: _pending(answer, self._topic))
        return []

    def update(self, posted: Posted[str], draft: Draft[str]) -> None:
        """Write over a post, where nobody else did since it was found. Raises Over where it is too old for that."""
        # Otherwise than a new post: where that was written a moment ago and stands beside this one, the forum
        # refuses to have the same text twice.
        raw = _raw(draft, empty_lines=2)
        try:
            self._discourse.client.edit(posted.id, raw, self._seen.get(posted.id))
        except Unfit as problem:
            if not self._is_closed(posted.id, problem):
                raise
            self._hints.pop(draft.mark.key, None)
            raise Over(problem.message, problem.hint) from None

    def _is_closed(self, id_: str, problem: Unfit) -> bool:
        """Whether a post may not be edited any more. The forum says so in its own language; what its page offers to
        the bot's user does not hang on that."""
        if TOO_LATE in problem.message.lower():
            return True
        with suppress(Gone, Refused):
            return not self._discourse.client.ask(f"/posts/{id_}.json", lambda post: post.get("can_edit", True))
        return False

    def remove(self, posted: Posted[str]) -> None:
        """Delete a post that stands twice; where the forum does not let us, leave a pointer in it."""
        try:
            self._discourse.client.erase(posted.id)
        except Gone:
            return
        except Refused:
            pointer = f"This is kept up to date in [another post]({self._discourse.url}/p/{self._stays})."
            self._discourse.client.edit(posted.id, pointer, self._seen.get(posted.id))

    def _hinted(self, key: str) -> _Post | None:
        """The post that a hint names; a hint that leads nowhere is forgotten."""
        id_ = self._hints.get(key, "")
        if not id_.isascii() or not id_.isdigit():
            return None
        try:
            post = self._discourse.client.ask(f"/posts/{id_}.json", _post)
        except (Gone, Refused):
            post = None
        mark = read_marker(post.raw or "") if post else None
        if (
            post
            and mark
            and mark.key == key
            and post.topic in (self._topic, 0)
            and self._discourse.is_own(post.username)
        ):
            return post
        del self._hints[key]
        return None

    def _own_posts(self) -> list[_Post]:
        return [post for post in self._posts() if self._discourse.is_own(post.username)]

    def _posts(self) -> Iterator[_Post]:
        """The posts of the topic that may be ours, with their text. Not every server keeps to the filter."""
        path = f"/t/{self._topic}"
        asked = {"include_raw": "true", "username_filters": self._discourse.username}
        stream, shown = self._discourse.client.ask(f"{path}.json", _topic, asked)
        known = {post.id for post in shown if post.raw is not None or not self._discourse.is_own(post.username)}
        yield from (post for post in shown if post.id in known)
        missing = [each for each in stream if each not in known]
        for at in range(0, len(missing), CHUNK):
            asked_for = {"post_ids[]": missing[at : at + CHUNK], "include_raw": "true"}
            for post in self._discourse.client.ask(f"{path}/posts.json", _posts, asked_for):
                yield self._whole(post)

    def _whole(self, post: _Post) -> _Post:
        """A post of ours with its text, which not every server puts into a list."""
        if post.raw is not None or not self._discourse.is_own(post.username):
            return post
        with suppress(Gone, Refused):
            return self._discourse.client.ask(f"/posts/{post.id}.json", _post) or post
        return post


def _raw(draft: Draft[str], empty_lines: int = 1) -> str:
    return signed(draft.content, draft.mark, MOST, "the post", empty_lines=empty_lines)


def _topic(answer: JSON) -> tuple[list[int], list[_Post]]:
    return [int(each) for each in answer["post_stream"]["stream"]], _posts(answer)


def _posts(answer: JSON) -> list[_Post]:
    return [post for each in answer["post_stream"]["posts"] if (post := _post(each))]


def _pending(answer: JSON, topic: int) -> list[str]:
    listed = answer.get("pending_posts") or []
    marks = [read_marker(str(each.get("raw_text") or "")) for each in listed if each.get("topic_id") == topic]
    return [mark.key for mark in marks if mark]


def _post(item: JSON) -> _Post | None:
    """A post; None for one that was deleted, which staff still sees."""
    if item.get("deleted_at") or item.get("user_deleted"):
        return None
    raw = item.get("raw")
    return _Post(
        int(item["id"]), int(item.get("topic_id") or 0), str(item["username"]), None if raw is None else str(raw)
    )
