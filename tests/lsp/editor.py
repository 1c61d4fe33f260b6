"""An editor for tests: pygls' client, a server in a process of its own, standard input and output between them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 60  # seconds; a busy machine starts Python slowly


def run_apart(walk: Coroutine[None, None, None]) -> None:
    """Run a walk in a thread of its own: a browser's test before it may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, walk).result()


class Editor:
    """What an editor does, one method each; `said` is what the server told the person."""

    def __init__(self, client: LanguageClient, encoding: str) -> None:
        self.client = client
        self.encoding = encoding
        self.said: list[str] = []
        self.versions: dict[str, int] = {}
        self.received = 0  # how often problems came
        self.shown: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._receive(params))  # noqa: PLW0108  # pygls writes attributes on what it is given
        for method in (types.WINDOW_SHOW_MESSAGE, types.WINDOW_LOG_MESSAGE):
            client.feature(method)(lambda params: self.said.append(params.message))

    def _receive(self, params: types.PublishDiagnosticsParams) -> None:
        self.received += 1
        self.shown.put_nowait(params)

    async def start(self, root: Path) -> types.InitializeResult:
        """Start the server in `root` and agree with it."""
        await self.client.start_io(sys.executable, "-m", "toolkit", "lsp")
        general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(self.encoding)])
        asked = types.InitializeParams(types.ClientCapabilities(general=general), root_uri=root.as_uri())
        agreed = await asyncio.wait_for(self.client.initialize_async(asked), PATIENCE)
        self.client.initialized(types.InitializedParams())
        return agreed

    def open(self, file: Path, text: str | None = None) -> str:
        """Open a file, with a text of its own when it was never saved; its address."""
        uri = file.as_uri()
        shown = file.read_text(encoding="utf-8") if text is None else text
        self.versions[uri] = 1
        document = types.TextDocumentItem(uri, "markdown", 1, shown)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def type(self, uri: str, text: str) -> None:
        """Let the whole text be `text`."""
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def problems(self, uri: str) -> list[types.Diagnostic]:
        """What the server shows of the latest text of a file, as soon as it does."""
        while True:
            shown = await asyncio.wait_for(self.shown.get(), PATIENCE)
            if shown.uri == uri and shown.version in {None, self.versions.get(uri)}:
                return list(shown.diagnostics)


@asynccontextmanager
async def editing(root: Path, encoding: str = "utf-16") -> AsyncIterator[Editor]:
    """An editor with a server, both gone afterwards."""
    editor = Editor(LanguageClient("test-editor", "1"), encoding)
    await editor.start(root)
    try:
        yield editor
    finally:
        await asyncio.wait_for(editor.client.shutdown_async(None), PATIENCE)
        editor.client.exit(None)
        await asyncio.wait_for(editor.client.stop(), PATIENCE)  # type: ignore[no-untyped-call]  # pygls has no types there


def apply(text: str, edits: list[types.TextEdit]) -> str:
    """`text` as an editor that counts in UTF-16 changes it."""
    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        start, end = _offset(text, edit.range.start), _offset(text, edit.range.end)
        data = text.encode("utf-16-le")
        text = (data[:start] + edit.new_text.encode("utf-16-le") + data[end:]).decode("utf-16-le")
    return text


def _offset(text: str, place: types.Position) -> int:
    """Bytes in UTF-16 before a position: counted here anew, so that the server's way of counting is tested by another."""
    lines = text.encode("utf-16-le").split("\n".encode("utf-16-le"))
    before = sum(len(line) + 2 for line in lines[: place.line])
    return before + 2 * place.character
