"""What was shown to people a moment ago, by its hash: who presses after a change sees what changed since they looked.

In memory and bounded: after a restart, or when it is pushed out, the difference is shown to what stands in the ledger.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import field
from threading import Lock
from typing import Final

from toolkit.values import dataclass

MOST: Final = 500  # contents of some kilobytes


@dataclass(slots=True)
class Memory:
    """Hash → the content that was shown."""

    _contents: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, digest: str, content: str) -> None:
        """Remember what is shown now."""
        with self._lock:
            self._contents[digest] = content
            self._contents.move_to_end(digest)
            while len(self._contents) > MOST:
                self._contents.popitem(last=False)

    def find(self, digest: str) -> str:
        """What had this hash; "" when it is not remembered."""
        with self._lock:
            return self._contents.get(digest, "")
