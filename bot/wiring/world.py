"""The stand-in world of the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.community.configuration import Configuration
    from bot.settings import Settings
    from bot.standard.values import JSON


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in world with one pull request in it: its number, the settings and channels to tell it with, and
    what stands there, as JSON."""

    number: int
    settings: Settings
    configuration: Configuration
    state: Callable[[], JSON]


@contextmanager
def stand_in(title: str, touched: Mapping[str, tuple[str | None, str]]) -> Iterator[StandIn]:
    """GitHub, Discourse and Slack as they would be, on this machine alone. `touched`: what the files of the pull
    request said (None: they were not there) and say."""
    from bot.community.channels import Channel, Forum, Slack
    from bot.community.configuration import Configuration
    from bot.sandbox.github.diffs import changed_file
    from bot.sandbox.world import World
    from bot.settings import settings

    with World() as world:
        files = [changed_file(path, *texts) for path, texts in touched.items()]
        number = world.github.open_pull_request(title, author="newcomer", fork=True, files=files)
        topic = world.discourse.add_topic("Changes to the standard", "What is being proposed, and what it means.")
        channels = [Channel("forum", Forum(topic.id))]
        for channel, countries in (("C0EVERYBODY", ()), ("C0UNITEDKINGDOM", ("GB",))):
            world.slack.add_channel(channel, members=["U0BOT1"])
            channels.append(Channel("slack-uk" if countries else "slack", Slack(channel), countries))
        known = settings(world.environment())
        yield StandIn(number, known, Configuration(channels=tuple(channels)), world.as_json)
