"""How much of a report is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """`brief`: verdict, table and errors alone, without what stands behind them. `known`: also the problems that base
    has already."""

    brief: bool = False
    known: bool = False


WHOLE = Extent()
