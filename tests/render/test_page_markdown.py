from __future__ import annotations

import pytest

from bot.render.page_markdown import rendered


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "<p>a<br />\nb</p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("<sub>small `code`</sub>", "<p><sub>small <code>code</code></sub></p>\n"),
        ("<details><summary>1: <code>uk</code></summary>\n\nin\n\n</details>", "<details><summary>1: <code>uk</code></summary>\n<p>in</p>\n</details>"),
        ("| a |\n| --- |\n| b |", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"),
        ("[words](https://x.example/a)", '<p><a href="https://x.example/a" rel="nofollow noopener noreferrer">words</a></p>\n'),
        ("```jsonc\n{  // 'a' is <b>\n```", '<pre><code>{<span class="fault">  // &#x27;a&#x27; is &lt;b&gt;</span></code></pre>\n'),
        ("text\n\n<!-- gov:state -->", "<p>text</p>\n\n"[:-1]),
    ],
)  # fmt: skip
def test_what_a_message_is_made_of_is_shown(text: str, shown: str) -> None:
    assert rendered(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<details open onclick=x>",
        '<code class="x">',
        "![x](https://evil.example/p.gif)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,y)",
        "<https://evil.example/<b>>",
        "<sub\nonclick=x>",
        "<iframe src='https://evil.example'></iframe>",
        "<!-- <script> --><script>",
    ],
)
def test_nothing_else_becomes_an_element(text: str) -> None:
    shown = rendered(text)
    for element in (
        "<script",
        "<img",
        "<details open",
        "<code class",
        "<iframe",
        "<sub\n",
        'href="javascript',
        'href="data',
    ):
        assert element not in shown
