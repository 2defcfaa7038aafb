"""The bot's own settings: what in .github/bot.yml cannot be followed, and what a pull request makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules.model import Rule, Trouble, of_files
from bot.standard.problems import Severity

FILE = ".github/bot.yml"
_WHO = "Whoever looks after the bot in this project. Data, publishers and tools have nothing to do with it."


def rules() -> Iterator[Rule]:
    """The rules of settings. No setting changes how serious they are: one that is wrong could silence itself."""
    yield from of_files(_WHO, _TROUBLES)


_TROUBLES = (
    Trouble(
        "setting-unknown",
        "There is no setting of that name",
        "It does nothing, although somebody meant it to do something. Often the name is misspelt, or the line is "
        "indented too far or not far enough.",
        "Correct the name or the place of the line, or take it out.",
    ),
    Trouble(
        "setting-missing",
        "A setting lacks something that it needs",
        "Without it nobody can tell what is meant, so that the entry cannot be used.",
        "Add what the message names.",
    ),
    Trouble(
        "setting-invalid",
        "A setting has a value that it cannot have",
        "The bot cannot do what the value says, and does not guess what was meant.",
        "Write one of the values that the message names.",
    ),
    Trouble(
        "setting-repeated",
        "Two settings are the same where each has to be another",
        "Two entries with one id, or two of one place: people would be told twice, or one entry would hide the other.",
        "Keep one of them, or give each an id and a place of its own.",
    ),
    Trouble(
        "channel-ambiguous",
        "A channel is several places at once",
        "The bot keeps one message for each channel, and would not know in which place to keep it.",
        "Make a channel of each place, with an id of its own.",
    ),
    Trouble(
        "channel-surplus",
        "There is a second mailing list",
        "Mail cannot be changed once it is sent, and too much of it is not read.",
        "Keep one mailing list, for the digest.",
    ),
    Trouble(
        "ref-unpinned",
        "A profile in another repository is named by something that moves",
        "Whoever can write to that repository could change what the check says here, unseen.",
        "Name a tag, or a commit by all its 40 digits.",
    ),
    Trouble(
        "gate-unguarded",
        "The check is required, and others could post one of the same name",
        "Any workflow of the repository, one from a pull request too, could then say that all is well.",
        "Let a GitHub App of your own post the check, and name its account under `login`. SETUP says how.",
        Severity.WARNING,
    ),
    Trouble(
        "topic-address-read",
        "A forum topic is given by its address",
        "The number in the address is what counts. It is told so that you see whether the right one was found.",
        "Nothing has to be done. The number alone is shorter.",
        Severity.NOTICE,
    ),
    Trouble(
        "settings-changed",
        "A pull request changes the settings of the bot",
        "Nobody may write the rules by which they are judged: the settings of the default branch hold until the change "
        "is merged.",
        "Nothing has to be done. Who merges it should read this file as well.",
        Severity.NOTICE,
    ),
)
