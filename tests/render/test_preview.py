from __future__ import annotations

from dataclasses import replace
from html import unescape

from bot.render import slack
from bot.render.check_run import check_run
from bot.render.contents import Blocks
from bot.render.preview import MOST_NOTES, Reply, page, preview
from bot.render.safety import web_address
from bot.report.rewriting import rewritten
from bot.standard.problems import Severity
from tests.render.reports import OCCASION, long, problem, profile, removal, reported

BREAKS = reported(
    profile("uk", "Open Referral UK", removal("a")), findings=(problem(Severity.WARNING, "it has no description"),)
)


def test_the_page_shows_what_each_place_would_show() -> None:
    shown = unescape(preview(BREAKS, OCCASION))
    for words in (
        "<q>Require a web address</q>",
        "<h2>This change would break data published under Open Referral UK</h2>",
        "<details><summary>1: an example that breaks (<code>uk</code>)</summary>",
        "<td>breaks publishers</td>".replace("breaks publishers", "<strong>breaks publishers</strong>"),
        'class="state neutral">Neutral: it advises<',
        "schema/service.json, line 3",
        '<b class="failure">Failure</b> <b>Change 1: service.a removed</b>',
        '<b class="warning">Warning</b> <b>it has no description</b>',
        "You need no GitHub account",
        "<b>This change would break data published under Open Referral UK.</b>",
        "<code>service.a</code> removed: breaks publishers of Open Referral UK",
        'href="https://forum.example.org/t/standard/312" rel="nofollow noopener noreferrer">Discuss here</a>',
        "when it is merged",
        "<b>Pull request 12 was merged.</b> This change breaks data",
    ):
        assert words in shown


def test_the_page_shows_what_is_suggested_on_lines_and_no_more_than_is() -> None:
    edits = [rewritten(f"keep {at}", "f.json", "", 1, "a\nb\nc\nd\n", "a\nb\nc\nd\n".replace(at, "x")) for at in "abcd"]
    changes = [replace(removal(f"t{at}"), repair=edit) for at, edit in enumerate(edits)]
    shown = preview(reported(profile("uk", "Open Referral UK", *changes)), OCCASION)
    assert shown.count("<b>standards-bot</b> suggested") == 3
    assert '<span class="place">f.json, line 3</span>' in shown
    assert "To keep it valid, keep c:</p>\n<pre><code>x</code></pre>" in shown
    assert "Commit the suggestions below, for changes" in shown
    assert "suggested" not in preview(BREAKS, OCCASION)


def test_a_suggestion_for_several_lines_names_the_first_and_the_last() -> None:
    edit = rewritten("keep it", "f.json", "", 1, "a\nb\nc\n", "x\ny\nc\n")
    shown = preview(reported(profile("uk", "Open Referral UK", replace(removal("t"), repair=edit))), OCCASION)
    assert '<span class="place">f.json, lines 1 to 2</span>' in shown


def test_the_page_is_the_same_each_time() -> None:
    assert preview(BREAKS, OCCASION) == preview(BREAKS, OCCASION)


def test_a_pull_request_that_is_not_there_yet_has_no_link() -> None:
    request = replace(OCCASION.pull_request, url="", title="")
    shown = preview(BREAKS, replace(OCCASION, pull_request=request, report_url="", discuss_url=""), advisory=False)
    assert "Pull request 12. This is a preview: nothing has been posted." in shown
    assert "<a " not in shown
    assert 'class="state failure">Failed<' in shown


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    shown = preview(BREAKS, OCCASION)
    assert "default-src 'none'" in shown
    for loading in ("<script", "<link", "<img", "src=", "@import", "url("):
        assert loading not in shown


def test_many_notes_are_counted() -> None:
    report = long(MOST_NOTES + 3)
    assert "… and 3 more</li>" in preview(report, OCCASION)
    assert "more</li>" not in preview(long(MOST_NOTES), OCCASION)


def test_blocks_of_other_kinds_are_named_and_hidden_lines_stay_hidden() -> None:
    check = check_run(BREAKS, OCCASION, advisory=False)
    blocks = Blocks("text", ({"type": "divider"}, *slack.parent(BREAKS, OCCASION).blocks))
    made = page(OCCASION, "said\n\n<!-- gov:state v1 {} -->", check, "- line <!-- gov:line n=1 -->", blocks)
    assert "(divider)" in made
    assert "gov:" not in made
    assert "In the thread" not in made
    assert "In the thread" in page(OCCASION, "said", check, "post", blocks, [Reply("later", blocks)])


def test_addresses_are_of_the_web() -> None:
    assert web_address("https://a.example/(b)?c=d#e") == "https://a.example/%28b%29?c=d#e"
    for other in (
        "",
        "javascript:alert(1)",
        "file:///etc",
        "https://",
        "https:// x",
        " https://a.example",
        "//a.example",
    ):
        assert web_address(other) == ""
    assert web_address("https://a.example/\ud800").startswith("https://a.example/")
