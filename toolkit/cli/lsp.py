"""`leitstand lsp`: the language server on standard input and output."""

from __future__ import annotations

import os

from toolkit.errors import EXIT_CLEAN
from toolkit.model import SystemClock


def run() -> int:
    """Serve an editor over standard input and output: problems, explanations, proposals, counts."""
    from toolkit.lsp import make_server

    make_server(SystemClock(), os.environ).start_io()
    return EXIT_CLEAN
