"""Single posts of competitors, as `measure` saw them: where, when, in which format, what they won. One JSON file.

No text, no picture and no name of anybody: a link is enough to look at what went well where it stands. A post is counted
anew until it is seven days old, as ours are compared, and then left as it is; it is forgotten after 400 days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.networks.watching import PublicAccount, PublicPost
from toolkit.research.rows import Row, moment_of, number_of, read_rows, text_of, write_rows
from toolkit.source.held import locked_folder
from toolkit.values import dataclass

FILE: Final = "research/competitor-posts.json"
SETTLED: Final = timedelta(days=7)
KEPT: Final = timedelta(days=400)
MOST: Final = 20_000  # of all competitors together; the oldest go first


@dataclass(frozen=True, slots=True)
class SeenPost:
    """One post. `followers` are its account's when it was first seen, None where the network does not tell."""

    brand: str
    channel: str  # our account on the same network
    url: str
    at: datetime  # aware, UTC
    format: str  # photo, video, link, text …; "" where nobody said
    interactions: float
    counted_at: datetime
    followers: float | None = None

    @property
    def settled(self) -> bool:
        """Whether it was counted when it was old enough to be compared."""
        return self.counted_at - self.at >= SETTLED


def read_seen(state: Path) -> list[SeenPost]:
    """Every post that is kept, the newest first; nothing where nobody looked. Raises `StateError` for a damaged file."""
    found = read_rows(state / FILE, "posts", _read)
    return sorted(found, key=lambda one: (one.at, one.brand, one.url), reverse=True)


def note_seen(state: Path, brand: str, channel: str, account: PublicAccount, now: datetime) -> None:
    """Keep the posts of one look at a competitor's account, those without an address left out.

    Raises `StateError` where what is kept cannot be read; then nothing is written.
    """
    (state / FILE).parent.mkdir(parents=True, exist_ok=True)
    # A daemon and a person may measure at the same time.
    with locked_folder((state / FILE).parent):
        _note(state, brand, channel, account, now)


def _note(state: Path, brand: str, channel: str, account: PublicAccount, now: datetime) -> None:
    kept = {one.url: one for one in read_seen(state) if one.at > now - KEPT}
    for post in account.posts:
        if post.url and not post.is_part:
            kept[post.url] = _counted(kept.get(post.url), SeenPost(brand, channel, post.url, post.at, *_won(post), now))
    for url, one in kept.items():
        if (one.brand, one.channel) == (brand, channel) and one.followers is None:
            kept[url] = replace(one, followers=account.followers)
    write_seen(state, kept.values())


def write_seen(state: Path, posts: Iterable[SeenPost]) -> None:
    """Put these posts in the place of all that were kept."""
    newest = sorted(posts, key=lambda one: (one.at, one.url), reverse=True)[:MOST]
    rows = ({**asdict(one), "at": one.at.isoformat(), "counted_at": one.counted_at.isoformat()} for one in newest)
    write_rows(state / FILE, "posts", rows)


def _won(post: PublicPost) -> tuple[str, float]:
    return post.format, post.interactions


def _counted(before: SeenPost | None, now: SeenPost) -> SeenPost:
    """The newer count, unless the one before is final."""
    if before is None:
        return now
    return before if before.settled else replace(now, followers=before.followers)


def _read(row: Row) -> SeenPost:
    brand, channel, url, form = (text_of(row, name) for name in ("brand", "channel", "url", "format"))
    at, counted, won = moment_of(row, "at"), moment_of(row, "counted_at"), number_of(row, "interactions")
    followers = number_of(row, "followers") if row.get("followers") is not None else None
    return SeenPost(brand, channel, url, at, form, won, counted, followers)
