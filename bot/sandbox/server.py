"""Serves a service over HTTP on the loopback interface; the only part of the sandbox that knows sockets."""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from bot.sandbox.exchange import Request, Response
from bot.sandbox.front import Ending

Take = Callable[[Request], tuple[Ending, Response | None]]

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_POLL = 0.02


class Server:
    """One service at one port. A hung request is left without an answer until its client gives up, at most
    `hang_seconds`."""

    def __init__(self, take: Take, port: int, hang_seconds: float) -> None:
        """`port`: 0 takes a free one."""
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.take = take
        self._http.hang_seconds = hang_seconds
        self._thread = Thread(target=self._http.serve_forever, args=(_POLL,), daemon=True)

    @property
    def port(self) -> int:
        """Where it is."""
        return self._http.server_address[1]

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering; hung clients are let go."""
        self._http.stopping.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.take: Take
        self.hang_seconds = 0.0
        self.stopping = Event()

    def shutdown_request(self, request: Any) -> None:
        """Close; a connection that is to be reset must not say goodbye before."""
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_RESET_ON_CLOSE)) == _RESET_ON_CLOSE:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error of ours; everything else is shown."""
        import sys

        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def _answer(self) -> None:
        # One request a connection: what a client sees then hangs on no connection that was left open before.
        self.close_connection = True
        ending, response = self.server.take(self._request())
        match ending:
            case Ending.RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            case Ending.HUNG:
                self._hang()
            case Ending.ANSWERED if response is not None:
                self._send(response)

    def _request(self) -> Request:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        base = f"http://{headers.get('host') or 'localhost'}"
        return Request(self.command, path, query, headers, body, base, self.client_address[0])

    def _send(self, response: Response) -> None:
        # Without the date of this machine: the services have a clock of their own.
        self.send_response_only(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(response.body)

    def _hang(self) -> None:
        until = time.monotonic() + self.server.hang_seconds
        while time.monotonic() < until and not self.server.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], _POLL)
            if readable:  # nothing more was to come: the client closed
                return

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815 - names that http.server asks for

    def log_message(self, *_: Any) -> None:
        """The world keeps its own log."""
