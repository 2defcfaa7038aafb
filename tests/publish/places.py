"""A place in memory, for what a place does is in the adapters and the sandbox: here it can fail as told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.publish.places import Draft, Posted


@dataclass
class MemoryPlace:
    """Messages in a list. `troubles` are raised one a request: before anything happens, or after it has where
    they are wrapped in `After`. `lag` reads do not show the newest message yet, nor as many as `hidden` says the
    message of an id."""

    standing: list[Posted[str]] = field(default_factory=list)
    troubles: list[Exception | None] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    lag: int = 0
    hidden: dict[str, int] = field(default_factory=dict)
    meanwhile: Callable[[], None] = lambda: None
    _count: int = 0

    def find(self, key: str) -> Sequence[Posted[str]]:
        late = self._begin("find")
        found = [each for each in self.standing if each.mark.key == key]
        if self.lag and found:
            self.lag -= 1
            found = found[:-1]
        found = [each for each in found if not self.hidden.get(each.id)]
        self.hidden = {id_: reads - 1 for id_, reads in self.hidden.items() if reads > 1}
        self._end(late)
        return found

    def create(self, draft: Draft[str]) -> str:
        late = self._begin("create")
        self._count += 1
        self.standing.append(Posted(f"m{self._count}", draft.mark, draft.content))
        self._end(late)
        return f"m{self._count}"

    def update(self, posted: Posted[str], draft: Draft[str]) -> None:
        late = self._begin("update")
        self.standing = [
            Posted(each.id, draft.mark, draft.content) if each.id == posted.id else each for each in self.standing
        ]
        self._end(late)

    def remove(self, posted: Posted[str]) -> None:
        late = self._begin("remove")
        self.standing = [each for each in self.standing if each.id != posted.id]
        self._end(late)

    def _begin(self, what: str) -> Exception | None:
        self.requests.append(what)
        self.meanwhile()
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, After):
            return trouble.error
        if trouble is not None:
            raise trouble
        return None

    def _end(self, late: Exception | None) -> None:
        if late is not None:
            raise late


class After(Exception):
    """A trouble that comes after the request has been applied."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


@dataclass
class StoppedClock:
    """Time passes when somebody waits."""

    time: float = 1_000_000.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds
