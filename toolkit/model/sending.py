"""What goes to a network and what comes back: promises, answers, sightings."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from toolkit.values import dataclass


class Promise(StrEnum):
    """What a network class allows us to promise after an unknown outcome (DESIGN 7)."""

    KEY = "key"  # replay the same key while it is young, then read back
    RKEY = "rkey"  # look up the key that we chose
    TWO_STEP = "two-step"  # ask the container
    READ_BACK = "read-back"  # read own posts and match
    BLIND = "blind"  # held; a person answers
    HAND_OFF = "hand-off"  # a person publishes and confirms


class Outcome(StrEnum):
    """How a network answered. What an adapter does not know is `UNKNOWN`, never a guess."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # nothing was published and the same request will be refused again
    LATER = "later"  # nothing was published; ask again after `retry_at`
    DUPLICATE = "duplicate"  # the network says it has this already; to be verified
    UNKNOWN = "unknown"  # it may be out


@dataclass(frozen=True, slots=True)
class Answer:
    """A network's answer to one request."""

    outcome: Outcome
    remote_id: str = ""
    url: str = ""
    reason: str = ""
    retry_at: datetime | None = None
    whole_account: bool = False  # `retry_at` is said of the account, not only of this part
    locked_out: bool = False  # the network does not take who we are; only a person helps, and the post is not to blame


class Presence(StrEnum):
    """The result of looking for a post whose outcome is unknown."""

    FOUND = "found"
    ABSENT = "absent"  # proven: the network was read and does not have it
    UNCLEAR = "unclear"  # cannot tell: not readable, or more than one match


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a read-back saw."""

    presence: Presence
    remote_id: str = ""
    url: str = ""
    reason: str = ""
