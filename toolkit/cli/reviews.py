"""`leitstand reviews`: what somebody has to look at again, who does it, and by when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from toolkit.approval import present_person
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json, table_console
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _, ngettext
from toolkit.planning.reviews import Review, find_reviews, find_undated, look_word, select
from toolkit.settings import unknown_name


def run(
    *,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="So many days ahead.")] = 60,
    person: Annotated[str, typer.Option("--person", help="Only of this person, also as somebody's deputy.")] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """List pages, briefings, topics, proofs, drills and rights by day; exit 1 when a page's or a drill's day is over."""
    context = open_context(folder, now)
    workspace, today = context.load(), context.local_now.date()
    if person and person not in workspace.settings.people:
        raise UsageError(unknown_name(_("person"), person, workspace.settings.people))
    near = select(find_reviews(workspace), today, timedelta(days=days))
    found = [(one, _acting(one, today, context)) for one in near]
    found = [(one, acting) for one, acting in found if not person or person in (one.owner, acting)]
    undated = [page.path for page in find_undated(workspace) if not person or page.owner == person]
    late = [one for one, _who in found if one.overdue(today)]
    if as_json:
        reviews = [_record(one, acting, today) for one, acting in found]
        print_json({"reviews": reviews, "without_date": undated})
    else:
        _print(found, today, context)
        _tell(late, undated)
    return EXIT_PROBLEMS if late else EXIT_CLEAN


def _acting(one: Review, today: date, context: Context) -> str:
    """Who does it: the owner, or whoever stands in on that day, today for what is late; "" for nobody."""
    owner = context.settings.people.get(one.owner)
    found = present_person(owner, context.settings, max(one.day, today)) if owner else None
    return found.key if found else ""


def _record(one: Review, acting: str, today: date) -> dict[str, object]:
    return {
        "day": one.day.isoformat(),
        "look": one.look.value,
        "title": one.title,
        "owner": one.owner,
        "acting": acting,
        "path": one.path,
        "line": one.line,
        "overdue": one.overdue(today),
    }


def _print(found: list[tuple[Review, str]], today: date, context: Context) -> None:
    from rich.table import Table
    from rich.text import Text

    if not found:
        console().print(_("Nothing has to be looked at again in these days."), markup=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (_("Day"), _("What"), _("Title"), _("Who"), _("Where")):
        table.add_column(title, overflow="fold")
    for one, acting in found:
        style = "bold red" if one.overdue(today) else ""
        cells = (
            one.day.isoformat(),
            look_word(one.look),
            printable(one.title),
            _who(one, acting, context),
            f"{one.path}:{one.line}",
        )
        table.add_row(*(Text(cell, style=style if index == 0 else "") for index, cell in enumerate(cells)))
    table_console().print(table)


def _who(one: Review, acting: str, context: Context) -> str:
    if acting and acting != one.owner:
        return _("{deputy} for {owner}").format(deputy=acting, owner=one.owner)
    if one.owner in context.settings.people and not acting:
        return _("{owner}, who is away; nobody stands in").format(owner=one.owner)
    return one.owner or _("nobody")


def _tell(late: list[Review], undated: list[str]) -> None:
    if late:
        said = ngettext("{count} review is overdue", "{count} reviews are overdue", len(late))
        console().print(f"\n{said}", markup=False)
    if undated:
        said = ngettext("{count} page has no next_review:", "{count} pages have no next_review:", len(undated))
        console().print(f"\n{said} {', '.join(undated)}", markup=False)
