"""What the settings of the bot let pass, or do not allow, in a sentence: so that nobody wonders at the check."""

from __future__ import annotations

from bot.render.sentences import Mark
from bot.render.wording import listing
from bot.report.model import Report
from bot.standard.problems import Severity


def by_settings(report: Report, mark: Mark = str) -> str:
    """The sentence, or two; "" where the settings decide nothing here."""
    blamed = {each.change.rule for profile in report.profiles for each in profile.blamed}
    made = {each.change.rule for profile in report.profiles for each in profile.changes}
    passed = [id_ for id_, severity in report.rules.items() if id_ in blamed and severity is not Severity.ERROR]
    refused = [id_ for id_, severity in report.rules.items() if id_ in made and severity is Severity.ERROR]
    said = [
        f"The settings of this project let {listing([mark(id_) for id_ in passed])} pass." if passed else "",
        f"They do not allow {listing([mark(id_) for id_ in refused])}." if refused and passed else "",
        f"The settings of this project do not allow {listing([mark(id_) for id_ in refused])}."
        if refused and not passed
        else "",
    ]
    return " ".join(filter(None, said))
