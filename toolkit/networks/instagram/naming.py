"""Whom an answer on Instagram is for: one to an answer stands below the comment on top, behind a name."""

from __future__ import annotations

from dataclasses import replace

from toolkit.model import Message, Part, Rendition
from toolkit.networks.instagram.render import count


def is_nested(message: Message) -> bool:
    """Whether it is an answer to a comment."""
    return message.answers not in ("", message.below)


def name_author(rendition: Rendition, message: Message) -> Rendition:
    """An answer as it is sent: to an answer, behind its author's name."""
    name = f"@{message.author.lstrip('@')}"
    if not is_nested(message) or name == "@":
        return rendition
    return replace(rendition, parts=tuple(_named(part, name) for part in rendition.parts))


def _named(part: Part, name: str) -> Part:
    if name.casefold() in part.text.casefold().split():
        return part
    written = f"{name} {part.text}"
    return replace(part, text=written, count=replace(part.count, length=count(written).length))
