"""`unevaluatedProperties` and `unevaluatedItems`, spelled out case by case.

Which keys count as evaluated depends on which branches of `anyOf`, `oneOf`, `if` a value satisfies.
Each case is a choice of branches; the value must satisfy them, and what they leave unevaluated must
satisfy the keyword. Branches that hold besides the chosen ones only evaluate more, so the cases
together say exactly what the keyword says (JSON Schema core 2020-12, section 11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from bot.compat.containment.nodes import Node
from bot.compat.containment.predicates import EveryItem, Rest
from bot.standard.dialects import Draft
from bot.standard.keywords import is_schema, item_keywords, own_keys
from bot.standard.pointers import child
from bot.standard.values import JSON, freeze

if TYPE_CHECKING:
    from bot.compat.containment.compiling import Compiler
    from bot.standard.documents import Target

MOST_CASES = 128
NONE: frozenset[str] = frozenset()


class TooMany(Exception):
    """More cases than can be spelled out, or cases without end."""


@dataclass(frozen=True, slots=True)
class Case:
    """One choice of branches: what the value must satisfy, and what is evaluated then. `upto`: that many
    first items; None: all items. `everything`: all keys."""

    nodes: frozenset[Node] = frozenset()
    names: frozenset[str] = NONE
    patterns: frozenset[str] = NONE
    everything: bool = False
    upto: int | None = 0
    containing: frozenset[Node] = frozenset()

    @property
    def evaluates(self) -> bool:
        """Whether any key or item is evaluated."""
        return bool(self.names or self.patterns or self.everything or self.upto != 0 or self.containing)

    def __and__(self, other: Case) -> Case:
        """Both choices at once."""
        upto = None if self.upto is None or other.upto is None else max(self.upto, other.upto)
        return Case(
            self.nodes | other.nodes,
            self.names | other.names,
            self.patterns | other.patterns,
            self.everything or other.everything,
            upto,
            self.containing | other.containing,
        )


def unevaluated_properties(compiler: Compiler, target: Target, schema: dict[str, JSON]) -> Node:
    """The node of `unevaluatedProperties` in a schema."""
    rest = compiler.part(target, schema["unevaluatedProperties"], "unevaluatedProperties")
    try:
        cases = _cases(compiler, target, schema, ignoring="unevaluatedProperties", depth=0)
    except TooMany as problem:
        return _given_up(compiler, target, "unevaluatedProperties", problem)
    arena = compiler.arena
    return arena.any(
        arena.all(
            [*case.nodes, arena.true if case.everything else arena.keys(Rest(NONE, case.names, case.patterns), rest)]
        )
        for case in cases
    )


def unevaluated_items(compiler: Compiler, target: Target, schema: dict[str, JSON]) -> Node:
    """The node of `unevaluatedItems` in a schema."""
    rest = compiler.part(target, schema["unevaluatedItems"], "unevaluatedItems")
    try:
        cases = _cases(compiler, target, schema, ignoring="unevaluatedItems", depth=0)
    except TooMany as problem:
        return _given_up(compiler, target, "unevaluatedItems", problem)
    arena = compiler.arena
    options = []
    for case in cases:
        item = arena.true if case.upto is None else arena.any([rest, *case.containing])
        options.append(arena.all([*case.nodes, arena.atom(EveryItem(case.upto or 0, onward=True, node=item))]))
    return arena.any(options)


def _given_up(compiler: Compiler, target: Target, keyword: str, problem: TooMany) -> Node:
    return compiler.arena.opaque(keyword, child(target.pointer, keyword), str(problem), freeze(target.schema))


def _both(left: Iterable[Case], right: Iterable[Case]) -> list[Case]:
    cases = list(dict.fromkeys(a & b for a, b in product(left, right)))
    if len(cases) > MOST_CASES:
        raise TooMany(f"more than {MOST_CASES} combinations of branches")
    return cases


def _cases(compiler: Compiler, target: Target, schema: JSON, *, ignoring: str = "", depth: int) -> list[Case]:
    """The cases of a schema and of all it applies to the same value."""
    if depth > 20:
        raise TooMany("branches nested without end")
    if not isinstance(schema, dict):
        return [Case()]
    cases = [_own(compiler, target, schema, ignoring)]

    def of(value: JSON, *steps: str) -> list[Case]:
        place = compiler.scopes.within(target, value, *steps)
        return _cases(compiler, place, value, depth=depth + 1)

    for referred in compiler.referred(target, schema):
        cases = _both(cases, _cases(compiler, referred, referred.schema, depth=depth + 1))
    for at, each in enumerate(_list(schema, "allOf")):
        cases = _both(cases, of(each, "allOf", str(at)))
    for at, each in enumerate(_list(schema, "anyOf")):
        chosen = [
            Case(frozenset({compiler.part(target, each, "anyOf", str(at))})) & case
            for case in of(each, "anyOf", str(at))
        ]
        cases = _both(cases, _useful(chosen))
    alternatives: list[Case] = []
    for at, each in enumerate(_list(schema, "oneOf")):
        node = compiler.part(target, each, "oneOf", str(at))
        alternatives += [Case(frozenset({node})) & case for case in of(each, "oneOf", str(at))]
    cases = _both(cases, _useful(alternatives))
    if is_schema(schema.get("if")):
        cases = _both(cases, _conditional(compiler, target, schema, of))
    dependent = schema.get("dependentSchemas")
    for name, each in dependent.items() if isinstance(dependent, dict) else ():
        chosen = [Case(frozenset({compiler.has(name)})) & case for case in of(each, "dependentSchemas", name)]
        cases = _both(cases, _useful(chosen))
    return cases


def _list(schema: dict[str, JSON], keyword: str) -> list[JSON]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def _useful(chosen: list[Case]) -> list[Case]:
    """Choosing no branch is always possible; a branch that evaluates nothing need not be chosen."""
    return [Case(), *(case for case in chosen if case.evaluates)]


def _conditional(
    compiler: Compiler, target: Target, schema: dict[str, JSON], of: Callable[..., list[Case]]
) -> list[Case]:
    condition = compiler.part(target, schema["if"], "if")
    holds = [Case(frozenset({condition})) & case for case in of(schema["if"], "if")]
    if is_schema(schema.get("then")):
        holds = _both(holds, of(schema["then"], "then"))
    fails = [Case(frozenset({compiler.arena.negate(condition)}))]
    if is_schema(schema.get("else")):
        fails = _both(fails, of(schema["else"], "else"))
    return _useful([*holds, *fails])


def _own(compiler: Compiler, target: Target, schema: dict[str, JSON], ignoring: str) -> Case:
    """What the schema's own keywords evaluate, whatever the value."""
    names, patterns = own_keys(schema)
    everything = is_schema(schema.get("additionalProperties")) or (
        ignoring != "unevaluatedProperties" and is_schema(schema.get("unevaluatedProperties"))
    )
    prefix, rest = item_keywords(compiler.draft, schema)
    all_items = bool(rest) or (ignoring != "unevaluatedItems" and is_schema(schema.get("unevaluatedItems")))
    containing: frozenset[Node] = frozenset()
    if compiler.draft is Draft.DRAFT2020 and is_schema(schema.get("contains")):
        containing = frozenset({compiler.part(target, schema["contains"], "contains")})
    upto = None if all_items else len(schema[prefix]) if prefix else 0
    return Case(frozenset(), names, patterns, everything, upto, containing)
