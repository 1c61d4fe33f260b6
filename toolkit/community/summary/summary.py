"""A week of the inbox, all of it in one value that holds counts and no words of anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.crisis.reading import read_incidents
from toolkit.community.hours import read_times
from toolkit.community.inbox.book import Inbox
from toolkit.community.summary.answers import Answers, count_answers
from toolkit.community.summary.dangers import Danger, Declared, count_dangers, find_declared
from toolkit.community.summary.image import Seen, count_image
from toolkit.community.summary.moods import Moods, find_moods
from toolkit.community.summary.pending import Away, Pending, find_away, find_pending
from toolkit.community.summary.spoken import Heard, Spoken, read_heard
from toolkit.community.summary.topics import Topic, Topics, count_labels, find_topics
from toolkit.community.summary.voices import Voiced, count_voices
from toolkit.community.summary.volume import Volume, count_volume
from toolkit.community.summary.week import Week, week_of
from toolkit.database import to_moment
from toolkit.sentiment.confusion import Confusion
from toolkit.values import dataclass
from toolkit.workspace import Workspace

HISTORY: Final = 8  # weeks before that say what is usual
_FIRST: Final = "SELECT min(at) AS at FROM entries WHERE own = 0"

Weeks = Mapping[Week, Sequence[Spoken]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What happened in a week, as known at `now`; `before` are the answers of the week before, None where nobody listened."""

    week: Week
    now: datetime
    over: bool  # nothing new can come in it
    answers: Answers
    before: Answers | None
    volume: Volume
    labels: tuple[Topic, ...]
    topics: tuple[Topics, ...]
    moods: tuple[Moods, ...]
    voices: tuple[Voiced, ...]
    image: tuple[Seen, ...]
    dangers: tuple[Danger, ...]
    incidents: tuple[Declared, ...]
    pending: Pending
    away: tuple[Away, ...]  # in the week that follows


def summarise(
    inbox: Inbox, workspace: Workspace, week: Week, now: datetime, confusions: Mapping[str, Confusion]
) -> Summary:
    """The week, as an open inbox and the handbook tell it; `confusions` are those of `toolkit.sentiment.measuring`."""
    settings, handbook = workspace.settings, workspace.handbook
    zone = ZoneInfo(settings.timezone)
    heard = read_heard(inbox, week.shift(-HISTORY).span(zone)[0], week.span(zone)[1])
    weeks = _by_week(heard, week, zone, _first_week(inbox, zone))
    times = read_times(settings, handbook, workspace.occasions[0])
    languages = [one.split("-")[0] for one in settings.languages]
    waits = {one: [wait for wait in heard.waits if week_of(wait.asked_at, zone) == one] for one in weeks}
    before = week.shift(-1)
    return Summary(
        week=week,
        now=now,
        over=week.span(zone)[1] <= now,
        answers=count_answers(waits.get(week, ()), times, now),
        before=count_answers(waits[before], times, now) if before in weeks else None,
        volume=count_volume(week, weeks, zone),
        labels=tuple(count_labels(week, weeks)),
        topics=tuple(find_topics(week, weeks, dict.fromkeys(languages))),
        moods=tuple(find_moods(week, weeks, confusions, dict.fromkeys(languages))),
        voices=tuple(count_voices(week, weeks, handbook.voices)),
        image=tuple(count_image(week, weeks, handbook.traits)),
        dangers=tuple(count_dangers(week, weeks, handbook.risks)),
        incidents=tuple(find_declared(read_incidents(workspace.tree)[0], week.span(zone))),
        pending=find_pending(inbox, times, now),
        away=find_away(settings, week.shift(1)),
    )


def _by_week(heard: Heard, week: Week, zone: ZoneInfo, first: Week | None) -> Weeks:
    """Each week since the inbox knows anything, also those in which nobody wrote; earlier ones are unknown, and not zero."""
    if first is None:
        return {}
    weeks: dict[Week, list[Spoken]] = {
        one: [] for one in (week.shift(-back) for back in reversed(range(HISTORY + 1))) if one >= first
    }
    for one in heard.spoken:
        weeks.setdefault(week_of(one.at, zone), []).append(one)
    return weeks


def _first_week(inbox: Inbox, zone: ZoneInfo) -> Week | None:
    """The first week that was heard from its beginning, as far as anybody can tell."""
    moment = next((to_moment(str(raw["at"] or "")) for raw in inbox.store.read(_FIRST)), None)
    return week_of(moment, zone) if moment else None


def plain(value: object) -> object:
    """A summary, or a part of it, as JSON takes it; keys are stable."""
    if isinstance(value, Week):
        return value.name
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
