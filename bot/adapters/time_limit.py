"""Ends connections when their time is up, whatever they are waiting for: a name, a handshake, headers or a body."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Lock, Thread, Timer
from typing import TypeVar

T = TypeVar("T")


LONGEST = 60.0
"""Seconds that no look-up takes."""


class TimeLimit:
    """The time for all connections that are made within a block."""

    def __init__(self) -> None:
        """Nothing is limited yet."""
        self.is_over = False
        self._until = float("inf")
        self._lock = Lock()
        self._watched: list[socket.socket] = []

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        """End what is connected within the block after so many seconds."""
        self.is_over = False
        self._until = time.monotonic() + seconds
        timer = Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            for each in self._watched:
                each.close()
            self._watched.clear()

    def answer(self, question: Callable[[], T]) -> T:
        """The answer to a question that nobody can break off, as the look-up of a name is; raises TimeoutError where
        none came in time. Its thread is left to itself then."""
        future: Future[T] = Future()
        Thread(target=_answered, args=(question, future), daemon=True).start()
        try:
            return future.result(min(max(self._until - time.monotonic(), 0.0), LONGEST))
        except TimeoutError:
            self.is_over = True
            raise

    def watch(self, connected: socket.socket) -> None:
        """See to a connection. It is ended by a second handle on it: the first is wrapped for https."""
        with self._lock:
            self._watched.append(connected.dup())
            if self.is_over:
                self._shut()

    def _end(self) -> None:
        with self._lock:
            self.is_over = True
            self._shut()

    def _shut(self) -> None:
        for each in self._watched:
            with suppress(OSError):  # it ended by itself
                each.shutdown(socket.SHUT_RDWR)


def _answered(question: Callable[[], T], future: Future[T]) -> None:
    try:
        future.set_result(question())
    except (OSError, ValueError) as problem:
        future.set_exception(problem)
