"""Deciding about all that waits for a person on one account, after an outage: listed, asked once, carried out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from toolkit.cli.context import Context, console, print_json, progress
from toolkit.cli.rows import change_line, event_json, row_json
from toolkit.cli.signins import find_account
from toolkit.dispatch.deciding import OPEN, Decision, decide_seen, open_rows
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import Event, Ledger, Row, State, open_ledger
from toolkit.ledger.naming import row_name, row_word
from toolkit.messages import _, ngettext
from toolkit.model import Clock
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows: of this account, in this state ("" for all that wait for a person)."""

    account: str
    state: str = ""
    named: bool = False  # a post was named as well


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of the choice; `changed` are rows that were no longer as they had been listed."""

    events: tuple[Event, ...]
    changed: tuple[Row, ...]


def resolve_all(context: Context, choice: Choice, decision: Decision, *, asking: bool, as_json: bool) -> int:
    """List what would change, ask once, decide; exit 1 when nothing was decided or something changed meanwhile."""
    states = _states(context, choice, decision)
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        rows = open_rows(ledger, choice.account, states)
        if not as_json:
            _list(rows if asking else [], choice, empty=not rows)
        if not rows or (asking and not _agreed(len(rows), as_json=as_json)):
            decided = Decided((), ())
        else:
            decided = _decide_each(ledger, rows, decision, context.clock)
    if as_json:
        told = {"channel": choice.account, "found": len(rows), "events": [event_json(one) for one in decided.events]}
        print_json(told | {"changed_meanwhile": [row_json(row) for row in decided.changed]})
    else:
        _tell(decided, rows, decision)
    clean = len(rows) == 0 or (decided.events and not decided.changed)
    return EXIT_CLEAN if clean else EXIT_PROBLEMS


def _states(context: Context, choice: Choice, decision: Decision) -> tuple[State, ...]:
    if not choice.account:
        raise UsageError(_("name a post and its channel, or all that is open on one account: --account NAME"))
    if choice.named or decision.day or decision.action:
        raise UsageError(_("--account means all that is open there; leave POST, CHANNEL, --day and --action away"))
    if decision.remote_id:
        raise UsageError(_("one remote id is of one post: leitstand resolve POST CHANNEL --out URL --remote-id ID"))
    find_account(context, choice.account)
    if choice.state and choice.state not in OPEN:
        names = ", ".join(OPEN)
        raise UsageError(
            _("{state!r} is no state that waits for a person: {names}").format(state=choice.state, names=names)
        )
    return (State(choice.state),) if choice.state else OPEN


def _decide_each(ledger: Ledger, rows: Sequence[Row], decision: Decision, clock: Clock) -> Decided:
    """Row by row, each with the token that it was listed with."""
    events: list[Event] = []
    changed: list[Row] = []
    with progress() as bar:
        task = bar.add_task(_("Posts"), total=len(rows))
        for row in rows:
            found = decide_seen(ledger, row, decision, clock)
            events += found
            changed += [] if found else [row]
            bar.advance(task)
    return Decided(tuple(events), tuple(changed))


def _list(rows: Sequence[Row], choice: Choice, *, empty: bool) -> None:
    for row in rows:
        console().print(f"{row_word(row):<10} {row_name(row)}  {row.reason}".rstrip(), markup=False)
    if empty:
        console().print(_("nothing on {account} waits for a decision").format(account=choice.account), markup=False)


def _agreed(count: int, *, as_json: bool) -> bool:
    """Whether the person who looks at the list says yes; a program has to say it beforehand."""
    if as_json or not sys.stdin.isatty():
        raise UsageError(_("nothing was decided: nobody is there to ask; look at the list, then add --yes"))
    question = ngettext("Decide this for {count} post? [y/N] ", "Decide this for these {count} posts? [y/N] ", count)
    console(stderr=True).print(question, end="", markup=False)
    # TRANSLATORS: the letters that mean yes to the question above, in any order.
    return sys.stdin.readline().strip()[:1].casefold() in (*_("y"), "y")


def _tell(decided: Decided, rows: Sequence[Row], decision: Decision) -> None:
    """What became of each row, why it had waited, and what happens next."""
    reasons = {row.id: row.reason for row in rows}
    for event in decided.events:
        reason = reasons.get(event.row_id, "")
        console().print(change_line(event) + (f"  ({reason})" if reason else ""), markup=False)
    if decided.events:
        said = ngettext("{count} change was written", "{count} changes were written", len(decided.events))
        console().print(said, markup=False)
        console().print(what_next(decision), markup=False)
    for row in decided.changed:
        message = _("! {name} changed meanwhile and was left as it is; look again: leitstand status")
        console().print(message.format(name=row_name(row)), markup=False)


def what_next(decision: Decision) -> str:
    """What happens after a decision, and the command that hurries it or takes it back."""
    if decision.again:
        return _("what is due is sent at the next tick: leitstand run does it by itself, leitstand publish now")
    if decision.drop:
        return _("nothing of it is sent any more; to take that back: leitstand resolve POST CHANNEL --send-again")
    return _("it counts as published at {url}; nothing of it is sent again").format(url=decision.out)
