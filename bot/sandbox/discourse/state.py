"""What this forum knows: users, keys, categories, topics, posts, what waits for approval, and its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from bot.sandbox.exchange import Response
from bot.sandbox.limits import Limiter

CHUNK = 20
MEMOIZED_SECONDS = 120


@dataclass(slots=True)
class Settings:
    """Site settings by their own names, with the defaults of a new forum; a forum may change each."""

    min_post_length: int = 20
    min_first_post_length: int = 20
    max_post_length: int = 32_000
    min_topic_title_length: int = 15
    max_topic_title_length: int = 255
    title_max_word_length: int = 30
    title_min_entropy: int = 10
    max_emojis_in_title: int = 1
    title_prettify: bool = True
    allow_duplicate_topic_titles: bool = False
    body_min_entropy: int = 7
    allow_uppercase_posts: bool = False
    unique_posts_mins: int = 5
    rate_limit_create_topic: int = 15
    rate_limit_create_post: int = 5
    rate_limit_new_user_create_topic: int = 120
    rate_limit_new_user_create_post: int = 30
    max_topics_per_day: int = 20
    max_edits_per_day: int = 30
    max_topics_in_first_day: int = 3
    max_replies_in_first_day: int = 10
    newuser_max_links: int = 2
    newuser_max_mentions_per_post: int = 2
    newuser_max_embedded_media: int = 1
    newuser_max_replies_per_topic: int = 3
    max_mentions_per_post: int = 10
    post_edit_time_limit: int = 1440
    tl2_post_edit_time_limit: int = 43_200
    editing_grace_period: int = 300
    max_consecutive_replies: int = 3
    max_tags_per_topic: int = 5
    max_tag_length: int = 20
    min_trust_to_create_tag: int = 3
    approve_unless_trust_level: int = 0
    approve_post_count: int = 0
    watched_words_require_approval: tuple[str, ...] = ()
    watched_words_block: tuple[str, ...] = ()
    max_admin_api_reqs_per_minute: int = 60
    revoke_api_keys_days: int = 180
    max_reqs_per_ip_per_minute: int = 200
    max_reqs_per_ip_per_10_seconds: int = 50


@dataclass(slots=True)
class User:
    """A member. `moderates` holds the categories that the member moderates."""

    id: int
    username: str
    created_at: float
    trust_level: int = 1
    admin: bool = False
    moderator: bool = False
    moderates: set[int] = field(default_factory=set)

    @property
    def staff(self) -> bool:
        """Whether most rules do not hold for them."""
        return self.admin or self.moderator


@dataclass(frozen=True, slots=True)
class Key:
    """An API key; for one user, or for all where `username` is empty. A granular one has `scopes`."""

    value: str = field(repr=False)
    username: str
    scopes: frozenset[str] | None = None


@dataclass(slots=True)
class Category:
    """A category and who must be asked before something appears in it."""

    id: int
    name: str
    slug: str
    read_restricted: bool = False
    require_topic_approval: bool = False
    require_reply_approval: bool = False


@dataclass(slots=True)
class Post:
    """A post. `unseen`: how many views of its topic do not show it yet."""

    id: int
    topic_id: int
    number: int
    user: User
    raw: str
    created_at: float
    updated_at: float
    version: int = 1
    edit_reason: str | None = None
    wiki: bool = False
    deleted: bool = False
    reply_to: int | None = None
    unseen: int = 0


@dataclass(slots=True)
class Topic:
    """A topic; its posts lie beside it."""

    id: int
    title: str
    category_id: int
    user: User
    created_at: float
    bumped_at: float
    external_id: str = ""
    tags: tuple[str, ...] = ()
    closed: bool = False
    archived: bool = False
    deleted: bool = False

    @property
    def slug(self) -> str:
        """The title as an address writes it."""
        words = "".join(each if each.isascii() and each.isalnum() else " " for each in self.title.lower()).split()
        return "-".join(words) or "topic"


@dataclass(frozen=True, slots=True)
class Pending:
    """A post that waits for approval."""

    id: int
    user: User
    raw: str
    title: str
    topic_id: int | None
    category_id: int | None
    created_at: float


@dataclass(slots=True)
class Forum:
    """All of it."""

    settings: Settings = field(default_factory=Settings)
    users: dict[str, User] = field(default_factory=dict)
    key_used: dict[str, float] = field(default_factory=dict, repr=False)
    keys: dict[str, Key] = field(default_factory=dict, repr=False)
    categories: dict[int, Category] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    remembered: dict[str, tuple[float, Response]] = field(default_factory=dict)
    recent: dict[tuple[int, str], float] = field(default_factory=dict)
    limiter: Limiter = field(default_factory=Limiter, repr=False)
    ids: count[int] = field(default_factory=lambda: count(101))

    def user(self, username: str) -> User | None:
        """The member of that name, whose case does not matter."""
        return self.users.get(username.lower())

    def stream(self, topic: int) -> list[Post]:
        """The live posts of a topic, the oldest first."""
        return [post for post in self.posts.values() if post.topic_id == topic and not post.deleted]
