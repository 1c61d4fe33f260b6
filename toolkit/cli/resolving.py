"""What a person decides about rows that no program may decide about: of one post, or of a whole account after an outage."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from toolkit.cli.context import Context, console, print_json, progress
from toolkit.cli.rows import change_line, event_json, row_json, row_name, row_word
from toolkit.cli.signins import find_account
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import Event, Ledger, Row, State, open_ledger
from toolkit.messages import _, ngettext
from toolkit.model import Clock

# What waits for a person, in the words of `--state`.
OPEN: Final = (State.HELD, State.UNKNOWN, State.MISSED, State.FAILED)


@dataclass(frozen=True, slots=True)
class Decision:
    """Exactly one of `out` (an address), `again` and `drop`; and which row, where several are open."""

    out: str
    remote_id: str
    again: bool
    drop: bool
    by: str
    day: str = ""
    action: str = ""


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


def decide_row(ledger: Ledger, row: Row, decision: Decision, clock: Clock) -> list[Event]:
    """Decide about the row as it was read, and about what hangs on it; nothing when it changed meanwhile."""
    first = _apply(ledger, row, decision, clock)
    if first is None:
        return []
    rest = [
        other
        for other in ledger.rows(uid=row.uid, account=row.account)
        if other.thread == row.thread and other.part > row.part
    ]
    events: list[Event | None] = [first]
    if decision.drop:
        # Without this part the rest of the thread makes no sense.
        events += [ledger.resolve_drop(other, clock.now(), decision.by) for other in rest]
    if decision.again:
        # What was dropped with this part comes back with it.
        dropped = [other for other in rest if other.state is State.SKIPPED]
        events += [ledger.resolve_again(other, clock.now(), decision.by) for other in dropped]
    return [event for event in events if event is not None]


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


def open_rows(ledger: Ledger, account: str, states: Sequence[State]) -> list[Row]:
    """What waits for a person, of each thread its first part alone: the others follow from it."""
    first: dict[tuple[str, str, str, str], Row] = {}
    for row in ledger.rows(states=states, account=account):
        if row.thread not in first or row.part < first[row.thread].part:
            first[row.thread] = row
    return list(first.values())


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
            # A decision of somebody else leaves the token as it is, so the whole row is compared.
            found = decide_row(ledger, row, decision, clock) if ledger.row(row.id) == row else []
            events += found
            changed += [] if found else [row]
            bar.advance(task)
    return Decided(tuple(events), tuple(changed))


def _apply(ledger: Ledger, row: Row, decision: Decision, clock: Clock) -> Event | None:
    now = clock.now()
    if decision.out:
        return ledger.resolve_out(row, now, decision.out, decision.remote_id, decision.by)
    if decision.again:
        return ledger.resolve_again(row, now, decision.by)
    return ledger.resolve_drop(row, now, decision.by)


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
