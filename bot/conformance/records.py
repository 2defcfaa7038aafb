"""What a feed holds, as values: records, and what could not be read as one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from bot.standard.values import JSON


class Shape(Enum):
    """A whole document, an item of a list answer (which leaves arrays out), or a row of a table."""

    DOCUMENT = "document"
    ITEM = "list item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `file` is where it stands, below its feed; `name` what says which entity it is of: the name
    of the table in a data package, else that of the file."""

    value: dict[str, JSON]
    file: str
    name: str
    shape: Shape = Shape.DOCUMENT


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be read as a record. `what` is the same for all of its kind; `place` is within
    the file; `lost` says what was not read because of it."""

    what: str
    file: str
    place: str = ""
    lost: str = ""


LISTS = frozenset({"contents", "content"})
"""Where the pages of an API keep their records, if nothing else is said: HSDS 3, and Open Referral UK 1."""

Item: TypeAlias = Record | Trouble
