"""Media of posts, as people write them down."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from toolkit.values import dataclass


class MediaKind(StrEnum):
    """What a medium is. Brand colours are only asked of graphics."""

    PHOTO = "photo"
    GRAPHIC = "graphic"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Consent:
    """That the people in a medium agreed: where the agreement lies (never their names), and its last day."""

    proof: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A medium of a post: a `file` relative to `content/`, or an `order` while it is still missing."""

    key: str  # where it stands in the front matter, e.g. ``media.0``
    file: str = ""
    order: str = ""
    kind: MediaKind = MediaKind.PHOTO
    alt: str = ""
    owner: str = ""
    due: date | None = None
    crop: str = ""  # width:height, e.g. ``4:5``
    focus: tuple[float, float] | None = None  # 0..1 from the left, from the top
    rights: str = ""  # on what ground it may be shown
    licence: str = ""
    credit: str = ""
    until: date | None = None  # last day on which it may be shown
    people: bool | None = None  # whether somebody can be recognised; None when nobody has said
    consent: Consent | None = None
