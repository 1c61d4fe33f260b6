"""`leitstand approve --list`: which posts wait for whose approval, the soonest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.cli.context import Context, console, print_json
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import open_ledger
from toolkit.messages import _
from toolkit.outlook import Outlook, look_out
from toolkit.outlook.waiting import Waiting, people_left, waiting_posts
from toolkit.workspace.naming import name_post

if TYPE_CHECKING:
    from datetime import datetime


def list_waiting(context: Context, *, as_json: bool) -> int:
    """Print them; exit 1 while one waits."""
    now = context.clock.now()
    with open_ledger(context.ledger, now=now, read_only=True) as ledger:
        outlook = look_out(context.load(), ledger, now)
    waiting = waiting_posts(outlook)
    if as_json:
        print_json({"waiting": [_record(one, outlook) for one in waiting]})
    else:
        for line in [*_lines(waiting, outlook)] or [_("no post waits for an approval")]:
            console().print(line, markup=False)
    return EXIT_PROBLEMS if waiting else EXIT_CLEAN


def _lines(waiting: list[Waiting], outlook: Outlook) -> Iterator[str]:
    for one in waiting:
        accounts = ", ".join(account.name for account, _verdict in one.lacks)
        yield f"{_when(one.due, outlook)}  {name_post(one.post)} ({one.post.path}) → {accounts}"
        for reason in dict.fromkeys(verdict.reason for _account, verdict in one.lacks):
            yield f"    {reason}"
        if names := ", ".join(person.key for person in people_left(one, outlook)):
            yield "    " + _("can say yes: {names}").format(names=names)


def _when(due: datetime | None, outlook: Outlook) -> str:
    return f"{due.astimezone(outlook.now.tzinfo):%Y-%m-%d %H:%M}" if due else _("no publish time")


def _record(one: Waiting, outlook: Outlook) -> dict[str, object]:
    return {
        "uid": one.post.uid,
        "path": one.post.path,
        "title": one.post.title,
        "status": one.post.status.value,
        "hash": outlook.digest(one.post),
        "due": one.due.isoformat() if one.due else None,
        "channels": {account.name: verdict.reason for account, verdict in one.lacks},
        "people": [person.key for person in people_left(one, outlook)],
        "sent_back": [{"by": no.by, "at": no.at.isoformat(), "note": no.note} for no in one.sent_back],
    }
