"""An incident in numbers, out of the inbox: how much was written by how many, the loudest hour, how soon people were answered.

Missing is not zero: what the inbox cannot tell is None, and the talk afterwards leaves it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from toolkit.community.crisis.curve import Mention
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.proposing import HOUR, about
from toolkit.community.inbox.book import Inbox
from toolkit.community.triage.dangers import Dangers
from toolkit.database import Record, surely, to_text
from toolkit.values import dataclass
from toolkit.workspace.playbook import Playbook, Trigger

_SAID: Final = """SELECT entries.conversation, entries.at, entries.text, entries.own, entries.automatic, entries.author_key,
entries.reach, entries.language, conversations.channel FROM entries JOIN conversations
ON conversations.id = entries.conversation WHERE at >= :since AND at <= :until ORDER BY at, own"""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was written about it between its declaration and its end.

    `response` is the median time from a person's message to our next answer in the same conversation, by the clock,
    `asked` how many waited and `answered` how many of them got one. `reach` is the sum of the followers of those
    `known` people of whom the source says it.
    """

    messages: int = 0
    people: int = 0
    peak: int = 0
    peak_at: datetime | None = None  # when the loudest hour began
    asked: int = 0
    answered: int = 0
    response: timedelta | None = None
    reach: int | None = None
    known: int = 0


def count_incident(
    inbox: Inbox, playbook: Playbook | None, incident: Incident, dangers: Dangers, now: datetime
) -> Numbers:
    """The numbers of one incident: of the messages that its playbook is about."""
    span = {"since": to_text(incident.declared - HOUR), "until": to_text(incident.closed or now)}
    rows = inbox.store.read(_SAID, span)
    said = [raw for raw in rows if not raw["own"] and not raw["automatic"]]
    theirs = said if playbook is None else _about(said, playbook.subject, dangers)
    waits = _answers(rows, {str(raw["conversation"]) for raw in theirs})
    peak, peak_at = _loudest([surely(raw["at"]) for raw in theirs])
    followers = _followers(theirs)
    answered = [length for length in waits if length is not None]
    return Numbers(
        len(theirs),
        len({str(raw["author_key"]) for raw in theirs}),
        peak,
        peak_at,
        len(waits),
        len(answered),
        timedelta(seconds=median(one.total_seconds() for one in answered)) if answered else None,
        sum(followers.values()) if followers else None,
        len(followers),
    )


def _about(rows: Sequence[Record], subject: Sequence[Trigger], dangers: Dangers) -> list[Record]:
    mentions = [_mention(raw, dangers) for raw in rows]
    kept = {id(one) for one in about(mentions, subject)}
    return [raw for raw, one in zip(rows, mentions, strict=True) if id(one) in kept]


def _mention(raw: Record, dangers: Dangers) -> Mention:
    told = dangers.told(str(raw["text"]), str(raw["channel"]), str(raw["language"]))
    names = frozenset(one.name for one in told)
    return Mention(surely(raw["at"]), str(raw["text"]), None, names, any(one.level for one in told))


def _answers(rows: Iterable[Record], conversations: set[str]) -> list[timedelta | None]:
    """For each wait in these conversations how long it lasted; None while it lasts."""
    found: list[timedelta | None] = []
    asked: dict[str, datetime] = {}
    for raw in rows:
        name, at = str(raw["conversation"]), surely(raw["at"])
        if name not in conversations or raw["automatic"]:
            continue
        if not raw["own"]:
            asked.setdefault(name, at)
        elif name in asked:
            found.append(at - asked.pop(name))
    return [*found, *(None for _name in asked)]


def _loudest(moments: Sequence[datetime]) -> tuple[int, datetime | None]:
    """The most messages within an hour, and when that hour began; moments in order."""
    most, begins, first = 0, None, 0
    for last, at in enumerate(moments):
        while at - moments[first] >= HOUR:
            first += 1
        if last - first + 1 > most:
            most, begins = last - first + 1, moments[first]
    return most, begins


def _followers(rows: Iterable[Record]) -> Mapping[str, int]:
    """Person → the most followers that a source named; people of whom nothing is known are left out."""
    found: dict[str, int] = defaultdict(int)
    for raw in rows:
        if int(raw["reach"]) >= 0:
            found[str(raw["author_key"])] = max(found[str(raw["author_key"])], int(raw["reach"]))
    return found
