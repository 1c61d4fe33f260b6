"""Polls on LinkedIn: a question with two to four answers, open for one, three, seven or fourteen days.

``poll_options: "Filter | Espresso"`` with ``poll_days: 3``. The question is ``poll_question``, else the post's title.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/poll-post-api
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.messages import _
from toolkit.model import Part
from toolkit.networks.limits import limit

FEWEST: Final = 2
USUAL: Final = "7"
DURATIONS: Final[Mapping[str, str]] = {"1": "ONE_DAY", "3": "THREE_DAYS", "7": "SEVEN_DAYS", "14": "FOURTEEN_DAYS"}


def poll_content(part: Part) -> dict[str, object]:
    """The content of a post with a poll; empty where there is none."""
    offered = _answers(part)
    if not offered:
        return {}
    settings = {"duration": DURATIONS[part.fields.get("poll_days", USUAL)]}
    question, options = part.fields.get("poll_question", ""), [{"text": answer} for answer in offered]
    return {"poll": {"question": question, "options": options, "settings": settings}}


def refuse_poll(part: Part) -> str:
    """Why LinkedIn would refuse the poll of `part`, "" if it would not or there is none."""
    offered, question = _answers(part), part.fields.get("poll_question", "")
    if not part.fields.get("poll_options"):
        return ""
    if part.attachments or part.fields.get("link"):
        return _("a post on LinkedIn has a poll, or media, or a link card")
    if not FEWEST <= len(offered) <= limit("linkedin", "poll_options") or len(set(offered)) < len(offered):
        message = _('a poll on LinkedIn has two to {most} different answers: poll_options: "Yes | No"')
        return message.format(most=limit("linkedin", "poll_options"))
    if part.fields.get("poll_days", USUAL) not in DURATIONS:
        return _("a poll on LinkedIn is open for {days} days").format(days=", ".join(DURATIONS))
    return _refuse_length(question, max(offered, key=len))


def _refuse_length(question: str, longest: str) -> str:
    if not question or len(question) > limit("linkedin", "poll_question"):
        message = _("the question of a poll on LinkedIn has one to {most} characters (poll_question)")
        return message.format(most=limit("linkedin", "poll_question"))
    if len(longest) > limit("linkedin", "poll_option"):
        message = _("the answer {answer!r} has {length} characters, LinkedIn takes {limit}")
        return message.format(answer=longest, length=len(longest), limit=limit("linkedin", "poll_option"))
    return ""


def _answers(part: Part) -> list[str]:
    return [answer.strip() for answer in part.fields.get("poll_options", "").split("|") if answer.strip()]
