"""A topic of the forum that is not there, or that the bot may not see: the settings are wrong until a post stood there."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.announcing.news import Told
from bot.community.channels import Forum
from bot.publish.places import Gone
from tests.scene import Scene, scene


def forum(here: Scene, **more: object) -> Told:
    (told,) = [each for each in here.publish(**more).told if each.channel == "forum"]  # type: ignore[arg-type]
    return told


def elsewhere(here: Scene, topic: int) -> None:
    """Let the settings name another topic."""
    channels = [
        replace(each, place=Forum(topic)) if each.id == "forum" else each for each in here.configuration.channels
    ]
    here.configuration = replace(here.configuration, channels=tuple(channels))


def test_a_topic_that_is_not_there_is_an_error_of_that_channel_alone() -> None:
    with scene() as here:
        elsewhere(here, 987_654)
        told = forum(here)
        assert isinstance(told.error, Gone)
        assert told.error.message == "the forum shows the bot no topic 987654"
        assert "category" in told.error.hint
        assert here.runs[-1].failed
        assert len(here.messages()) == 1
        assert forum(here, dry_run=True).error is not None


def test_a_topic_in_a_category_that_the_bot_may_not_see_is_an_error() -> None:
    with scene() as here:
        category = here.world.discourse.forum.topics[here.topic].category_id
        here.world.discourse.forum.categories[category].read_restricted = True
        assert forum(here).error is not None


def test_a_topic_that_was_deleted_with_what_stood_there_is_not_fought() -> None:
    with scene() as here:
        assert forum(here).action == "create"
        here.world.discourse.delete_topic(here.topic)
        told = forum(here)
        assert (told.error, told.action) == (None, "gone")


def test_where_nothing_would_be_said_a_wrong_topic_fails_nothing() -> None:
    with scene(draft=True) as here:
        elsewhere(here, 987_654)
        assert forum(here).error is None
