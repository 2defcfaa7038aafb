"""Data packages whose tables do not hold together."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules.model import Rule, Trouble, of_files
from bot.standard.problems import Severity

_WHO = "Publishers and readers of tables (CSV), whose tools go by the data package."


def rules() -> Iterator[Rule]:
    """The rules of data packages."""
    yield from of_files(_WHO, _TROUBLES)


_TROUBLES = (
    Trouble(
        "package-invalid",
        "A data package, or a table of it, is none",
        "Tools cannot tell which tables and columns there are.",
        "Give each table a name, and a schema with its fields.",
    ),
    Trouble(
        "path-invalid",
        "A table lies in a file outside the data package",
        "Tools that follow the path read a file of whoever opens the data package, which may be secret, or none.",
        "Write the name of a file, or a path below the data package.",
    ),
    Trouble(
        "path-remote",
        "A table lies on another site",
        "Its rows can change unseen, and whoever opens the data package asks that site for them.",
        "Put the file beside the data package, and write its name.",
        Severity.WARNING,
    ),
    Trouble(
        "table-repeated",
        "Two tables have the same name",
        "Keys that refer to the name lead to one of them, and nobody knows which.",
        "Rename or remove one of them.",
    ),
    Trouble(
        "column-repeated",
        "Two columns of a table have the same name",
        "Tools keep one of them and lose the other.",
        "Rename or remove one of them.",
    ),
    Trouble(
        "column-malformed",
        "A column is described in a form that it cannot have",
        "Tools cannot tell what its cells hold.",
        "Write one type, one format, and the constraints of Table Schema.",
    ),
    Trouble(
        "column-type-unknown",
        "A column has a type that does not exist",
        "Tools read it as text or stop.",
        "Use a type of Table Schema: string, integer, number, boolean, date, and so on.",
    ),
    Trouble(
        "column-format-unknown",
        "A column has a format that does not exist",
        "Tools pass over it, so that nothing is checked. Often it is a name that is misspelt.",
        "Use a format that the type of the column has.",
        Severity.WARNING,
    ),
    Trouble(
        "key-malformed",
        "A key of a table has not the form of one",
        "Tools pass over it, and tables are not held together.",
        "Name the columns, and for a foreign key the table and the columns that it refers to.",
    ),
    Trouble(
        "key-to-missing-column",
        "A key names a column that is not there",
        "No row can refer to it. Often the column was renamed or removed.",
        "Correct the name, or take the key out.",
    ),
    Trouble(
        "key-to-missing-table",
        "A key refers to a table that is not there",
        "No row can refer to it. Often the table was renamed or removed.",
        "Correct the name, or take the key out.",
    ),
)
