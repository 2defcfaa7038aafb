"""Tries for `doctor` whether the repositories of profiles that live elsewhere can be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.adapters.probing import UNREACHABLE, Answer, Http
from bot.community.checkup import Check, fine, wrong
from bot.settings import Secret

_HOW = (
    "Make a fine-grained token of a user who may write there (repository access: that repository; permission: Issues, "
    "read and write), and store it as the secret STANDARDS_BOT_ELSEWHERE_TOKEN (SETUP.md, “Profiles elsewhere”)."
)


@dataclass(frozen=True, slots=True)
class ElsewhereProbe:
    """`token` is None where there is none for it, and `reason` says why; `repositories`: those to be told."""

    api_url: str
    token: Secret | None
    reason: str
    repositories: tuple[str, ...]
    title: str = "Profiles elsewhere"

    def checks(self) -> Iterator[Check]:
        """Whether an issue could be opened in each."""
        if self.token is None:
            named = ", ".join(self.repositories)
            yield wrong(f"{self.reason}, so nobody there hears what is coming: {named}", _HOW)
            return
        headers = {"Authorization": f"Bearer {self.token.reveal()}", "Accept": "application/vnd.github+json"}
        with Http(self.api_url, headers) as http:
            for each in self.repositories:
                yield _tried(http, each)


def _tried(http: Http, repository: str) -> Check:
    answer = http.get(f"/repos/{repository}")
    if not answer.ok:
        return _unseen(answer, repository)
    if answer.get("archived") is True:
        return wrong(f"{repository} is archived: no issue can be opened there", "Take the profile out of bot.yml.")
    # An issue without a title is refused in any case. The refusal says whether for that or for who asks.
    tried = http.post(f"/repos/{repository}/issues", {})
    match tried.status:
        case 422 | 400:
            return fine(f"an issue can be opened in {repository}, as far as can be told without one")
        case 410:
            return wrong(f"{repository} has no issues", "Ask its maintainers to switch them on (Settings, Features).")
        case 401 | 403 | 404 if not tried.limited:
            return wrong(f"no issue can be opened in {repository}: the token may not", _HOW)
    return _unknown(tried, f"whether an issue can be opened in {repository} could not be told")


def _unseen(answer: Answer, repository: str) -> Check:
    match answer.status:
        case 401:
            return wrong("the token for profiles elsewhere is not valid, or not any more", _HOW)
        case 301 | 302 | 307 | 308:
            return wrong(f"{repository} has another name now", "Give its new name in bot.yml.")
        case 403 | 404 if not answer.limited:
            return wrong(f"the token for profiles elsewhere does not see {repository}", _HOW)
    return _unknown(answer, f"{repository} cannot be read")


def _unknown(answer: Answer, what: str) -> Check:
    said = "no answer came" if answer.status == UNREACHABLE else f"GitHub answers {answer.status}"
    return wrong(f"{what}: {said}", "Check GITHUB_API_URL and GitHub's status page; run it again later.")
