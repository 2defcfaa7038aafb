"""A number that satisfies bounds and multiples, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count, islice
from math import ceil, floor, gcd, lcm

from bot.compat.containment.admits import number_holds
from bot.compat.containment.outcomes import EMPTY, Found, Obstacle, Outcome, Stuck
from bot.compat.containment.predicates import Bound, Multiple, Numeric, Predicate, Whole
from bot.standard.values import exact, number_value

MOST_TRIES = 5_000


def find(predicates: Iterable[Predicate], excluded: frozenset[Fraction]) -> Outcome:
    """A number for which every predicate holds and that is none of `excluded`."""
    wanted = tuple(each for each in predicates if isinstance(each, (Bound, Multiple, Whole)))
    low = max((_edge(each) for each in wanted if isinstance(each, Bound) and not each.upper), default=None)
    high = min((_edge(each) for each in wanted if isinstance(each, Bound) and each.upper), default=None)
    whole = {each.holds for each in wanted if isinstance(each, Whole)}
    if len(whole) == 2 or (low is not None and high is not None and _crossed(low, high)):
        return EMPTY
    steps = [each.of for each in wanted if isinstance(each, Multiple) and each.holds]
    if True in whole:
        steps.append(Fraction(1))
    interval = (None if low is None else low[0], None if high is None else high[0])
    if steps:
        step = _common_multiple(steps)
        return _on_grid(wanted, excluded, step, interval)
    return _anywhere(wanted, excluded, interval)


def _edge(bound: Bound) -> tuple[Fraction, int]:
    # Ordered so that max() of lower and min() of upper edges is the tighter one: exclusive wins a tie.
    return bound.limit, (-1 if bound.upper else 1) * bound.exclusive


def _crossed(low: tuple[Fraction, int], high: tuple[Fraction, int]) -> bool:
    return low[0] > high[0] or (low[0] == high[0] and (low[1] != 0 or high[1] != 0))


def _common_multiple(steps: list[Fraction]) -> Fraction:
    return Fraction(lcm(*(step.numerator for step in steps)), gcd(*(step.denominator for step in steps)))


def _fits(wanted: tuple[Numeric, ...], excluded: frozenset[Fraction], candidate: Fraction) -> float | None:
    """The JSON number for a candidate that satisfies everything as it will be written; None: it does not."""
    try:
        value = number_value(candidate)
    except OverflowError:
        return None
    if Whole(holds=False) in wanted:
        value = float(value)
    return value if exact(value) not in excluded and all(number_holds(each, value) for each in wanted) else None


def _on_grid(
    wanted: tuple[Numeric, ...],
    excluded: frozenset[Fraction],
    step: Fraction,
    interval: tuple[Fraction | None, Fraction | None],
) -> Outcome:
    barred = [each.of for each in wanted if isinstance(each, Multiple) and not each.holds]
    if any((step / of).denominator == 1 for of in barred):
        return EMPTY  # every multiple of the step is a multiple of what is barred
    low, high = interval
    first = None if low is None else ceil(low / step)
    last = None if high is None else floor(high / step)
    tried = 0
    for factor in islice(_outward(first, last), MOST_TRIES):
        tried += 1
        value = _fits(wanted, excluded, factor * step)
        if value is not None:
            return Found(value)
    finite = first is not None and last is not None and last - first + 1 <= tried
    return EMPTY if finite else Stuck(Obstacle("multipleOf", "", "no multiple was found among those tried"))


def _outward(first: int | None, last: int | None) -> Iterator[int]:
    """The integers from first to last, beginning with the smallest in size."""
    if first is not None and first >= 0:
        yield from count(first) if last is None else range(first, last + 1)
    elif last is not None and last <= 0:
        yield from count(last, -1) if first is None else range(last, first - 1, -1)
    else:
        yield 0
        for size in count(1):
            above, below = last is None or size <= last, first is None or -size >= first
            if not above and not below:
                return
            if above:
                yield size
            if below:
                yield -size


def _anywhere(
    wanted: tuple[Numeric, ...], excluded: frozenset[Fraction], interval: tuple[Fraction | None, Fraction | None]
) -> Outcome:
    low, high = interval
    if low is not None and low == high:
        value = _fits(wanted, excluded, low)
        return EMPTY if value is None else Found(value)
    for candidate in _nearby(low, high, len(excluded)):
        value = _fits(wanted, excluded, candidate)
        if value is not None:
            return Found(value)
    return Stuck(Obstacle("number", "", "no number was found among those tried"))


def _nearby(low: Fraction | None, high: Fraction | None, spare: int) -> Iterator[Fraction]:
    """Plain numbers of an interval first, then finer and finer ones; more than `spare` of them."""
    first = None if low is None else floor(low)
    last = None if high is None else ceil(high)
    yield from (Fraction(each) for each in islice(_outward(first, last), 50 + spare))
    origin = low if low is not None else high - 1 if high is not None else Fraction(0)
    width = high - origin if high is not None else Fraction(1)
    for parts in (2, 4, 8, 10, 16, 64, 100, 1024, 2**20, 2**40):
        yield from (origin + width * Fraction(at, parts) for at in range(1, min(parts, 20 + spare)))
