"""`leitstand idea list` and `show`: what waits for a decision, the most valuable first."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json, table_console
from toolkit.cli.findings import printable
from toolkit.cli.idea.deciding import Name, stage_word
from toolkit.cli.idea.naming import named_idea
from toolkit.editorial import IDEAS, Idea, Stage, read_ideas
from toolkit.editorial.ranking import rank
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _, decimal, ngettext
from toolkit.settings import unknown_name


def list_(
    *,
    status: Annotated[
        str, typer.Option("--status", help="new, shortlisted, planned, dropped or all; default: what is to be decided.")
    ] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """List ideas, the shortlist first and there the most valuable; dropped ones only when they are asked for."""
    context = open_context(folder, now)
    if status not in ("", "all", *Stage):
        raise UsageError(unknown_name(_("status"), status, dict.fromkeys((*Stage, "all"))))
    read, problems = read_ideas(context.load())
    ideas = rank(read)
    found = [one for one in ideas if status in ("all", one.stage.value) or (not status and one.open)]
    if as_json:
        print_json({"ideas": [record(one) for one in found]})
    else:
        _print(found)
    if problems:
        count = ngettext("{count} problem", "{count} problems", len(problems))
        message = _("{problems} in {folder}, see: leitstand check")
        console(stderr=True).print(message.format(problems=count, folder=IDEAS), markup=False)
    return EXIT_CLEAN


def show(idea: Name, *, folder: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Show one idea with everything that is known of it."""
    context = open_context(folder, now)
    found = named_idea(context.load(), idea)
    if as_json:
        print_json(record(found) | {"text": found.text.strip()})
        return EXIT_CLEAN
    terminal = console()
    terminal.print(printable(found.title), style="bold", markup=False)
    for key, value in record(found).items():
        if value and key not in ("title", "name"):
            terminal.print(f"{key}: {printable(_plain(value))}", markup=False)
    if found.text.strip():
        terminal.print(f"\n{printable(found.text.strip())}", markup=False)
    return EXIT_CLEAN


def record(idea: Idea) -> dict[str, object]:
    """One idea with stable keys."""
    score = idea.score
    return {
        "name": idea.name,
        "id": idea.id,
        "path": idea.path,
        "title": idea.title,
        "status": idea.stage.value,
        "source": idea.source.value,
        "origin": idea.origin,
        "by": idea.by,
        "owner": idea.owner,
        "created": idea.created.isoformat() if idea.created else None,
        "goal": idea.goal,
        "audience": idea.audience,
        "pillar": idea.pillar,
        "channels": list(idea.channels),
        "campaign": idea.campaign,
        "labels": list(idea.labels),
        "score": {"reach": score.reach, "fit": score.fit, "effort": score.effort} if score else None,
        "value": round(score.value, 2) if score else None,
        "decided_by": idea.decided_by,
        "decided": idea.decided.isoformat() if idea.decided else None,
        "reason": idea.reason,
        "posts": list(idea.posts),
    }


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _print(found: list[Idea]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not found:
        console().print(_("No idea waits for a decision. Write one down: leitstand idea new TITLE"), markup=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (_("Idea"), _("Title"), _("Status"), _("Value"), _("Pillar"), _("By"), _("Since")):
        table.add_column(title, justify="right" if title == _("Value") else "left", overflow="fold")
    for one in found:
        said = f"{one.title} ({one.reason})" if one.stage is Stage.DROPPED and one.reason else one.title
        cells = (
            one.name,
            printable(said),
            stage_word(one.stage),
            decimal(one.score.value, ".1f") if one.score else "\N{EN DASH}",
            one.pillar,
            one.owner,
            one.created.isoformat() if one.created else "",
        )
        table.add_row(*map(Text, cells))
    table_console().print(table)
