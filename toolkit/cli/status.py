"""`leitstand status`: what is planned, sent, held and missed, and what a person has to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import advice, age, local_time, row_json, row_name, state_word
from toolkit.community import Pause, pauses_of_rows, read_pauses
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError
from toolkit.ledger import NEEDS_PERSON, Ledger, Row, State, Summary, is_lost, ledger_path, open_ledger
from toolkit.messages import _
from toolkit.source import FolderTree
from toolkit.source.tree import commit_time


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that `status` says, at one moment."""

    now: datetime
    summary: Summary
    attention: tuple[Row, ...]
    waiting: tuple[Row, ...]  # due, not sent, with a reason
    pauses: tuple[Pause, ...]
    overdue: timedelta
    commit_at: datetime | None
    patience: timedelta
    lost: bool

    @property
    def stuck(self) -> bool:
        """Whether something is due for longer than a working dispatcher would leave it."""
        return self.overdue > self.patience

    @property
    def alarming(self) -> bool:
        """Whether a person has to look; what a network has put off comes by itself."""
        blocked = [row for row in self.waiting if row.not_before is None or row.not_before <= self.now]
        return bool(self.attention or blocked) or self.stuck or self.lost


def run(workspace: Folder = HERE, now: Now = "", *, as_json: AsJson = False) -> int:
    """Show what is planned, sent, held and missed; exit 1 when a person has to do something."""
    context = open_context(workspace, now)
    path = ledger_path(context.state)
    with open_ledger(path, now=context.clock.now(), read_only=True) as ledger:
        report = _look(context, ledger, lost=is_lost(path))
    if as_json:
        print_json(_json(report, str(path)))
    else:
        for line in _lines(report, context):
            console().print(line, markup=False)
    return EXIT_PROBLEMS if report.alarming else EXIT_CLEAN


def _look(context: Context, ledger: Ledger, *, lost: bool) -> Report:
    now = context.clock.now()
    summary = ledger.summary(now)
    oldest = summary.oldest_overdue
    pauses = read_pauses(FolderTree(context.root)).plus(pauses_of_rows(ledger.pauses(now)))
    return Report(
        now=now,
        summary=summary,
        attention=tuple(ledger.rows(states=NEEDS_PERSON)),
        waiting=tuple(row for row in ledger.overdue(now) if row.reason),
        pauses=_told_once(pauses.in_force(now)),
        overdue=now - oldest if oldest else timedelta(),
        commit_at=_commit_time(context, summary.last_commit),
        patience=context.settings.longest_silence,
        lost=lost,
    )


def _told_once(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """`leitstand pause` writes into the file and the ledger; people see one pause."""
    return tuple({(pause.name, pause.owner, pause.reason): pause for pause in pauses}.values())


def _commit_time(context: Context, commit: str) -> datetime | None:
    if not commit:
        return None
    try:
        return commit_time(context.root, commit)
    except (LeitstandError, ValueError):
        return None


def _lines(report: Report, context: Context) -> list[str]:
    counts = [f"{count} {state_word(state)}" for state, count in report.summary.counts.items() if count]
    empty = (
        _("! the ledger is gone: leitstand ledger restore FILE, or adopt") if report.lost else _("the ledger is empty")
    )
    lines = [", ".join(counts) or empty]
    lines += [_tick_line(report, context)]
    if report.stuck:
        lines.append(
            _("! the oldest due post has waited for {age}; is a dispatcher running?").format(age=age(report.overdue))
        )
    lines += [
        _("! paused: {name} ({owner}): {reason}").format(name=pause.name, owner=pause.owner or "?", reason=pause.reason)
        for pause in report.pauses
    ]
    lines += [_waiting_line(row, report, context) for row in report.waiting]
    for row in report.attention:
        since = age(report.now - row.updated_at)
        lines.append(f"! {state_word(row.state):<10} {row_name(row)}  ({since})  {row.reason}".rstrip())
        lines.append(f"    {advice(row)}")
    return lines


def _waiting_line(row: Row, report: Report, context: Context) -> str:
    until = row.not_before
    put_off = until is not None and until > report.now
    again = _("(again at {when}) ").format(when=local_time(until, context)) if until and put_off else ""
    return f"{'·' if put_off else '!'} {_('waits'):<10} {row_name(row)}  {again}{row.reason}"


def _tick_line(report: Report, context: Context) -> str:
    last = report.summary.last_tick
    if last is None:
        return _("no tick yet; leitstand publish does one, leitstand run goes on")
    line = _("last tick {when}, {age} ago").format(when=local_time(last, context), age=age(report.now - last))
    if report.commit_at is not None:
        commit = report.summary.last_commit[:10]
        line += _("; commit {commit}, {age} old").format(commit=commit, age=age(report.now - report.commit_at))
    return line


def _json(report: Report, path: str) -> dict[str, object]:
    summary = report.summary
    return {
        "now": report.now.isoformat(),
        "ledger": path,
        "ledger_id": summary.ledger_id if summary.last_tick or any(summary.counts.values()) else "",
        "counts": {state.value: summary.counts.get(state, 0) for state in State},
        "oldest_overdue": summary.oldest_overdue.isoformat() if summary.oldest_overdue else None,
        "overdue_seconds": int(report.overdue.total_seconds()),
        "last_tick": summary.last_tick.isoformat() if summary.last_tick else None,
        "last_tick_seconds": int((report.now - summary.last_tick).total_seconds()) if summary.last_tick else None,
        "commit": summary.last_commit,
        "commit_at": report.commit_at.isoformat() if report.commit_at else None,
        "pauses": [{"scope": p.name, "reason": p.reason, "owner": p.owner} for p in report.pauses],
        "waiting": [row_json(row) for row in report.waiting],
        "attention": [row_json(row) for row in report.attention],
        "lost": report.lost,
        "alarming": report.alarming,
    }
