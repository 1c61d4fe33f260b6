"""Experiments: registered before the first post, dealt out by lot, looked at as often as anybody likes, decided late.

`read_experiments` reads `content/experiments`, `plan_posts` says how many posts it takes, `deal` which post belongs to
which arm, `outcome_of` what came of it, and `decide` what may be said about that. Nobody wins before the planned posts.
"""

from toolkit.experiments.anytime import Gap
from toolkit.experiments.assignment import Candidate, Dealt, deal
from toolkit.experiments.counted import Counted, Numbers, count_posts, lifts_of
from toolkit.experiments.counts import Brought
from toolkit.experiments.experiment import (
    EXPERIMENTS,
    Analysis,
    Arm,
    Change,
    Experiment,
    Registration,
    Unit,
)
from toolkit.experiments.fingerprint import Difference, Standing, design_of, differences, fingerprint, standing
from toolkit.experiments.marks import Marks, marks_of, read_marks
from toolkit.experiments.past import changed_keys
from toolkit.experiments.power import Plan, Prospect, Wish, look_ahead, plan_posts
from toolkit.experiments.reading import ARM_KEYS, EXPERIMENT_KEYS, read_experiment, read_experiments
from toolkit.experiments.registering import Signed, register
from toolkit.experiments.results import ArmPosts, Outcome, first_post, outcome_of, read_outcomes
from toolkit.experiments.saying import say_interim, say_next, say_rule, say_standing, say_verdict
from toolkit.experiments.verdicts import DECIDED, Finding, Verdict, arm_of, decide

__all__ = [
    "ARM_KEYS",
    "DECIDED",
    "EXPERIMENTS",
    "EXPERIMENT_KEYS",
    "Analysis",
    "Arm",
    "ArmPosts",
    "Brought",
    "Candidate",
    "Change",
    "Counted",
    "Dealt",
    "Difference",
    "Experiment",
    "Finding",
    "Gap",
    "Marks",
    "Numbers",
    "Outcome",
    "Plan",
    "Prospect",
    "Registration",
    "Signed",
    "Standing",
    "Unit",
    "Verdict",
    "Wish",
    "arm_of",
    "changed_keys",
    "count_posts",
    "deal",
    "decide",
    "design_of",
    "differences",
    "fingerprint",
    "first_post",
    "lifts_of",
    "look_ahead",
    "marks_of",
    "outcome_of",
    "plan_posts",
    "read_experiment",
    "read_experiments",
    "read_marks",
    "read_outcomes",
    "register",
    "say_interim",
    "say_next",
    "say_rule",
    "say_standing",
    "say_verdict",
    "standing",
]
