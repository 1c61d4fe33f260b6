"""What Mastodon's answers mean, beyond `toolkit.networks.answers`.

503 is unknown like every 5xx: Mastodon answers it when two requests with one key race, and 500 when a key is
replayed (mastodon/mastodon#40399), and the status may be out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Outcome
from toolkit.networks.answers import declined, locked_out
from toolkit.networks.mastodon.api import read_status, said
from toolkit.web import BadReply, Reply

# The token lacks the right to publish: https://docs.joinmastodon.org/api/oauth-scopes/
FORBIDDEN: Final = 403
NO_SCOPE: Final = "outside the authorized scopes"


def published(reply: Reply, now: datetime, visibility: str = "") -> Answer:
    """The answer to a request that publishes or edits a status; `visibility` is the one that was asked for."""
    if reply.status not in (200, 201):
        if reply.status == FORBIDDEN and NO_SCOPE in reply.text:
            return locked_out(said(reply), now)
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
