"""One session of an editor with the real language server, printed so that people can read it.

The server runs as a process of its own, as editors start it, in this repository's own workspace; the post is new and
never saved.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from lsprotocol import types

from tests.lsp.editor import Editor, editing

ROOT: Final = Path(__file__).parents[1]
POST: Final = """\
---
title: Neu im Laden
author: jule
status: draft
campain: advent-2026
channels: [mastodon, bluesky]
---
😀 Nordlichtkaffee ist da, endlich! #ADVENTSKAFFEE
"""
MENDED: Final = POST.replace("campain: advent-2026", "campaign: ")
WHOLE: Final = types.Range(types.Position(0, 0), types.Position(99, 0))
_WIDEST: Final = 110
T = TypeVar("T")


async def read_session(root: Path = ROOT) -> list[str]:
    """The lines of the transcript: what was asked, after how many milliseconds, and what the server said."""
    lines: list[str] = []
    async with editing(root) as editor:
        uri = editor.open(root / "content/posts/transcript.md", POST)
        document = types.TextDocumentIdentifier(uri)
        found, waited = await _timed(editor.problems(uri))
        lines += _step("didOpen → publishDiagnostics", waited, map(_problem, found))
        at = place(POST, "Nordlichtkaffee")
        lines += await _hover(editor, document, at, "hover on Nordlichtkaffee")
        lines += await _hover(editor, document, place(POST, "status"), "hover on status")
        lines += await _actions(editor, document, at)
        editor.type(uri, MENDED)
        found, waited = await _timed(editor.problems(uri))
        lines += _step("didChange (campaign: ) → publishDiagnostics", waited, map(_problem, found))
        lines += await _completion(editor, document, place(MENDED, "campaign: ", after=True))
        hints, waited = await _timed(
            editor.client.text_document_inlay_hint_async(types.InlayHintParams(document, WHOLE))
        )
        lines += _step("inlayHint", waited, (f"{one.position.line + 1}: {one.label}" for one in hints or []))
    return lines


async def _hover(editor: Editor, document: types.TextDocumentIdentifier, at: types.Position, title: str) -> list[str]:
    told, waited = await _timed(editor.client.text_document_hover_async(types.HoverParams(document, at)))
    contents = told.contents if told is not None else None
    said = contents.value if isinstance(contents, types.MarkupContent) else ""
    return _step(title, waited, filter(None, said.splitlines()))


async def _actions(editor: Editor, document: types.TextDocumentIdentifier, at: types.Position) -> list[str]:
    asked = types.CodeActionParams(document, types.Range(at, at), types.CodeActionContext([]))
    found, waited = await _timed(editor.client.text_document_code_action_async(asked))
    offers = (one for one in found or [] if isinstance(one, types.CodeAction))
    return _step("codeAction on Nordlichtkaffee", waited, (f"{one.title} [{one.kind}]" for one in offers))


async def _completion(editor: Editor, document: types.TextDocumentIdentifier, at: types.Position) -> list[str]:
    asked = types.CompletionParams(document, at)
    found, waited = await _timed(editor.client.text_document_completion_async(asked))
    items = found.items if isinstance(found, types.CompletionList) else found or []
    return _step("completion after campaign:", waited, (f"{one.label}  {one.detail or ''}".rstrip() for one in items))


async def _timed(answer: Awaitable[T]) -> tuple[T, float]:
    """The answer, and the milliseconds until it came."""
    begin = time.perf_counter()
    return await answer, 1000 * (time.perf_counter() - begin)


def _step(title: str, waited: float, said: Iterable[str]) -> list[str]:
    return [f"{title}  ({waited:.0f} ms)", *_told(said), ""]


def _told(said: Iterable[str]) -> Iterator[str]:
    for line in said:
        yield "    " + (line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…")


def _problem(found: types.Diagnostic) -> str:
    start, severity = found.range.start, found.severity.name.lower() if found.severity else ""
    return f"{start.line + 1}:{start.character + 1} {severity}: {found.message} ({found.code})"


def place(text: str, word: str, *, after: bool = False) -> types.Position:
    """Where `word` begins or ends, in UTF-16 units as editors count."""
    before = text[: text.index(word) + (len(word) if after else 0)]
    line = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def transcript() -> str:
    """The whole session as text."""
    return "\n".join(asyncio.run(read_session()))
