"""Why a conversation stands where it stands in the inbox, as lines for people and as an object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.cli.context import Context
from toolkit.cli.rows import local_time
from toolkit.messages import _, decimal

if TYPE_CHECKING:
    from datetime import datetime

    from toolkit.community.inbox.book import Inbox
    from toolkit.community.inbox.conversation import Conversation
    from toolkit.community.triage.verdict import Triage


def find_why(inbox: Inbox, conversation: Conversation, context: Context, now: datetime) -> Triage:
    """The verdict of the handbook's rules as they are now."""
    from toolkit.community.triage.book import read_book
    from toolkit.community.triage.keeping import examine

    return examine(inbox, conversation, read_book(context.load()), now)


def why_lines(found: Triage, context: Context) -> Iterator[str]:
    """The score with each of its parts, the weightiest first, and until when an answer is promised."""
    yield ""
    yield _("urgency {score}").format(score=decimal(found.score, ".1f"))
    for part in sorted(found.parts, key=lambda one: -abs(one.points)):
        yield f"  {decimal(part.points, '+.1f')}  {part.reason}"
    if found.due is not None:
        yield _("an answer is promised until {when}").format(when=local_time(found.due, context))
    for name in found.slow:
        yield _("{rule} takes too long on this text and was left out; make its patterns simpler").format(rule=name)


def why_json(found: Triage) -> dict[str, object]:
    """Stable keys; moments with their offset."""
    return {
        "score": found.score,
        "parts": [{"source": one.source.value, "points": one.points, "reason": one.reason} for one in found.parts],
        "risk": found.risk,
        "rules": list(found.rules),
        "labels": list(found.labels),
        "assignee": found.assignee,
        "due": found.due.isoformat() if found.due else None,
    }
