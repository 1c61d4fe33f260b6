"""How old posts were when they were counted: who is too young or was counted too late is shown, but compared with nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from toolkit.kpis import Period
from toolkit.kpis.leaving import near
from toolkit.reports.scope import Scope
from toolkit.values import dataclass


class Ripeness(Enum):
    """Whether a post's counts can be compared at equal age."""

    RIPE = auto()
    YOUNG = auto()  # the post itself is younger than that; time will tell
    EARLY = auto()  # old enough by now, but the last count in time was made too long before that age
    LATE = auto()  # first counted after that age: in no figure at equal age


@dataclass(frozen=True, slots=True)
class Counted:
    """When a post was counted on a channel. Ages are hours after publication."""

    uid: str
    channel: str
    published: datetime  # aware, UTC
    inside: float | None  # the age at the last count that a comparison may use; None: there is none
    first: float
    last: float
    ripeness: Ripeness


def counted_ages(scope: Scope) -> Mapping[tuple[str, str], float]:
    """(uid, channel) → the age in hours at the last count that a comparison may use."""
    return {key: one.inside for key, one in counted_posts(scope).items() if one.inside is not None}


def counted_posts(scope: Scope, period: Period | None = None) -> dict[tuple[str, str], Counted]:
    """(uid, channel) → when it was counted: every post, or those published in a period, of the report's channels."""
    inside = f"observed_at <= published_at + to_seconds({int(scope.age_hours * 3600)})"
    sql = f"""
        SELECT subject, channel, min(published_at) AS published, max(age) FILTER ({inside}) AS inside,
               min(age) AS first, max(age) AS last
        FROM (SELECT *, epoch(observed_at - published_at) / 3600 AS age FROM observations
              WHERE published_at IS NOT NULL AND observed_at >= published_at)
        WHERE {_chosen(scope)} GROUP BY subject, channel ORDER BY published, channel, subject
    """  # noqa: S608  # a number of ours, and names that are escaped
    found = {}
    for row in scope.engine.query(sql, {}).to_pylist():
        published = row["published"].replace(tzinfo=UTC)
        if period is None or period.start <= published < period.end:
            found[row["subject"], row["channel"]] = _counted(scope, row, published)
    return found


def _chosen(scope: Scope) -> str:
    """The report's channels as a condition; names of accounts hold no quotes, but nobody promises that."""
    names = ", ".join("'" + name.replace("'", "''") + "'" for name in scope.channels)
    return f"channel IN ({names})" if names else "true"


def _counted(scope: Scope, row: Mapping[str, object], published: datetime) -> Counted:
    inside, first, last = (
        float(str(row[name])) if row[name] is not None else None for name in ("inside", "first", "last")
    )
    ripeness = Ripeness.RIPE
    if inside is None:
        ripeness = Ripeness.LATE
    elif inside < near(scope.age_hours):
        old = scope.now >= published + timedelta(hours=scope.age_hours)
        ripeness = Ripeness.EARLY if old else Ripeness.YOUNG
    return Counted(str(row["subject"]), str(row["channel"]), published, inside, first or 0.0, last or 0.0, ripeness)
