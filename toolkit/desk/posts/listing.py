"""What goes out and what became of it: what needs a decision, what people publish by hand, the coming days, the last ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from toolkit.dates import say_day
from toolkit.desk.endpoint import Endpoint, Page, Visit
from toolkit.desk.permissions import Permission
from toolkit.desk.posts.ground import POSTS, Ground, look, path_of
from toolkit.desk.posts.rows import Told, handed_rows, kept_rows, open_rows, tell_row
from toolkit.ledger import State as LedgerState
from toolkit.messages import _
from toolkit.model import Post
from toolkit.networks import by_hand
from toolkit.outlook.standing import State, channel_state, together
from toolkit.planning import Slot
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post

AHEAD: Final = timedelta(days=14)
BACK: Final = timedelta(days=7)
MOST: Final = 200  # rows of one list


@dataclass(frozen=True, slots=True)
class Coming:
    """One post at one moment: its channels with the state of each."""

    title: str
    href: str
    at: datetime
    channels: tuple[tuple[str, str, State], ...]  # network, title, state
    state: State
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The posts of a day."""

    title: str
    posts: tuple[Coming, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the posts; as `tabs` in parts.html wants it."""

    key: str
    label: str
    href: str
    count: int | None
    current: bool


def show_posts(visit: Visit) -> Page:
    """GET /posts: the view that the address names, else what needs somebody, else the coming days."""
    with look(visit) as ground:
        asking, kept, hands = open_rows(ground), kept_rows(ground), handed_rows(ground)
        chosen = visit.query.get("view", "") or ("open" if asking or kept else "coming")
        chosen = chosen if chosen in _VIEWS else "coming"
        values: dict[str, object] = {
            "tabs": _tabs(chosen, {"open": len(asking) + len(kept), "hands": len(hands)}),
            "view": chosen,
            "open": asking,
            "kept": kept,
            "hands": hands,
            "days": coming_days(ground) if chosen == "coming" else (),
            "out": gone_out(ground) if chosen == "out" else (),
            "may": visit.may,
        }
    return Page("posts/posts.html", values)


_VIEWS: Final[dict[str, Callable[[], str]]] = {
    "open": lambda: _("To decide"),
    "hands": lambda: _("By hand"),
    "coming": lambda: _("Coming"),
    "out": lambda: _("Gone out"),
}


def _tabs(chosen: str, counts: dict[str, int]) -> list[Tab]:
    return [Tab(key, words(), f"{POSTS}?view={key}", counts.get(key), key == chosen) for key, words in _VIEWS.items()]


def coming_days(ground: Ground) -> tuple[Day, ...]:
    """The posts of the coming two weeks, and what is due already and still waits, by days."""
    groups: dict[date, list[Coming]] = {}
    for one in _coming(ground):
        groups.setdefault(one.at.date(), []).append(one)
    return tuple(Day(say_day(day), tuple(posts)) for day, posts in sorted(groups.items()))


def _coming(ground: Ground) -> Iterator[Coming]:
    outlook = ground.outlook
    waits = {(row.uid, row.occurrence, row.account) for row in outlook.rows if row.state is LedgerState.PLANNED}
    moments: dict[tuple[datetime, str], list[Slot]] = {}
    for slot in outlook.slots:
        if slot.due is None or slot.due > outlook.now + AHEAD:
            continue
        if slot.due >= outlook.now or (slot.post.uid, slot.occurrence, slot.account.name) in waits:
            moments.setdefault((slot.due, slot.post.path), []).append(slot)
    for (due, _path), slots in moments.items():
        yield _entry(ground, slots[0].post, ground.local(due), slots)


def _entry(ground: Ground, post: Post, at: datetime, slots: Sequence[Slot]) -> Coming:
    states = [(slot.account, channel_state(ground.outlook, slot)) for slot in slots]
    return Coming(
        title=name_post(post),
        href=path_of(post.uid) if post.uid else "",
        at=at,
        channels=tuple((account.network, account.title or account.name, state) for account, state in states),
        state=together(state for _account, state in states),
        by_hand=any(by_hand(account) for account, _state in states),
    )


def gone_out(ground: Ground) -> tuple[Told, ...]:
    """What went out in the last week, the newest first."""
    since = ground.outlook.now - BACK
    out = [
        row
        for row in ground.outlook.rows
        if row.state is LedgerState.CONFIRMED and row.updated_at >= since and row.path
    ]
    newest = sorted(out, key=lambda row: (row.updated_at, row.id), reverse=True)
    return tuple(tell_row(ground, row) for row in newest[:MOST] if row.part == 0)


ENDPOINTS: Final = (Endpoint("GET", POSTS, Permission.READ, show_posts),)
