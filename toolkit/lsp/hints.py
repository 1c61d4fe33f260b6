"""Live counts at the end of each part: how much of each network's room the text takes, counted as the network counts."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from toolkit.lsp.scene import Scene
from toolkit.messages import _
from toolkit.model import Count
from toolkit.networks.units import unit_word
from toolkit.workspace import Draft

# Seen from the corner of an eye; the number beside it says the same.
OVER = "\N{LARGE RED CIRCLE}"


def inlay_hints(scene: Scene, asked: types.Range) -> list[types.InlayHint]:
    """One hint at the end of each part within the lines of `asked`: ``bluesky 212/300 · x 180/280``."""
    first, last = asked.start.line, asked.end.line
    hints = []
    for at, counts in sorted(_counts(scene).items()):
        position = scene.page.position(at)
        if first <= position.line <= last:
            hints.append(_hint(position, counts))
    return hints


def _counts(scene: Scene) -> dict[int, dict[str, Count]]:
    """Offset of a part's end → account → count."""
    found: dict[int, dict[str, Count]] = {}
    post = scene.post
    for draft in scene.view.drafts(post) if post is not None else ():
        for at, count in _draft_counts(draft, scene):
            found.setdefault(scene.front.body_start + at, {}).setdefault(draft.account.name, count)
    return found


def _draft_counts(draft: Draft, scene: Scene) -> Iterator[tuple[int, Count]]:
    network = scene.view.network(draft.account.network)
    chunks = draft.variant.parts
    if network is None or not any(chunk.text for chunk in chunks):
        return
    parts = network.render(draft).parts
    # A network without threads has one part for all of them; its count stands at the end of the last.
    places = chunks if len(parts) == len(chunks) else chunks[-1:] * len(parts)
    for part, chunk in zip(parts, places, strict=True):
        yield chunk.start + len(chunk.text), part.count


def _hint(position: types.Position, counts: dict[str, Count]) -> types.InlayHint:
    label = " · ".join(f"{'' if count.valid else f'{OVER} '}{name} {_room(count)}" for name, count in counts.items())
    lines = [_line(name, count) for name, count in counts.items()]
    return types.InlayHint(position, label, tooltip="\n".join(lines), padding_left=True)


def _room(count: Count) -> str:
    excess = "" if count.valid else f" (+{count.length - count.limit})"
    return f"{count.length}/{count.limit}{excess}"


def _line(name: str, count: Count) -> str:
    said = _("{name}: {length} of {limit} {unit}")
    return said.format(name=name, length=count.length, limit=count.limit, unit=unit_word(count.unit))
