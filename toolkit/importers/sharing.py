"""Amounts of a day, shared out: the whole to website or shop, and its parts to the accounts, posts and campaigns they came from.

| subject | channel | metric | what it is |
|---|---|---|---|
| `site`, `shop` | "" or the shop | `visits`, `orders` … | everything, once |
| `site`, `shop` | the same | `visits_unattributed` … | of that, what came from nothing of ours |
| `account` | the account | `site_visits`, `shop_orders` … | of that, what an account's links brought |
| `campaign:NAME` | the account, or "" | `visits`, `orders` … | of that, what a campaign brought |
| the post's uid | the account, or "" | `visits`, `orders` … | of that, what a post's links brought |

A part is never added to a whole: whoever sums up `site` has every visit once. A visit that a post of a campaign brought is
one of the account's, one of the post's and one of the campaign's, so the parts are not added to one another either. A post's amounts are
those of a day and have no moment of publication, unlike its likes, which are totals so far.

All statistics of websites are one channel: where two programs count the same day, the newer import is the website's, and their
numbers are never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import datetime

from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.origins import NO_TAGS, Origin, Origins, Tags, plain_tag
from toolkit.messages import _
from toolkit.model import Severity
from toolkit.values import dataclass

UNATTRIBUTED = "_unattributed"
SHOWN = 5  # tags that nobody knows

Place = tuple[str, str, str, datetime]  # subject, channel, metric, noon of the day


@dataclass(frozen=True, slots=True)
class Whole:
    """What is shared out.

    A file that has only some of a day says nothing about the whole, one without tags nothing about what came from elsewhere.
    """

    subject: str  # site or shop
    channel: str = ""
    complete: bool = True
    tagged: bool = True


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a metric on a day, and where it came from."""

    at: datetime  # aware; the day's noon
    metric: str
    value: float
    origin: Origin


def share_out(amounts: Iterable[Amount], whole: Whole) -> dict[Place, float]:
    """Subject, channel, metric and day → sum."""
    sums: dict[Place, float] = {}
    for amount in amounts:
        for name, account, metric in _places(amount, whole):
            place = (name, account, metric, amount.at)
            sums[place] = sums.get(place, 0.0) + amount.value
    return sums


def _places(amount: Amount, whole: Whole) -> Iterator[tuple[str, str, str]]:
    origin, metric = amount.origin, amount.metric
    if whole.complete:
        yield whole.subject, whole.channel, metric
    if whole.complete and whole.tagged and not origin.known:
        yield whole.subject, whole.channel, f"{metric}{UNATTRIBUTED}"
    if origin.channel:
        yield "account", origin.channel, f"{whole.subject}_{metric}"
    if origin.campaign:
        yield f"campaign:{origin.campaign}", origin.channel, metric
    if origin.post:
        yield origin.post, origin.channel, metric


@dataclass
class Sharing:
    """Collects the amounts of a file, and says which tags nobody knows."""

    gathering: Gathering
    whole: Whole
    amounts: list[Amount] = field(default_factory=list)
    unknown: dict[str, float] = field(default_factory=dict)
    origins: Origins = field(init=False)

    def __post_init__(self) -> None:
        document = self.gathering.document
        self.origins = Origins(document.tracking, document.accounts, document.known)

    def add(self, at: datetime, metric: str, value: float, tags: Tags = NO_TAGS, codes: Iterable[str] = ()) -> None:
        """An amount with the tags that it came with."""
        origin = self.origins.find(tags, codes)
        self.amounts.append(Amount(at, metric, value, origin))
        name = plain_tag(tags.campaign)
        if name and not origin.campaign:
            self.unknown[name] = self.unknown.get(name, 0) + 1

    def finish(self) -> None:
        """Take the sums over, unless an earlier table of the file has said the same already."""
        for (subject, channel, metric, at), value in share_out(self.amounts, self.whole).items():
            sighting = Sighting(subject, channel, at)
            if not self.gathering.has(sighting, metric):
                # Cents, not the dust of adding them as binary fractions.
                self.gathering.count(round(value, 6), sighting, metric)

    def say_unknown(self) -> None:
        """Name the tags that look like campaigns but are none of the workspace's: a slip of the pen, or other people's."""
        if self.unknown:
            names = sorted(self.unknown, key=lambda name: (-self.unknown[name], name))
            message = _("not attributed, because no campaign is called so: {names}")
            more = ", …" if len(names) > SHOWN else ""
            self.gathering.remark(message.format(names=", ".join(names[:SHOWN]) + more), Severity.HINT)
