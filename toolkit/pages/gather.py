"""Reads everything the site shows: the workspace, its problems, the ledger, finished reports."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import unescape
from pathlib import Path
from typing import Final

from toolkit.approval import with_approvals
from toolkit.community import pauses_of_rows, read_pauses
from toolkit.errors import UsageError
from toolkit.ledger import LedgerPlace, PauseRow, Row, find_ledger, open_ledger
from toolkit.messages import _
from toolkit.model import Rendition
from toolkit.networks import find_network
from toolkit.networks.renditions import Render, Renditions, render_now
from toolkit.pages.checked import read_files
from toolkit.pages.inside import look_inside
from toolkit.pages.outward import outward
from toolkit.pages.view import ReportFile, SiteInput
from toolkit.source.revisions import read_rule_days
from toolkit.values import dataclass
from toolkit.workspace import Draft, load_workspace, state_dir

# What people take away from a report.
FILES: Final = (".pdf", ".xlsx", ".zip")
# The sentence about its stage, near the top of a report's page.
_STAGE: Final = re.compile(rb'class="(?:[\w-]+ )*stage (provisional|final)"')
_TITLE: Final = re.compile(rb"(?is)<title>(.*?)</title>")


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the site's contents come from, and how its addresses look."""

    root: Path
    now: datetime  # aware
    environ: Mapping[str, str]
    directory_urls: bool = True
    edit_base: str = ""
    partner: bool = False  # for people outside the company: internal numbers are not even read


def gather(sources: Sources) -> SiteInput:
    """The input of `render_site`; raises `SettingsError` when leitstand.toml cannot be used."""
    files = read_files(sources.root, sources.environ)
    found = load_workspace(sources.root, files.inputs.tree if files.inputs else None)
    state = state_dir(sources.root, found.settings, sources.environ)
    place = find_ledger(state, found.settings, sources.environ)
    workspace = with_approvals(found, place, found.settings.forge, sources.now)
    rows, holds = read_ledger(place, sources.now)
    made = Renditions()  # the rule about lengths measures what the pages show
    given = SiteInput(
        workspace=workspace,
        now=sources.now,
        problems=files.problems(workspace, rows, sources.now, made.make),
        rows=rows,
        pauses=read_pauses(workspace.tree).plus(pauses_of_rows(holds)),
        rule_days=read_rule_days(sources.root),
        partner=sources.partner,
        render=partial(render_draft, render=made.take),
        directory_urls=sources.directory_urls,
        edit_base=sources.edit_base,
        program=files.program,
    )
    if sources.partner:
        return outward(given)
    reports = read_reports(state / "reports", workspace.settings.name)
    return look_inside(replace(given, reports=reports), state, sources.environ)


def read_ledger(place: LedgerPlace, now: datetime) -> tuple[tuple[Row, ...], tuple[PauseRow, ...]]:
    """What the ledger knows, and its pauses and holds; nothing before the first one exists."""
    with open_ledger(place, now=now, read_only=True) as ledger:
        return tuple(ledger.rows()), tuple(ledger.pauses(now))


def render_draft(draft: Draft, render: Render = render_now) -> Rendition | None:
    """What the draft's network will receive, None for a network that no adapter knows."""
    try:
        network = find_network(draft.account.network)
    except UsageError:
        return None
    return render(draft, network)


def read_reports(folder: Path, brand: str = "") -> tuple[ReportFile, ...]:
    """Finished reports below ``reports/NAME/PERIOD/``, latest first; a folder without HTML is not finished."""
    found = [_read_report(page, brand) for page in sorted(folder.glob("*/*/index.html"))]
    return tuple(sorted(found, key=lambda one: (one.period, one.name), reverse=True))


def _read_report(page: Path, brand: str) -> ReportFile:
    html, name, period = page.read_bytes(), page.parent.parent.name, page.parent.name
    manifest = _read_manifest(page.parent / "manifest.json")
    failures, stage = manifest.get("failures"), _STAGE.search(html)
    return ReportFile(
        name=name,
        period=period,
        html=html,
        # A page's title often ends in the brand's name, which stands on every page of the site already.
        title=_find_title(html).removesuffix(brand).rstrip(" |-\N{EN DASH}\N{EM DASH}") or f"{name} {period}",
        facts={
            _("Period"): period,
            _("Not complete"): ", ".join(map(str, failures)) if isinstance(failures, list) else "",
            _("Imports"): str(len(imports)) if (imports := _imports(manifest)) else "",
            _("Commit"): str(manifest.get("commit") or "")[:10],
        },
        made_at=_moment(manifest.get("made_at")),
        before=_moment(_parameters(manifest).get("before")),
        stage=stage[1].decode() if stage else "",
        # Only what the manifest vouches for; the notebook and the manifest itself stay where they were made.
        files=tuple(
            page.parent / one for one in _outputs(manifest) if one.endswith(FILES) and (page.parent / one).is_file()
        ),
    )


def _outputs(manifest: Mapping[str, object]) -> list[str]:
    """The plain names of the files beside the page."""
    outputs = manifest.get("outputs")
    return [name for name in outputs if Path(name).name == name] if isinstance(outputs, dict) else []


def _parameters(manifest: Mapping[str, object]) -> Mapping[str, object]:
    basis = manifest.get("basis")
    parameters = basis.get("parameters") if isinstance(basis, dict) else None
    return parameters if isinstance(parameters, dict) else {}


def _imports(manifest: Mapping[str, object]) -> list[object]:
    basis = manifest.get("basis")
    imports = basis.get("imports") if isinstance(basis, dict) else None
    return imports if isinstance(imports, list) else []


def _find_title(html: bytes) -> str:
    found = _TITLE.search(html[:20_000])
    return unescape(found[1].decode("utf-8", "replace")).strip() if found else ""


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _read_manifest(path: Path) -> Mapping[str, object]:
    try:
        raw = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}
