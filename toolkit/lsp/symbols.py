"""The outline of a post: its front matter, the texts for all and for single channels, their parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lsprotocol import types

from toolkit.lsp.scene import Scene
from toolkit.messages import _
from toolkit.source import Variant, read_body

_LONGEST: Final = 48  # characters of a part's beginning


def symbols(scene: Scene) -> list[types.DocumentSymbol]:
    """Front matter, variants and parts, in the file's order; nothing in a file that is no post."""
    post, page = scene.post, scene.page
    if post is None:
        return []
    found = []
    if post.body_start:
        name = post.title or _("(no title)")
        found.append(_symbol(scene, name, types.SymbolKind.File, (0, post.body_start), ()))
    body = read_body(post.body)
    variants = [variant for variant in (body.default, *body.variants) if variant.channel or variant.parts[0].text]
    ends = [*(post.body_start + variant.start for variant in variants[1:]), len(page.text)]
    for variant, end in zip(variants, ends, strict=False):  # a post without a text has no variant, and still an end
        bounds = post.body_start + (variant.start if variant.channel else variant.parts[0].start), end
        name = f"@{variant.channel}" if variant.channel else _("Text for all channels")
        found.append(_symbol(scene, name, types.SymbolKind.Namespace, bounds, _parts(scene, variant)))
    return found


def _parts(scene: Scene, variant: Variant) -> list[types.DocumentSymbol]:
    """The parts of a thread; a text in one part needs no entry for it."""
    if len(variant.parts) < 2:
        return []
    found = []
    for number, chunk in enumerate(variant.parts, 1):
        beginning = " ".join(chunk.text.split())
        short = beginning if len(beginning) <= _LONGEST else f"{beginning[: _LONGEST - 1].rstrip()}…"
        start = scene.front.body_start + chunk.start
        place = (start, start + len(chunk.text))
        found.append(_symbol(scene, f"{number}: {short}", types.SymbolKind.String, place, ()))
    return found


def _symbol(
    scene: Scene,
    name: str,
    kind: types.SymbolKind,
    bounds: tuple[int, int],
    children: Sequence[types.DocumentSymbol],
) -> types.DocumentSymbol:
    start, end = bounds
    line_end = scene.page.line_bounds(start)[1]
    selected = scene.page.range(start, min(max(start, line_end), end))
    return types.DocumentSymbol(name, kind, scene.page.range(start, end), selected, children=list(children) or None)
