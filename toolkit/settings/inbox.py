"""The table ``[inbox]``: how often the networks are asked what people write, how long that is kept; who approves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "inbox"
KEYS: Final[Mapping[str, str]] = {
    "minutes": "Minutes between two looks of leitstand run at what people write. Default: 5.",
    "days": "So many days after its publication a post's comments are still fetched. Default: 90.",
    "retention_days": "Days after which a conversation that is done loses everything personal; numbers stay. Default: 180.",
    "approve_from": "Risk class of a conversation from which somebody else has to approve a reply; 4 for never. Default: 1.",
    "approve_by": "Roles whose approval counts there; never the author's own. Default: manager.",
}
# Shorter would be a burden on the networks, longer than ten years is not meant.
_BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "minutes": (1, 1440),
    "days": (1, 730),
    "retention_days": (1, 3650),
    "approve_from": (0, 4),
}


@dataclass(frozen=True, slots=True)
class InboxPolicy:
    """What the table sets, with defaults filled in."""

    minutes: int = 5
    days: int = 90
    retention_days: int = 180
    approve_from: int = 1
    approve_by: tuple[str, ...] = ("manager",)

    @property
    def every(self) -> timedelta:
        """Between two looks."""
        return timedelta(minutes=self.minutes)

    @property
    def window(self) -> timedelta:
        """The age up to which a post's comments are fetched."""
        return timedelta(days=self.days)

    @property
    def retention(self) -> timedelta:
        """How long a conversation that is done is kept."""
        return timedelta(days=self.retention_days)


def read_inbox(reader: Reader, raw: Mapping[str, object]) -> InboxPolicy:
    """The policy that the table sets."""
    table, usual = reader.table(reader.sub(raw, TABLE), TABLE, KEYS), InboxPolicy()
    found: dict[str, int] = {}
    for key, (least, most) in _BOUNDS.items():
        found[key] = reader.value(table, TABLE, key, int, getattr(usual, key))
        if not least <= found[key] <= most:
            message = _("{key} must be between {least} and {most}").format(key=key, least=least, most=most)
            reader.error(TABLE, key, message)
            found[key] = getattr(usual, key)
    return InboxPolicy(**found, approve_by=reader.words(table, TABLE, "approve_by", usual.approve_by))
