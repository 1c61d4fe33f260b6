"""What is remembered from round to round: the room's notes in the ledger, shared by all dispatchers."""

from __future__ import annotations

from typing import Protocol


class Memory(Protocol):
    """Texts by name; whoever changes one says what they saw."""

    def read(self, name: str) -> str:
        """What stands under `name`; "" when nothing does."""

    def swap(self, name: str, before: str, value: str) -> bool:
        """Write `value` where `before` still stands; False when somebody was faster."""
