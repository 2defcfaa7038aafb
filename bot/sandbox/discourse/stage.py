"""What people do in the forum by hand: join, moderate, write, close topics. Tests and the demo set the scene."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import RLock

from bot.sandbox.discourse.state import Category, Forum, Key, Pending, Post, Settings, Topic, User


class Stage:
    """The state of the forum and the hands of people."""

    def __init__(self, now: Callable[[], float], settings: Settings | None = None) -> None:
        """`settings`: where the forum differs from a new one."""
        self.forum = Forum(settings or Settings())
        self._now = now
        self._lock = RLock()
        self.add_category("Uncategorized", "uncategorized")

    def add_user(
        self,
        username: str,
        *,
        trust_level: int = 1,
        admin: bool = False,
        moderator: bool = False,
        moderates: Iterable[int] = (),
        created_at: float = 0.0,
    ) -> User:
        """A member, of long standing where no date is given; one of that name gets these rights."""
        with self._lock:
            new = User(len(self.forum.users) + 1, username, created_at)
            user = self.forum.users.setdefault(username.lower(), new)
            user.created_at, user.trust_level, user.moderates = created_at, trust_level, set(moderates)
            user.admin, user.moderator = admin, moderator
        return user

    def add_key(self, value: str, username: str = "", scopes: Iterable[str] | None = None) -> None:
        """An API key for one user, or for all; a granular one where scopes are given ("topics:write")."""
        with self._lock:
            self.forum.key_used[value] = self._now()
            self.forum.keys[value] = Key(value, username, None if scopes is None else frozenset(scopes))

    def add_category(
        self,
        name: str,
        slug: str = "",
        *,
        read_restricted: bool = False,
        require_topic_approval: bool = False,
        require_reply_approval: bool = False,
    ) -> int:
        """A category; its id."""
        with self._lock:
            number = len(self.forum.categories) + 1
            made = Category(number, name, slug or name.lower().replace(" ", "-"), read_restricted)
            made.require_topic_approval, made.require_reply_approval = require_topic_approval, require_reply_approval
            self.forum.categories[number] = made
        return number

    def let_moderate(self, username: str, *categories: int) -> None:
        """Make somebody a moderator of categories, which is less than a moderator of the forum."""
        with self._lock:
            self._member(username).moderates |= set(categories)

    def add_tags(self, *names: str) -> None:
        """Tags made beforehand."""
        with self._lock:
            for name in names:
                self.forum.tags.setdefault(name, len(self.forum.tags) + 1)

    def add_topic(
        self,
        title: str,
        raw: str,
        author: str = "somebody",
        *,
        category: int = 1,
        external_id: str = "",
        tags: Iterable[str] = (),
    ) -> Topic:
        """A topic that somebody opened."""
        with self._lock:
            user, now = self._member(author), self._now()
            topic = Topic(next(self.forum.ids), title, category, user, now, now, external_id, tuple(tags))
            self.add_tags(*topic.tags)
            self.forum.topics[topic.id] = topic
            self.add_post(topic.id, raw, author)
        return topic

    def add_post(self, topic: int, raw: str, author: str = "somebody") -> Post:
        """A post by anybody, forged markers included."""
        with self._lock:
            number = 1 + max((each.number for each in self.forum.posts.values() if each.topic_id == topic), default=0)
            post = Post(next(self.forum.ids), topic, number, self._member(author), raw, self._now(), self._now())
            self.forum.posts[post.id] = post
        return post

    def edit_post(self, post: int, raw: str) -> None:
        """Somebody with the right to do so writes another text."""
        with self._lock:
            which = self.forum.posts[post]
            which.raw, which.updated_at, which.version = raw, self._now(), which.version + 1

    def delete_post(self, post: int) -> None:
        """Take a post away."""
        with self._lock:
            self.forum.posts[post].deleted = True

    def delete_topic(self, topic: int) -> None:
        """Take a topic away."""
        with self._lock:
            self.forum.topics[topic].deleted = True

    def close_topic(self, topic: int) -> None:
        """Close a topic for everybody but staff."""
        with self._lock:
            self.forum.topics[topic].closed = True

    def set(self, **settings: int | bool | tuple[str, ...]) -> None:
        """Change site settings by their names."""
        with self._lock:
            self.forum.settings = replace(self.forum.settings, **settings)  # type: ignore[arg-type]

    def approve(self) -> None:
        """Approve everything that waits."""
        with self._lock:
            waiting, self.forum.pending = self.forum.pending, []
            for each in waiting:
                if each.topic_id is None:
                    self.add_topic(each.title, each.raw, each.user.username, category=each.category_id or 1)
                else:
                    self.add_post(each.topic_id, each.raw, each.user.username)

    def topics(self) -> tuple[Topic, ...]:
        """The live topics, the oldest first."""
        with self._lock:
            return tuple(topic for topic in self.forum.topics.values() if not topic.deleted)

    def topic(self, external_id: str) -> Topic | None:
        """The live topic of that external id."""
        return next((topic for topic in self.topics() if topic.external_id.lower() == external_id.lower()), None)

    def posts(self, topic: int) -> tuple[Post, ...]:
        """The live posts of a topic, the oldest first."""
        with self._lock:
            return tuple(self.forum.stream(topic))

    def pending(self) -> tuple[Pending, ...]:
        """What waits for approval."""
        with self._lock:
            return tuple(self.forum.pending)

    def _member(self, username: str) -> User:
        return self.forum.user(username) or self.add_user(username)
