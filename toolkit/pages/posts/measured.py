"""What posts brought, channel by channel, as the pages about KPIs count it: seven days after publication, against the usual.

Counting takes a second, a build of the site should not; the answer is kept in the state's cache until an import comes or
goes, a post becomes another kind of post, or a day is over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from toolkit import __version__
from toolkit.pages.kept import digest, keep, recall
from toolkit.values import dataclass
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.metrics import Store

NAME: Final = "post-pages.json"
_METRICS: Final = ("views", "interactions", "comments")
# Posts that are older keep their pages, but nobody looks up their numbers there.
_BACK: Final = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class Brought:
    """Counts of one post on one channel at seven days; None: the network does not deliver them.

    `usual` are the interactions that the channel's posts of that kind have for such an audience, the median of `n`; None
    where there are too few. `young`: less than seven days out, so counted early, and compared with nobody.
    """

    views: float | None = None
    interactions: float | None = None
    comments: float | None = None
    usual: float | None = None
    n: int = 0
    young: bool = False


# (uid, channel) → counts.
Measured = Mapping[tuple[str, str], Brought]


def read_measured(workspace: Workspace, state: Path, now: datetime) -> Measured:
    """What is known now; nothing without observations, or where the extra for them is not installed."""
    try:
        from toolkit.metrics import open_store

        store = open_store(state)
        imports = store.imports()
    except ImportError:
        return {}
    if not imports:
        return {}
    key, path = _key(workspace, (one.id for one in imports), now), state / "cache" / NAME
    known = recall(path, key, _plain)
    if known is None:
        known = count(workspace, store, now)
        keep(path, key, [[*named, *astuple(one)] for named, one in known.items()])
    return known


def count(workspace: Workspace, store: Store, now: datetime) -> Measured:
    """Every post of the last years, from one state of the store."""
    from toolkit.experiments.counted import Numbers, lifts_of
    from toolkit.kpis import AGE_HOURS, KPIS, Period, known_subjects, unit_rows
    from toolkit.kpis.period import ripe_year
    from toolkit.kpis.rows import one_state

    subjects, zone = known_subjects(store.subjects(), workspace.posts), ZoneInfo(workspace.settings.timezone)
    period, age = Period(now - _BACK, now, now), timedelta(hours=AGE_HOURS)
    with one_state(store) as still:
        rows = {metric: unit_rows(KPIS[metric], still, period) for metric in _METRICS}
        lifts = lifts_of(Numbers(still, subjects, zone, now), "interactions", ripe_year(now))
    usual = {(one.uid, one.channel): (one.usual, one.n) for one in lifts}
    values: dict[tuple[str, str], dict[str, float | None]] = {}
    out: dict[tuple[str, str], datetime] = {}
    for metric, found in rows.items():
        for row in found:
            values.setdefault((row.unit, row.channel), {})[metric] = row.part
            out[row.unit, row.channel] = row.at
    brought = {}
    for named, own in sorted(values.items()):
        middle, n = usual.get(named, (None, 0))
        brought[named] = Brought(**own, usual=middle, n=n if middle is not None else 0, young=out[named] + age > now)
    return brought


def _key(workspace: Workspace, imports: Iterable[str], now: datetime) -> str:
    """Which posts are of one kind depends on their media."""
    today = now.astimezone(ZoneInfo(workspace.settings.timezone)).date().isoformat()
    kinds = sorted((post.uid, post.media[0].kind.value if post.media else "") for post in workspace.posts if post.uid)
    return digest(json.dumps([__version__, today, kinds, list(imports)]))


def _plain(raw: Any) -> Measured:
    return {(str(uid), str(channel)): Brought(*rest) for uid, channel, *rest in raw}
