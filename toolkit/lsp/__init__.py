"""Diagnostics while writing, in any editor that speaks the Language Server Protocol."""

from toolkit.lsp.diagnostics import diagnose
from toolkit.lsp.server import make_server

__all__ = ["diagnose", "make_server"]
