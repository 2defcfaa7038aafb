"""How Discourse shows posts, topics, categories and users as JSON."""

from __future__ import annotations

import html
import re

from bot.sandbox.clock import to_the_millisecond
from bot.sandbox.discourse.state import CHUNK, Category, Forum, Pending, Post, Topic, User
from bot.sandbox.exchange import Json

_NONE_OF_POST = (
    "reply_to_post_number primary_group_name flair_name flair_url flair_bg_color flair_color "
    "flair_group_id user_title deleted_at"
)
_ZERO_OF_POST = "reply_count quote_count incoming_link_count reads readers_count score"
_FALSE_OF_POST = "can_recover can_see_hidden_post bookmarked hidden user_deleted"
_NONE_OF_TOPIC = (
    "deleted_at featured_link pinned_at pinned_until image_url draft unpinned deleted_by topic_timer "
    "slow_mode_enabled_until thumbnails"
)
_FALSE_OF_TOPIC = "has_summary pinned_globally pinned has_deleted show_read_indicator bookmarked"
_NOT_IN_TOPIC = "badges_granted flair_group_id mentioned_users post_url posts_count"
_RIGHTS_OF_STAFF = (
    "can_move_posts can_delete can_remove_allowed_users can_convert_topic can_review_topic can_close_topic "
    "can_archive_topic can_split_merge_topic can_edit_staff_notes can_toggle_topic_visibility can_pin_unpin_topic "
    "can_moderate_category"
)
_ZERO_OF_TOPIC = "views like_count slow_mode_seconds participant_count"
_NONE_OF_CATEGORY = (
    "emoji icon locale description description_text description_excerpt topic_template "
    "topic_title_placeholder subcategory_count sort_order sort_ascending default_view read_only_banner "
    "auto_close_hours default_slow_mode_seconds email_in uploaded_logo uploaded_logo_dark "
    "uploaded_background uploaded_background_dark"
)
_FALSE_OF_CATEGORY = (
    "has_children show_subcategory_list auto_close_based_on_last_post "
    "allow_unlimited_owner_edits_on_first_post email_in_allow_strangers mailinglist_mirror "
    "all_topics_wiki can_delete navigate_to_first_post_after_read"
)


def avatar(user: User) -> str:
    """Where a member's picture lies."""
    return f"/letter_avatar_proxy/v4/letter/{user.username[0].lower()}/{{size}}.png"


def cooked(raw: str) -> str:
    """The text as readers get it: comments are dropped, the rest is escaped. (No Markdown: nobody here reads it.)"""
    return f"<p>{html.escape(re.sub('<!--.*?-->', '', raw, flags=re.DOTALL).strip(), quote=False)}</p>"


def post(forum: Forum, which: Post, reader: User | None, *, raw: bool) -> Json:
    """A post. `raw`: with the text as it was written."""
    topic, author = forum.topics[which.topic_id], which.user
    own = reader is author or bool(reader and reader.staff)
    return {
        **dict.fromkeys(_NONE_OF_POST.split()),
        **dict.fromkeys(_ZERO_OF_POST.split(), 0),
        **dict.fromkeys(_FALSE_OF_POST.split(), False),
        "id": which.id,
        "name": author.username,
        "username": author.username,
        "display_username": author.username,
        "avatar_template": avatar(author),
        "created_at": to_the_millisecond(which.created_at),
        "updated_at": to_the_millisecond(which.updated_at),
        **({"raw": which.raw} if raw else {}),
        "cooked": cooked(which.raw),
        "post_number": which.number,
        "reply_to_post_number": which.reply_to,
        "post_type": 1,
        "posts_count": len(forum.stream(topic.id)),
        "yours": reader is author,
        "topic_id": topic.id,
        "topic_slug": topic.slug,
        "version": which.version,
        "can_edit": own,
        "can_delete": own,
        "can_wiki": own,
        "can_view_edit_history": True,
        "read": True,
        "link_counts": [],
        "actions_summary": [],
        "mentioned_users": [],
        "badges_granted": [],
        "moderator": author.moderator,
        "admin": author.admin,
        "staff": author.staff,
        "user_id": author.id,
        "trust_level": author.trust_level,
        "edit_reason": which.edit_reason,
        "wiki": which.wiki,
        "reviewable_id": 0,
        "reviewable_score_count": 0,
        "reviewable_score_pending_count": 0,
        "post_url": f"/t/{topic.slug}/{topic.id}/{which.number}",
    }


def created(forum: Forum, which: Post, reader: User) -> Json:
    """A post just made or edited."""
    shown = {
        name: value
        for name, value in post(forum, which, reader, raw=True).items()
        if name not in ("read", "link_counts")
    }
    return {**shown, "draft_sequence": 0}


def post_in_topic(forum: Forum, which: Post, reader: User | None, *, raw: bool) -> Json:
    """A post as views of its topic show it, which is a little less."""
    left_out = _NOT_IN_TOPIC.split()
    return {name: value for name, value in post(forum, which, reader, raw=raw).items() if name not in left_out}


def topic(forum: Forum, which: Topic, reader: User | None, posts: list[Post], stream: list[Post], *, raw: bool) -> Json:
    """A topic with some of its posts and the ids of all."""
    last = stream[-1] if stream else None
    return {
        **dict.fromkeys(_NONE_OF_TOPIC.split()),
        **dict.fromkeys(_FALSE_OF_TOPIC.split(), False),
        **dict.fromkeys(_ZERO_OF_TOPIC.split(), 0),
        "post_stream": {
            "posts": [post_in_topic(forum, each, reader, raw=raw) for each in posts],
            "stream": [each.id for each in stream],
        },
        "timeline_lookup": [[1, 0]],
        "suggested_topics": [],
        "tags": [tag(forum, name) for name in which.tags],
        "tags_descriptions": {},
        "id": which.id,
        "title": which.title,
        "fancy_title": html.escape(which.title),
        "posts_count": len(stream),
        "created_at": to_the_millisecond(which.created_at),
        "reply_count": max(0, len(stream) - 1),
        "last_posted_at": to_the_millisecond(last.created_at) if last else None,
        "visible": True,
        "closed": which.closed,
        "archived": which.archived,
        "archetype": "regular",
        "slug": which.slug,
        "category_id": which.category_id,
        "word_count": sum(len(each.raw.split()) for each in stream),
        "user_id": which.user.id,
        "draft_key": f"topic_{which.id}",
        "draft_sequence": 0,
        "chunk_size": CHUNK,
        "message_bus_last_id": 0,
        "current_post_number": 1,
        "highest_post_number": max((each.number for each in stream), default=0),
        "actions_summary": [],
        "bookmarks": [],
        "details": _details(which, stream, reader),
    }


def _details(which: Topic, stream: list[Post], reader: User | None) -> Json:
    """Rights that the reader does not have are left out, not denied."""
    last = stream[-1].user if stream else which.user
    moderates = reader is not None and (reader.staff or which.category_id in reader.moderates)
    edits = reader is not None and (moderates or reader is which.user or reader.trust_level >= 4)
    writes = reader is not None and (reader.staff or not (which.closed or which.archived))
    return {
        **({"can_create_post": True, "can_reply_as_new_topic": True} if writes else {}),
        **({"can_edit": True} if edits else {}),
        **(dict.fromkeys(_RIGHTS_OF_STAFF.split(), True) if moderates else {}),
        "notification_level": 1,
        "participants": [],
        "created_by": brief(which.user),
        "last_poster": brief(last),
    }


def brief(user: User) -> Json:
    """A member in one line."""
    return {"id": user.id, "username": user.username, "name": user.username, "avatar_template": avatar(user)}


def member(user: User) -> Json:
    """What is told of a member, as far as a check of the setup needs it."""
    return {
        **brief(user),
        "trust_level": user.trust_level,
        "moderator": user.moderator,
        "admin": user.admin,
        "created_at": to_the_millisecond(user.created_at),
    }


def tag(forum: Forum, name: str) -> Json:
    """A tag."""
    return {"id": forum.tags[name], "name": name, "slug": name}


def category(forum: Forum, which: Category, reader: User | None) -> Json:
    """A category; `permission` is 1 for who may open topics."""
    topics = [each for each in forum.topics.values() if each.category_id == which.id and not each.deleted]
    open_to = not which.read_restricted or bool(reader and reader.staff)
    return {
        **dict.fromkeys(_NONE_OF_CATEGORY.split()),
        **dict.fromkeys(_FALSE_OF_CATEGORY.split(), False),
        "id": which.id,
        "name": which.name,
        "slug": which.slug,
        "color": "0088CC",
        "text_color": "FFFFFF",
        "style_type": "square",
        "position": which.id,
        "topic_url": None,
        "notification_level": 1,
        "topic_count": len(topics),
        "post_count": sum(len(forum.stream(each.id)) for each in topics),
        "read_restricted": which.read_restricted,
        "permission": 1 if open_to and reader else None,
        "can_edit": bool(reader and reader.staff),
        "num_featured_topics": 3,
        "subcategory_list_style": "rows_with_featured_topics",
        "minimum_required_tags": 0,
        "default_top_period": "all",
        "default_list_filter": "all",
        "search_priority": 0,
        "custom_fields": {},
        "required_tag_groups": [],
        "available_groups": [],
        "group_permissions": [],
        "allow_badges": True,
        "topic_featured_link_allowed": True,
        "topic_posting_review_group_ids": [],
        "reply_posting_review_group_ids": [],
        "category_setting": {
            "require_topic_approval": which.require_topic_approval,
            "require_reply_approval": which.require_reply_approval,
            "topic_posting_review_mode": "everyone" if which.require_topic_approval else "no_one",
            "reply_posting_review_mode": "everyone" if which.require_reply_approval else "no_one",
        },
    }


def category_in_list(forum: Forum, which: Category, reader: User | None) -> Json:
    """A category as lists show it, with what happened in it lately."""
    shown = category(forum, which, reader)
    spans = ("topics_day", "topics_week", "topics_month", "topics_year", "topics_all_time")
    return {**shown, **dict.fromkeys(spans, shown["topic_count"]), "subcategory_ids": []}


def pending(which: Pending) -> Json:
    """A post that waits."""
    return {
        "id": which.id,
        "raw": which.raw,
        "topic_id": which.topic_id,
        "category_id": which.category_id,
        "username": which.user.username,
        "name": which.user.username,
        "avatar_template": avatar(which.user),
        "title": which.title or None,
        "created_at": to_the_millisecond(which.created_at),
        "raw_text": which.raw,
    }
