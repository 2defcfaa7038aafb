"""Tries for `doctor` whether the rules of a repository and bot.yml agree on the check: advisory, or a gate."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.probing import Http
from bot.community.checkup import Check, fine, left_open, wrong
from bot.community.configuration import Check as CheckSettings
from bot.community.configuration import Gate

ACTIONS_APP = 15368
"""The app that every job of every workflow is: a check of this app is anybody's."""
NO_APP = (None, -1)
_PIN = "In the rule set, choose your own GitHub App as the source of the check (SETUP.md, “The gate”)."


def gate(http: Http, path: str, branch: str, check: CheckSettings) -> Check:
    """Whether the check is required on the default branch, by whom, and whether bot.yml says the same."""
    rules = http.get(f"{path}/rules/branches/{branch}", {"per_page": "100"})
    protection = http.get(f"{path}/branches/{branch}")
    if not rules.ok and not protection.ok:
        return left_open("whether the check is required could not be told")
    apps = [*_of_rules(rules.items(), check.name), *_of_protection(protection.value, check.name)]
    name = f"“{check.name}”"
    if check.gate is Gate.ADVISORY:
        if not apps:
            return fine(f"the check {name} is advisory: it informs and stops nobody")
        hint = "Say `check: {gate: required}` in bot.yml, or take the check out of the rule."
        return wrong(f"a rule of {branch} requires the check {name}, and bot.yml says that it is advisory", hint)
    if not apps:
        hint = f"Add a rule set for {branch} that requires the check {name}, or say `gate: advisory`."
        return wrong(f"bot.yml says that the check is required, and no rule of {branch} requires {name}", hint)
    if all(app in NO_APP for app in apps):
        return wrong(f"{name} is required from anybody: a pull request can bring a job of that name", _PIN)
    if all(app in (*NO_APP, ACTIONS_APP) for app in apps):
        return wrong(f"{name} is required from GitHub Actions, which every job is: it can be forged", _PIN)
    return fine(f"{name} is required, and from one app alone")


def _of_rules(rules: list[dict[str, object]], name: str) -> Iterator[object]:
    """The app that each rule wants the check from; None for any."""
    for rule in rules:
        parameters = rule.get("parameters")
        required = parameters.get("required_status_checks") if isinstance(parameters, dict) else None
        for each in required if isinstance(required, list) else ():
            if isinstance(each, dict) and each.get("context") == name:
                yield each.get("integration_id")


def _of_protection(branch: object, name: str) -> Iterator[object]:
    """Likewise, of the older way to protect a branch."""
    protection = branch.get("protection") if isinstance(branch, dict) else None
    required = protection.get("required_status_checks") if isinstance(protection, dict) else None
    checks = required.get("checks") if isinstance(required, dict) else None
    for each in checks if isinstance(checks, list) else ():
        if isinstance(each, dict) and each.get("context") == name:
            yield each.get("app_id")
