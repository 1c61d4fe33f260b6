"""Intents and pictures for the tests of connections."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PIL import Image

from toolkit.model import Attachment, Count, Part, Rendition
from toolkit.networks.base import Intent
from toolkit.settings import Account


def make_intent(  # one parameter per thing a test may want to vary
    account: Account,
    *texts: str,
    key: str = "01JDK3V7Q2M8X4T6R9A0B1C2D3:::post:0",
    part: int = 0,
    previous: str = "",
    attachments: tuple[Attachment, ...] = (),
    fields: Mapping[str, str] | None = None,
    html: str = "",
    title: str = "",
    language: str = "de",
    first_tried_at: datetime | None = None,
) -> Intent:
    """An intent to send part `part` of `texts`; media stand on the first."""
    parts = tuple(
        Part(text, Count(len(text), 500, "characters"), (), attachments if at == 0 else (), html, fields or {})
        for at, text in enumerate(texts)
    )
    rendition = Rendition(account.name, account.network, language, parts, title)
    return Intent(key, account, rendition, part, previous, first_tried_at)


def tried(intent: Intent, at: datetime) -> Intent:
    """The same intent after a first try."""
    return replace(intent, first_tried_at=at)


def make_picture(colour: str = "#123456", width: int = 8, height: int = 6) -> bytes:
    """A real PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


def attach(file: str, data: bytes, alt: str, focus: tuple[float, float] | None = None) -> Attachment:
    """An attachment as the renderer hashes it."""
    return Attachment(file, "photo", alt, hashlib.sha256(data).hexdigest(), focus=focus)
