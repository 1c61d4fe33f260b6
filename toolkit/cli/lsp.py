"""`leitstand lsp`: the language server on standard input and output."""

from __future__ import annotations

from toolkit.errors import EXIT_CLEAN
from toolkit.model import SystemClock


def run() -> int:
    """Serve diagnostics to an editor over standard input and output."""
    from toolkit.lsp import make_server

    make_server(SystemClock()).start_io()
    return EXIT_CLEAN
