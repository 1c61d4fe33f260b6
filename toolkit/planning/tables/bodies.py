"""The texts of a post below its front matter: where each one stands, and the edits that give it other words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.model import Post
from toolkit.source import Edit, Variant, read_body
from toolkit.source.entries import line_ending
from toolkit.values import dataclass

_END_OF_LINE = re.compile(r"[\r\n]|\Z")


@dataclass(frozen=True, slots=True)
class Text:
    """A text from `start` to `end` in the body; its heading from `heading`, and the next one's at `next`."""

    start: int
    end: int
    heading: int
    next: int

    @property
    def empty(self) -> bool:
        return self.start == self.end


def read_texts(body: str) -> Mapping[str, Text]:
    """Name of the account or network ("" for the default) → where its text stands; parts of a thread are one text."""
    found = read_body(body)
    headings = [variant.start for variant in found.variants]
    texts = {"": _place(body, found.default, min(headings, default=len(body)))}
    for name, variant in found.by_channel.items():
        texts[name] = _place(body, variant, min((at for at in headings if at > variant.start), default=len(body)))
    return texts


def _place(body: str, variant: Variant, following: int) -> Text:
    parts = [part for part in variant.parts if part.text]
    if not parts:
        at = _END_OF_LINE.search(body, variant.start)
        place = at.end() if variant.channel and at else 0
        return Text(place, place, variant.start, following)
    start, end = parts[0].start, parts[-1].start + len(parts[-1].text)
    start += len(body[start:end]) - len(body[start:end].lstrip())
    return Text(start, end, variant.start, following)


def text_edit(post: Post, name: str, text: str) -> Edit:
    """The edit that makes `text` the text for `name`; "" takes it out, a variant's with its heading."""
    body, newline = post.body, line_ending(post.source.text)
    place = read_texts(body).get(name)
    text = text.replace("\n", newline)
    if place is None:
        edit = _append(body, name, text, newline)
    elif not text and name:
        edit = _remove(body, place)
    elif place.empty:
        edit = _fill(body, place, name, text, newline)
    else:
        edit = Edit(place.start, place.end, text)
    start = post.body_start
    before = "" if post.source.text[:start].endswith(("\n", "\r")) or edit.start else newline
    return Edit(start + edit.start, start + edit.end, before + edit.text)


def _append(body: str, name: str, text: str, newline: str) -> Edit:
    end = len(body.rstrip())
    last = "" if body[end:].endswith(("\n", "\r")) else newline
    return Edit(end, end, f"{newline * 2 if end else ''}## @{name}{newline * 2}{text}{last}")


def _remove(body: str, place: Text) -> Edit:
    if place.next < len(body):
        return Edit(place.heading, place.next, "")
    return Edit(len(body[: place.heading].rstrip()), max(place.end, len(body.rstrip())), "")


def _fill(body: str, place: Text, name: str, text: str, newline: str) -> Edit:
    """A text where there was none: below its heading, or, the default, first of all."""
    if name:
        return Edit(place.start, place.start, f"{newline}{text}{newline}")
    rest = body.strip()
    return Edit(0, 0, f"{text}{newline * 2 if rest else newline if not body else ''}")
