"""Proposals for the handbook: every question that the results can answer, judged together, and what was decided of it.

"No reliable difference" is the normal answer: of what is proposed at most one in twenty is chance (Benjamini and
Hochberg), and what is smaller than a tenth is not proposed however sure it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from toolkit.community.hours import read_times
from toolkit.community.summary.spoken import Wait
from toolkit.errors import UsageError
from toolkit.kpis import Engine, known_subjects
from toolkit.kpis.rated import Rated
from toolkit.kpis.rows import one_state
from toolkit.learning.clocks import with_clocks
from toolkit.learning.later import Later, hold_against, standing
from toolkit.learning.posts import HISTORY, ask_posts, rate_posts
from toolkit.learning.promises import ask_promises
from toolkit.learning.question import FACTORS, Answer, judge
from toolkit.learning.rules import ask_rules
from toolkit.learning.targets import ask_goals
from toolkit.learning.traits import Traits, find_traits
from toolkit.learning.tried import ask_experiments
from toolkit.messages import _
from toolkit.model import Problem, Subject
from toolkit.settings import unknown_name
from toolkit.workspace import Workspace
from toolkit.workspace.decisions import Decided, Decision, read_decisions


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
        last = next((one for one in standing(self.decisions) if one.about == answer.id), None)
        open_again = last is not None and last.status is Decided.ACCEPTED and answer.kind not in FACTORS
        return None if open_again else last

    def find(self, ident: str) -> Answer:
        """The answer with this id; raises `UsageError` for a question that nobody asked, or that has no proposal."""
        known = {answer.id: answer for answer in self.answers}
        if ident not in known:
            raise UsageError(unknown_name(_("proposal"), ident, dict.fromkeys(one.id for one in self.proposed)))
        return known[ident]


def learn(
    workspace: Workspace,
    engine: Engine,
    imported: Mapping[str, Subject],
    now: datetime,
    waits: Iterable[Wait] = (),
) -> Learned:
    """Ask everything; `imported` is what exports said of posts, `now` is aware, `waits` are the inbox's turns."""
    zone = ZoneInfo(workspace.settings.timezone)
    decisions, problems = read_decisions(workspace.handbook.pages)
    subjects = known_subjects(imported, workspace.posts)
    begin = min([now - HISTORY, *(one.at for one in standing(decisions))])
    with one_state(engine) as still:
        posts = rate_posts(still, subjects, zone, now, begin)
        recent = [post for post in posts if post.local >= now - HISTORY]
        answers = [
            *ask_posts(recent, traits_of(workspace, recent)),
            *ask_experiments(workspace, still, subjects, now),
            *ask_goals(workspace.goals, still, zone, now),
            *ask_rules(workspace, now - HISTORY),
            *ask_promises(waits, read_times(workspace.settings, workspace.handbook, workspace.occasions[0]), now),
        ]
    later = hold_against(decisions, posts, traits_of(workspace, posts))
    return Learned(
        tuple(with_clocks(judge(answers), recent)), tuple(decisions), tuple(later), tuple(problems), len(recent)
    )


def traits_of(workspace: Workspace, posts: Iterable[Rated]) -> Traits:
    """What the texts of these posts have, as far as they have files."""
    counted = {post.uid for post in posts}
    return find_traits([post for post in workspace.posts if post.uid in counted], workspace.settings.languages[0])


def decided(decisions: Sequence[Decision], ident: str) -> Decision | None:
    """The last decision on a question."""
    return next((one for one in standing(decisions) if one.about == ident), None)
