"""Where in the repository of a pull request something is."""

from __future__ import annotations

import re

from bot.report.model import Report
from bot.standard.snapshot import belongs

_ELSEWHERE = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+@[^/]")
"""Begins the name of a file of another repository: `owner/name@ref:path`."""


def repository_path(report: Report, file: str) -> str:
    """A file of head as its repository calls it, from its top; "" for one that is not in it.

    The standard's own files are called from the directory it lies in, those of patches as they were named.
    """
    path = f"{report.head.directory}{file}" if belongs(file) else file
    outside = path.startswith("/") or ".." in path.split("/") or "\\" in path or _ELSEWHERE.match(path)
    return "" if outside else path
