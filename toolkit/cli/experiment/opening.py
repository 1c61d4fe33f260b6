"""What the verbs of experiments share: the named experiment, and the numbers."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Final

from toolkit.cli.context import Context
from toolkit.errors import LeitstandError, UsageError
from toolkit.experiments.counted import Numbers, count_posts
from toolkit.experiments.counts import Brought
from toolkit.experiments.experiment import Experiment
from toolkit.experiments.marks import Marks, read_marks
from toolkit.experiments.reading import read_experiments
from toolkit.kpis import KPIS, Of, Period, known_subjects
from toolkit.messages import _
from toolkit.metrics import open_store
from toolkit.settings import unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Workspace

YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Opened:
    """A workspace with its experiments."""

    context: Context
    workspace: Workspace

    @cached_property
    def experiments(self) -> dict[str, Experiment]:
        """Name → experiment. Raises `LeitstandError` when a file cannot be used and none can."""
        found, problems = read_experiments(self.workspace.tree)
        if problems and not found:
            raise LeitstandError("\n".join(map(str, problems)))
        return {one.name: one for one in found}

    def find(self, name: str) -> Experiment:
        """The experiment of that name; raises `UsageError` with those that there are."""
        if name not in self.experiments:
            raise UsageError(unknown_name(_("experiment"), name, self.experiments))
        return self.experiments[name]

    @cached_property
    def numbers(self) -> Numbers:
        """All observations, as known now."""
        store = open_store(self.context.state)
        subjects = known_subjects(store.subjects(), self.workspace.posts)
        return Numbers(store, subjects, self.context.zone, self.context.clock.now())

    @cached_property
    def marks(self) -> Marks:
        """With which labels posts went out."""
        return read_marks(self.workspace, self.experiments.values(), self.context.clock.now())

    def history(self, metric: str, channels: tuple[str, ...] = ()) -> list[Brought]:
        """What each post of the last year brought over its usual."""
        if metric not in KPIS or KPIS[metric].of is not Of.POSTS:
            raise UsageError(_("{name!r} is no KPI of posts; leitstand kpi lists them").format(name=metric))
        for channel in channels:
            if channel not in self.context.settings.accounts:
                raise UsageError(unknown_name(_("channel"), channel, self.context.settings.accounts))
        own = self.numbers
        numbers = Numbers(own.engine, own.subjects, own.zone, own.seen, channels)
        posts = count_posts(numbers, metric, Period(own.seen - YEAR, own.seen, own.seen), own.seen)
        return [post.brought for post in sorted(posts, key=lambda post: post.uid)]


def open_experiments(context: Context) -> Opened:
    """The workspace of a command."""
    return Opened(context, context.load())
