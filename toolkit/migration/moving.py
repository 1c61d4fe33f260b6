"""From an archive to posts: what is over is history and never sent again, what is still to come is a draft that waits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.messages import _, ngettext
from toolkit.migration.archive import Archive, Item, Sending, State
from toolkit.migration.assigning import Assigned
from toolkit.migration.base import Change, Delivery, Kind, Migration, Moved
from toolkit.migration.galaxy.postfile import LONGEST, title_of
from toolkit.migration.postfile import Head, post_text
from toolkit.model import Existence, WallTime
from toolkit.values import dataclass
from toolkit.workspace import post_folder
from toolkit.workspace.naming import Names, slug

_EPOCH: Final = 946_684_800_000  # milliseconds: the year 2000, in which no post was made


@dataclass(frozen=True, slots=True)
class Terms:
    """What is decided outside the archive: names, zone, language, fetched files, and whether planned posts are ready."""

    tool: str
    zone: str
    language: str
    author: str = ""
    files: Mapping[str, str] = field(default_factory=dict)  # address of a medium → file below content/
    ready: bool = False
    there: Mapping[str, str] = field(default_factory=dict)  # uid → path of the posts that the workspace has
    taken: frozenset[str] = frozenset()  # paths of all its posts


def move_archive(archive: Archive, assigned: Assigned, settings: str, terms: Terms) -> Migration:
    """The posts that `archive` becomes; pure, and the same for the same archive. `settings`: text of leitstand.toml."""
    halves = [half for item in archive.items for half in _halves(item)]
    return Migration(
        settings=settings,
        posts=tuple(_named((_move(item, half, assigned, terms) for item, half in halves), terms)),
        deliveries=tuple(one for item, half in halves for one in _deliveries(item, half, assigned, terms)),
        changes=(*archive.changes, *assigned.changes),
        problems=archive.problems,
    )


def past_posts(archive: Archive, terms: Terms) -> frozenset[str]:
    """The uids of the posts that are over."""
    halves = (pair for item in archive.items for pair in _halves(item))
    return frozenset(uid_of(item, half, terms.tool) for item, half in halves if _is_over(item, half))


def _halves(item: Item) -> Iterator[tuple[Item, tuple[Sending, ...]]]:
    """The channels on which a post is over, and those on which it is not: one file must not be both."""
    for over in (True, False):
        half = tuple(one for one in item.sendings if one.state.over is over)
        if half:
            yield item, half


def _is_over(item: Item, half: tuple[Sending, ...]) -> bool:
    """Whether it is history. What nobody knows the time of cannot be, and waits as a draft."""
    return item.at is not None and half[0].state.over


def uid_of(item: Item, half: tuple[Sending, ...], tool: str) -> str:
    """The ULID of a post, from the tool and the post's key there: its time may move, its identity does not."""
    from ulid import ULID

    # One that was planned and is published by now is the same post; one that is both has two files.
    both = len({one.state.over for one in item.sendings}) > 1
    key = f"{tool}\0{item.key}" + ("\0open" if both and not half[0].state.over else "")
    return str(ULID.from_bytes(_EPOCH.to_bytes(6, "big") + hashlib.sha256(key.encode()).digest()[:10]))


def _move(item: Item, half: tuple[Sending, ...], assigned: Assigned, terms: Terms) -> Moved:
    over = _is_over(item, half)
    parts = {assigned.accounts[one.channel]: one.parts for one in half}
    wall = _wall(item.at, terms.zone)
    first = "\n\n".join(next(iter(parts.values()), ()))
    title = item.title or title_of(first, " ".join(first.split())[:LONGEST] or _("Post without words"))
    planned = any(one.state is State.PLANNED for one in half)
    published = any(one.state is State.PUBLISHED for one in half)
    head = Head(
        uid=uid_of(item, half, terms.tool),
        title=title,
        author=terms.author,
        status="ready" if (over and published) or (planned and terms.ready and wall is not None) else "draft",
        publish=_written(wall, item.at),
        channels=tuple(parts),
        language=terms.language,
        labels=tuple(dict.fromkeys((terms.tool, *item.labels))),
        media=item.media,
    )
    month = f"{wall.wall:%Y-%m}" if wall is not None else ""
    path = f"{post_folder(month)}/{slug(title)}.md"
    changes = (*item.changes, *_changes(item, half, parts, terms))
    return Moved(item.source, path, head.uid, post_text(head, parts, terms.files), changes)


def _wall(at: datetime | None, zone: str) -> WallTime | None:
    if at is None:
        return None
    local = at.astimezone(ZoneInfo(zone))
    return WallTime(local.replace(tzinfo=None, fold=0, second=0, microsecond=0), zone)


def _written(wall: WallTime | None, at: datetime | None) -> str:
    """The wall time; with its offset where the clock showed it twice."""
    if wall is None or at is None:
        return ""
    text = f"{wall.wall:%Y-%m-%d %H:%M}"
    return (
        text if wall.existence() is Existence.ONCE else f"{text} {at.astimezone(ZoneInfo(wall.zone)).isoformat()[-6:]}"
    )


def _changes(
    item: Item, half: tuple[Sending, ...], parts: Mapping[str, tuple[str, ...]], terms: Terms
) -> Iterator[Change]:
    yield from _state_changes(item, half, terms)
    for account, one in zip(parts, half, strict=False):
        if one.state is State.FAILED:
            yield Change(Kind.FAILED, _("failed on {channel}").format(channel=account))
    for account, own in parts.items():
        if len(own) > 1:
            said = ngettext("{count} part", "{count} parts", len(own))
            yield Change(Kind.THREAD, _("{channel} gets a thread of {parts}").format(channel=account, parts=said))
    missing = sum(medium.address not in terms.files for medium in item.media)
    if missing:
        said = ngettext("{count} medium is still only an address", "{count} media are still only addresses", missing)
        yield Change(Kind.PICTURE, said)


def _state_changes(item: Item, half: tuple[Sending, ...], terms: Terms) -> Iterator[Change]:
    states = {one.state for one in half}
    if item.at is None and half[0].state.over:
        yield Change(Kind.DATE, _("nobody knows when it was published; a draft here"))
    elif State.PLANNED in states and terms.ready and item.at is not None:
        yield Change(Kind.DRAFT, _("planned there, and ready here: delete it there, or it goes out twice"))
    elif State.PLANNED in states:
        yield Change(Kind.DRAFT, _("planned there, a draft here: delete it there, then set status: ready"))
    elif State.DRAFT in states:
        yield Change(Kind.DRAFT, _("a draft there, a draft here"))


def _deliveries(item: Item, half: tuple[Sending, ...], assigned: Assigned, terms: Terms) -> Iterator[Delivery]:
    if _is_over(item, half):
        uid = uid_of(item, half, terms.tool)
        for one in half:
            yield Delivery(uid, assigned.accounts[one.channel], one.state is State.PUBLISHED, one.url)


def _named(posts: Iterable[Moved], terms: Terms) -> Iterator[Moved]:
    """The posts, each with a file of its own: a name that is taken gets a number, and who is there keeps its name."""
    names = Names({*terms.there.values(), *terms.taken})
    for post in posts:
        path = terms.there.get(post.uid) or names.take(post.path.removesuffix(".md"), ".md")
        yield Moved(post.source, path, post.uid, post.text, post.changes)
