"""Intents for Bluesky, rendered as real posts are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tests.networks.connections.makers import attach, make_picture
from toolkit.model import Attachment, Media, MediaKind
from toolkit.networks.base import Action, Intent
from toolkit.networks.bluesky import NETWORK
from toolkit.networks.filters import text_draft
from toolkit.settings import Account

MEDIA = {"media/tuer.png": make_picture(width=64, height=48), "media/zwei.png": make_picture("#abcdef", 30, 40)}
PICTURES = tuple(attach(file, data, f"Bild von {file}") for file, data in MEDIA.items())


def make_post(  # one parameter per thing a test may want to vary
    account: Account,
    text: str,
    *,
    key: str = "01JDK3V7Q2M8X4T6R9A0B1C2D3::bluesky:@alice.test:post:0",
    pictures: tuple[Attachment, ...] = (),
    options: Mapping[str, str] | None = None,
    part: int = 0,
    previous: str = "",
    language: str = "de",
    action: Action = Action.POST,
    target: str = "",
    first_tried_at: datetime | None = None,
) -> Intent:
    """An intent to publish Markdown; parts are divided by ``---`` as in a file."""
    media = tuple(Media(f"media.{at}", one.file, alt=one.alt, kind=MediaKind.PHOTO) for at, one in enumerate(pictures))
    draft = replace(text_draft(text, NETWORK, language), account=account, media=media, values=dict(options or {}))
    rendition = NETWORK.render(draft)
    return Intent(key, account, rendition, part, previous, first_tried_at, action, target)
