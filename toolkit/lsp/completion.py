"""What may be written here: keys, names, times, hashtags, variants, each with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from lsprotocol import types

from toolkit.lsp.caret import Caret, find_caret, head_bounds
from toolkit.lsp.known import key_at, keys_in
from toolkit.lsp.moments import free_moments
from toolkit.lsp.scene import Kind, Scene
from toolkit.lsp.vocabulary import Name, hashtags, names
from toolkit.messages import _
from toolkit.model import zone
from toolkit.source import read_body
from toolkit.source.entries import scalar
from toolkit.source.nodes import Scalar, Sequence
from toolkit.workspace.keys import Form, Key, Naming

_VARIANT: Final = re.compile(r"##?[ \t]*@?[\w-]*")
_HASHTAG: Final = re.compile(r"(?<![\w/&#?=.-])#\w*\Z")
_REST: Final = re.compile(r"[\w-]*")
_LISTS: Final = (Form.WORDS, Form.DAYS, Form.NUMBERS)
# How a key goes on behind its colon, in block style.
_BEHIND: Final = {Form.LIST: "\n  - ", Form.TABLE: "\n  ", Form.NAMED: "\n  "}
_DAYS_OFFERED: Final = 14


def complete(scene: Scene, position: types.Position) -> list[types.CompletionItem]:
    """The proposals at a position, the likeliest first."""
    at = scene.page.offset(position)
    caret = find_caret(scene.page.text, at)
    if caret is not None:
        found = _in_head(scene, caret)
    elif head_bounds(scene.page.text) is None or scene.kind not in {Kind.POST, Kind.CAMPAIGN, Kind.IDEA}:
        found = iter(())
    else:
        found = _in_body(scene, at)
    items = list(found)
    for index, item in enumerate(items):
        item.sort_text = f"{index:04}"
    return items


def _in_head(scene: Scene, caret: Caret) -> Iterator[types.CompletionItem]:
    edit = scene.page.range(caret.start, caret.end)
    key = key_at(scene, caret.path)
    if caret.bare and (key is None or key.form not in _LISTS):
        for name, inner in keys_in(scene, caret.path).items():
            if not _stands_there(scene, caret, name):
                yield _key_item(name, inner, edit, flow=caret.flow)
    elif key is not None:
        taken = _listed(scene, caret)
        word = scene.page.text[caret.start : caret.end]
        offered = (name for name in _values(scene, caret, key) if name.name == word or name.name not in taken)
        yield from (_value_item(name, key, edit, flow=caret.flow) for name in offered)


def _key_item(name: str, key: Key, edit: types.Range, *, flow: bool) -> types.CompletionItem:
    behind = " " if flow else _BEHIND.get(key.form, " ")
    return types.CompletionItem(
        label=name,
        kind=types.CompletionItemKind.Property,
        detail=", ".join(key.choices) or None,
        documentation=_markdown(key.meaning),
        insert_text_mode=types.InsertTextMode.AdjustIndentation,
        text_edit=types.TextEdit(edit, f"{name}:{behind}"),
    )


def _value_item(name: Name, key: Key, edit: types.Range, *, flow: bool) -> types.CompletionItem:
    written = name.name if key.form is Form.WALL else scalar(name.name, flow=flow)
    return types.CompletionItem(
        label=name.name,
        kind=types.CompletionItemKind.EnumMember if key.choices else types.CompletionItemKind.Reference,
        detail=name.short or None,
        documentation=_markdown(name.text),
        filter_text=written,
        text_edit=types.TextEdit(edit, written),
    )


def _values(scene: Scene, caret: Caret, key: Key) -> Iterator[Name]:
    yield from map(Name, key.choices)
    if key.names is not None and key.form not in {Form.NAMED, Form.WALLS}:
        yield from names(scene, key.names)
    if key.form is Form.WALL:
        channel = caret.path[1] if caret.path[0] == "options" and len(caret.path) > 1 else ""
        for wall in free_moments(scene, channel):
            yield Name(
                f"{wall.wall:%Y-%m-%d %H:%M}",
                _("free"),
                _("{moment}: nothing else on these channels.").format(moment=wall),
            )
    if key.form in {Form.DAY, Form.DAYS}:
        today = scene.now.astimezone(zone(scene.workspace.settings.timezone)).date()
        yield from (Name((today + timedelta(days=number)).isoformat()) for number in range(_DAYS_OFFERED))


def _stands_there(scene: Scene, caret: Caret, name: str) -> bool:
    """Whether the key is already written: at the top, where lines tell; further in every key is offered."""
    bounds = head_bounds(scene.page.text)
    if caret.path or bounds is None or scene.page.text[caret.start : caret.end].rstrip(":") == name:
        return False
    head = scene.page.text[bounds[0] : bounds[1]]
    return re.search(rf"(?m)^{re.escape(name)}[ \t]*:", head) is not None


def _listed(scene: Scene, caret: Caret) -> set[str]:
    """What already stands in the list."""
    node = scene.front.node(".".join(caret.path))
    items = node.items if isinstance(node, Sequence) else []
    return {item.text for item in items if isinstance(item, Scalar)}


def _in_body(scene: Scene, at: int) -> Iterator[types.CompletionItem]:
    start, _end = scene.page.line_bounds(at)
    before = scene.page.text[start:at]
    rest = _REST.match(scene.page.text, at)
    end = rest.end() if rest else at
    if scene.kind is Kind.POST and _VARIANT.fullmatch(before):
        yield from _variant_items(scene, start, end)
    if tag := _HASHTAG.search(before):
        edit = scene.page.range(start + tag.start(), end)
        yield from (_body_item(f"#{name.name}", name, edit) for name in hashtags(scene))


def _variant_items(scene: Scene, start: int, end: int) -> Iterator[types.CompletionItem]:
    """Headings for channels that have no text of their own yet, the post's own channels first."""
    post = scene.post
    there = read_body(post.body).by_channel if post is not None else {}
    offered: Iterable[Name] = [*names(scene, Naming.CHANNEL), *names(scene, Naming.DAY)]
    own = post.channels if post is not None else ()
    for name in sorted(offered, key=lambda name: name.name not in own):
        if name.name not in there:
            yield _body_item(f"## @{name.name}", name, scene.page.range(start, end))


def _body_item(text: str, name: Name, edit: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=text,
        kind=types.CompletionItemKind.Text,
        detail=name.short or None,
        documentation=_markdown(name.text),
        filter_text=text,
        text_edit=types.TextEdit(edit, text),
    )


def _markdown(text: str) -> types.MarkupContent | None:
    return types.MarkupContent(types.MarkupKind.Markdown, text) if text else None
