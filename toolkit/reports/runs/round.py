"""One round: every stage that is due is taken in the ledger, made and confirmed, and its mail sent.

A final report comes as soon as its month is final (`stage.find_stage`) and has data; then a provisional one that is still
to be made is passed over, for it would be the same page. Whoever finds a stage taken leaves it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from zoneinfo import ZoneInfo

from toolkit.errors import LeitstandError, ReportError
from toolkit.ledger import Run, RunState
from toolkit.messages import _, speak, spoken
from toolkit.metrics import open_store
from toolkit.reports.files.gist import read_gist
from toolkit.reports.making import Place, Report, made_already, make_report
from toolkit.reports.manifest import read_manifest
from toolkit.reports.orders import Order
from toolkit.reports.runner import Progress, Runner
from toolkit.reports.runs.due import BACK, FINAL, PROVISIONAL, Month, find_lapsed, find_months, wants
from toolkit.reports.runs.sending import Postbox, mail_run
from toolkit.reports.scope import open_scope
from toolkit.reports.stage import Stage, find_stage
from toolkit.values import dataclass


@dataclass(frozen=True)
class Press:
    """What a round needs: where, the ledger's runs and mail, and what runs notebooks."""

    place: Place
    box: Postbox
    runner: Runner
    progress: Callable[[Run], Progress] = lambda _run: lambda _done, _of: None
    stages: dict[str, Stage] = field(default_factory=dict)

    def months(self) -> list[Month]:
        """The months that this round looks after."""
        settings = self.place.workspace.settings
        since = self.box.runs.begin()
        return find_months(settings.reports, ZoneInfo(settings.timezone), self.place.clock.now(), since)

    def stage(self, month: str) -> Stage:
        """How far a month's numbers are; looked up once."""
        if month not in self.stages:
            root, now = self.place.workspace.root, self.place.clock.now()
            scope = open_scope(root, self.place.state, month, now=now.isoformat(), language=spoken())
            self.stages[month] = find_stage(scope)
        return self.stages[month]


def run_round(press: Press) -> Iterator[Run]:
    """Do what is due, the oldest month first; gives each run that this round has made, failed or sent mail of."""
    delivered = {month for one in open_store(press.place.state).imports() for month in one.months}
    yield from _give_up(press)
    for month in press.months():
        yield from _see_to(press, month, delivered=month.month in delivered)


def _give_up(press: Press) -> Iterator[Run]:
    """Months that are too old to be looked after and never became final: somebody is told, once."""
    settings, runs = press.place.workspace.settings, press.box.runs
    zone, now = ZoneInfo(settings.timezone), press.place.clock.now()
    for run in find_lapsed(settings.reports, zone, now, runs.begin(), _runs(press)):
        words = _("{count} months have passed and it is still not final: {why}")
        why = run.reason or _("nobody looked after it in this time")
        told = runs.give_up(run, words.format(count=BACK, why=why))
        if told is not None:
            yield told


def try_again(press: Press) -> None:
    """Let what has failed too often be tried once more."""
    known = _runs(press)
    for month in press.months():
        for stage in (PROVISIONAL, FINAL):
            run = known.get(f"{month.report} {month.month} {stage}")
            if run is not None and run.state in (RunState.FAILED, RunState.LATER):
                press.box.runs.wait(run, "")


def _runs(press: Press) -> Mapping[str, Run]:
    return {run.name: run for run in press.box.runs.all()}


def _see_to(press: Press, month: Month, *, delivered: bool) -> Iterator[Run]:
    """Both stages of one month's report."""
    runs, now = press.box.runs, press.place.clock.now()
    first, final = (runs.find(month.report, month.month, stage) for stage in (PROVISIONAL, FINAL))
    ready = not final.open or (now >= month.final_at and delivered and _ready(press, final))
    if ready and not first.taken(now):
        if first.open:
            runs.pass_over(first)
        elif wants(first, now):  # nobody is written to about a stage that is over
            runs.mailed(first)
        yield from _finish(press, month, final)
    elif not ready and now >= month.provisional_at:
        if delivered or not first.open:
            yield from _finish(press, month, first)
        elif not (first.taken(now) or first.rests(now)):
            runs.wait(first, _("nothing was delivered for the month"))


def _ready(press: Press, final: Run) -> bool:
    """Whether the month is final; if not, the ledger says what it waits for."""
    stage = press.stage(final.month)
    if not stage.final and wants(final, press.place.clock.now()) and final.tries == 0:
        press.box.runs.wait(final, "; ".join(stage.why))
    return stage.final


def _finish(press: Press, month: Month, run: Run) -> Iterator[Run]:
    """Make it, if it is still to be made, and send its mail."""
    held = press.box.runs.take(run) if wants(run, press.place.clock.now()) else None
    if held is None:
        return
    try:
        if held.open:
            held = _make(press, held)
        if held is not None and held.state is RunState.MADE:
            held = _mail(press, month, held)
    except BaseException:
        if held is not None:
            press.box.runs.leave(held)
        raise
    if held is not None:
        yield held


def _make(press: Press, run: Run) -> Run | None:
    """Make the report and confirm it, or say why not; None where somebody else has taken it meanwhile."""
    order = Order(run.report, run.month)
    try:
        report = made_already(press.place, order) or make_report(press.place, order, press.runner, press.progress(run))
        if report.failures:
            return press.box.runs.fail(run, report.failures[0])
        return _confirm(press, run, report)
    except ModuleNotFoundError:
        raise
    except LeitstandError as error:
        return press.box.runs.fail(run, str(error))
    except Exception as error:  # noqa: BLE001  # a defect must not be tried for ever at once; it is told like the others
        return press.box.runs.fail(run, f"{type(error).__name__}: {error}")


def _confirm(press: Press, run: Run, report: Report) -> Run | None:
    """What the page itself says decides: data may have come while it was being made, or have been taken back."""
    said = read_gist(report.html.read_text(encoding="utf-8")).stage
    if said == FINAL and run.stage == PROVISIONAL:
        return press.box.runs.pass_over(run)
    if said == PROVISIONAL and run.stage == FINAL:
        raise ReportError(_("it was due as final and came out provisional"))
    return press.box.runs.made(run, read_manifest(report.folder).key)


def _mail(press: Press, month: Month, run: Run) -> Run | None:
    language, place = spoken(), press.place
    try:
        folder = Order(run.report, run.month).folder(place.state)
        return mail_run(run, month.due_at(run.stage), folder, place.workspace.root, press.box)
    finally:
        speak(language)
