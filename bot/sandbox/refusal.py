"""Connections refused for real, where client and sandbox share a process.

A server cannot refuse a connection that it has seen: without this, a refused connection looks like one that was reset.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.sandbox.world import World


@contextmanager
def refusing(world: World) -> Iterator[None]:
    """Within it, the faults that refuse a connection do so before it is made."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        service = world.at_port(address[1]) if isinstance(address, tuple) else None
        if service and world.front.refuses(service):
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
