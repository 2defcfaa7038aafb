"""Schemas that are none, or not as people need them: names, references, descriptions, examples."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules.model import Rule, Trouble, of_files
from bot.standard.problems import Severity

_WHO = "Everybody who reads the schema: people who want to know what to publish, and programs that validate it."


def rules() -> Iterator[Rule]:
    """The rules of schemas."""
    yield from of_files(_WHO, _TROUBLES)


_TROUBLES = (
    Trouble(
        "schema-invalid",
        "What should be a JSON Schema is none",
        "Validators refuse it or pass over the keyword, so that nobody can say what it allows.",
        "Correct the keyword that is named.",
    ),
    Trouble(
        "dialect-unknown",
        "A schema names a version of JSON Schema that nobody knows",
        "Keywords mean different things in different versions, so that nobody can say what this schema allows.",
        "Let `$schema` name a draft from 4 to 2020-12, as its own specification writes it, or leave it out.",
    ),
    Trouble(
        "keyword-malformed",
        "A keyword of the standard has a value that it cannot have",
        "No table and no release can be made of it.",
        "Write the value as the message says.",
    ),
    Trouble(
        "constraint-malformed",
        "A constraint of a column is none of Table Schema",
        "Tools for tables pass over it or stop.",
        "Use the constraints of Table Schema: required, unique, enum, pattern, lengths and bounds.",
    ),
    Trouble(
        "pattern-invalid",
        "A pattern is no regular expression",
        "Validators stop at it, or match nothing.",
        "Try the pattern on an example before it is committed; a backslash is written twice in JSON.",
    ),
    Trouble(
        "reference-dangling",
        "A reference leads nowhere",
        "Validators stop there, and nothing can be compiled that holds the schema.",
        "Correct the name, or add what it should lead to.",
    ),
    Trouble(
        "reference-cyclic",
        "References lead to each other and nowhere else",
        "A validator that follows them never arrives.",
        "Let one of them say what is meant in place.",
    ),
    Trouble(
        "reference-outside",
        "A reference leads out of the standard",
        "What it leads to can change or vanish without anybody here noticing, and it is not fetched.",
        "Copy what is meant into the standard, and name where it is from in a comment.",
    ),
    Trouble(
        "required-undefined",
        "A term is required that is not described",
        "Publishers have to give a term of which nobody says what it is; often it was renamed or removed.",
        "Describe the term, or take it out of the list.",
    ),
    Trouble(
        "keyword-misspelt",
        "A keyword is misspelt",
        "It says nothing, and looks as if it did: what it was to ask for is not asked for.",
        "Write the keyword as JSON Schema does.",
        Severity.WARNING,
    ),
    Trouble(
        "name-malformed",
        "A name is not written as names are",
        "Programs turn names into columns and variables, and stumble over capitals, spaces and hyphens.",
        "Write it like_this.",
        Severity.WARNING,
    ),
    Trouble(
        "name-mismatched",
        "The same thing has two names",
        "A file or key calls it one thing and its `name` another: in tables it then has another name than in JSON.",
        "Give both the same name.",
        Severity.WARNING,
    ),
    Trouble(
        "name-confusable",
        "A name has letters that look like others",
        "Two names that look alike and are not the same cannot be told apart by people.",
        "Write it with plain letters.",
    ),
    Trouble(
        "description-missing",
        "A description is missing",
        "Each publisher then guesses what the term means, and each guesses something else.",
        "Say in a sentence what it holds.",
        Severity.WARNING,
    ),
    Trouble(
        "example-missing",
        "An example is missing",
        "Most people look at the example first, and some at nothing else.",
        "Give a value as a publisher would.",
        Severity.NOTICE,
    ),
    Trouble(
        "example-rejected",
        "An example breaks its own schema",
        "People copy examples: what they publish would be refused.",
        "Correct the example, or the schema if the example is what was meant.",
        Severity.WARNING,
    ),
)
