"""Experiments: registered before the first post, dealt out by lot, looked at as often as anybody likes, decided late.

`read_experiments` reads `content/experiments`, `plan_posts` says how many posts it takes, `deal` which post belongs to
which arm, `outcome_of` what came of it, and `decide` what may be said about that. Nobody wins before the planned posts.
"""

from toolkit.experiments.assignment import Candidate, Dealt, deal
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
from toolkit.experiments.past import changed_keys
from toolkit.experiments.power import Plan, Wish, plan_posts
from toolkit.experiments.reading import ARM_KEYS, EXPERIMENT_KEYS, read_experiment, read_experiments
from toolkit.experiments.registering import Signed, first_post, register
from toolkit.experiments.results import Numbers, Outcome, labels_of, lifts_of, outcome_of, post_lifts, posts_brought
from toolkit.experiments.saying import say_interim, say_standing, say_verdict
from toolkit.experiments.verdicts import Finding, Verdict, arm_of, decide

__all__ = [
    "ARM_KEYS",
    "EXPERIMENTS",
    "EXPERIMENT_KEYS",
    "Analysis",
    "Arm",
    "Brought",
    "Candidate",
    "Change",
    "Dealt",
    "Difference",
    "Experiment",
    "Finding",
    "Numbers",
    "Outcome",
    "Plan",
    "Registration",
    "Signed",
    "Standing",
    "Unit",
    "Verdict",
    "Wish",
    "arm_of",
    "changed_keys",
    "deal",
    "decide",
    "design_of",
    "differences",
    "fingerprint",
    "first_post",
    "labels_of",
    "lifts_of",
    "outcome_of",
    "plan_posts",
    "post_lifts",
    "posts_brought",
    "read_experiment",
    "read_experiments",
    "register",
    "say_interim",
    "say_standing",
    "say_verdict",
    "standing",
]
