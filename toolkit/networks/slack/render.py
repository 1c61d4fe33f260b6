"""A draft as Slack's messages: plain text, and the same as a ``rich_text`` block.

Blocks and not ``mrkdwn``: nothing in them is parsed, so that a star stays a star and no ``@channel`` rings. The
block's elements are a JSON array in the field `elements`; the text alone is what notifications show.
API: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from toolkit.model import Count, Part, Rendition
from toolkit.networks.limits import limit
from toolkit.networks.markup import Run
from toolkit.networks.parts import attachments, chosen, make_rendition
from toolkit.networks.styled import styled_runs
from toolkit.networks.tracking import read_tracked
from toolkit.networks.utf16 import units
from toolkit.workspace import Draft

OPTIONS: Final[Mapping[str, str]] = {
    "unfurl": "no: links have no previews. Default: as Slack decides.",
}
STYLES: Final[Mapping[str, str]] = {"strong": "bold", "emphasis": "italic", "code": "code"}
# A bare address, without the punctuation that ends its sentence; in a block only links are clickable.
_ADDRESS: Final = re.compile(r"(?i)(?<![\w@/])https?://[^\s<>\"]*[^\s<>\".,;:!?…'»\u201c-\u201f\u2018-\u201b)\]}*_]")


def count(text: str) -> Count:
    """The length of a message in UTF-16 units."""
    return Count(units(text), limit("slack", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What Slack will receive of `draft`."""
    media = attachments(draft)
    fields = chosen(draft, OPTIONS)
    parts = []
    for index, markdown in enumerate(draft.parts):
        runs = styled_runs(read_tracked(draft, markdown))
        text = "".join(run.text for run in runs)
        found = list(elements(runs))
        own = {"elements": json.dumps(found, ensure_ascii=False, sort_keys=True)} if found else {}
        parts.append(Part(text, count(text), attachments=media if index == 0 else (), fields={**fields, **own}))
    return make_rendition(draft, parts)


def elements(runs: Iterable[Run]) -> Iterator[dict[str, object]]:
    """The elements of a ``rich_text_section``."""
    for run in runs:
        for piece in _linked(run):
            style = {name: True for attribute, name in STYLES.items() if getattr(piece, attribute)}
            what: dict[str, object] = {"type": "link", "url": piece.link} if piece.link else {"type": "text"}
            yield {**what, "text": piece.text} | ({"style": style} if style else {})


def _linked(run: Run) -> Iterator[Run]:
    """`run` with its bare addresses as links."""
    at = 0
    for found in _ADDRESS.finditer(run.text) if not (run.link or run.code) else ():
        if found.start() > at:
            yield replace(run, text=run.text[at : found.start()])
        yield replace(run, text=found[0], link=found[0])
        at = found.end()
    if at < len(run.text):
        yield replace(run, text=run.text[at:])
