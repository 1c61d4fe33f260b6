"""Questions about one channel's posting slots: whether they would do better in another part of the day.

A question is asked of each part of the day, of weekdays or of weekends, in which the channel has slots, against each other
part in which they could stand (`toolkit.learning.moves`): posts of that channel here against posts of it there, everything
else that is known of them taken out. Only the better part is an answer, so p is one-sided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.kpis.contrast import Contrast, Model
from toolkit.kpis.dayparts import DAY_PARTS
from toolkit.kpis.rated import Rated, expected, make_model
from toolkit.kpis.titles import part_title
from toolkit.learning.moves import Offer, find_offers
from toolkit.learning.posts import answer
from toolkit.learning.question import Answer, Kind, ident
from toolkit.learning.times.cells import WEEK, WEEKEND, cell_of
from toolkit.messages import _
from toolkit.settings import Account
from toolkit.workspace import Workspace

_CELL: Final = "cell"
_TIMES: Final = frozenset({"weekday", "part"})


def ask_slots(
    workspace: Workspace, posts: Mapping[str, Sequence[Rated]], now: datetime, kept: Collection[str] = ()
) -> list[Answer]:
    """One answer for each move that is possible and that enough posts can tell of; `posts` by channel.

    Questions `kept` are answered also when no slot is left to move, because it was moved.
    """
    found: list[tuple[Offer, Contrast]] = []
    for account in workspace.settings.accounts.values():
        own = _on_clock(workspace, account, posts)
        offers = list(find_offers(workspace, account, [post.local for post in own], now)) if own else []
        offers += [one for one in _moved(account, kept) if _key(one) not in map(_key, offers)] if own else []
        if offers:
            model = _model(own)
            told = ((one, _between(model, one.days, one.source, one.target)) for one in offers)
            found += [(offer, contrast) for offer, contrast in told if contrast is not None]
    factors = expected([contrast for _offer, contrast in found])
    return [_answer(offer, one, factor) for (offer, one), factor in zip(found, factors, strict=True)]


def contrast_slots(workspace: Workspace, posts: Mapping[str, Sequence[Rated]], question: str) -> Contrast | None:
    """The posts where a question with this id would move slots to, against those where they were; None for too few."""
    for account in workspace.settings.accounts.values():
        for one in _moved(account, (question,)):
            own = _on_clock(workspace, account, posts)
            return _between(_model(own), one.days, one.source, one.target) if own else None
    return None


def _moved(account: Account, kept: Collection[str]) -> Iterator[Offer]:
    """The account's questions among `kept`, without slots."""
    for days, source, target in product((WEEK, WEEKEND), DAY_PARTS, DAY_PARTS):
        if ident(Kind.SLOT, _group(account, days, source, target)) in kept:
            yield Offer(account, days, source, target, (), ())


def _key(offer: Offer) -> str:
    return _group(offer.account, offer.days, offer.source, offer.target)


def _on_clock(workspace: Workspace, account: Account, posts: Mapping[str, Sequence[Rated]]) -> list[Rated]:
    """The channel's posts on its own clock."""
    zone = ZoneInfo(account.timezone or workspace.settings.timezone)
    return [replace(post, local=post.local.astimezone(zone)) for post in posts.get(account.name, ())]


def _model(posts: Sequence[Rated]) -> Model:
    """With the cell of the week in the place of weekday and part of the day, which it is made of."""
    rows = []
    for post in posts:
        groups = {kind: group for kind, group in post.groups.items() if kind not in _TIMES}
        rows.append(replace(post, groups={**groups, _CELL: cell_of(post.local)}))
    return make_model(rows, {})


def _between(model: Model, days: str, source: str, target: str) -> Contrast | None:
    return model.between(_CELL, f"{days} {target}", f"{days} {source}")


def _group(account: Account, days: str, source: str, target: str) -> str:
    return f"{account.name} {days} {source} {target}"


def _answer(offer: Offer, found: Contrast, factor: float) -> Answer:
    group = _group(offer.account, offer.days, offer.source, offer.target)
    label = _("{channel}, {days}: {target} instead of {source}")
    days = _("Monday to Friday") if offer.days == WEEK else _("weekend")
    source, target = part_title(offer.source), part_title(offer.target)
    return replace(
        answer(Kind.SLOT, replace(found, group=group)),
        p=found.p / 2 if found.value > 0 else 1 - found.p / 2,
        expected=factor,
        changed=tuple(move.written for move in offer.moves),
        notes=offer.notes,
        label=label.format(channel=offer.account.name, days=days, source=source, target=target),
    )
