"""What a correction or a retraction comes down to on one account: the network edits or deletes, or something else."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from toolkit.errors import UsageError
from toolkit.model import Correction, Otherwise, Retraction
from toolkit.networks import by_hand, find_network
from toolkit.networks.base import Capability
from toolkit.settings import Account


class Means(StrEnum):
    """How it is done."""

    EDIT = "edit"  # the text is replaced
    DELETE = "delete"  # it is taken back
    REPLY = "reply"  # a reply below it says so
    REPOST = "repost"  # it is taken back and sent anew
    LEAVE = "leave"  # it stays
    HAND_OFF = "hand-off"  # a person does it


_OTHERWISE: Final = {
    Otherwise.REPLY: (Means.REPLY, Capability.COMMENT),
    Otherwise.REPOST: (Means.REPOST, Capability.DELETE),
}


def correction_means(correction: Correction, account: Account) -> Means:
    """How `correction` reaches what was published on `account`."""
    return _means(account, Capability.EDIT, Means.EDIT, correction.otherwise)


def retraction_means(retraction: Retraction, account: Account) -> Means:
    """How what was published on `account` is taken back."""
    return _means(account, Capability.DELETE, Means.DELETE, retraction.otherwise)


def _means(account: Account, needed: Capability, means: Means, otherwise: Otherwise) -> Means:
    able = _capabilities(account)
    if needed in able:
        return means
    if otherwise is Otherwise.LEAVE:
        return Means.LEAVE
    fallback, asked = _OTHERWISE.get(otherwise, (Means.HAND_OFF, None))
    return fallback if asked in able else Means.HAND_OFF


def _capabilities(account: Account) -> frozenset[Capability]:
    """What we can do there ourselves; nothing where a person publishes."""
    try:
        network = find_network(account.network)
    except UsageError:
        return frozenset()
    return frozenset() if by_hand(account) or network.connect is None else network.capabilities
