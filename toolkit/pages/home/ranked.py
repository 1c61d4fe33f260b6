"""The best and the weakest posts of the last complete month, and what the results propose for the handbook.

Both are what the monthly report and `leitstand learn` say, from the same functions. Counting takes seconds, a build of
the site should not; the answer is kept in the state's cache until an import comes or goes, somebody decides, or a day is over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from toolkit import __version__
from toolkit.pages.kept import digest, keep, recall
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.decisions import read_decisions

if TYPE_CHECKING:
    from toolkit.kpis.lifts import PostResult
    from toolkit.metrics import Store
    from toolkit.reports.posts import Comparison

NAME: Final = "first-pages.json"
SHOWN: Final = 3  # of the best, and of the weakest
_FEWEST: Final = 2  # posts with something to compare them with


@dataclass(frozen=True, slots=True)
class Ranking:
    """A post at seven days: `lift` times its `usual` interactions, the median of `n` posts of its channel and format."""

    uid: str
    title: str
    channel: str
    interactions: float
    usual: float
    lift: float
    n: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A month such as ``2026-10``, its best and weakest posts, and of how many that could be said.

    `young` posts were not counted at their seventh day. `proposals` are sentences in the spoken language.
    """

    month: str = ""
    tops: tuple[Ranking, ...] = ()
    flops: tuple[Ranking, ...] = ()
    compared: int = 0
    young: int = 0
    proposals: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether the month has posts enough to name some of them."""
        return self.compared >= _FEWEST


def read_ranked(workspace: Workspace, state: Path, now: datetime) -> Ranked:
    """What is known now; nothing without observations, or where the extra for them is not installed."""
    try:
        from toolkit.metrics import open_store

        store = open_store(state)
        imports = store.imports()
    except ImportError:
        return Ranked()
    if not imports:
        return Ranked()
    key = _key(workspace, [one.id for one in imports], now)
    path = state / "cache" / NAME
    known = recall(path, key, _plain)
    if known is None:
        known = _count(workspace, state, store, now)
        keep(path, key, asdict(known))
    return known


def _key(workspace: Workspace, imports: Iterable[str], now: datetime) -> str:
    decisions, _problems = read_decisions(workspace.handbook.pages)
    today = now.astimezone(ZoneInfo(workspace.settings.timezone)).date().isoformat()
    # What is proposed for a post's pillar hardly changes with a post that is still being written: the day is enough.
    said = [__version__, workspace.settings.interface, today, [str(one) for one in decisions], list(imports)]
    return digest(json.dumps(said))


def _count(workspace: Workspace, state: Path, store: Store, now: datetime) -> Ranked:
    from toolkit.learning.proposals import learn
    from toolkit.learning.sentences import summary
    from toolkit.reports.posts import compare_posts
    from toolkit.reports.scope import open_scope

    settings = workspace.settings
    here = now.astimezone(ZoneInfo(settings.timezone)).date().replace(day=1)
    month = f"{here - timedelta(days=1):%Y-%m}"
    scope = open_scope(workspace.root, state, month, now=now.isoformat(), language=settings.interface)
    learned = learn(workspace, store, store.subjects(), now)
    return rank(month, compare_posts(scope), tuple(summary(one) for one in learned.proposed))


def rank(month: str, found: Comparison, proposals: tuple[str, ...] = ()) -> Ranked:
    """The month's ends, as its report names them."""
    from toolkit.reports.posts import is_above, is_below

    ranked = found.ranked()
    tops = tuple(_ranking(one) for one in ranked if is_above(one))[:SHOWN]
    flops = tuple(_ranking(one) for one in reversed(ranked) if is_below(one))[:SHOWN]
    return Ranked(month, tops, flops, len(ranked), len({one.uid for one in found.young}), proposals)


def _ranking(one: PostResult) -> Ranking:
    title = one.about.title or one.uid
    return Ranking(one.uid, title, one.channel, one.interactions, one.usual or 0.0, one.lift or 0.0, one.n)


def _plain(raw: Mapping[str, Any]) -> Ranked:
    ends = {name: tuple(Ranking(**one) for one in raw[name]) for name in ("tops", "flops")}
    return Ranked(**{**raw, **ends, "proposals": tuple(map(str, raw["proposals"]))})
