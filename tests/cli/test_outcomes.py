from __future__ import annotations

import pytest

from bot.cli.outcomes import say
from bot.commands.announcing.news import DECLINED, HELD, Announcement, Told
from bot.publish.delivery import Action


@pytest.mark.parametrize("action", [*(each.value for each in Action), HELD, DECLINED])
def test_whatever_became_of_a_message_can_be_said(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(Announcement([Told("forum", "forum:7/o/r/rolling", action, "3")]), "#1")
    assert capsys.readouterr().out.startswith("#1, forum: the line in the list of pull requests ")


def test_that_a_post_waits_is_said_in_words_of_the_forum(capsys: pytest.CaptureFixture[str]) -> None:
    say(Announcement([Told("forum", "forum:7/o/r/rolling", HELD)]), "#1")
    assert capsys.readouterr().out == (
        "#1, forum: the line in the list of pull requests waits for a moderator of the forum\n"
    )
