"""The language server: a composition root that hands each change of a file to `diagnose`."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from toolkit import __version__
from toolkit.errors import LeitstandError
from toolkit.lsp.diagnostics import diagnose, diagnostic
from toolkit.model import Clock
from toolkit.workspace import find_root


def make_server(clock: Clock) -> LanguageServer:
    """A server that publishes diagnostics when a file is opened, changed or saved."""
    server = LanguageServer("leitstand", __version__)

    def publish(uri: str) -> None:
        document = server.workspace.get_text_document(uri)
        path = to_fs_path(uri)
        if path is None or not path.endswith(".md"):
            return
        try:
            root = find_root(Path(path).parent)
            problems = diagnose(root, Path(path), document.source, clock.now())
        except (LeitstandError, ValueError) as error:
            server.window_log_message(types.LogMessageParams(types.MessageType.Warning, str(error)))
            return
        codec = server.workspace.position_codec
        found = [diagnostic(problem, document.lines, codec) for problem in problems]
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, document.version))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        publish(params.text_document.uri)

    return server
