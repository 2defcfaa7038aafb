"""Which messages shall stand about a pull request, as drafts for the protocol of delivery."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.community.channels import PULL_REQUEST
from bot.publish.delivery import newer_of, newest
from bot.publish.marks import Mark, digest, key
from bot.publish.places import Composer, Draft, Posted
from bot.publish.tracking import Tracking, merged, read, without, written
from bot.render.contents import Blocks, CheckRun
from bot.report.model import Report
from bot.report.subject import PullRequest


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


def message_key(channel: str, pull_request: PullRequest, kind: str) -> str:
    """The key of a message of a kind in a channel."""
    return key(channel, pull_request.repository, pull_request.name, kind)


def rolling_key(channel: str, pull_request: PullRequest) -> str:
    """The key of a forum's rolling post."""
    return key(channel, pull_request.repository, "rolling")


def memory(found: Sequence[Posted[str]]) -> Tracking:
    """What the comment remembers; of several, all of them."""
    return merged([read(each.content) for each in found])


@dataclass(frozen=True, slots=True)
class TrackingComment:
    """Composes the one comment: what is said of the report, and what the bot has to remember. `quietly`: a
    verdict that changes is nobody's news yet. `worth_it`: there is something to say to begin with. `meant` names the
    messages elsewhere that may be written next."""

    report: Report
    pull_request: PullRequest
    version: Version
    body: str
    quietly: bool
    worth_it: bool
    meant: Callable[[Tracking], Iterable[str]] = field(default=lambda _: ())

    def composer(self, ids: Mapping[str, str]) -> Composer[str]:
        """The comment with the ids of messages elsewhere."""

        def compose(found: Sequence[Posted[str]]) -> Draft[str]:
            text, tracking, seq = self._said(found)
            tracking = tracking.knowing(ids)
            tracking = tracking.meaning(self.meant(tracking), self.version.seq // 1000)
            body = f"{text}\n\n{written(tracking)}"
            mark = Mark(comment_key(self.pull_request), self.version.sha, seq, digest(body))
            return Draft(mark, body, only_update=not self.worth_it)

        return compose

    def _said(self, found: Sequence[Posted[str]]) -> tuple[str, Tracking, int]:
        """What is said, what is remembered, and the number of the run that says so. What a newer run says of the
        same commit is left as it is; what we know of messages elsewhere it cannot know, and it is added."""
        newer = newer_of(found, self.version.sha, self.version.seq)
        if newer is not None:
            return without(newer.content), memory(found), newer.mark.seq
        tracking = memory(found).now(self.report.outcome, quietly=self.quietly)
        return self.body.rstrip(), tracking, self.version.seq


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
