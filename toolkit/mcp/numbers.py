"""Key figures and finished reports for a program. It makes no report: that runs a notebook, and people decide when."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import UsageError
from toolkit.mcp.door import Door
from toolkit.mcp.pagetext import page_text
from toolkit.messages import _
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """Days or months, as 2026-10-01 or 2026-10; "" for all that is known. `by` groups: channel, month, pillar and others."""

    first: str = ""
    last: str = ""
    by: str = ""


def list_kpis(door: Door) -> dict[str, object]:
    """Every key figure: name, unit, formula, denominator, better direction."""
    return {"kpis": door.objects("kpi")}


def read_kpi(door: Door, name: str, period: Period) -> dict[str, object]:
    """One key figure, with denominator, number of posts and interval for each group."""
    options = {"from": period.first, "to": period.last, "by": period.by}
    return {"kpi": name, "rows": door.objects("kpi", name, **options)}


def list_reports(folder: Path) -> dict[str, object]:
    """The finished reports, latest first."""
    found = sorted(folder.glob("*/*/index.html"), key=lambda page: (page.parent.name, page), reverse=True)
    return {"reports": [{"report": page.parent.parent.name, "period": page.parent.name} for page in found]}


def read_report(folder: Path, report: str, period: str) -> dict[str, object]:
    """A finished report as text, with when it was made and what failed in it."""
    known = {(page.parent.parent.name, page.parent.name): page for page in folder.glob("*/*/index.html")}
    page = known.get((report, period))
    if page is None:
        message = _("no report {report} of {period}; list_reports names what there is")
        raise UsageError(message.format(report=report, period=period))
    from toolkit.reports.manifest import read_manifest

    manifest = read_manifest(page.parent)
    return {
        "report": report,
        "period": period,
        "made_at": manifest.made_at,
        "failures": list(manifest.failures),
        "text": page_text(page.read_text(encoding="utf-8")),
    }
