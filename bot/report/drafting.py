"""Head as far as it is repaired: one repair is made on what those before it left, so that all go together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.compat.repair.edits import narrowest
from bot.compat.repair.regions import Region, after, alone, lines_of, whole
from bot.report.keeping import with_file
from bot.report.model import Repair
from bot.report.rewriting import whole as given_back
from bot.standard.json_reading import read_json
from bot.standard.model import Standard
from bot.standard.pointers import pointer
from bot.standard.reading import Reading
from bot.standard.yaml_reading import read_yaml

BESIDE = "say the same where it is listed"
"""What an edit of another file does for a repair."""


@dataclass(frozen=True, slots=True)
class Made:
    """A repair that may be: what it does, in words, and a file with it; `beside`: other files, which go with it."""

    words: str
    file: str
    text: str
    beside: tuple[Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """`original` is head as it was, `head` as it is with the repairs. `words` of each repair and of each change that
    one of another change mends too, whose repair `shared` names."""

    original: Standard
    head: Standard
    regions: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    words: Mapping[Hashable, str] = field(default_factory=dict)
    shared: Mapping[Hashable, Hashable] = field(default_factory=dict)

    def with_repair(self, maker: Hashable, made: Made) -> Draft | None:
        """With one more; None where it changes nothing, or what it makes is no such file."""
        draft: Draft | None = self._with_file(maker, made)
        for other in made.beside:
            draft = draft._with_file(maker, other) if draft is not None else None  # noqa: SLF001 - of the same kind
        return draft

    def _with_file(self, maker: Hashable, made: Made) -> Draft | None:
        reading = read(made)
        before = self.head.readings.get(made.file)
        if not reading.readable or (before is not None and before.text == made.text):
            return None
        ours = lines_of(before.text) if before is not None else []
        found = tuple(after(self.regions.get(made.file, ()), ours, lines_of(made.text), maker))
        head, regions = with_file(self.head, reading), {**self.regions, made.file: found}
        return replace(self, head=head, regions=regions, words={maker: made.words, **self.words})

    def with_shared(self, maker: Hashable, other: Hashable, words: str = "") -> Draft:
        """With a change that the repair of another one mends, and what it does for it, where that is not the same."""
        said = {**self.words, maker: words or self.words[other]}
        return replace(self, shared={**self.shared, maker: self.shared.get(other, other)}, words=said)

    def repairs(self) -> dict[Hashable, Repair]:
        """The repair of each change. Those that would stand for the same lines, or lines side by side, are one edit,
        of which each change says what it does for it."""
        edits: dict[Hashable, list[Repair]] = {}
        for file in self.regions:
            for region, edit in self._edits(file):
                for maker in region.makers:
                    edits.setdefault(maker, []).append(edit)
        found = {maker: edits.get(self.shared.get(maker, maker), []) for maker in self.words}
        return {maker: _together(self.words[maker], each) for maker, each in found.items() if each}

    def _edits(self, file: str) -> Iterator[tuple[Region, Repair]]:
        ours, now = self.original.readings.get(file), self.head.readings[file]
        if ours is None:
            yield self.regions[file][0], given_back("", file, now.value, now.text)
            return
        before, after_all = lines_of(ours.text), lines_of(now.text)
        regions = self.regions[file]
        sides = [read(Made("", file, alone(each, before, after_all))) for each in regions]
        if not all(each.readable for each in sides):
            regions, sides = (whole(regions),), [now]
        for region, side in zip(regions, sides, strict=True):
            steps, value = narrowest(ours.value, side.value)
            replaced, replacement = ("".join(lines) for lines in _lines(region, before, after_all))
            if replaced != replacement:
                lines = region.before[0] + 1, region.before[1]
                yield region, Repair("", file, pointer(steps), value, *lines, replaced, replacement)


def _together(words: str, edits: list[Repair]) -> Repair:
    """One repair of all edits that a change needs: what gives a file back comes first."""
    first, *others = sorted(edits, key=lambda each: each.start_line > 0)
    return replace(first, words=words, beside=tuple(replace(each, words=BESIDE) for each in others))


def _lines(region: Region, before: list[str], now: list[str]) -> tuple[list[str], list[str]]:
    return before[slice(*region.before)], now[slice(*region.now)]


def read(made: Made) -> Reading:
    """The file with a repair, read as every other."""
    reader = read_yaml if made.file.endswith((".yml", ".yaml")) else read_json
    return reader(made.file, made.text.encode())
