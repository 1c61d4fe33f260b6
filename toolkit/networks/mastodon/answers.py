"""What Mastodon's answers mean, beyond `toolkit.networks.answers`.

503 is unknown like every 5xx: Mastodon answers it when two requests with one key race, and 500 when a key is
replayed (mastodon/mastodon#40399), and the status may be out.
"""

from __future__ import annotations

from datetime import datetime

from toolkit.messages import _
from toolkit.model import Answer, Outcome
from toolkit.networks.answers import declined
from toolkit.networks.mastodon.api import read_status, said
from toolkit.web import BadReply, Reply


def published(reply: Reply, now: datetime, visibility: str = "") -> Answer:
    """The answer to a request that publishes or edits a status; `visibility` is the one that was asked for."""
    if reply.status not in (200, 201):
        return declined(reply, now, said(reply))
    try:
        status = read_status(reply.json())
    except BadReply as error:
        return Answer(Outcome.UNKNOWN, reason=str(error))
    if status is None:
        return Answer(Outcome.UNKNOWN, reason=f"{reply.status}: no status in the answer")
    reason = ""
    if visibility and status.visibility != visibility:
        message = _("the server made it {actual}, not {wanted}")
        reason = message.format(actual=status.visibility, wanted=visibility)
    return Answer(Outcome.ACCEPTED, status.id, status.url, reason)
