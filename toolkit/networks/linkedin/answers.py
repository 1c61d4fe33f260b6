"""What LinkedIn's answers mean, beyond `toolkit.networks.answers`: dead API versions and duplicates.

A duplicate is refused with 422 and the URN of the post that LinkedIn takes it for. That post need not exist: one that
was deleted blocks its text for a day or two, so the URN is looked at before anything is believed.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from toolkit.model import Answer, Outcome
from toolkit.networks.answers import declined, not_begun
from toolkit.networks.linkedin.api import OVER
from toolkit.web import Reply

DUPLICATE: Final = "DUPLICATE_POST"
_URN: Final = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")


def refused_post(reply: Reply, now: datetime, words: str) -> Answer:
    """The answer when a publishing or changing request did not succeed."""
    if reply.status == OVER:
        return Answer(Outcome.REFUSED, reason=words)
    if reply.status in (400, 409, 422) and (DUPLICATE in reply.text or "is a duplicate of urn:" in reply.text):
        return Answer(Outcome.DUPLICATE, named_urn(reply), reason=words)
    return declined(reply, now, words)


def before_post(reply: Reply, now: datetime, words: str) -> Answer:
    """The answer when a request before the publishing one failed."""
    return Answer(Outcome.REFUSED, reason=words) if reply.status == OVER else not_begun(reply, now, words)


def named_urn(reply: Reply) -> str:
    """The post that a refusal names, "" when it names none."""
    found = _URN.search(reply.text)
    return found[0] if found else ""
