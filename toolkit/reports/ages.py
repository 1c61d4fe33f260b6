"""How old posts were when they were last counted: whoever is too young is shown, but compared with nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from toolkit.kpis import AGE_HOURS
from toolkit.reports.scope import Scope

MATURE: Final = timedelta(hours=AGE_HOURS)
NEAR: Final = AGE_HOURS - 24  # a count of the sixth day stands for one of the seventh


def counted_ages(scope: Scope) -> Mapping[tuple[str, str], float]:
    """(uid, channel) → the age in hours at the last count that a comparison may use."""
    sql = f"""
        SELECT subject, channel, max(epoch(observed_at - published_at)) / 3600 AS hours FROM observations
        WHERE published_at IS NOT NULL AND observed_at >= published_at
          AND observed_at <= published_at + INTERVAL {AGE_HOURS:.0f} HOUR GROUP BY subject, channel
    """  # noqa: S608  # a number of ours
    rows = scope.engine.query(sql, {}).to_pylist()
    return {(row["subject"], row["channel"]): row["hours"] for row in rows}
