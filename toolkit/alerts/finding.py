"""Everything there is to tell at one moment. Quiet when all is well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.approvals import approval_alerts, sent_back_alerts
from toolkit.alerts.crisis import crisis_alerts, proposal_alerts
from toolkit.alerts.oncall import call_alerts
from toolkit.alerts.replies import reply_alerts
from toolkit.alerts.rows import row_alerts
from toolkit.alerts.scene import Scene, one_line
from toolkit.alerts.stopping import stop_alerts
from toolkit.database import to_text
from toolkit.ledger import RunState
from toolkit.messages import _


def find_alerts(scene: Scene, stops: str = "", calls: str = "") -> list[Alert]:
    """The alerts of the scene, the most pressing kinds first; `stops` and `calls` as `follow_…` left them."""
    found = [
        *call_alerts(calls, scene),
        *crisis_alerts(scene),
        *proposal_alerts(scene),
        *silence_alerts(scene),
        *row_alerts(scene),
        *account_alerts(scene),
        *approval_alerts(scene),
        *sent_back_alerts(scene),
        *reply_alerts(scene),
        *stop_alerts(stops, scene),
        *report_alerts(scene),
    ]
    return list({alert.key: alert for alert in found}.values())


def account_alerts(scene: Scene) -> Iterator[Alert]:
    """Accounts that somebody has to sign in to, now or soon: for the operators, else the managers."""
    team = scene.team
    to = team.first(team.with_role("operator"), team.with_role("manager"), team.with_role("community"))
    for ailing in scene.ailing:
        key = f"account:{ailing.account}:{ailing.state}"
        told = Alert(key, Kind.ACCOUNT, scene.account_title(ailing.account), scene.now, to)
        yield replace(told, why=one_line(ailing.why), remedy=ailing.remedy)


def report_alerts(scene: Scene) -> Iterator[Alert]:
    """Reports that failed, once when they first do and once when they are given up, or that somebody did not get."""
    team = scene.team
    to = team.first(team.with_role("analyst"), team.with_role("manager"), team.with_role("operator"))
    for run in scene.runs:
        unsent = [f"{person}: {said}" for person, said in run.mail.items() if not said.startswith("sent")]
        name = f"{run.report} {run.month}"
        remedy = _("see: leitstand report runs")
        if run.state is RunState.FAILED and run.tries:
            remedy = _("when it is mended: leitstand report due --force")
        elif run.state is RunState.FAILED:
            remedy = _("to make it: leitstand report {name} --month {month}")
            remedy = remedy.format(name=run.report, month=run.month)
        elif run.state is RunState.MADE:
            remedy = _("ask whether it came; to send it: leitstand report {name} --month {month} --mail")
            remedy = remedy.format(name=run.report, month=run.month)
        told = Alert(f"report:{run.name}:{run.state}", Kind.REPORT, name, run.changed_at or scene.now, to)
        yield replace(told, why=one_line("; ".join(filter(None, (run.reason, *unsent)))), remedy=remedy)


def silence_alerts(scene: Scene) -> Iterator[Alert]:
    """That no dispatcher has ticked for too long. A tick never finds this; `leitstand alerts send` beside it does."""
    last, patience = scene.last_tick, scene.workspace.settings.longest_silence
    if last is None or scene.now - last <= patience:
        return
    team = scene.team
    to = team.first(team.with_role("operator"), team.with_role("manager"), team.with_role("community"))
    why = _("the last tick was at {when}").format(when=scene.clock_time(last))
    remedy = _("start it: leitstand run; what is wrong says: leitstand doctor")
    yield Alert(f"silent:{to_text(last)}", Kind.SILENT, scene.workspace.settings.name, last, to, why=why, remedy=remedy)
