"""Orders of a shop → what it sold on each day, and what accounts, posts and campaigns brought of that.

Every shop is a channel of the subject `shop`, so that two shops add up and neither hides the other:

| metric | what it is |
|---|---|
| `orders` | orders placed on the day that were not cancelled; one that was paid back later stays an order |
| `revenue` | what customers paid for them in euros, taxes and shipping included, less what they got back |
| `revenue_chf` … | the same in another currency; never added to `revenue` |
| `refunds`, `refunds_chf` … | what they got back |

An export lists every order of its period, so a day between its first and its last order that has none sold nothing: it is zero,
not missing, and a conversion rate has its visits too. Before the first and after the last order nobody knows.

A refund counts on the day of its order, since exports do not say when it was paid; a newer export corrects the day.
Where an order came from is told by the tags of its link, else by its discount code (``[conversions] codes``). Nothing about
customers is kept: no name, no address, no number of an order. Sales that are imported in another way as well, such as in the
general CSV, would count again: use one way for each shop.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final

from toolkit.importers.gathering import Gathering
from toolkit.importers.origins import NO_TAGS, Tags
from toolkit.importers.sharing import Sharing, Whole
from toolkit.importers.wholedays import WholeDays
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.values import dataclass

EURO: Final = "EUR"


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `number` is only used to see it twice."""

    number: str
    at: datetime  # aware; placed
    total: float
    refunded: float = 0.0
    currency: str = EURO  # ISO 4217
    tags: Tags = NO_TAGS
    codes: tuple[str, ...] = ()


@dataclass
class OrderBook:
    """Adds orders up by the day; `shop` is the channel."""

    gathering: Gathering
    shop: str
    seen: set[str] = field(default_factory=set)
    foreign: Counter[str] = field(default_factory=Counter)
    cancelled: int = 0

    def __post_init__(self) -> None:
        self.days = WholeDays(self.gathering.document)
        self.sharing = Sharing(self.gathering, Whole("shop", self.gathering.document.account or self.shop))

    def add(self, order: Order) -> None:
        """One order; the same number again counts once, as where a file has a row for each item."""
        if order.number in self.seen:
            return
        self.seen.add(order.number)
        at = self.days.noon(order.at)
        if at is None:
            return
        ending = "" if order.currency == EURO else f"_{order.currency.lower()}"
        self.foreign[order.currency] += bool(ending)
        amounts = {"orders": 1.0, f"revenue{ending}": order.total - order.refunded}
        if order.refunded:
            amounts[f"refunds{ending}"] = order.refunded
        for metric, value in amounts.items():
            self.sharing.add(at, metric, value, order.tags, order.codes)

    def finish(self) -> None:
        """Take the days over, and say what was left out."""
        self._fill_quiet_days()
        self.sharing.finish()
        self.sharing.say_unknown()
        self.days.say_left_out(self.gathering)
        for currency, count in sorted((+self.foreign).items()):
            message = _(
                "orders in {currency} ({count}) are counted as {metric} and not added to revenue, which is in euros"
            )
            said = message.format(count=count, currency=currency, metric=f"revenue_{currency.lower()}")
            self.gathering.remark(said, Severity.WARNING)
        if self.cancelled:
            message = ngettext(
                "{count} order was cancelled or never paid and is left out",
                "{count} orders were cancelled or never paid and are left out",
                self.cancelled,
            )
            self.gathering.remark(message)

    def _fill_quiet_days(self) -> None:
        """Zeros for the days without an order between the first and the last one."""
        sold = {amount.at for amount in self.sharing.amounts}
        metrics = dict.fromkeys(one.metric for one in self.sharing.amounts if not one.metric.startswith("refunds"))
        if not sold:
            return
        first, last = self.days.day(min(sold)), self.days.day(max(sold))
        for number in range(1, (last - first).days):
            at = self.days.noon(first + timedelta(days=number))
            if at is not None and at not in sold:
                for metric in metrics:
                    self.sharing.add(at, metric, 0.0)


def split_codes(text: str) -> tuple[str, ...]:
    """The discount codes in a cell."""
    return tuple(code for part in text.replace("|", ",").replace(";", ",").split(",") if (code := part.strip()))


def is_currency(text: str) -> bool:
    """Whether it is a code of three letters."""
    return len(text) == 3 and text.isascii() and text.isalpha()


def wrong_currency(text: str) -> str:
    """What to say about another text."""
    return _("{text!r} is no currency such as EUR").format(text=text)
