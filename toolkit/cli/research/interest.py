"""What people search for: each word in its newest chart, beside its own past."""

from __future__ import annotations

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.findings import printable
from toolkit.cli.research.trends import load_interests
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import _, decimal
from toolkit.research.interest import Interest


def interest(*, folder: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Charts come with `leitstand import`; `leitstand importer list` says where Google hands them out."""
    found = load_interests(open_context(folder, now))
    if as_json:
        print_json({"words": [_json(one) for one in found]})
        return EXIT_CLEAN
    for one in found:
        console().print(_line(one), markup=False)
    if not found:
        how = _("no charts of Google Trends; download one as CSV, then: leitstand import multiTimeline.csv")
        console().print(how, markup=False)
    return EXIT_CLEAN


def _line(one: Interest) -> str:
    if not one.enough:
        return _("{word}: the chart is too short to say what is usual").format(word=printable(one.word))
    words = _("{word}: {latest} of 100, usually {usual}")
    if one.high:
        words = _("{word}: {latest} of 100, usually {usual}; higher than in nine of ten periods")
    latest, usual = decimal(one.latest, ".0f"), decimal(one.usual, ".0f")
    return words.format(word=printable(one.word), latest=latest, usual=usual)


def _json(one: Interest) -> dict[str, object]:
    return {
        "word": one.word,
        "place": one.place,
        "latest": one.latest,
        "usual": one.usual if one.enough else None,
        "year_ago": one.year_ago,
        "high": one.high,
        "points": [[at.isoformat(), value] for at, value in one.points],
    }
