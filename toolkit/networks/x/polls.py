"""Polls on X: two to four answers, open for up to a week.

``poll_options: "Filter | Espresso"`` with ``poll_days: 3``.
API: https://docs.x.com/x-api/posts/manage-tweets/introduction (Post with poll)
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.messages import _
from toolkit.model import Part
from toolkit.networks.limits import limit
from toolkit.networks.x.counting import length

FEWEST: Final = 2
DAY: Final = 1440  # minutes
SHORTEST: Final = 5  # minutes
_DAYS: Final = re.compile(r"(?a:\d{1,4}(?:[.,]\d{1,4})?)")


def poll_body(part: Part) -> dict[str, object]:
    """The field ``poll`` of a post, in a mapping; empty where there is none."""
    offered = _answers(part)
    return {"poll": {"options": offered, "duration_minutes": _minutes(part)}} if offered else {}


def refuse_poll(part: Part) -> str:
    """Why X would refuse the poll of `part`, "" if it would not or there is none."""
    offered, minutes = _answers(part), _minutes(part)
    if not part.fields.get("poll_options"):
        return ""
    if part.attachments:
        return _("a post on X has media or a poll, not both")
    if not FEWEST <= len(offered) <= limit("x", "poll_options") or len(set(offered)) < len(offered):
        message = _('a poll on X has two to {most} different answers: poll_options: "Yes | No"')
        return message.format(most=limit("x", "poll_options"))
    longest = max(offered, key=length)
    if length(longest) > limit("x", "poll_option"):
        message = _("the answer {answer!r} has {length} characters, X takes {limit}")
        return message.format(answer=longest, length=length(longest), limit=limit("x", "poll_option"))
    most = limit("x", "poll_longest") // 60
    if minutes is None or not SHORTEST <= minutes <= most:
        message = _("poll_days must be a number of at most {most}, not {days!r}")
        return message.format(most=most // DAY, days=part.fields.get("poll_days", ""))
    return ""


def _answers(part: Part) -> list[str]:
    return [answer.strip() for answer in part.fields.get("poll_options", "").split("|") if answer.strip()]


def _minutes(part: Part) -> int | None:
    """How long the poll is open; a day where the post does not say, None for what is no number."""
    written = part.fields.get("poll_days", "1")
    return round(float(written.replace(",", ".")) * DAY) if _DAYS.fullmatch(written) else None
