"""The sample workspace's months, for `benchmarks/goals.py`: its exports imported into a store of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from toolkit.importers import Document, find_importer
from toolkit.kpis.goals import goal_outlooks
from toolkit.metrics import open_store
from toolkit.sample.history import write_history
from toolkit.workspace import Goal, load_workspace

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime.fromisoformat("2026-11-21T12:00:00+01:00")
METRICS = ("interactions", "views", "reach", "visits", "orders", "revenue", "followers", "likes", "shares")


def sample_series(folder: Path) -> Iterator[list[float]]:
    """The complete months of each KPI, over all channels and for each of them, where they have no gap."""
    workspace = load_workspace(ROOT)
    exports, _planted = write_history(workspace, folder / "exports", NOW)
    store = open_store(folder / "state")
    for path in exports:
        found = find_importer(path.read_bytes())
        if found is not None:
            extract = found[1].extract(Document(path.name, path.read_bytes(), workspace.settings.timezone, NOW))
            store.append(extract.observations, imported_at=NOW, name=path.name, subjects=extract.subjects)
    goals = [Goal(metric, 1.0, channel) for metric in METRICS for channel in ("", *workspace.settings.accounts)]
    for one in goal_outlooks(goals, store, ZoneInfo(workspace.settings.timezone), NOW):
        values = [value for _month, value in one.months if value is not None]
        if len(values) == len(one.months) and values and min(values) > 0:
            yield values
