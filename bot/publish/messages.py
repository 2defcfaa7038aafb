"""Which messages shall stand about a pull request, as drafts for the protocol of delivery."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.community.channels import PULL_REQUEST
from bot.publish.delivery import newer_of, newest
from bot.publish.marks import Mark, digest, key, unshown
from bot.publish.places import Composer, Draft, Posted
from bot.publish.tracking import ROLLING, Learned, Tracking, merged, read, without, written
from bot.render.contents import Blocks, CheckRun
from bot.report.model import Report
from bot.report.subject import PullRequest

MOST = 65_536
"""Characters of a comment, all that is not shown included (PLATFORMS, 2.1)."""
BETWEEN = "\n\n"
"""What is said, and what is remembered, are apart."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of the news this is: the commit, and a number that grows from run to run."""

    sha: str
    seq: int


def comment_key(pull_request: PullRequest) -> str:
    """The key of the one comment that is kept true."""
    return key(PULL_REQUEST, pull_request.repository, pull_request.name, "report")


def check_key(pull_request: PullRequest) -> str:
    """The key of the check run of the present commit."""
    return key(PULL_REQUEST, pull_request.repository, pull_request.name, "check")


def message_key(place: str, pull_request: PullRequest, kind: str) -> str:
    """The key of a message of a kind in a place, by its address."""
    return key(place, pull_request.repository, pull_request.name, kind)


def rolling_key(place: str, pull_request: PullRequest) -> str:
    """The key of a forum's rolling post."""
    return f"{key(place, pull_request.repository)}{ROLLING}"


def memory(found: Sequence[Posted[str]]) -> Tracking:
    """What the comment remembers; of several, all of them."""
    return merged([read(each.content) for each in found])


@dataclass(frozen=True, slots=True)
class TrackingComment:
    """Composes the one comment: what is said of the report, and what the bot has to remember. `body` says it in so
    many bytes at most. `quietly`: a verdict that changes is nobody's news yet. `worth_it`: there is something to say
    to begin with. `meant` names the messages elsewhere that may be written next."""

    report: Report
    pull_request: PullRequest
    version: Version
    body: Callable[[int], str]
    quietly: bool
    worth_it: bool
    meant: Callable[[Tracking], Iterable[str]] = field(default=lambda _: ())

    def composer(self, learned: Learned) -> Composer[str]:
        """The comment with what was learned of messages elsewhere."""

        def compose(found: Sequence[Posted[str]]) -> Draft[str]:
            newer = newer_of(found, self.version.sha, self.version.seq)
            tracking = self._remembered(found, newer).learning(learned)
            tracking = tracking.meaning(self.meant(tracking), self._second)
            return self._draft(tracking, newer)

        return compose

    def _remembered(self, found: Sequence[Posted[str]], newer: Posted[str] | None) -> Tracking:
        """What is remembered. What a newer run says of the same commit is left as it is; what we know of messages
        elsewhere it cannot know, and it is added."""
        if newer is not None:
            return memory(found)
        tracking = memory(found) if found else Tracking().beginning(self._second)
        return tracking.now(self.report.outcome, quietly=self.quietly)

    def _draft(self, tracking: Tracking, newer: Posted[str] | None) -> Draft[str]:
        remembered = written(tracking)
        seq = self.version.seq if newer is None else newer.mark.seq
        mark = Mark(comment_key(self.pull_request), self.version.sha, seq, digest(""))
        room = MOST - unshown(mark) - len(f"{BETWEEN}{remembered}")
        said = self.body(room).rstrip() if newer is None else without(newer.content)
        if newer is not None and len(said) > room:  # the next run finds what we know by looking
            return Draft(newer.mark, newer.content)
        whole = f"{said}{BETWEEN}{remembered}"
        return Draft(replace(mark, digest=digest(whole)), whole, only_update=not self.worth_it)

    @property
    def _second(self) -> int:
        return self.version.seq // 1000


def text(key_: str, version: Version, body: str, *, only_update: bool = False) -> Composer[str]:
    """A message of Markdown that does not depend on what stands."""
    return newest(Draft(Mark(key_, version.sha, version.seq, digest(body)), body, only_update))


def blocks(
    key_: str, version: Version, content: Blocks, *, only_update: bool = False, flips: int = 0
) -> Composer[Blocks]:
    """A Slack message. `flips`: how often the verdict has changed, should it be written only now."""
    mark = Mark(key_, version.sha, version.seq, _digest(content))

    def compose(found: Sequence[Posted[Blocks]]) -> Draft[Blocks]:
        since = found[0].content.flips if found else flips
        return newest(Draft(mark, replace(content, flips=since), only_update))(found)

    return compose


def check(key_: str, version: Version, content: CheckRun) -> Composer[CheckRun]:
    """A check run."""
    return newest(Draft(Mark(key_, version.sha, version.seq, _digest(content)), content))


def _digest(content: Blocks | CheckRun) -> str:
    plain: Callable[[Any], str] = str
    return digest(json.dumps(asdict(content), sort_keys=True, default=plain))
