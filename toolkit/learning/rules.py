"""Questions about rules: whether people do what they say, or set them aside.

A rule's cases are the posts of which it had something to say: as they were first committed, or as they are. A case is
*obeyed* when the post was put right, *set aside* when it has a waiver, or went out as it was. Without git only waivers and
what stands there is known, which says nothing about what was put right: then nothing is asked.

Both versions are checked as if nothing had gone out yet, because many rules are silent about the past.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.kpis.chance import FEWEST
from toolkit.learning.firsts import first_versions
from toolkit.learning.levels import heavier, lighter
from toolkit.learning.question import Answer, Kind, write_change
from toolkit.lint import Rule, View, check_workspace, workspace_rules
from toolkit.lint.ignoring import find_waivers
from toolkit.model import Post, Severity, Status
from toolkit.source import FolderTree, OverlayTree
from toolkit.source.tree import in_git
from toolkit.values import dataclass
from toolkit.workspace import POSTS, Workspace, load_workspace

OBEYED: Final = 2 / 3  # of the cases, surely more; then a rule may weigh more
_Fired = Mapping[str, frozenset[str]]  # rule → paths


@dataclass(frozen=True, slots=True)
class Use:
    """How a rule is used: the posts that it had something to say about, and what became of it."""

    rule: str
    fixed: int
    waived: int
    left: int

    @property
    def n(self) -> int:
        return self.fixed + self.waived + self.left


def ask_rules(workspace: Workspace, since: datetime | None = None) -> list[Answer]:
    """One answer for each rule with enough cases; none outside of git. `since` (aware) leaves older posts out."""
    rules = workspace_rules(workspace)
    uses = rule_uses(workspace, since)
    asked = (_answer(use, rules[use.rule], workspace) for use in uses if use.n >= FEWEST and use.rule in rules)
    return [answer for answer in asked if answer is not None]


def rule_uses(workspace: Workspace, since: datetime | None = None) -> list[Use]:
    """What became of the complaints of each rule about posts that are ready, in the order of the rules' names."""
    if not isinstance(workspace.tree, FolderTree) or not in_git(workspace.root):
        return []
    ready = {post.path for post in workspace.posts if post.status is Status.READY and _counts(post, since)}
    moment = _before(workspace)
    waived = _waived(workspace, moment, ready)
    first = _fired(_at_first(workspace, ready), moment, ready)
    now = _fired(workspace, moment, ready)
    return [
        _use(rule, first.get(rule, frozenset()), now.get(rule, frozenset()), waived.get(rule, frozenset()))
        for rule in sorted({*first, *now, *waived})
    ]


def _counts(post: Post, since: datetime | None) -> bool:
    return since is None or post.publish is None or post.publish.instant() >= since


def _use(rule: str, first: frozenset[str], now: frozenset[str], waived: frozenset[str]) -> Use:
    return Use(rule, len(first - now - waived), len(waived), len(now - waived))


def _before(workspace: Workspace) -> datetime:
    """A day before the first post went out."""
    moments = [post.publish.instant() for post in workspace.posts if post.publish is not None]
    return min(moments, default=datetime(2000, 1, 2, tzinfo=UTC)) - timedelta(days=1)


def _at_first(workspace: Workspace, paths: Iterable[str]) -> Workspace:
    """The workspace with its posts as they were first committed."""
    files = first_versions(Path(workspace.root), POSTS)
    wanted = {path: files[path] for path in paths if path in files}
    return load_workspace(workspace.root, OverlayTree(workspace.tree, wanted))


def _fired(workspace: Workspace, moment: datetime, paths: set[str]) -> _Fired:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for problem in check_workspace(workspace, now=moment, paths=paths):
        if problem.path in paths:
            found[problem.rule].add(problem.path)
    return {rule: frozenset(some) for rule, some in found.items()}


def _waived(workspace: Workspace, moment: datetime, paths: set[str]) -> _Fired:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for waiver in find_waivers(View(workspace, moment, paths)):
        found[waiver.rule].add(waiver.path)
    return {rule: frozenset(some) for rule, some in found.items()}


def _answer(use: Use, rule: Rule, workspace: Workspace) -> Answer | None:
    """None for a rule that is switched off, and for one that posts cannot be read without: they stay as they are."""
    from scipy.stats import binomtest

    severity = _severity(rule, workspace)
    if severity is None or rule.required:
        return None
    interval = binomtest(use.fixed, use.n).proportion_ci(0.9)
    other, p = min(_weights(use, severity), key=lambda found: found[1])
    return Answer(
        Kind.RULE,
        use.rule,
        use.n,
        use.n - use.fixed,
        value=use.fixed / use.n,
        low=float(interval.low),
        high=float(interval.high),
        p=p,
        remedy=other.value,
        changed=(write_change(use.rule, severity.value, other.value),),
    )


def weight_of(workspace: Workspace, rule: str) -> str:
    """What a rule weighs now; "" for one that there is not, or that is switched off."""
    known = workspace_rules(workspace).get(rule)
    severity = None if known is None else _severity(known, workspace)
    return "" if severity is None else severity.value


def _severity(rule: Rule, workspace: Workspace) -> Severity | None:
    """What the rule weighs here; None where it is switched off."""
    said = workspace.settings.severities.get(rule.id, rule.severity.value)
    return Severity(said) if said in set(Severity) else None


def _weights(use: Use, severity: Severity) -> Iterator[tuple[Severity, float]]:
    """Each weight that the rule could have instead, and how likely chance alone makes it look as if it should.

    It may weigh more when it is obeyed in more than `OBEYED` of its cases, less when it is set aside in as many; where
    both could be, p counts for two questions.
    """
    from scipy.stats import binomtest

    more = binomtest(use.fixed, use.n, OBEYED, alternative="greater").pvalue
    less = binomtest(use.fixed, use.n, 1 - OBEYED, alternative="less").pvalue
    both = ((heavier(severity), more), (lighter(severity), less))
    steps = [(other, float(p)) for other, p in both if other is not None]
    for other, p in steps:
        yield other, min(1.0, p * len(steps))
