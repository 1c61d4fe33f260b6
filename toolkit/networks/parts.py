"""What the renderings of all networks share: attachments, the network's own options, parts that are joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.model import Attachment, Part, Rendition
from toolkit.networks.markup import Block
from toolkit.networks.tracking import make_track, read_tracked
from toolkit.workspace import Draft

# The option that holds an address for readers, on networks whose texts cannot.
LINK: Final = "link"


def make_rendition(draft: Draft, parts: Iterable[Part], title: str = "") -> Rendition:
    """The rendition of `draft` that consists of `parts`."""
    account = draft.account
    return Rendition(account.name, account.network, draft.language, tuple(parts), title)


def attachments(draft: Draft) -> tuple[Attachment, ...]:
    """The media of `draft` that exist; an order is not there yet and stays out. Hashes are filled in before sending."""
    return tuple(
        Attachment(media.file, media.kind.value, media.alt, crop=media.crop, focus=media.focus)
        for media in draft.media
        if media.file
    )


def chosen(draft: Draft, names: Iterable[str], defaults: Mapping[str, str] | None = None) -> dict[str, str]:
    """The values of the options `names` that the account or the post sets, over `defaults`."""
    values = {**(defaults or {}), **draft.values}
    if not values:
        return {}
    track = make_track(draft) if values.get(LINK) else None
    if track is not None:
        values[LINK] = track(values[LINK])
    return {name: values[name] for name in names if values.get(name)}


def joined(draft: Draft) -> tuple[Block, ...]:
    """The blocks of all parts in a row, for networks without threads."""
    return tuple(block for part in draft.parts for block in read_tracked(draft, part))
