"""The language server: hands each message of the editor to a pure function, in one thread beside the conversation.

Changes that arrive while a check is running are checked together, once, with the latest text: whoever types waits for
nothing, and no timer has to be guessed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from toolkit import __version__
from toolkit.errors import LeitstandError
from toolkit.lsp.actions import FIX_ALL, code_actions
from toolkit.lsp.checking import Checked, check
from toolkit.lsp.completion import complete
from toolkit.lsp.definition import definition
from toolkit.lsp.hints import inlay_hints
from toolkit.lsp.hover import hover
from toolkit.lsp.scene import Scene
from toolkit.lsp.session import Open, Session
from toolkit.lsp.symbols import symbols
from toolkit.model import Clock

T = TypeVar("T")

_TRIGGERS: Final = ["#", "@", ":", " ", "[", ",", "/"]
_WATCHED: Final = ("**/leitstand.toml", "**/content/**", "**/guidelines/**")


class Conversation:
    """What one editor has open, and the one thread that works for it."""

    def __init__(self, server: LanguageServer, session: Session) -> None:
        self.server = server
        self.session = session
        self.open: dict[str, Open] = {}
        self._thread = ThreadPoolExecutor(1, "leitstand")
        self._waiting: set[str] = set()
        self._said: set[str] = set()
        self._shown: set[str] = set()  # the files that have problems in the editor

    def take(self, uri: str) -> None:
        """Remember the text that the editor shows now."""
        document = self.server.workspace.get_text_document(uri)
        self.open[uri] = Open(uri, document.source, document.version)

    def drop(self, uri: str) -> None:
        """The editor has closed the file: what it shows is the disk's again, and so are its problems."""
        self.open.pop(uri, None)
        self._publish(uri, [])

    async def ask(self, uri: str, answer: Callable[[Scene], T]) -> T | None:
        """What `answer` says of the file; None where there is no workspace to ask, which `check` has said."""

        def work() -> T | None:
            asked = self.open.get(uri)
            try:
                scene = self.session.scene(asked, self._texts()) if asked is not None else None
            except LeitstandError:
                return None
            return answer(scene) if scene is not None else None

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def check(self, uri: str) -> None:
        """Show the file's problems, soon; a check that waits already will see the latest text."""
        if uri in self._waiting:
            return
        self._waiting.add(uri)

        def work() -> tuple[Open | None, Checked]:
            self._waiting.discard(uri)
            asked = self.open.get(uri)
            return asked, check(self.session, asked, self._texts()) if asked is not None else Checked({})

        asked, found = await asyncio.get_running_loop().run_in_executor(self._thread, work)
        for place, shown in found.shown.items():
            self._publish(place, shown, asked.version if asked is not None and place == uri else None)
        self._say(found)

    async def check_all(self) -> None:
        """Check every open file, after a look at the disk."""
        self.session.forget()
        for uri in list(self.open):
            await self.check(uri)

    def _texts(self) -> Mapping[str, str]:
        return {uri: one.text for uri, one in list(self.open.items())}

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None = None) -> None:
        if not found and uri not in self.open and uri not in self._shown:
            return
        self._shown.add(uri)
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _say(self, found: Checked) -> None:
        """Say a sentence, but each only once: nobody reads what comes with every key."""
        if not found.said or found.said in self._said:
            return
        self._said.add(found.said)
        if found.loud:
            self.server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, found.said))
        else:
            self.server.window_log_message(types.LogMessageParams(types.MessageType.Info, found.said))


def make_server(clock: Clock, environ: Mapping[str, str]) -> LanguageServer:
    """A server for one editor, on whatever channel it is started."""
    server = LanguageServer("leitstand", __version__, types.TextDocumentSyncKind.Full)
    conversation = Conversation(server, Session(clock, environ))
    _follow(server, conversation)
    _answer(server, conversation)
    return server


def _follow(server: LanguageServer, conversation: Conversation) -> None:
    """What the editor tells us."""

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        conversation.session.encoding = types.PositionEncodingKind(server.workspace.position_encoding).value
        await _watch(server)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        conversation.take(params.text_document.uri)
        await conversation.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        conversation.take(params.text_document.uri)
        await conversation.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        conversation.drop(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(_params: types.DidSaveTextDocumentParams) -> None:
        await conversation.check_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def moved(_params: types.DidChangeWatchedFilesParams) -> None:
        await conversation.check_all()


def _answer(server: LanguageServer, conversation: Conversation) -> None:
    """What the editor asks us."""
    kinds: list[types.CodeActionKind | str] = [types.CodeActionKind.QuickFix, FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        return await conversation.ask(params.text_document.uri, lambda scene: hover(scene, params.position))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS))
    async def completed(params: types.CompletionParams) -> list[types.CompletionItem] | None:
        return await conversation.ask(params.text_document.uri, lambda scene: complete(scene, params.position))

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def acted(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        uri, only = params.text_document.uri, params.context.only
        wanted = None if only is None else [str(getattr(kind, "value", kind)) for kind in only]
        return await conversation.ask(uri, lambda scene: code_actions(scene, uri, params.range, wanted))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hinted(params: types.InlayHintParams) -> list[types.InlayHint] | None:
        return await conversation.ask(params.text_document.uri, lambda scene: inlay_hints(scene, params.range))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outlined(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        return await conversation.ask(params.text_document.uri, symbols)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def defined(params: types.DefinitionParams) -> types.Location | None:
        return await conversation.ask(params.text_document.uri, lambda scene: definition(scene, params.position))


async def _watch(server: LanguageServer) -> None:
    """Ask the editor to tell when files change on disk, where it can; others are looked at when somebody types."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace is not None else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    await server.client_register_capability_async(
        types.RegistrationParams([types.Registration("leitstand-files", method, options)])
    )
