"""Proposals for the handbook: every question that the results can answer, judged together, and what was decided of it.

"No reliable difference" is the normal answer: of what is proposed within a year, however often somebody looks, at most one
in twenty is chance (Benjamini and Hochberg 1995, over p that hold at every look: `toolkit.learning.looks`), and what is
smaller than a tenth is not proposed however sure it is.

The family that is judged together are the questions that could be proposed now: open, and with a change that could be made.
What somebody has decided is not asked again on the posts that it was decided on; only posts that went out later can speak
for or against it (`toolkit.learning.later`). Experiments are judged by the rule that they were registered with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.hours import read_times
from toolkit.community.summary.spoken import Wait
from toolkit.errors import UsageError
from toolkit.experiments.counted import Numbers, lifts_of
from toolkit.kpis import Engine, known_subjects
from toolkit.kpis.contrast import Contrast
from toolkit.kpis.lifts import PostResult
from toolkit.kpis.period import ripe_year
from toolkit.kpis.rated import Rated, rate_results
from toolkit.kpis.rows import one_state
from toolkit.learning.later import Later, hold_against, standing
from toolkit.learning.posts import ask_posts, rate_channels
from toolkit.learning.promises import ask_promises
from toolkit.learning.question import FACTORS, Answer, judge
from toolkit.learning.rules import ask_rules
from toolkit.learning.slots import ask_slots, contrast_slots
from toolkit.learning.targets import ask_goals
from toolkit.learning.traits import Traits, find_traits
from toolkit.learning.tried import ask_experiments
from toolkit.messages import _
from toolkit.model import Problem, Subject
from toolkit.settings import unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.decisions import Decided, Decision, read_decisions

METRIC: Final = "interactions"


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything that was asked.

    `answers` are judged, surest first; `proposed` are those that are worth a change and that nobody has decided about;
    `later` is what came after the decisions that stand.
    """

    answers: tuple[Answer, ...]
    decisions: tuple[Decision, ...]
    later: tuple[Later, ...]
    problems: tuple[Problem, ...]  # of decisions that cannot be read
    posts: int

    @property
    def proposed(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.worth and self.settled(answer) is None)

    def settled(self, answer: Answer) -> Decision | None:
        """The decision that closes a question; None where it is open.

        A number or a level that was accepted once stands in its file: when that is wrong again, it is a new question.
        """
        return None if _again(answer, self.decisions) else decided(self.decisions, answer.id)

    @property
    def asked(self) -> int:
        """How many questions are open and judged together."""
        return sum(answer.q is not None and self.settled(answer) is None for answer in self.answers)

    def find(self, ident: str) -> Answer:
        """The answer with this id; raises `UsageError` for a question that nobody asked."""
        known = {answer.id: answer for answer in self.answers}
        if ident not in known:
            near = {one.id: None for one in (*self.proposed, *self.answers)}
            raise UsageError(unknown_name(_("proposal"), ident, near))
        return known[ident]

    def since(self, decision: Decision) -> Later | None:
        """What came after a decision; None for one that promised no factor."""
        return next((one for one in self.later if one.decision == decision), None)


def learn(
    workspace: Workspace,
    engine: Engine,
    imported: Mapping[str, Subject],
    now: datetime,
    waits: Iterable[Wait] = (),
) -> Learned:
    """Ask everything; `imported` is what exports said of posts, `now` is aware, `waits` are the inbox's turns."""
    zone = ZoneInfo(workspace.settings.timezone)
    read, problems = read_decisions(workspace.handbook.pages)
    decisions = [one for one in read if one.at <= now]
    stand, year = standing(decisions), ripe_year(now)
    kept = {one.about for one in stand}
    subjects = known_subjects(imported, workspace.posts)
    with one_state(engine) as still:
        numbers = Numbers(still, subjects, zone, now)
        results = lifts_of(numbers, METRIC, year)
        first = min((one.at for one in stand), default=now)
        # The year is rated by itself: older posts, read for old decisions, would move what is usual.
        long = results if first >= year.start else lifts_of(numbers, METRIC, replace(year, start=first))
        recent, channels = rate_results(results), rate_channels(results)
        answers = [
            *ask_posts(recent, traits_of(workspace, recent, kept)),
            *ask_slots(workspace, channels, now, kept),
            *ask_experiments(workspace, still, subjects, now),
            *ask_goals(workspace.goals, still, zone, now),
            *ask_rules(workspace, year.start),
            *ask_promises(waits, read_times(workspace.settings, workspace.handbook, workspace.occasions[0]), now),
        ]
    posts = rate_results(long)
    later = hold_against(decisions, posts, traits_of(workspace, posts, kept), _slots_since(workspace, long))
    # What is decided at this very moment was open when it was asked.
    closed = {one.about for one in stand if one.at < now}
    judged = judge(answers, {one.id for one in answers if one.id in closed and not _again(one, stand)})
    return Learned(tuple(judged), tuple(decisions), tuple(later), tuple(problems), len(recent))


def _again(answer: Answer, decisions: Sequence[Decision]) -> bool:
    """Whether it is a number or a level that was accepted once, and may be wrong again."""
    last = decided(decisions, answer.id)
    return last is not None and last.status is Decided.ACCEPTED and answer.kind not in FACTORS


def _slots_since(workspace: Workspace, results: Sequence[PostResult]) -> Callable[[Decision], Contrast | None]:
    """What a decision about a channel's slots is held against: the channel's posts after it."""

    def contrast(one: Decision) -> Contrast | None:
        later = rate_channels(result for result in results if result.local > one.at)
        return contrast_slots(workspace, later, one.about)

    return contrast


def traits_of(workspace: Workspace, posts: Iterable[Rated], kept: Collection[str] = ()) -> Traits:
    """What the texts of these posts have, as far as they have files; `kept` are questions that must be among them."""
    counted = {post.uid for post in posts}
    posts_of = [post for post in workspace.posts if post.uid in counted]
    return find_traits(posts_of, workspace.settings.languages[0], kept)


def decided(decisions: Sequence[Decision], ident: str) -> Decision | None:
    """The last decision on a question."""
    return next((one for one in standing(decisions) if one.about == ident), None)
