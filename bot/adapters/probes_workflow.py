"""Tries for `doctor` whether the workflow file is there, awake and filled in, and where its clock is."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator

from bot.adapters.probing import Http
from bot.community.adoption import CALLED, CLOCK, PLACEHOLDER, WORKFLOW
from bot.community.checkup import Check, fine, left_open, wrong

_APART = (
    "`standards-bot init --force --clock-apart` puts the clock into a file of its own, which alone is switched off."
)
_CLOCK = b"\n  schedule:"


def workflow(http: Http, path: str, *, public: bool) -> Iterator[Check]:
    """The state of the workflow file and of its clock; only in public repositories does GitHub switch clocks off."""
    answer = http.get(f"{path}/actions/workflows", {"per_page": "100"})
    if not answer.ok:
        yield left_open("whether the workflow is awake could not be told", "Grant the job `actions: read` to know.")
        return
    states = {each.get("path"): each.get("state") for each in answer.items("workflows")}
    if WORKFLOW not in states:
        hint = "`standards-bot init` writes it; it works once it is on the default branch."
        yield wrong(f"there is no {WORKFLOW} on the default branch", hint)
        return
    content = _decoded(http.get(f"{path}/contents/{WORKFLOW}").text("content"))
    yield _awake(states[WORKFLOW])
    if CLOCK in states:
        yield _clock(states[CLOCK])
    elif public and _CLOCK in content and states[WORKFLOW] == "active":
        said = "the clock stands in the same file as the answers to pull requests"
        yield left_open(f"{said}: after 60 days without a commit GitHub switches off both", _APART)
    if CALLED.encode() in content:
        hint = "Name the repository of the bot and a full commit of it: `standards-bot init --force --workflow …`."
        yield wrong(f"{WORKFLOW} still says {PLACEHOLDER}", hint)


def _decoded(content: str) -> bytes:
    try:
        return b64decode(content)
    except ValueError:
        return b""


def _awake(state: object) -> Check:
    where = "on GitHub under Actions, Standards bot, “Enable workflow”"
    match state:
        case "active":
            return fine("the workflow is there and awake")
        case "disabled_inactivity":
            words = "the workflow sleeps, and answers nobody: GitHub switches clocks off after 60 days without a commit"
            return wrong(words, f"Wake it {where}. {_APART}")
        case "disabled_manually":
            return wrong("somebody has switched the workflow off", f"Switch it on {where}.")
    return wrong("the workflow does not run", f"Look {where}.")


def _clock(state: object) -> Check:
    if state == "active":
        return fine("the clock is in a file of its own, and awake")
    words = "the clock sleeps; pull requests are answered, and nothing is done at night"
    return wrong(words, "Wake it on GitHub under Actions, Standards bot, clock, “Enable workflow”.")
