"""Collecting: asking the networks how published posts do, less and less often the older they are.

Receipts come from the ledger, observations go to `toolkit.metrics`. An account that cannot be asked is reported and
leaves the others alone; what was not delivered is not an observation of zero.
"""

from toolkit.collect.due import account_due, due_for_measuring
from toolkit.collect.measuring import Audience, Measurement, OpenConnection, measure
from toolkit.collect.plan import (
    ACCOUNT,
    Last,
    Published,
    due_audiences,
    due_posts,
    find_audiences,
    find_published,
)

__all__ = [
    "ACCOUNT",
    "Audience",
    "Last",
    "Measurement",
    "OpenConnection",
    "Published",
    "account_due",
    "due_audiences",
    "due_for_measuring",
    "due_posts",
    "find_audiences",
    "find_published",
    "measure",
]
