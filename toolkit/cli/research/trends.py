"""What is written about more than usual, with everything that speaks for and against taking it up."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.findings import printable
from toolkit.cli.research.news import published_json
from toolkit.dates import say_short_day
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import ngettext
from toolkit.research.interest import Interest, read_interests
from toolkit.research.published import read_published
from toolkit.research.saying import reasons, standing
from toolkit.research.trends import Trend, Trends, find_trends

SHOWN = 3  # entries of a trend


def trends(*, folder: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Words of the last seven days against the eight weeks before, each language by itself."""
    context = open_context(folder, now)
    moment = context.clock.now()
    found = find_trends(context.load(), read_published(context.state), load_interests(context), moment)
    if as_json:
        print_json({"languages": [_json(one) for one in found]})
        return EXIT_CLEAN
    for one in found:
        for line in _lines(one, context):
            console().print(line, markup=False)
    return EXIT_CLEAN


def load_interests(context: Context) -> list[Interest]:
    """What is known of searches; nothing without the extra `metrics`."""
    try:
        from toolkit.metrics import open_store

        return read_interests(open_store(context.state), context.clock.now())
    except ImportError:
        return []


def _lines(one: Trends, context: Context) -> Iterator[str]:
    yield f"[{one.bursts.language}] {standing(one)}"
    for trend in one.found:
        burst = trend.burst
        beside = f" ({', '.join(burst.beside)})" if burst.beside else ""
        yield f"\n{printable(burst.phrase)}{printable(beside)}"
        yield from (f"  - {printable(str(reason))}" for reason in reasons(trend, context.zone))
        for entry in burst.entries[:SHOWN]:
            when = say_short_day(entry.at.astimezone(context.zone))
            yield f"    {when}  {', '.join(entry.sources)}: {printable(entry.title)}  {printable(entry.url)}"
        rest = len(burst.entries) - SHOWN
        if rest > 0:
            yield "    " + ngettext("and {count} more", "and {count} more", rest)
    yield ""


def _json(one: Trends) -> dict[str, object]:
    bursts = one.bursts
    return {
        "language": bursts.language,
        "told": bursts.n,
        "weeks_before": bursts.weeks,
        "enough": bursts.enough,
        "learning": list(bursts.learning),
        "trends": [_trend_json(trend) for trend in one.found],
    }


def _trend_json(trend: Trend) -> dict[str, object]:
    burst, interest = trend.burst, trend.interest
    return {
        "phrase": burst.phrase,
        "beside": list(burst.beside),
        "told": burst.told,
        "expected": round(burst.rise.expected, 2),
        "score": round(burst.rise.score, 2),
        "since": burst.since.isoformat(),
        "sources": list(burst.sources),
        "competitors": list(trend.competitors),
        "authorities": list(trend.authorities),
        "days": [{"day": day.isoformat(), "name": one.name} for day, one in trend.days],
        "ours": [{"path": one.post.path, "at": one.at.isoformat() if one.at else None} for one in trend.ours],
        "interest": {"word": interest.word, "latest": interest.latest, "usual": interest.usual} if interest else None,
        "closed": [{"topic": one.name, "until": one.last.isoformat() if one.last else None} for one in trend.closed],
        "entries": [published_json(entry) for entry in burst.entries],
    }
