"""Single posts of competitors, as `measure` saw them: where, when, in which format, what they won. One JSON file.

No text, no picture and no name of anybody: a link is enough to look at what went well where it stands. A post is counted
anew until it is seven days old, as ours are compared, and then left as it is; it is forgotten after 400 days.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.watching import PublicAccount, PublicPost
from toolkit.source.held import locked_folder
from toolkit.source.writing import replace_file

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
    """Every post that is kept, the newest first; nothing where nobody looked or the file cannot be read."""
    try:
        raw = json.loads((state / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    found = [one for entry in items(fields(raw).get("posts")) if (one := _read(entry)) is not None]
    return sorted(found, key=lambda one: (one.at, one.brand, one.url), reverse=True)


def note_seen(state: Path, brand: str, channel: str, account: PublicAccount, now: datetime) -> None:
    """Keep the posts of one look at a competitor's account, those without an address left out."""
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
    rows = [{**asdict(one), "at": one.at.isoformat(), "counted_at": one.counted_at.isoformat()} for one in newest]
    (state / FILE).parent.mkdir(parents=True, exist_ok=True)
    replace_file(state / FILE, json.dumps({"posts": rows}, ensure_ascii=False).encode())


def _won(post: PublicPost) -> tuple[str, float]:
    return post.format, post.interactions


def _counted(before: SeenPost | None, now: SeenPost) -> SeenPost:
    """The newer count, unless the one before is final."""
    if before is None:
        return now
    return before if before.settled else replace(now, followers=before.followers)


def _read(raw: object) -> SeenPost | None:
    brand, channel, url, form = (text(raw, name) for name in ("brand", "channel", "url", "format"))
    at, counted, won = moment(text(raw, "at")), moment(text(raw, "counted_at")), number(raw, "interactions")
    if at is None or counted is None or won is None:
        return None
    return SeenPost(brand, channel, url, at, form, won, counted, number(raw, "followers"))
