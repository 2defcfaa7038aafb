"""Tries GitHub for `doctor`: the token, what it may do, the workflow file and its clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.adapters.probes_gate import gate
from bot.adapters.probes_workflow import workflow
from bot.adapters.probing import UNREACHABLE, Answer, Http
from bot.community.checkup import Check, fine, left_open, wrong
from bot.community.configuration import Check as CheckSettings
from bot.community.configuration import Gate
from bot.settings import GitHub

ACTIONS = "github-actions[bot]"
_VIEWER = {"query": "query { viewer { login } }"}
_GRANTS = (
    "In the workflow file, grant the job `pull-requests: write` and `checks: write`. A personal token needs to write "
    "pull requests of this repository."
)


@dataclass(frozen=True, slots=True)
class GitHubProbe:
    """The repository that the bot works in. `post`: also write a comment and take it away; `stamp` makes it one
    of its kind."""

    settings: GitHub
    check: CheckSettings
    post: bool
    stamp: str
    title: str = "GitHub"

    def checks(self) -> Iterator[Check]:
        """From the token to the rules."""
        headers = {
            "Authorization": f"Bearer {self.settings.token.reveal()}",
            "Accept": "application/vnd.github+json",
        }
        with Http(self.settings.api_url, headers) as http:
            yield from _Examination(self, http).checks()


class _Examination:
    def __init__(self, probe: GitHubProbe, http: Http) -> None:
        self._http = http
        self._repository = probe.settings.repository
        self._path = f"/repos/{self._repository}"
        self._check = probe.check
        self._post, self._stamp = probe.post, probe.stamp

    def checks(self) -> Iterator[Check]:
        repository = self._http.get(self._path)
        yield self._seen(repository)
        if not repository.ok:
            return
        yield self._identity()
        pulls = self._http.get(f"{self._path}/pulls", {"state": "open", "per_page": "30"})
        yield _read(pulls)
        if repository.get("archived") is True:
            yield wrong("the repository is archived: nothing can be written", "Take it out of the archive first.")
        else:
            yield self._tried(pulls) if self._post else self._commenting(pulls)
            yield self._check_runs()
        yield from workflow(self._http, self._path, public=repository.get("private") is False)
        branch = repository.text("default_branch")
        yield gate(self._http, self._path, branch, self._check)

    def _seen(self, answer: Answer) -> Check:
        name = self._repository
        match answer.status:
            case 200:
                return fine(f"the token is valid, and sees {answer.text('full_name') or name}")
            case 401:
                return wrong("the token is not valid", "Set GITHUB_TOKEN to one that has not expired or been revoked.")
            case 301 | 302 | 307 | 308:
                return wrong(f"{name} has another name now", "Set GITHUB_REPOSITORY to the new name.")
            case 403 | 404 if not answer.limited:
                hint = "Check the name, and give the token access to this repository."
                return wrong(f"the token does not see {name}", hint)
        return _unknown(answer, f"{name} cannot be read")

    # Who and what.

    def _identity(self) -> Check:
        login = self._login()
        expected = self._check.login
        if login and expected and login.casefold() != expected.casefold():
            return _misnamed(login, expected)
        if expected and not login:
            said = f"as whom the token writes could not be told; bot.yml expects {expected}"
            return left_open(said, "Run it again with --post: the test comment tells.")
        return fine(f"the bot writes as {login or ACTIONS}")

    def _login(self) -> str:
        """Whose token it is; that of an installation is nobody's, though it writes as somebody."""
        return self._http.get("/user").text("login") or self._http.post("/graphql", _VIEWER).text(
            "data", "viewer", "login"
        )

    def _commenting(self, pulls: Answer) -> Check:
        # An empty comment is refused in any case. The refusal says whether for being empty or for who asks. There is
        # no better way without a trace: no answer tells what the token of a job or an app was granted, the rights
        # shown with a repository are those of a person, and every comment that is valid notifies somebody.
        number = _one_to_write_on(pulls)
        if number is None:
            return left_open("whether it may comment shows with the first open pull request")
        answer = self._http.post(f"{self._path}/issues/{number}/comments", {"body": ""})
        match answer.status:
            case 422 | 400:
                return fine("it may comment, as far as can be told without a comment (`--post` writes one)")
            case 403 | 404 if not answer.limited:
                return wrong("it may not comment on pull requests", _GRANTS)
        return left_open("whether it may comment could not be told", "Run it again with --post.")

    def _check_runs(self) -> Check:
        answer = self._http.post(f"{self._path}/check-runs", {})
        match answer.status:
            case 422 | 400:
                return fine("it may write the check")
            case 403 if "github app" in answer.text("message").lower():
                words = "it cannot write the check: that is for apps, and this is a person's token"
                hint = "Use the token that Actions gives each job, or that of your own GitHub App."
                return wrong(words, hint) if self._check.gate is Gate.REQUIRED else left_open(words, hint)
            case 403 | 404 if not answer.limited:
                return wrong("it may not write the check", _GRANTS)
        return left_open("whether it may write the check could not be told")

    # One test message.

    def _tried(self, pulls: Answer) -> Check:
        number = _one_to_write_on(pulls)
        if number is None:
            return left_open("there is no open pull request to write a test comment on")
        body = {"body": f"Setup check {self._stamp}: the bot tries whether it can write, and takes this away at once."}
        answer = self._http.post(f"{self._path}/issues/{number}/comments", body)
        comment = answer.get("id")
        if not answer.ok or not isinstance(comment, int):
            return _unwritten(answer, f"on pull request {number}")
        if self._http.delete(f"{self._path}/issues/comments/{comment}").ok:
            author, expected = answer.text("user", "login"), self._check.login
            if author and expected and author.casefold() != expected.casefold():
                return _misnamed(author, expected)
            return fine(f"a test comment on pull request {number} was written and taken away")
        hint = f"Delete it by hand: {answer.text('html_url') or f'comment {comment}'}"
        return wrong(f"a test comment on pull request {number} was written and could not be taken away", hint)


def _misnamed(login: str, expected: str) -> Check:
    hint = f"Set `check: {{login: …}}` in bot.yml to {login}, or give the bot the token of {expected}."
    return wrong(f"the token writes as {login}, and bot.yml expects {expected}", hint)


def _one_to_write_on(pulls: Answer) -> object:
    """The number of an open pull request whose conversation is not locked; None where there is none."""
    return next((each.get("number") for each in pulls.items() if not each.get("locked")), None)


def _read(answer: Answer) -> Check:
    if answer.ok:
        return fine("it can read pull requests")
    if answer.status in (403, 404) and not answer.limited:
        return wrong("it cannot read pull requests", _GRANTS)
    return _unknown(answer, "pull requests cannot be read")


def _unwritten(answer: Answer, where: str) -> Check:
    if answer.status in (403, 404) and not answer.limited:
        return wrong(f"a test comment {where} was refused", _GRANTS)
    if answer.status == UNREACHABLE or answer.ok or answer.status >= 500:
        return wrong(f"nobody knows whether a test comment {where} was written", "Look there, and run it again.")
    return _unknown(answer, f"a test comment {where} was refused")


def _unknown(answer: Answer, what: str) -> Check:
    if answer.status == UNREACHABLE:
        return wrong(f"{what}: no answer came", "Check GITHUB_API_URL and GitHub's status page; run it again later.")
    if answer.limited:
        return wrong(f"{what}: GitHub asks to be slower", "Run it again in an hour.")
    return wrong(f"{what}: GitHub answers {answer.status}", "Check GITHUB_API_URL; run it again later.")
