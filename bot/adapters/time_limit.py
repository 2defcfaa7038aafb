"""Ends connections when their time is up, whatever they are waiting for: a name, a handshake, headers or a body."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer


class TimeLimit:
    """The time for all connections that are made within a block."""

    def __init__(self) -> None:
        """Nothing is limited yet."""
        self.is_over = False
        self._lock = Lock()
        self._watched: list[socket.socket] = []

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        """End what is connected within the block after so many seconds."""
        self.is_over = False
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
