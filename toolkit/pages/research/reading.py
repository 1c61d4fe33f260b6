"""Reading the research: what takes the numbers' engine is kept until an import or a look changes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from toolkit import __version__
from toolkit.errors import StateError
from toolkit.pages.kept import digest, kept, known_store
from toolkit.pages.research.researched import DAYS, Counts, Researched
from toolkit.research.interest import Chart, find_interests, read_charts
from toolkit.research.keywords import Keyword, find_keywords
from toolkit.research.published import Published, read_published
from toolkit.research.rivals import Brand, Cell, Counted, compare_brands, own_posts, seen_posts
from toolkit.research.seen import FILE as SEEN
from toolkit.research.seen import SeenPost, read_seen
from toolkit.research.trends import find_trends
from toolkit.research.voice import Voice, share_of_voice
from toolkit.workspace import Workspace
from toolkit.workspace.feeds import read_feeds

if TYPE_CHECKING:
    from toolkit.metrics import Store


NAME: Final = "research-pages.json"
CHARTS: Final = "research-charts.json"
MONTHS: Final = 6  # of shares of voice
NEWS: Final = timedelta(days=14)
Kept = TypeVar("Kept")


def read_research(workspace: Workspace, state: Path, now: datetime) -> Researched:
    """What is known now; without the extra `metrics` nothing that was counted."""
    damaged: list[str] = []
    published = _or_say(lambda: read_published(state), damaged) or []
    seen = _or_say(lambda: read_seen(state), damaged)
    store = known_store(state)
    interests = tuple(find_interests(_charts(state, store), now)) if store and published else ()
    return Researched(
        trends=tuple(find_trends(workspace, published, interests, now)) if published else (),
        news=tuple(one for one in published if now - NEWS < one.at <= now and not one.earlier),
        interests=interests,
        counts=_counts(workspace, state, store, seen, now) if store and seen is not None else Counts(),
        topics=_topics(workspace, published),
        known=bool(published),
        damaged=tuple(damaged),
    )


def _or_say(read: Callable[[], list[Kept]], damaged: list[str]) -> list[Kept] | None:
    """What is kept, or None and why not: a damaged file of the research leaves the rest of the site as it is."""
    try:
        return read()
    except StateError as error:
        damaged.append(str(error))
        return None


def _topics(workspace: Workspace, published: Sequence[Published]) -> Mapping[str, tuple[Keyword, ...]]:
    """By what each competitor's entries differ from all others in their language."""
    found: dict[str, tuple[Keyword, ...]] = {}
    for feed in read_feeds(workspace.tree)[0].feeds:
        theirs = [one for one in published if feed.competitor and feed.name in one.sources]
        if theirs:
            language = (feed.language or workspace.settings.languages[0]).partition("-")[0]
            others = [one for one in published if one.language == feed.language and feed.name not in one.sources]
            found[feed.competitor] = (*found.get(feed.competitor, ()), *find_keywords(theirs, others, language, 8))
    return found


def _charts(state: Path, store: Store) -> list[Chart]:
    """Kept until an import."""
    key = digest(json.dumps([__version__, [one.id for one in store.imports()]]))
    return kept(state / "cache" / CHARTS, key, lambda: read_charts(store), _plain_charts, _read_charts)


def _plain_charts(charts: Sequence[Chart]) -> object:
    return [[subject, name, [[at.isoformat(), value] for at, value in values]] for subject, name, values in charts]


def _read_charts(raw: Any) -> list[Chart]:
    return [
        (str(subject), str(name), [(datetime.fromisoformat(at), float(value)) for at, value in values])
        for subject, name, values in raw
    ]


def _counts(workspace: Workspace, state: Path, store: Store, seen: Sequence[SeenPost], now: datetime) -> Counts:
    """Kept until an import, a look at competitors, or a new day."""
    looked = (state / SEEN).stat().st_mtime_ns if (state / SEEN).is_file() else 0
    said = [__version__, looked, now.astimezone(ZoneInfo(workspace.settings.timezone)).date().isoformat()]
    key = digest(json.dumps([said, [one.id for one in store.imports()]]))
    return kept(state / "cache" / NAME, key, lambda: _count(workspace, store, seen, now), _plain, _read)


def _count(workspace: Workspace, store: Store, seen: Sequence[SeenPost], now: datetime) -> Counts:
    from toolkit.kpis import Period, midnight

    zone, period = ZoneInfo(workspace.settings.timezone), Period(now - timedelta(days=DAYS), now, now)
    posts = seen_posts(seen, period)
    channels = sorted({one.channel for one in posts})
    posts += own_posts(store, period, channels, store.subjects())
    firsts = [_month(now.astimezone(zone).date(), back) for back in range(MONTHS, -1, -1)]
    months = tuple(
        (f"{first:%Y-%m}", share_of_voice(store, Period(midnight(first, zone), midnight(after, zone), now)))
        for first, after in pairwise(firsts)
    )
    return Counts(tuple(compare_brands(posts, period, zone)), tuple(one for one in months if one[1]))


def _month(day: date, back: int) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def _plain(counts: Counts) -> object:
    months = [[month, [asdict(one) for one in voices]] for month, voices in counts.months]
    return {"brands": [_plain_brand(one) for one in counts.brands], "months": months}


def _read(raw: Any) -> Counts:
    months = tuple((month, tuple(Voice(**one) for one in voices)) for month, voices in raw["months"])
    return Counts(tuple(map(_read_brand, raw["brands"])), months)


def _plain_brand(one: Brand) -> dict[str, object]:
    tops = [asdict(top) | {"at": top.at.isoformat()} for top in one.tops]
    return asdict(one) | {"gap": one.gap.total_seconds() if one.gap is not None else None, "tops": tops}


def _read_brand(raw: dict[str, object]) -> Brand:
    """What `_plain_brand` wrote; raises what a damaged file brings."""
    formats, hours, tops = raw["formats"], raw["hours"], raw["tops"]
    if not (isinstance(formats, dict) and isinstance(hours, dict) and isinstance(tops, list)):
        raise TypeError("no brand")
    every, gap = raw["all"], raw["gap"]
    return Brand(
        name=str(raw["name"]),
        all=Cell(**every) if isinstance(every, dict) else Cell(0, 0),
        per_week=float(str(raw["per_week"])),
        gap=timedelta(seconds=float(str(gap))) if gap is not None else None,
        formats={form: Cell(**cell) for form, cell in formats.items()},
        hours={int(hour): count for hour, count in hours.items()},
        tops=tuple(Counted(**(top | {"at": datetime.fromisoformat(top["at"])})) for top in tops),
    )
