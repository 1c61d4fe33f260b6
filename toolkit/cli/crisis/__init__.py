"""`leitstand crisis`: see it coming (`detect`), declare it, write it down, end it. A person declares, always."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context
from toolkit.cli.crisis.declaring import declare, level, say
from toolkit.cli.crisis.detected import STDIN, Asked, fill, lines, tune
from toolkit.cli.crisis.drill import drill
from toolkit.cli.crisis.log import close, log, status
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.garbage import without_collection
from toolkit.messages import _, ngettext
from toolkit.model import Problem, zone
from toolkit.settings import unknown_zone
from toolkit.surprise import judge
from toolkit.surprise.reading import read_rows

SHOWN = 20  # problems; a file of another kind has one on every line

app = make_app()


@app.callback()
def _root() -> None:
    """See a crisis coming, declare it, write down what happens, and end it."""


app.command("declare")(declare)
app.command("status")(status)
app.command("log")(log)
app.command("level")(level)
app.command("say")(say)
app.command("close")(close)
app.command("drill")(drill)


@app.command("detect", help="Judge counts of mentions: rows timestamp,value in, timestamp,value,score,level out.")
def detect(
    counts: Annotated[str, typer.Argument(metavar="CSV", help="The file of counts; - for standard input.")] = "",
    *,
    live: Annotated[
        bool, typer.Option("--live", help="Judge what the inbox has heard up to now, not a file; exit 1 on an alarm.")
    ] = False,
    window: Annotated[
        str, typer.Option("--window", help="How long is added up, e.g. 60m; default: by the brand's size.")
    ] = "",
    history: Annotated[str, typer.Option("--history", help="How much history it is compared with.")] = "14d",
    thresholds: Annotated[
        str,
        typer.Option(
            "--thresholds", help="Scores of watch, alert and candidate, e.g. 2.4,3,4; default: by the brand's size."
        ),
    ] = "",
    cooldown: Annotated[str, typer.Option("--cooldown", help="How long it is quiet after an alarm.")] = "24h",
    step: Annotated[
        str, typer.Option("--step", help="How long one count takes, e.g. 5m; default: as in the file.")
    ] = "",
    timezone: Annotated[str, typer.Option("--timezone", help="The zone of times without an offset.")] = "UTC",
    zeros: Annotated[
        bool, typer.Option("--zeros", help="A step without a row had no mentions; default: it was not seen.")
    ] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Judge counts of mentions against the two weeks before; every row that came in goes out, or none.

    score   -log10 of the chance of so many mentions or more in the window; 0 while learning
    level   learning: less than two days are known. calm. watch, alert, candidate: an alarm.
            ongoing: as surprising as an alarm, but told already, less than 24 hours ago
    """
    if live == bool(counts):
        raise UsageError(_("name a file of counts, or say --live"))
    if live:
        # Late: it needs the inbox, and a file needs next to nothing.
        from toolkit.cli.crisis.live import show_live

        return show_live(open_context(folder, now), as_json=as_json)
    with suppress(LeitstandError):
        # A file of counts needs no workspace; where there is one, its language is spoken.
        open_context(folder)
    local = zone(timezone)
    if local is None:
        raise UsageError(f"--timezone: {unknown_zone(timezone)}")
    asked = Asked(window, history, thresholds, cooldown, step)
    name, data = (STDIN, sys.stdin.buffer.read()) if counts == "-" else (counts, Path(counts).read_bytes())
    with without_collection():
        rows, problems = read_rows(name, data, local)
        if problems:
            _show(problems)
            return EXIT_PROBLEMS
        tuning = tune(asked, rows)
        counted, places = fill(rows, tuning.step) if zeros else ([row.count for row in rows], range(len(rows)))
        judged = judge(counted, tuning)
        readings = [judged[place] for place in places]
        sys.stdout.write("".join(lines(rows, readings, as_json=as_json)))
    return EXIT_CLEAN


def _show(problems: list[Problem]) -> None:
    for problem in problems[:SHOWN]:
        typer.echo(str(problem), err=True)
    more = len(problems) - SHOWN
    if more > 0:
        typer.echo(ngettext("and {count} more problem", "and {count} more problems", more).format(count=more), err=True)
