from __future__ import annotations

from tests.community.inbox.conftest import file, inbox, place  # the same inboxes, of either kind

__all__ = ["file", "inbox", "place"]
