"""What the handbook says about messages, made ready once for as long as it stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.triage.book import Book, read_book
from toolkit.community.triage.knowing import know
from toolkit.community.triage.scoring import triage
from toolkit.community.triage.verdict import Triage
from toolkit.desk.house import House


def book_of(house: House) -> Book:
    """The triage rules, dangers and service hours."""
    return house.kept(read_book)


def verdicts(house: House, inbox: Inbox, found: Sequence[Conversation], now: datetime) -> dict[str, Triage]:
    """What triage says of each at this moment, by id."""
    book = book_of(house)
    return {one.id: triage(case, book, now) for one, case in know(inbox, found)}
