from __future__ import annotations

import time

import pytest

from bot.compat.deprecated_words import gives_up, reason_in


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("DEPRECATED", ""),
        ("Deprecated.", ""),
        ("DEPRECATED: The tax status.", ""),
        ("DEPRECATED - replaced by cost_options", "replaced by cost_options"),
        ("Deprecated: use cost_options instead. It holds what people pay.", "use cost_options instead"),
        ("deprecated: nobody fills it", "nobody fills it"),
        ("**DEPRECATED** Use cost_options.", "Use cost_options"),
        ("**Deprecated:** The old name.", ""),
        ("__DEPRECATED__: The old name.", ""),
        ("[DEPRECATED] The tax status.", ""),
        ("[DEPRECATED: use tax_id] The tax status.", "use tax_id"),
        ("(deprecated) tax status", ""),
        ("The tax status (deprecated).", ""),
        ("The tax status (deprecated since 3.1: use tax_id instead).", "since 3.1: use tax_id instead"),
        ("The tax status. Deprecated since 3.1, use tax_id.", "since 3.1, use tax_id"),
        ("The tax status.\n\nDeprecated in favour of `tax_id`.\n\nMore of it.", "in favour of `tax_id`"),
        ("What people pay. This property is deprecated and will be removed in 4.0.", ""),
    ],
)
def test_words_that_give_a_term_up_and_why(description: str, reason: str) -> None:
    assert gives_up(description)
    assert reason_in(description) == reason


@pytest.mark.parametrize(
    "description",
    [
        "",
        "This field is not deprecated.",
        "this field is not deprecated",
        "formerly deprecated",
        "Formerly deprecated, in use again.",
        "No longer deprecated.",
        "Deprecated spellings are still read.",
        "deprecated spellings are still read",
        "**Deprecated** spellings are still read.",
        "Deprecated in spirit.",
        "Deprecated-style names.",
        "Whether the service is deprecated.",
        "Whether it is DEPRECATED.",
        "This field is deprecated in some other profiles.",
        "One of these: phone, fax (deprecated).",
        "A phone or fax (deprecated)",
        "One of active, (deprecated) inactive, defunct",
        "Non-deprecated: the name.",
        "Not (deprecated)",
    ],
)
def test_words_that_only_speak_of_what_is_deprecated(description: str) -> None:
    assert not gives_up(description)
    assert reason_in(description) == ""


def test_a_reason_as_long_as_a_page_is_none() -> None:
    assert reason_in(f"Deprecated: use {'a' * 500}.") == ""


@pytest.mark.parametrize("again", ["(", "[*_", "A. ", "\n", " ", "or a (", "**", "x (deprecated ", "deprecated: ", "."])
def test_hostile_descriptions_take_no_time(again: str) -> None:
    start = time.process_time()
    gives_up(again * 100_000)
    reason_in(again * 100_000)
    assert time.process_time() - start < 0.5
