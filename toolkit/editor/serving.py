"""Showing the page on one's own machine, for people who have the folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

LOOPBACK: Final = "127.0.0.1"


class QuietPages(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing."""


@contextmanager
def serve_folder(folder: Path, port: int = 0) -> Iterator[ThreadingHTTPServer]:
    """A server of `folder` for this machine alone; port 0 takes a free one. Raises OSError when it is taken."""
    with ThreadingHTTPServer((LOOPBACK, port), partial(QuietPages, directory=str(folder))) as server:
        yield server
