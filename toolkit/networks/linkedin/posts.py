"""Posts as LinkedIn shows them, as values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.linkedin.api import coded
from toolkit.networks.linkedin.littletext import read_little
from toolkit.values import dataclass

PAGE: Final = "https://www.linkedin.com/feed/update/"
# What is out, or about to be; a draft or a failed one is not.
OUT: Final = frozenset({"", "PUBLISHED", "PUBLISH_REQUESTED"})


@dataclass(frozen=True, slots=True)
class Post:
    """What a post says about itself; `shown` is its text as people see it."""

    urn: str
    author: str
    shown: str
    created_at: datetime | None
    media: int  # pictures and documents; a card's picture is none
    is_out: bool

    @property
    def url(self) -> str:
        return address(self.urn)


def read_post(value: object) -> Post | None:
    """The post in a JSON value; None when there is none."""
    raw = fields(value)
    if not text(raw, "id"):
        return None
    return Post(
        urn=text(raw, "id"),
        author=text(raw, "author"),
        shown=read_little(text(raw, "commentary")),
        created_at=instant(raw, "createdAt"),
        media=_media(fields(raw.get("content"))),
        is_out=text(raw, "lifecycleState") in OUT,
    )


def _media(content: object) -> int:
    images = items(fields(fields(content).get("multiImage")).get("images"))
    return len(images) or int(bool(text(fields(content).get("media"), "id")))


def instant(value: object, key: str) -> datetime | None:
    """A time in milliseconds since 1970; None when it is none."""
    found = number(value, key)
    try:
        return None if found is None else datetime.fromtimestamp(found / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def address(urn: str) -> str:
    """Where people see a post, or a comment below its post."""
    if not urn.startswith("urn:li:comment:"):
        return f"{PAGE}{urn}/"
    below, _number = split_comment(urn)
    return f"{PAGE}{below}/?commentUrn={coded(urn)}"


def split_comment(urn: str) -> tuple[str, str]:
    """The post and the number in a comment's URN, ``urn:li:comment:(urn:li:activity:1,2)``."""
    below, _comma, number_ = urn.removeprefix("urn:li:comment:(").removesuffix(")").rpartition(",")
    return below, number_
