"""A manager's briefing beside a conversation: what we say, whom to ask, until when; as lines and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.cli.context import Context
from toolkit.dates import say_period
from toolkit.messages import _
from toolkit.workspace.briefings import Briefing


def briefing_lines(one: Briefing, context: Context) -> Iterator[str]:
    """Its title and time, its messages, and who takes over what."""
    people = context.settings.people
    yield ""
    yield _("briefing: {title} ({path}, {period})").format(
        title=one.title, path=one.path, period=say_period(one.first, one.last)
    )
    yield from (f"  · {said}" for said in one.messages)
    for each in one.escalations:
        name = people[each.to].name if each.to in people else each.to
        yield "  " + _("{what}: {name} takes over").format(what=each.what, name=name)
    for ban in one.bans:
        yield "  " + _("not now: {words} ({why})").format(words=", ".join(ban.wording.words), why=ban.why)


def briefing_json(one: Briefing) -> dict[str, object]:
    """Stable keys; days as ISO dates."""
    return {
        "briefing": one.name,
        "path": one.path,
        "title": one.title,
        "owner": one.owner,
        "from": one.first.isoformat() if one.first else None,
        "until": one.last.isoformat() if one.last else None,
        "campaign": one.campaign,
        "messages": list(one.messages),
        "escalate": [{"what": each.what, "to": each.to} for each in one.escalations],
        "no_go": [{"words": list(ban.wording.words), "why": ban.why} for ban in one.bans],
    }
