"""Serves the repositories below a directory over HTTP on the loopback interface, to be fetched from."""

from __future__ import annotations

import gzip
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self

_SERVICE = "git-upload-pack"
# As GitHub: any commit that is there may be asked for by its name.
_COMMAND = (
    "git",
    "-c",
    "uploadpack.allowAnySHA1InWant=true",
    "-c",
    "safe.directory=*",
    "upload-pack",
    "--stateless-rpc",
)
_ANNOUNCEMENT = f"# service={_SERVICE}\n"


class GitServer:
    """Repositories at `URL/owner/name.git`; what was asked of them is in `asked`."""

    def __init__(self, root: Path) -> None:
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.root, self.asked = root, self._http.asked
        self._thread = Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"


class _Http(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.root = Path()
        self.asked: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Http

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        repository = self._repository(path, "/info/refs")
        if repository is None or query != f"service={_SERVICE}":
            self.send_error(404)
            return
        announced = f"{len(_ANNOUNCEMENT) + 4:04x}{_ANNOUNCEMENT}0000".encode()
        self._send("advertisement", announced + self._upload_pack(b"", "--http-backend-info-refs", repository))

    def do_POST(self) -> None:
        repository = self._repository(self.path, f"/{_SERVICE}")
        if repository is None:
            self.send_error(404)
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        given = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
        self._send("result", self._upload_pack(given, repository))

    def _repository(self, path: str, ending: str) -> str | None:
        self.server.asked.append(path)
        name = path.removesuffix(ending).lstrip("/")
        there = path.endswith(ending) and (self.server.root / name).is_dir()
        return str(self.server.root / name) if there else None

    def _upload_pack(self, given: bytes, *arguments: str) -> bytes:
        return subprocess.run([*_COMMAND, *arguments], input=given, check=False, capture_output=True).stdout

    def _send(self, what: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"application/x-{_SERVICE}-{what}")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """`asked` is the log."""
