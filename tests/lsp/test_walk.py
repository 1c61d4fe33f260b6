"""The language server, spoken to as an editor does."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.editor import Editor, apply, editing, run_apart

SETTINGS = """\
format = 1

[workspace]
id = "rösterei"
timezone = "Europe/Berlin"
languages = ["de"]
interface = "en"
url = "https://nordlicht.example.com"

[people.jule]
name = "Jule Hansen"
roles = ["editor"]

[accounts.bluesky]
network = "bluesky"
[accounts.mastodon]
network = "mastodon"
"""
CAMPAIGN = "---\ntitle: Advent 2026\nstart: 2026-12-01\nend: 2026-12-24\n---\nZwei Wochen #Adventskaffee.\n"
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
author: jule
channels: [mastodon, bluesky]
campain: advent-2026
---
😀 Hinter Tür 1: #ADVENTSKAFFEE
"""


def workspace(root: Path) -> Path:
    """A small workspace and the path of its one post."""
    (root / "content/campaigns").mkdir(parents=True)
    (root / "content/posts").mkdir()
    (root / "guidelines/referenz").mkdir(parents=True)
    (root / "guidelines/referenz/front-matter.md").write_text("# Keys\n", encoding="utf-8")
    (root / "leitstand.toml").write_text(SETTINGS.replace("rösterei", "roesterei"), encoding="utf-8")
    (root / "content/campaigns/advent-2026.md").write_text(CAMPAIGN, encoding="utf-8")
    post = root / "content/posts/tuer-1.md"
    post.write_text(POST, encoding="utf-8")
    return post


def place(text: str, word: str, after: bool = False) -> types.Position:
    """Where `word` begins or ends, in UTF-16."""
    before = text[: text.index(word) + (len(word) if after else 0)]
    line = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


async def labels(editor: Editor, uri: str, position: types.Position) -> list[str]:
    found = await editor.client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(uri), position)
    )
    assert isinstance(found, list)
    return [item.label for item in found]


def test_the_way_of_a_post_through_an_editor(tmp_path: Path) -> None:
    """Open, see, ask, complete, mend: the problem is gone before anything is saved, and the counts stand at the end."""
    post = workspace(tmp_path)

    async def walk() -> None:
        async with editing(tmp_path) as editor:
            uri = editor.open(post)
            document = types.TextDocumentIdentifier(uri)
            found = await editor.problems(uri)
            print("open:", *(f"{one.range.start.line + 1}: {one.message} ({one.code})" for one in found), sep="\n  ")
            assert [one.code for one in found if "campain" in one.message] == ["front-matter"]

            told = await editor.client.text_document_hover_async(types.HoverParams(document, place(POST, "author")))
            assert told is not None
            assert isinstance(told.contents, types.MarkupContent)
            print("hover author:", told.contents.value, sep="\n  ")
            assert "a person from leitstand.toml" in told.contents.value
            assert "https://nordlicht.example.com/handbook/referenz/front-matter/" in told.contents.value

            text = POST.replace("campain: advent-2026", "campaign: ")
            editor.type(uri, text)
            await editor.problems(uri)
            offered = await labels(editor, uri, place(text, "campaign: ", after=True))
            print("completion of campaign:", *offered, sep="\n  ")
            assert offered == ["advent-2026"]
            text = text.replace("campaign: ", "campaign: advent-2026")
            editor.type(uri, text)

            tag = place(text, "#ADVENTSKAFFEE")
            found = await editor.problems(uri)
            assert [(one.code, one.range.start) for one in found if one.code == "hashtag-case"] == [
                ("hashtag-case", tag)
            ]
            actions = await editor.client.text_document_code_action_async(
                types.CodeActionParams(document, types.Range(tag, tag), types.CodeActionContext([]))
            )
            offers = [one for one in actions or [] if isinstance(one, types.CodeAction)]
            print("actions:", *(f"{one.title} [{one.kind}]" for one in offers), sep="\n  ")
            chosen = next(one for one in offers if one.title.startswith("Write #Adventskaffee"))
            assert chosen.edit is not None
            assert chosen.edit.changes is not None
            text = apply(text, list(chosen.edit.changes[uri]))
            assert text.endswith("😀 Hinter Tür 1: #Adventskaffee\n")
            editor.type(uri, text)
            assert "hashtag-case" not in [one.code for one in await editor.problems(uri)]

            whole = types.Range(types.Position(0, 0), types.Position(99, 0))
            hints = await editor.client.text_document_inlay_hint_async(types.InlayHintParams(document, whole))
            print("hints:", *(f"{one.position.line + 1}: {one.label}" for one in hints or []), sep="\n  ")
            assert [one.label for one in hints or []] == ["mastodon 30/500 · bluesky 30/300"]
            assert post.read_text(encoding="utf-8") == POST

    run_apart(walk())


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 20), ("utf-16", 17), ("utf-32", 16)])
def test_both_sides_count_alike(tmp_path: Path, encoding: str, column: int) -> None:
    """The server counts columns as the editor asks it to: bytes, UTF-16 units or characters."""
    post = workspace(tmp_path)

    async def walk() -> None:
        async with editing(tmp_path, encoding) as editor:
            uri = editor.open(post)
            found = [one for one in await editor.problems(uri) if one.code == "hashtag-case"]
            assert [one.range.start for one in found] == [types.Position(7, column)]

    run_apart(walk())


def test_fast_fingers_get_the_last_answer(tmp_path: Path) -> None:
    """A hundred changes in a row are not checked a hundred times; the last one's problems are shown, and answers hold."""
    post = workspace(tmp_path)

    async def walk() -> None:
        async with editing(tmp_path) as editor:
            uri = editor.open(post)
            await editor.problems(uri)
            before = editor.received
            for number in range(100):
                editor.type(uri, POST + "x" * number)
            editor.type(uri, POST.replace("campain: advent-2026\n", ""))
            assert "front-matter" not in [one.code for one in await editor.problems(uri)]
            print(f"101 changes, {editor.received - before} checks")
            assert editor.received - before < 100

    run_apart(walk())


def test_other_files_are_followed(tmp_path: Path) -> None:
    """A campaign that somebody adds on disk is known after the next save; a closed file's problems are gone."""
    post = workspace(tmp_path)

    async def walk() -> None:
        async with editing(tmp_path) as editor:
            text = POST.replace("campain: advent-2026", "campaign: winter")
            uri = editor.open(post, text)
            assert "names" in [one.code for one in await editor.problems(uri)]
            (tmp_path / "content/campaigns/winter.md").write_text("---\ntitle: Winter\n---\n", encoding="utf-8")
            document = types.TextDocumentIdentifier(uri)
            editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document))
            assert "names" not in [one.code for one in await editor.problems(uri)]
            editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document))
            assert await editor.problems(uri) == []

    run_apart(walk())


def test_a_folder_without_a_workspace(tmp_path: Path) -> None:
    """Outside of a workspace the server says so once, answers nothing and lives on."""
    file = tmp_path / "notes.md"
    file.write_text("# Notes\n", encoding="utf-8")

    async def walk() -> None:
        async with editing(tmp_path) as editor:
            uri = editor.open(file)
            assert await editor.problems(uri) == []
            for text in ("# Notes!\n", "# Notes!!\n"):
                editor.type(uri, text)
                assert await editor.problems(uri) == []
            asked = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
            assert await editor.client.text_document_hover_async(asked) is None
            assert [said for said in editor.said if "leitstand init" in said] == editor.said
            assert len(editor.said) == 1

    run_apart(walk())
