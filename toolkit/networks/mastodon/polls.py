"""Polls: a question with up to as many answers as the server takes, open for some days.

``poll_options: "Ja | Nein"`` with ``poll_days: 3`` and, where several answers may be chosen, ``poll_multiple: yes``.
API: https://docs.joinmastodon.org/methods/statuses/#form-data-parameters (poll)
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Part
from toolkit.networks.mastodon.instance import Limits

DAY: Final = 86_400
SHORTEST: Final = 300  # seconds; what the software takes where the server does not say
FEWEST: Final = 2
_DAYS: Final = re.compile(r"(?a:\d{1,4}(?:[.,]\d{1,4})?)")


def answers(part: Part) -> list[str]:
    """The answers that `part` offers; none where it is no poll."""
    return [answer.strip() for answer in part.fields.get("poll_options", "").split("|") if answer.strip()]


def make_poll(part: Part) -> dict[str, object]:
    """The field ``poll`` of a status, in a mapping; empty where there is none."""
    offered = answers(part)
    if not offered:
        return {}
    multiple = part.fields.get("poll_multiple", "").lower() in {"yes", "true"}
    poll: dict[str, object] = {"options": offered, "expires_in": seconds(part) or DAY}
    return {"poll": poll | ({"multiple": True} if multiple else {})}


def seconds(part: Part) -> int | None:
    """How long the poll is open; a day where the post does not say, None for what is no number."""
    written = part.fields.get("poll_days", "1")
    return round(float(written.replace(",", ".")) * DAY) if _DAYS.fullmatch(written) else None


def remaining(poll: dict[str, object], ends: datetime | None, now: datetime) -> dict[str, object]:
    """`poll` for an edit: a poll that runs ends when it would have."""
    if not poll or ends is None:
        return poll
    left = max(SHORTEST, round((ends - now).total_seconds()))
    inner = poll["poll"]
    return {"poll": {**inner, "expires_in": left}} if isinstance(inner, dict) else poll


def refuse_poll(part: Part, limits: Limits) -> str:
    """Why the server would refuse the poll of `part`, "" if it would not or there is none."""
    offered, length = answers(part), seconds(part)
    if not offered:
        return ""
    if part.attachments:
        return _("a status has media or a poll, not both")
    if len(offered) < FEWEST or len(set(offered)) < len(offered):
        return _('a poll needs at least two different answers: poll_options: "Yes | No"')
    if length is None:
        return _("poll_days must be a number, not {days!r}").format(days=part.fields["poll_days"])
    return _refuse_size(offered, length, limits)


def _refuse_size(offered: list[str], length: int, limits: Limits) -> str:
    if limits.poll_answers is not None and len(offered) > limits.poll_answers:
        message = _("{count} answers, the server takes {limit}")
        return message.format(count=len(offered), limit=limits.poll_answers)
    longest = max(offered, key=len)
    if limits.poll_answer is not None and len(longest) > limits.poll_answer:
        message = _("the answer {answer!r} has {length} characters, the server takes {limit}")
        return message.format(answer=longest, length=len(longest), limit=limits.poll_answer)
    least, most = limits.poll_shortest or SHORTEST, limits.poll_longest
    if length < least or (most is not None and length > most):
        message = _("the poll is open for {seconds} seconds, the server takes {least} to {most}")
        return message.format(seconds=length, least=least, most=most or "…")
    return ""
