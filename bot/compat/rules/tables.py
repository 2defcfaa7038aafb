"""Tables: columns, what their cells hold, and the keys that hold tables together."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules import people
from bot.compat.rules.model import Hurt, Rule, Words, family

_OF_TABLES = "Publishers of tables (CSV). Those who publish JSON alone are not affected."


def rules() -> Iterator[Rule]:
    """The rules of tables."""
    yield from family("constraints", "constraints", *_COLUMN)
    yield from family("unique", "unique", *_UNIQUE)
    yield from family("column-type", "datapackage_type", *_cells("type", _ANY_TEXT))
    yield from family("column-format", "datapackage_format", *_cells("format", _USUAL_FORMAT))
    yield from family("key", "", *_KEY)
    yield from family("foreign-key", "foreign_key", *_FOREIGN)
    yield from family("name", "name", *_NAME)
    yield from family("table-profile", "profile", *_PROFILE)
    yield from family("primary-key", "primaryKey", *_PRIMARY)


_COLUMN = (
    Words(
        "A term becomes a column",
        "Published tables stay valid: none has the column yet.",
        people.NOBODY,
        "Leave the column optional.",
        Hurt.NOBODY,
    ),
    Words(
        "A term is no longer a column",
        "Tables that have the column were valid, and would hold one that the standard does not know.",
        _OF_TABLES,
        "Keep the column, say that it is deprecated, and let it go with the next major version.",
        Hurt.PUBLISHERS,
    ),
)
_UNIQUE = (
    Words(
        "The values of a column must differ",
        "Tables that hold a value twice were valid, and would be refused.",
        _OF_TABLES,
        "Say in the description that the value identifies the row, and demand it with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "The values of a column may repeat",
        "Published tables stay valid. Tools that find rows by the value may find several.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
)


_ANY_TEXT = Words(
    "The type of a column is no longer set",
    "Cells are read as the schema of the term says. Where that allows more, tools may meet other text.",
    people.TOOLS,
    people.TELL_TOOLS,
    Hurt.TOOLS,
)
_USUAL_FORMAT = Words(
    "The format of a column is no longer set",
    "Without a format of its own, a column has the usual one of its type: dates are then written 2022-03-31. Cells in "
    "the old format would be refused.",
    _OF_TABLES,
    "Add a column in the usual format, mark the old one as deprecated, and remove it with the next major version.",
    Hurt.PUBLISHERS,
)


def _cells(what: str, left: Words) -> tuple[Words, Words, Words]:
    wait = (
        f"Add a column of the other {what}, mark the old one as deprecated, and remove it with the next major version."
    )
    return (
        Words(
            f"A {what} of a column is set",
            f"Cells were text of another kind until now. Those that do not read as the {what} would be refused.",
            _OF_TABLES,
            wait,
            Hurt.PUBLISHERS,
        ),
        left,
        Words(
            f"The {what} of a column changes",
            f"Cells that read as the old {what} may not read as the new one.",
            _OF_TABLES,
            wait,
            Hurt.PUBLISHERS,
        ),
    )


_KEY = (
    Words(
        "A foreign key is added",
        "Rows that refer to a row that is not there, or to nothing, were valid and would be refused.",
        _OF_TABLES,
        "Say in the description what the column refers to, and make it a key with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "A foreign key is gone",
        "Published tables stay valid. Tools that join tables may find rows that refer to nothing.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
)
_FOREIGN = (
    Words(
        "It is declared that a column refers to a table",
        "Rows whose cell is no identifier of a row that is there were valid, and would be refused.",
        _OF_TABLES,
        "Say in the description what the column refers to, and declare it with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "It is no longer declared that a column refers to a table",
        "Published tables stay valid. Tools that join tables may find cells that refer to nothing.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "A column is declared to refer to another table",
        "Cells that refer to rows of the one table are seldom those of rows in the other.",
        _OF_TABLES,
        "Add a column that refers to the other table, and keep the old one until the next major version.",
        Hurt.PUBLISHERS,
    ),
)
_NAME = (
    Words(
        "A table or a column is given a name",
        "In JSON a term is called by its key. In tables the name is that of the column: where it is the key, as it "
        "should be, nothing changes.",
        people.NOBODY,
        "Let the name be the key.",
        Hurt.NOBODY,
    ),
    Words(
        "A table or a column is no longer given a name",
        "In JSON a term is called by its key, and the column then is as well.",
        people.NOBODY,
        people.SAY_WHY,
        Hurt.NOBODY,
    ),
    Words(
        "A table or a column gets another name",
        "Tables that have it under the old name were valid, and would lack it under the new one. JSON goes by the key, "
        "and is not affected.",
        _OF_TABLES,
        "Add a column of the new name, mark the old one as deprecated, and remove it with the next major version.",
        Hurt.PUBLISHERS,
    ),
)
_STANDARD = "It tells tools which description of tables is followed. What the rows may be does not depend on it."
_PROFILE = (
    Words("The kind of a table is named", _STANDARD, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
    Words("The kind of a table is no longer named", _STANDARD, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
    Words("Another kind of table is named", _STANDARD, people.NOBODY, people.SAY_WHY, Hurt.NOBODY),
)
_PRIMARY = (
    Words(
        "A primary key is declared",
        "Tables in which two rows have the same key were valid, and would be refused. That `id` is the key of its "
        "table goes without saying.",
        _OF_TABLES,
        "Say in the description what identifies a row, and declare the key with the next major version.",
        Hurt.PUBLISHERS,
    ),
    Words(
        "A primary key is no longer declared",
        "Published tables stay valid. Tools that find rows by the key may find several, or none.",
        people.TOOLS,
        people.TELL_TOOLS,
        Hurt.TOOLS,
    ),
    Words(
        "The primary key changes",
        "Rows that differ in the old key may be the same in the new one.",
        _OF_TABLES,
        "Keep the key, and make the new one unique beside it.",
        Hurt.PUBLISHERS,
    ),
)
