"""Counting how the goals of the plan and of campaigns stand.

Counting takes seconds, a build of the site should not; the answer is kept in the state's cache until an import comes or
goes, a goal is another one, or a day is over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from toolkit import __version__
from toolkit.kpis.goals import GoalOutlook, goal_outlooks
from toolkit.pages.kept import digest, kept, known_store
from toolkit.pages.plan.progress import Progress, Stand
from toolkit.reports.landing import is_sum, whole_days
from toolkit.workspace import Campaign, Workspace

if TYPE_CHECKING:
    from toolkit.reports.progress import Standing
    from toolkit.reports.scope import Scope


NAME: Final = "progress-pages.json"


def read_progress(workspace: Workspace, state: Path, now: datetime) -> Progress:
    """How all goals stand; nothing without goals, without observations, or where the extra for them is not installed."""
    wanted = [*workspace.goals, *(goal for one in workspace.campaigns.values() for goal in one.goals)]
    store = known_store(state) if wanted else None
    if store is None:
        return Progress()
    key = _key(workspace, [one.id for one in store.imports()], now)
    return kept(state / "cache" / NAME, key, lambda: _count(workspace, state, now), asdict, _read)


def _key(workspace: Workspace, imports: Iterable[str], now: datetime) -> str:
    campaigns = [[one.name, str(one.start), str(one.end), str(one.goals)] for one in workspace.campaigns.values()]
    # Which posts belong to a campaign stands in the posts.
    members = sorted((post.uid, post.campaign) for post in workspace.posts if post.campaign)
    today = now.astimezone(ZoneInfo(workspace.settings.timezone)).date().isoformat()
    said = [__version__, str(workspace.goals), campaigns, members, list(imports), today]
    return digest(json.dumps(said))


def _count(workspace: Workspace, state: Path, now: datetime) -> Progress:
    from toolkit.reports.scope import open_scope

    zone = ZoneInfo(workspace.settings.timezone)
    month, moment = f"{now.astimezone(zone):%Y-%m}", now.astimezone(UTC).isoformat()
    scope = open_scope(workspace.root, state, month, now=moment, language=workspace.settings.interface)
    # The window of a month's report reaches back as far as goals look.
    goals = tuple(map(_of_plan, goal_outlooks(workspace.goals, scope.store, zone, now)))
    return Progress(goals, {one.name: _of_campaign(scope, one) for one in workspace.campaigns.values()})


def _of_plan(one: GoalOutlook) -> Stand:
    months, outlook = one.months[-12:], one.outlook
    between = outlook.interval() if outlook else None
    return Stand(
        one.goal.metric,
        one.goal.target,
        one.realism.value,
        one.goal.channel,
        one.known[-1] if one.known else None,
        tuple(value for _month, value in months),
        tuple(name for name, _value in months),
        expected=outlook.value if outlook else None,
        low=between.low if between else None,
        high=between.high if between else None,
        chance=one.chance,
    )


def _of_campaign(scope: Scope, campaign: Campaign) -> tuple[Stand, ...]:
    from toolkit.reports.progress import campaign_standings, goal_rows, planned_period

    period = planned_period(scope, campaign)
    if period is None:
        return ()
    found = []
    for one in campaign_standings(scope, campaign, period):
        days = whole_days(goal_rows(scope, one, period), period) if is_sum(one.goal.metric) else []
        found.append(_running(one, tuple(days), round((period.end - period.start) / timedelta(days=1))))
    return tuple(found)


def _running(one: Standing, days: tuple[float, ...], length: int) -> Stand:
    between = one.landing.interval() if one.landing else None
    return Stand(
        one.goal.metric,
        one.goal.target,
        one.pace.value,
        one.goal.channel,
        one.value,
        days,
        length=length,
        expected=one.landing.value if one.landing else None,
        low=between.low if between else None,
        high=between.high if between else None,
        chance=one.chance,
    )


def _read(raw: Any) -> Progress:
    campaigns = {name: tuple(map(_stand, ones)) for name, ones in raw["campaigns"].items()}
    return Progress(tuple(map(_stand, raw["goals"])), campaigns)


def _stand(raw: Mapping[str, object]) -> Stand:
    lists = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
    return Stand(**{**raw, **lists})  # type: ignore[arg-type]  # as `asdict` said them; another key is a TypeError
