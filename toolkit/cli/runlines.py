"""Reports that came by themselves, in words and for programs, as far as the ledger knows them; for `status` and `report`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from toolkit.cli.context import Context
from toolkit.cli.rows import local_time
from toolkit.ledger import Run, RunState
from toolkit.messages import _

RECENT: Final = timedelta(days=31)  # what troubled somebody longer ago troubles nobody any more


def pressing(runs: Iterable[Run], now: datetime) -> list[Run]:
    """The runs that somebody has to look after: of this month, and not overtaken by a good final report."""
    found = list(runs)
    good = {
        (run.report, run.month)
        for run in found
        if run.stage == "final" and run.state is RunState.MADE and not run.troubled
    }
    return [run for run in found if run.troubled and _recent(run, now) and (run.report, run.month) not in good]


def status_lines(runs: Sequence[Run], context: Context) -> list[str]:
    """What `status` says: what troubles somebody, and the last one that was made."""
    trouble = pressing(runs, context.clock.now())
    made = max(
        (run for run in runs if run.made_at and run not in trouble), key=lambda run: str(run.made_at), default=None
    )
    lines = [f"! {_('report')}  {run_line(run, context)}" for run in trouble]
    return [*lines, f"· {_('report')}  {run_line(made, context)}"] if made else lines


def _recent(run: Run, now: datetime) -> bool:
    return run.changed_at is not None and now - run.changed_at < RECENT


def run_line(run: Run, context: Context) -> str:
    """One run in words."""
    stages = {"provisional": _("provisional"), "final": _("final")}
    words = [f"{run.report} {run.month}, {stages.get(run.stage, run.stage)}:", _state(run, context)]
    if run.reason:
        words.append(f"({run.reason})")
    mail = [f"{person}: {said}" for person, said in run.mail.items()]
    return " ".join((*words, *([_("mail: {people}").format(people=", ".join(mail))] if mail else [])))


def _state(run: Run, context: Context) -> str:
    def at(moment: datetime | None) -> str:
        return local_time(moment, context) if moment else "?"

    said = {
        RunState.WAITING: _("waits"),
        RunState.MAKING: _("is being made"),
        RunState.MADE: _("made {when}"),
        RunState.PASSED: _("passed over, the final one came first"),
        RunState.LATER: _("failed, tried again {again}"),
        RunState.FAILED: _("failed {tries} times; when it is mended: leitstand report due --force")
        if run.tries
        else _("given up; to make it: leitstand report {report} --month {month}"),
    }
    about = {"report": run.report, "month": run.month, "tries": run.tries}
    return said[run.state].format(when=at(run.made_at), again=at(run.again_at), **about)


def run_json(run: Run) -> dict[str, object]:
    """One run for programs."""
    moments = {"made_at": run.made_at, "again_at": run.again_at, "changed_at": run.changed_at}
    return {
        "report": run.report,
        "month": run.month,
        "stage": run.stage,
        "state": run.state.value,
        "tries": run.tries,
        "key": run.key,
        "reason": run.reason,
        "mail": dict(run.mail),
        "mailed": run.mailed,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }
