"""`leitstand competitors`: who is compared with, where, and a table to fill in for networks that tell nobody."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Final

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.research.news import NEWS_HELP, news
from toolkit.collect.rivals import Rival, by_hand_rivals, find_rivals
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.settings import Settings

COLUMNS: Final = ("subject", "channel", "metric", "value", "observed_at")
METRICS: Final = ("posts", "interactions", "followers")

app = make_app()
app.command("news", help=NEWS_HELP)(news)


@app.command("list", help="List the competitors and how their counts come.")
def list_(*, folder: Folder = HERE, as_json: AsJson = False) -> int:
    """One line per competitor and account: fetched by `measure`, or a file once a month."""
    settings = open_context(folder).settings
    rows = list(_rows(settings))
    if as_json:
        print_json({"competitors": rows})
        return EXIT_CLEAN
    words = {"api": _("fetched by leitstand measure"), "file": _("by file: leitstand competitors template")}
    for row in rows:
        line = f"{row['name']}  {row['account']}  {row['id']}  {words[row['counts']]}"
        console().print(line, markup=False)
    if not rows:
        console().print(_("no competitors; name them in leitstand.toml, in tables [competitors.NAME]"), markup=False)
    return EXIT_CLEAN


@app.command("template", help="Print a table for a month's counts, to be filled in and given to import.")
def template(
    *,
    month: Annotated[str, typer.Option("--month", help="The month, such as 2026-10; default: the last one.")] = "",
    folder: Folder = HERE,
    now: Now = "",
) -> int:
    """A row for each number that no network tells: posts, interactions (likes, comments, shares) and followers."""
    context = open_context(folder, now)
    day = _last_day(context, month)
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for rival in by_hand_rivals(context.settings):
        for metric in METRICS:
            writer.writerow((rival.competitor.subject, rival.account.name, metric, "", day.isoformat()))
    return EXIT_CLEAN


def _rows(settings: Settings) -> Iterator[dict[str, str]]:
    for counts, rivals in (("api", find_rivals(settings, settings.accounts)), ("file", by_hand_rivals(settings))):
        yield from (_row(rival, counts) for rival in rivals)


def _row(rival: Rival, counts: str) -> dict[str, str]:
    return {"name": rival.competitor.name, "account": rival.account.name, "id": rival.handle, "counts": counts}


def _last_day(context: Context, month: str) -> date:
    """The last day of the month, on which its sums count."""
    try:
        asked = datetime.strptime(month, "%Y-%m").date() if month else None  # noqa: DTZ007  # a month has no zone
    except ValueError:
        raise UsageError(_("{month} is no month such as 2026-10").format(month=month)) from None
    if asked is None:
        return context.local_now.date().replace(day=1) - timedelta(days=1)
    return (asked + timedelta(days=31)).replace(day=1) - timedelta(days=1)
