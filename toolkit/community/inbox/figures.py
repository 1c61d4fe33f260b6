"""The inbox's numbers, for the metrics: how much was written on a day, what of it was answered, how soon, in what mood.

=================  =====================================================================================================
metric             by day (the workspace's own) and account, as subject ``inbox``
=================  =====================================================================================================
messages           what others wrote, also what they took back
answerable         turns in which they waited for us; not the last one of a conversation that we called done unanswered
answered           those of them that we answered, on whatever day
positive …         messages in that mood, as far as a classifier could tell; also neutral and negative
sentiment_error    the share of them that is wrong, as far as it was measured: none of what a person said, all of what is
                   in a language whose model nobody has measured
response_time      seconds of service hours from the first word of a turn to our answer, as subject ``inbox:TOKEN``
=================  =====================================================================================================

Tokens are drawn by lot and say nothing of anybody. What was told is remembered in the inbox, so a value is told again
only when it has changed, also after its messages were forgotten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ulid import ULID

from toolkit.community.hours import turns
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Entry, Stage
from toolkit.database import SET_META, Record, Values, surely, to_moment, to_text
from toolkit.metrics import Store
from toolkit.model import Message, MessageKind, Observation
from toolkit.values import dataclass

NAME: Final = "inbox"  # the subject, and the source and name of these imports
WINDOW: Final = timedelta(days=45)  # whose days are counted anew: answers come late
EVERY: Final = timedelta(hours=1)
TOLD_META: Final = "told_at"
MOODS: Final = ("positive", "neutral", "negative")
UNMEASURED: Final = 1.0  # the error of a model that nobody has measured: every label of its may be wrong

# Account, when they began to wait, when we answered → seconds of service hours in between.
Elapsed = Callable[[str, datetime, datetime], float]

_SAID: Final = """SELECT conversations.channel, conversations.stage, entries.conversation, entries.remote_id, entries.token,
  entries.at, entries.own, entries.automatic, entries.answerable, entries.mood, entries.mood_by_hand, entries.language,
  conversations.language AS spoken, entries.heard_at, entries.deleted_at, entries.forgotten_at
FROM entries JOIN conversations ON conversations.id = entries.conversation
WHERE entries.conversation IN (SELECT conversation FROM entries WHERE at >= :since) ORDER BY entries.at"""
_TOLD: Final = "SELECT subject, channel, metric, at, value FROM told WHERE at >= :since"
_TELL: Final = """INSERT INTO told (subject, channel, metric, at, value) VALUES (:subject, :channel, :metric, :at, :value)
ON CONFLICT (subject, channel, metric, at) DO UPDATE SET value = excluded.value"""


@dataclass(frozen=True, slots=True)
class Counting:
    """How it is counted: the workspace's zone, its service hours, and how often the model of each language is wrong."""

    zone: ZoneInfo
    elapsed: Elapsed
    errors: Mapping[str, float] = field(default_factory=dict)  # "de" → share of wrong labels, where it was measured

    def error_of(self, raw: Record) -> float:
        """How probably the mood of an entry is wrong."""
        language = str(raw["language"] or raw["spoken"]).replace("_", "-").partition("-")[0].lower()
        return 0.0 if raw["mood_by_hand"] else self.errors.get(language, UNMEASURED)


@dataclass(frozen=True, slots=True)
class Figure:
    """One value."""

    subject: str
    channel: str
    metric: str
    at: datetime
    value: float


def tell_if_due(inbox: Inbox, store: Store, counting: Counting, now: datetime) -> int:
    """`tell`, once an hour: each change is an import of its own."""
    rows = inbox.store.read("SELECT value FROM meta WHERE name = :name", {"name": TOLD_META})
    last = next((to_moment(str(raw["value"])) for raw in rows), None)
    if last is not None and last <= now < last + EVERY:
        return 0
    count = tell(inbox, store, counting, now)
    with inbox.store.transaction() as transaction:
        transaction.run(SET_META, {"name": TOLD_META, "value": to_text(now)})
    return count


def tell(inbox: Inbox, store: Store, counting: Counting, now: datetime) -> int:
    """Tell the metrics what has changed; returns how many values.

    The metrics get it first: whoever is killed in between tells the same once more, and of two equal values one counts.
    """
    first = (now - WINDOW).astimezone(counting.zone).date()
    since = {"since": to_text(_moment(first, time(0), counting.zone))}
    told = {_key(raw): str(raw["value"]) for raw in inbox.store.read(_TOLD, since)}
    found = [one for one in count(inbox.store.read(_SAID, since), counting) if _day(one.at, counting.zone) >= first]
    rows = [one for one in map(_values, found) if told.get(_key(one)) != one["value"]]
    if rows:
        store.append(_observations(rows, now), imported_at=now, name=NAME)
        with inbox.store.transaction() as transaction:
            transaction.run_many(_TELL, rows)
    return len(rows)


def count(said: Iterable[Record], counting: Counting) -> list[Figure]:
    """The values that follow from whole conversations."""
    whole: dict[str, list[Record]] = {}
    for raw in said:
        whole.setdefault(str(raw["conversation"]), []).append(raw)
    days: Counter[tuple[str, date, str]] = Counter()
    wrong: defaultdict[tuple[str, date], float] = defaultdict(float)
    waited: list[Figure] = []
    for rows in whole.values():
        channel = str(rows[0]["channel"])
        days.update((channel, day, metric) for day, metric in _counted(rows, counting.zone))
        waited += _waited(rows, channel, counting.elapsed)
        for raw in rows:
            if not raw["own"] and raw["mood"] in MOODS:
                wrong[channel, _day(surely(raw["at"]), counting.zone)] += counting.error_of(raw)
    return [*_by_day(days, wrong, counting.zone), *waited]


def _counted(rows: Sequence[Record], zone: ZoneInfo) -> Iterator[tuple[date, str]]:
    """What one conversation adds to which day."""
    for raw in rows:
        if not raw["own"]:
            day = _day(surely(raw["at"]), zone)
            yield day, "messages"
            if raw["mood"] in MOODS:
                yield day, str(raw["mood"])
    for turn in turns(map(_entry, rows)):
        day = _day(turn.asked_at, zone)
        if turn.answered_at is not None:
            yield day, "answered"
        if turn.answered_at is not None or rows[0]["stage"] != Stage.DONE:
            yield day, "answerable"


def _waited(rows: Sequence[Record], channel: str, elapsed: Elapsed) -> Iterator[Figure]:
    tokens = {surely(raw["at"]): str(raw["token"]) for raw in reversed(rows) if not raw["own"]}
    for turn in turns(map(_entry, rows)):
        if turn.answered_at is not None:
            subject = f"{NAME}:{tokens[turn.asked_at]}"
            seconds = elapsed(channel, turn.asked_at, turn.answered_at)
            yield Figure(subject, channel, "response_time", turn.answered_at, seconds)


def _by_day(
    days: Mapping[tuple[str, date, str], int], wrong: Mapping[tuple[str, date], float], zone: ZoneInfo
) -> Iterator[Figure]:
    """Missing is not zero: a day on which nobody wrote has no values, one on which nobody was answered has a zero."""
    for channel, day in sorted({(channel, day) for channel, day, _metric in days}):
        noon = _moment(day, time(12), zone)
        told = ["messages", "answerable", "answered"]
        classified = sum(days.get((channel, day, mood), 0) for mood in MOODS)
        told += MOODS if classified else []
        for metric in told:
            yield Figure(NAME, channel, metric, noon, days.get((channel, day, metric), 0))
        if classified:
            error = round(wrong[channel, day] / classified, 4)
            yield Figure(NAME, channel, "sentiment_error", noon, error)


def _entry(raw: Record) -> Entry:
    """As much of an entry as whose turn it is follows from."""
    message = Message(
        raw["remote_id"],
        raw["channel"],
        MessageKind.COMMENT,
        "",
        "",
        surely(raw["at"]),
        own=bool(raw["own"]),
        automatic=bool(raw["automatic"]),
        answerable=bool(raw["answerable"]),
    )
    heard = surely(raw["heard_at"])
    return Entry(message, raw["conversation"], heard, to_moment(raw["deleted_at"]), bool(raw["forgotten_at"]))


def _observations(rows: Iterable[Values], now: datetime) -> Iterator[Observation]:
    import_id = f"{NAME}-{ULID.from_datetime(now)}"
    for row in rows:
        yield Observation(
            subject=str(row["subject"]),
            channel=str(row["channel"]),
            metric=str(row["metric"]),
            value=float(row["value"]),
            observed_at=surely(str(row["at"])),
            published_at=None,
            source=NAME,
            import_id=import_id,
        )


def _values(figure: Figure) -> dict[str, str]:
    told = {"subject": figure.subject, "channel": figure.channel, "metric": figure.metric}
    return told | {"at": to_text(figure.at), "value": repr(float(figure.value))}


def _key(raw: Record | Mapping[str, str]) -> tuple[str, str, str, str]:
    return str(raw["subject"]), str(raw["channel"]), str(raw["metric"]), str(raw["at"])


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)
