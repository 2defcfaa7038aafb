"""GitHub, Discourse and Slack as the services that can be told: each hands out its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.adapters.discourse import Discourse, Posts
from bot.adapters.github import GitHub
from bot.adapters.github_checks import CheckRuns
from bot.adapters.github_comments import Comments
from bot.adapters.github_suggestions import Suggestions, patches
from bot.adapters.slack import Messages, Slack
from bot.publish.places import Place, Reach
from bot.render.contents import Blocks, CheckRun
from bot.report.subject import PullRequest


class GitHubForge:
    """A repository at GitHub."""

    def __init__(self, github: GitHub) -> None:
        """`github`: the repository, with a token for it."""
        self._github = github

    def now(self) -> float:
        """The time by GitHub's clock."""
        return self._github.now()

    def pull_request(self, number: int) -> PullRequest:
        """The pull request as it is now."""
        return self._github.pull_request(number)

    def open_pull_requests(self) -> Iterator[PullRequest]:
        """All that are open."""
        return self._github.open_pull_requests()

    def closed_pull_requests(self, since: float) -> Iterator[PullRequest]:
        """Those that were merged or closed since then."""
        return self._github.closed_pull_requests(since)

    def last_clock(self) -> float | None:
        """When the clock woke the bot last."""
        return self._github.last_clock()

    def comments(self, number: int) -> Place[str]:
        """The comments of a pull request."""
        return Comments(self._github, number)

    def checks(self, commit: str, name: str) -> Place[CheckRun]:
        """The check runs of a name on a commit."""
        return CheckRuns(self._github, commit, name)

    def margin(self, number: int) -> Suggestions:
        """The comments on the lines of a pull request."""
        return Suggestions(self._github, number)

    def patches(self, number: int) -> Mapping[str, str]:
        """The diff of each file of a pull request, by the name that the file has now."""
        return patches(self._github, number)


class DiscourseForum:
    """A forum."""

    def __init__(self, discourse: Discourse) -> None:
        """`discourse`: the forum, as the bot's user."""
        self._discourse = discourse

    def posts(self, topic: int, hints: Mapping[str, str]) -> Place[str]:
        """The posts of a topic."""
        return Posts(self._discourse, topic, hints)


class SlackChat:
    """A workspace."""

    def __init__(self, slack: Slack, now: Callable[[], float]) -> None:
        """`slack`: the workspace, as the bot's app."""
        self._slack, self._now = slack, now

    def messages(
        self,
        channel: str,
        since: float,
        hint: str = "",
        thread: str = "",
        meant: float = 0.0,
        reach: Reach = Reach.HINT_FIRST,
    ) -> Place[Blocks]:
        """The messages of a channel, or the replies in a thread of it."""
        more = {"hint": hint, "thread_ts": thread}
        return Messages(self._slack, channel, since=since, meant=meant, reach=reach, now=self._now, **more)
