"""`leitstand status`: what is planned, sent, held and missed, and what a person has to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.origin import Origin, look_at_origin, origin_json, origin_lines
from toolkit.cli.rows import age, local_time, row_json
from toolkit.cli.runlines import pressing, run_json, status_lines
from toolkit.cli.signins import health_in, health_json, state_words
from toolkit.community import Pause, pauses_of_rows, read_pauses
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError
from toolkit.ledger import NEEDS_PERSON, Ledger, Row, Run, Runs, State, Summary, advice, is_lost, open_ledger
from toolkit.ledger.naming import row_name, row_word, state_word
from toolkit.messages import _
from toolkit.planning.states import say_progress
from toolkit.signin import AccountHealth, TokenState
from toolkit.source import FolderTree
from toolkit.source.tree import commit_time
from toolkit.values import dataclass

_TOLD: Final = 5  # posts alike that are told one by one


@dataclass(frozen=True, slots=True)
class ByHandRow:
    """A post that a person publishes, and until when it is in time."""

    row: Row
    until: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that `status` says, at one moment."""

    now: datetime
    summary: Summary
    attention: tuple[Row, ...]
    by_hand: tuple[ByHandRow, ...]
    waiting: tuple[Row, ...]  # due, not sent, with a reason
    pauses: tuple[Pause, ...]
    overdue: timedelta
    commit_at: datetime | None
    patience: timedelta
    lost: bool
    origin: Origin
    tokens: tuple[AccountHealth, ...] = ()
    reports: tuple[Run, ...] = ()  # that come by themselves

    @property
    def stuck(self) -> bool:
        """Whether something is due for longer than a working dispatcher would leave it."""
        return self.overdue > self.patience

    @property
    def alarming(self) -> bool:
        """Whether a person has to look; what a network has put off comes by itself."""
        blocked = [row for row in self.waiting if row.not_before is None or row.not_before <= self.now]
        forgotten = any(one.late for one in self.by_hand)
        return (
            bool(self.attention or blocked or forgotten)
            or self.stuck
            or self.lost
            or self.locked_out
            or self.origin.alarming
            or bool(pressing(self.reports, self.now))
        )

    @property
    def locked_out(self) -> bool:
        """Whether an account cannot publish, or not tomorrow, before somebody signs in for it."""
        return any(one.urgent for one in self.tokens)


def run(workspace: Folder = HERE, now: Now = "", *, as_json: AsJson = False) -> int:
    """Show what is planned, sent, held and missed; exit 1 when a person has to do something."""
    context = open_context(workspace, now)
    path = context.ledger
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
    asking = ledger.rows(states=NEEDS_PERSON)
    return Report(
        now=now,
        summary=summary,
        attention=tuple(row for row in asking if not row.handed_over),
        by_hand=_by_hand([row for row in asking if row.handed_over], context, now),
        waiting=tuple(row for row in ledger.overdue(now) if row.reason),
        pauses=_told_once(pauses.in_force(now)),
        overdue=now - oldest if oldest else timedelta(),
        commit_at=_commit_time(context, summary.last_commit),
        patience=context.settings.longest_silence,
        lost=lost,
        origin=look_at_origin(context),
        tokens=tuple(health_in(ledger, context)),
        reports=tuple(Runs(ledger, context.clock.now).all()),
    )


def _by_hand(rows: Sequence[Row], context: Context, now: datetime) -> tuple[ByHandRow, ...]:
    """The posts of people, with each post's own grace; the files are read only when there is such a post."""
    graces = {post.uid: post.grace for post in context.load().posts} if rows else {}
    found = []
    for row in rows:
        grace = timedelta(minutes=graces.get(row.uid, context.settings.policy.grace))
        until = max(row.due, row.again_at or row.due) + grace
        found.append(ByHandRow(row, until, now > until))
    return tuple(found)


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
    counts = [f"{count} {state_word(state)}" for state, count in _counts(report).items() if count]
    counts += [f"{len(report.by_hand)} {row_word(report.by_hand[0].row)}"] if report.by_hand else []
    empty = (
        _("! the ledger is gone: leitstand ledger restore FILE, or adopt") if report.lost else _("the ledger is empty")
    )
    lines = [", ".join(counts) or empty]
    lines += [_tick_line(report, context), *origin_lines(report.origin)]
    if report.stuck:
        lines.append(
            _("! the oldest due post has waited for {age}; is a dispatcher running?").format(age=age(report.overdue))
        )
    lines += [
        _("! paused: {name} ({owner}): {reason}").format(
            name=_pause_name(pause, context), owner=pause.owner or "?", reason=pause.reason
        )
        for pause in report.pauses
    ]
    lines += [_token_line(one) for one in report.tokens if one.state in (TokenState.EXPIRES, TokenState.NEEDS_REAUTH)]
    lines += [_waiting_line(row, report, context) for row in report.waiting]
    for one in report.by_hand:
        lines += [_by_hand_line(one, context), f"    {advice(one.row)}"]
    lines += status_lines(report.reports, context)
    return [*lines, *_attention_lines(report)]


def _attention_lines(report: Report) -> Iterator[str]:
    """What needs a person; of many alike on one account the first few, and how to decide about all of them."""
    alike: dict[tuple[str, State], list[Row]] = {}
    for row in report.attention:
        alike.setdefault((row.account, row.state), []).append(row)
    for (account, state), rows in alike.items():
        for row in rows[:_TOLD]:
            since = age(report.now - row.updated_at)
            said = "  ".join(filter(None, (f"({since})", say_progress([row]), row.reason)))
            yield f"! {state_word(state):<10} {row_name(row)}  {said}"
            yield f"    {advice(row)}"
        if (more := len(rows) - _TOLD) > 0:
            command = f"leitstand resolve --account {account} --state {state} --send-again"
            told = _("! {state}: {count} more on {account}; all at once: {command}, or --drop")
            yield told.format(state=state_word(state), count=more, account=account, command=command)


def _counts(report: Report) -> dict[State, int]:
    """Rows per state; what people publish is told apart from what is held for want of certainty."""
    counts = dict(report.summary.counts)
    counts[State.HELD] = counts.get(State.HELD, 0) - len(report.by_hand)
    return counts


def _by_hand_line(one: ByHandRow, context: Context) -> str:
    until = _("by {when}") if not one.late else _("was wanted by {when}")
    said = until.format(when=local_time(one.until, context))
    return f"{'!' if one.late else '·'} {row_word(one.row)}  {row_name(one.row)}  ({said})"


def _waiting_line(row: Row, report: Report, context: Context) -> str:
    until = row.not_before
    put_off = until is not None and until > report.now
    again = _("(again at {when}) ").format(when=local_time(until, context)) if until and put_off else ""
    out = f"{said}  " if (said := say_progress([row])) else ""
    return f"{'·' if put_off else '!'} {_('waits'):<10} {row_name(row)}  {out}{again}{row.reason}"


def _token_line(one: AccountHealth) -> str:
    told = _("{account}: {state}; {remedy}").format(account=one.account, state=state_words(one), remedy=one.remedy)
    return f"{'!' if one.urgent else '·'} {told}"


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
        **origin_json(report.origin),
        "pauses": [{"scope": p.name, "reason": p.reason, "owner": p.owner} for p in report.pauses],
        "waiting": [row_json(row) for row in report.waiting],
        "attention": [row_json(row) for row in report.attention],
        "by_hand": [row_json(one.row) | {"until": one.until.isoformat(), "late": one.late} for one in report.by_hand],
        "accounts": health_json(report.tokens),
        "reports": [run_json(run) for run in report.reports],
        "lost": report.lost,
        "alarming": report.alarming,
    }


def _pause_name(pause: Pause, context: Context) -> str:
    """The scope as people know it: of a single post its file, as long as there is one."""
    post = context.load().find_post(pause.value) if pause.scope == "post" else None
    return post.path if post is not None else pause.name
