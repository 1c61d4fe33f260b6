"""A draft as Telegram's messages: plain text, and its styles as entities with UTF-16 offsets.

Entities and not ``parse_mode``: the text arrives as it stands, whatever characters it holds, and no server has to
parse it. They are a JSON array in the field `entities`. With media the text is a caption, which may be shorter.
API: https://core.telegram.org/bots/api#messageentity
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
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
    "silent": "yes: the message arrives without a sound.",
    "link_preview": "Preview of the first link: none, small or large. Default: as Telegram decides.",
    "protect": "yes: the message can be neither forwarded nor saved.",
    "spoiler": "yes: photos and videos are covered until somebody taps them.",
    "topic": "The number of a forum's topic that the message goes to.",
    "bot": "The bot's @name; the token of another bot is refused.",
}
SENT: Final = ("silent", "link_preview", "protect", "spoiler", "topic")
# Style of a run → type of the entity.
STYLES: Final[Mapping[str, str]] = {"strong": "bold", "emphasis": "italic", "code": "code"}


def count(text: str) -> Count:
    """The length of a message in UTF-16 units."""
    return Count(units(text), limit("telegram", "text"), "characters")


def render(draft: Draft) -> Rendition:
    """What Telegram will receive of `draft`."""
    media = attachments(draft)
    fields = chosen(draft, SENT)
    parts = []
    for index, markdown in enumerate(draft.parts):
        own = media if index == 0 else ()
        runs = styled_runs(read_tracked(draft, markdown))
        text = "".join(run.text for run in runs)
        size = Count(units(text), limit("telegram", "caption"), "characters") if own else count(text)
        parts.append(Part(text, size, attachments=own, fields={**fields, **_entities(runs)}))
    return make_rendition(draft, parts)


def _entities(runs: Iterable[Run]) -> dict[str, str]:
    found = list(entities(runs))
    return {"entities": json.dumps(found, ensure_ascii=False, sort_keys=True)} if found else {}


def entities(runs: Iterable[Run]) -> Iterator[dict[str, object]]:
    """The styles of `runs` as Telegram's entities; code has no other style, as the API demands."""
    at = 0
    for run in runs:
        size = units(run.text)
        place: dict[str, object] = {"offset": at, "length": size}
        at += size
        if not run.text.strip():
            continue
        if run.link:
            yield {"type": "text_link", "url": run.link, **place}
        if run.code:
            yield {"type": "code", **place}
            continue
        yield from (
            {"type": kind, **place} for style, kind in STYLES.items() if style != "code" and getattr(run, style)
        )
