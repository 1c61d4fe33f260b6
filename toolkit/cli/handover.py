"""`leitstand handover`: a week of the community in numbers and pictures, for whoever decides by them."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.listening.office import opened
from toolkit.cli.places import path_from_here
from toolkit.cli.report.mail import mail_reports
from toolkit.community.inbox.place import find_inbox
from toolkit.community.summary.summary import plain
from toolkit.community.summary.week import Week, read_week, week_of
from toolkit.errors import EXIT_PROBLEMS, UsageError, missing_extra
from toolkit.messages import LANGUAGES, _
from toolkit.reports.commentary import begin_commentary
from toolkit.reports.making import Place
from toolkit.settings import unknown_name


def run(
    *,
    week: Annotated[str, typer.Option("--week", help="Such as 2026-W47; default: the last one that is over.")] = "",
    language: Annotated[str, typer.Option("--language", help="de or en; default: the workspace's.")] = "",
    mail: Annotated[bool, typer.Option("--mail", help="Send it to [reports] mail, each week once.")] = False,
    mail_again: Annotated[
        bool, typer.Option("--mail-again", help="Also where an earlier --mail was cut off in the middle.")
    ] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Make the community's hand-over of a week: what came in, how it was answered, what people want; exit 1 when a part is missing."""
    context = open_context(workspace, now)
    if language and language not in LANGUAGES:
        raise UsageError(unknown_name(_("language"), language, dict.fromkeys(LANGUAGES)))
    if not find_inbox(context.state, context.settings, context.environ).exists():
        raise UsageError(_("there is no inbox yet; listen first: leitstand inbox fetch"))
    chosen = read_week(week) if week else week_of(context.clock.now(), context.zone).shift(-1)
    return _make(context, chosen, language, mail=mail, again=mail_again, as_json=as_json)


def _make(context: Context, week: Week, language: str, *, mail: bool, again: bool, as_json: bool) -> int:
    try:
        from toolkit.reports.handover.making import NAME, hand_over, need_packages

        need_packages()
    except ModuleNotFoundError as error:
        raise missing_extra("reports", error) from error
    begin_commentary(context.root, NAME, week.name)
    place = Place(context.load(), context.state, context.clock)
    with opened(context, read_only=True) as inbox:
        report, summary = hand_over(place, inbox, week, language)
    if as_json:
        about = {"html": str(report.html), "unchanged": report.unchanged, "failures": list(report.failures)}
        print_json({"week": week.name, **about, "summary": plain(summary)})
    else:
        for failure in report.failures:
            typer.echo(_("incomplete: {failure}").format(failure=failure), err=True)
        path = path_from_here(report.html)
        typer.echo(_("{path} (unchanged)").format(path=path) if report.unchanged else path)
    code = EXIT_PROBLEMS if report.failures else 0
    return max(code, mail_reports([report], context, again=again, as_json=as_json)) if mail or again else code
