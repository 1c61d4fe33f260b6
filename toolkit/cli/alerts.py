"""`leitstand alerts`: what the team is told, to whom, and whether it arrives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer

from toolkit.alerts.addresses import alert_variable, find_addresses
from toolkit.alerts.alert import Alert
from toolkit.alerts.finding import find_alerts
from toolkit.alerts.letter import trial_letter
from toolkit.alerts.oncall import CALLS, follow_calls, take_call
from toolkit.alerts.round import NOTES, STOPS, remember, told_of
from toolkit.alerts.sending import deliver
from toolkit.alerts.stopping import follow_stops
from toolkit.approval.reviews import reviewed
from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import local_time
from toolkit.dispatch.telling import Telling, hear, see
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.ledger import Ledger, notes_of, open_ledger
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Workspace, load_workspace, open_tree

app = make_app()


@app.callback()
def _root() -> None:
    """Show what the team is told, tell it now, try an address, or say that you take something."""


@dataclass(frozen=True, slots=True)
class Told:
    """One alert, and when each of its people heard of it; None: not yet."""

    alert: Alert
    people: Mapping[str, datetime | None]


@app.command(name="list")
def show(workspace: Folder = HERE, now: Now = "", *, as_json: AsJson = False) -> int:
    """Show what needs somebody now, and who was told; exit 1 when there is something."""
    context = open_context(workspace, now)
    with _opened(context, read_only=True) as (found, ledger):
        told = _told(context, found, ledger)
    if as_json:
        print_json({"now": context.clock.now().isoformat(), "alerts": [_json(one) for one in told]})
    else:
        for one in told:
            for line in _lines(one, context):
                console().print(line, markup=False)
        if not told:
            console().print(_("nothing needs anybody"))
    return EXIT_PROBLEMS if told else EXIT_CLEAN


@app.command()
def send(workspace: Folder = HERE, now: Now = "") -> int:
    """Tell what is new without publishing, also that no dispatcher ticks; for a second machine or cron."""
    context = open_context(workspace, now)
    lines: list[str] = []
    telling = Telling(context.clock, context.environ, lines.append)
    with _opened(context) as (found, ledger):
        telling.tell(found, ledger)
        telling.wait()
    for line in lines:
        console(stderr=True).print(line, markup=False)
    return EXIT_PROBLEMS if lines else EXIT_CLEAN


@app.command(name="test")
def try_address(
    person: Annotated[str, typer.Argument(help="Who is to hear, as in [people].", metavar="PERSON")],
    workspace: Folder = HERE,
) -> int:
    """Send a test message to PERSON."""
    context = open_context(workspace)
    known = context.settings.people.get(person)
    if known is None:
        raise UsageError(_("{name} is nobody in leitstand.toml").format(name=person))
    addresses = find_addresses(context.settings, context.environ)
    if person not in addresses:
        message = _("{person} has no alert address; set {variable}, or an email and [alerts] relay in leitstand.toml")
        raise UsageError(message.format(person=person, variable=alert_variable(person)))
    why = deliver({person: trial_letter(context.settings.name, known.name)}, addresses)[person]
    said = _("{person} could not be told: {why}") if why else _("sent; ask {person} whether it has arrived")
    console(stderr=bool(why)).print(said.format(person=person, why=why), markup=False)
    return EXIT_PROBLEMS if why else EXIT_CLEAN


@app.command(name="ack")
def take(
    call: Annotated[str, typer.Argument(help="The conversation's id, or its first or last letters.", metavar="ID")],
    workspace: Folder = HERE,
    by: Annotated[str, typer.Option("--by", help="Who takes it, as in [people].")] = "",
    now: Now = "",
    *,
    as_json: AsJson = False,
) -> int:
    """Say that you take what somebody is called for: nobody else is called for it."""
    context = open_context(workspace, now)
    if by not in context.settings.people:
        raise UsageError(unknown_name(_("person"), by, context.settings.people) if by else _("say who you are: --by"))
    moment = context.clock.now()
    with _opened(context) as (found, ledger):
        memory = notes_of(ledger, NOTES, context.clock.now)
        # Also what no dispatcher has seen yet, or may tell nobody: the list shows it, so it can be taken.
        scene = see(found, ledger, context.environ, moment, found.settings.people)
        remember(CALLS, follow_calls, hear(scene, context.environ), memory)
        before = take_call(call, by, memory, moment)
    taken = before.by or by
    said = _("{person} takes it already") if before.by else _("{person} takes it; nobody else is called")
    if as_json:
        print_json({"conversation": before.id, "risk": before.risk, "by": taken, "first": not before.by})
    else:
        console().print(said.format(person=taken), markup=False)
    return EXIT_CLEAN


@contextmanager
def _opened(context: Context, *, read_only: bool = False) -> Iterator[tuple[Workspace, Ledger]]:
    """What a dispatcher would see: the published files and the ledger."""
    loaded = load_workspace(context.root, open_tree(context.root, context.settings.ref))
    found = reviewed(loaded, context.state, context.settings.forge)
    with open_ledger(context.ledger, now=context.clock.now(), read_only=read_only) as ledger:
        yield found, ledger


def _told(context: Context, found: Workspace, ledger: Ledger) -> list[Told]:
    """Everybody with the right role or post is named here, also who has no address."""
    scene = see(found, ledger, context.environ, context.clock.now(), found.settings.people)
    try:
        scene = hear(scene, context.environ)
    except LeitstandError as error:
        # The rest is worth knowing, and most of all on the day on which this happens.
        typer.echo(_("leitstand: looked without the inbox: {error}").format(error=error), err=True)
    memory = notes_of(ledger, NOTES, context.clock.now)
    stops, calls = follow_stops(memory.read(STOPS), scene), follow_calls(memory.read(CALLS), scene)
    alerts = find_alerts(scene, stops, calls)
    records = {name: told_of(name, memory) for name in found.settings.people}
    return [Told(one, {name: records[name].told.get(one.key) for name in one.to}) for one in alerts]


def _lines(one: Told, context: Context) -> Iterator[str]:
    alert = one.alert
    yield f"! {alert.headline}"
    if alert.why:
        yield f"    {alert.why}"
    if alert.remedy:
        yield f"    {alert.said_to(next(iter(one.people))).remedy if len(one.people) == 1 else alert.remedy}"
    for name, at in one.people.items():
        said = _("told {when}").format(when=local_time(at, context)) if at else _("not told yet")
        yield f"    {name}: {said}"
    if not one.people:
        yield "    " + _("nobody is there for this; give people roles in leitstand.toml")


def _json(one: Told) -> dict[str, object]:
    alert = one.alert
    return {
        "key": alert.key,
        "kind": alert.kind.value,
        "subject": alert.subject,
        "where": alert.where,
        "why": alert.why,
        "remedy": alert.remedy,
        "link": alert.link,
        "since": alert.since.isoformat(),
        "overdue": alert.overdue,
        "to": {name: at.isoformat() if at else None for name, at in one.people.items()},
    }
