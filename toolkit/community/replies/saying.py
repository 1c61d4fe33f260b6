"""What is said of replies, the same at the command line and at the desk."""

from __future__ import annotations

from toolkit.community.replies.reply import ReplyState
from toolkit.messages import _


def state_word(state: ReplyState) -> str:
    """The state as people read it."""
    words = {
        ReplyState.DRAFT: _("draft"),
        ReplyState.REVIEW: _("waits for approval"),
        ReplyState.APPROVED: _("approved"),
        ReplyState.QUEUED: _("goes out with the next publish"),
        ReplyState.SENT: _("is out"),
        ReplyState.STALE: _("to be looked at again"),
        ReplyState.EXPIRED: _("expired unsent"),
        ReplyState.DROPPED: _("dropped"),
    }
    return words[state]
