"""Running the rules over a workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import repeat

from toolkit.findings.moment import Moment
from toolkit.garbage import without_collection
from toolkit.lint.handbook import house
from toolkit.lint.house import House
from toolkit.lint.ignoring import Ignores
from toolkit.lint.recall import Recall, make_key
from toolkit.lint.rule import LedgerRow, Rule, View
from toolkit.lint.rules import all_rules
from toolkit.lint.rules.settings import problem as settings_problem
from toolkit.lint.unchanged import Said, hear, noted
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.networks.renditions import Render, render_now
from toolkit.settings import unknown_name
from toolkit.workspace import Workspace

OFF = "off"


def check_workspace(
    workspace: Workspace,
    *,
    now: datetime,
    paths: Collection[str] = (),
    ledger_rows: Collection[LedgerRow] = (),
    recall: Recall | None = None,
    render: Render = render_now,
) -> list[Problem]:
    """Every problem of the workspace, by path, line and column.

    `now` is aware. `paths` (from the workspace root, with forward slashes) limits the answer to these files; the
    others are still read, because a uid or a text can be somebody else's too. Without `ledger_rows`, what only the
    ledger knows is not checked. With `recall`, the house's rules are not asked again about texts that they have seen;
    where it knows the surroundings and `now` is a `Moment`, no rule is asked again about a post that is as it was.
    `render` makes what networks receive, for whoever needs it afterwards as well.
    """
    with without_collection():
        return _check(View(workspace, now, paths, ledger_rows, recall, render=render))


def post_errors(workspace: Workspace, post: Post, now: datetime) -> list[Problem]:
    """The errors in the post's own file, which hold it back. Whether approvals suffice is asked per account instead."""
    found = check_workspace(workspace, now=now, paths=(post.path,))
    return [problem for problem in found if problem.severity is Severity.ERROR and problem.rule != "approval"]


def _check(view: View) -> list[Problem]:
    own = house(view.workspace.tree, view.settings.styles, view.recall)
    rules = {**own.rules, **all_rules()}
    severities = view.settings.severities
    found = [problem for problem in view.workspace.problems if view.asked(problem.path)]
    off = frozenset(name for name, value in severities.items() if value == OFF)
    wanted = [rule for rule in all_rules().values() if rule.id not in off or rule.required]
    for check in (rule.check_all for rule in wanted if rule.check_all is not None):
        found += (problem for problem in check(view) if view.asked(problem.path))
    found += _check_posts(view, wanted, own, off)
    found += own.check(view, off)
    own.remember(view)
    found += (problem for problem in _check_severities(view, rules) if view.asked(problem.path))
    ignores = Ignores(view, rules)
    kept = [problem for problem in found if not ignores.cover(problem)]
    kept += ignores.problems()
    return sorted((_weigh(problem, severities) for problem in kept), key=_order)


def _check_posts(view: View, rules: Sequence[Rule], own: House, off: frozenset[str]) -> Iterator[Problem]:
    """What the rules about single posts find. What is wrong outside of a post may be found with many, and is told once."""
    memory = view.recall.posts if view.recall is not None and isinstance(view.now, Moment) else None
    found: list[Problem] = []
    anew: dict[str, Post] = {}
    for post in view.asked_posts:
        key = post.path if memory is None else make_key(post.path, post.source.text, *_given(post, view))
        known = None if memory is None else memory.recall(key, view.now)
        if known is None:
            anew[key] = post
        else:
            found += known
    for key, said in zip(anew, _ask(anew.values(), view, rules, own, off), strict=True):
        found += said.problems
        if memory is not None:
            memory.note(key, said)
    posts = {post.path for post in view.asked_posts}
    yield from (problem for problem in found if problem.path in posts)
    yield from dict.fromkeys(problem for problem in found if problem.path not in posts and view.asked(problem.path))


def _ask(
    posts: Collection[Post], view: View, rules: Sequence[Rule], own: House, off: frozenset[str]
) -> Collection[Said]:
    """What is said of each post.

    One rule after the other is asked about all of them: what it needs stays at hand, which saves a third of the time.
    """
    found = noted(view.now, (own.check_post(post, view, off) for post in posts))
    for check in (rule.check_post for rule in rules if rule.check_post is not None):
        hear(found, view.now, map(check, posts, repeat(view)))
    return found


def _given(post: Post, view: View) -> Iterator[str]:
    """What is known of a post elsewhere than in its file and in the surroundings that all share."""
    for given in (view.workspace.approvals, view.workspace.sent_back):
        yield repr(given.get(post.uid, ()))
    if view.ledger_rows:
        yield "ledger"
        for account, states in sorted(view.states.get(post.uid, {}).items()):
            yield f"{account} {' '.join(sorted(states))}"


def _check_severities(view: View, rules: Mapping[str, Rule]) -> Iterable[Problem]:
    for name, value in view.settings.severities.items():
        rule = rules.get(name)
        if rule is None:
            yield settings_problem(view, "check.severity", name, unknown_name(_("rule"), name, rules))
        elif rule.required and value == OFF:
            message = _("the rule {name} cannot be switched off; it keeps posts from being misread").format(name=name)
            yield settings_problem(view, "check.severity", name, message)


def _weigh(problem: Problem, severities: Mapping[str, str]) -> Problem:
    wanted = severities.get(problem.rule, OFF)
    return problem if wanted == OFF else replace(problem, severity=Severity(wanted))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.path, problem.span.line, problem.span.col, problem.rule, problem.message
