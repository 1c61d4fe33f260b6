"""Running the rules over a workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from toolkit.lint.handbook import house
from toolkit.lint.ignoring import Ignores
from toolkit.lint.recall import Recall
from toolkit.lint.rule import LedgerRow, Rule, View
from toolkit.lint.rules import all_rules
from toolkit.lint.rules.settings import problem as settings_problem
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.settings import unknown_name
from toolkit.workspace import Workspace
from toolkit.workspace.folder import without_collection

OFF = "off"


def check_workspace(
    workspace: Workspace,
    *,
    now: datetime,
    paths: Collection[str] = (),
    ledger_rows: Collection[LedgerRow] = (),
    recall: Recall | None = None,
) -> list[Problem]:
    """Every problem of the workspace, by path, line and column.

    `now` is aware. `paths` (from the workspace root, with forward slashes) limits the answer to these files; the
    others are still read, because a uid or a text can be somebody else's too. Without `ledger_rows`, what only the
    ledger knows is not checked. With `recall`, the house's rules are not asked again about texts that they have seen.
    """
    with without_collection():
        return _check(View(workspace, now, paths, ledger_rows, recall))


def post_errors(workspace: Workspace, post: Post, now: datetime) -> list[Problem]:
    """The errors in the post's own file, which hold it back. Whether approvals suffice is asked per account instead."""
    found = check_workspace(workspace, now=now, paths=(post.path,))
    return [problem for problem in found if problem.severity is Severity.ERROR and problem.rule != "approval"]


def _check(view: View) -> list[Problem]:
    own = house(view.workspace.tree, view.settings.styles, view.recall)
    rules = {**own.rules, **all_rules()}
    severities = view.settings.severities
    found = [problem for problem in view.workspace.problems if view.asked(problem.path)]
    for rule in all_rules().values():
        if severities.get(rule.id) != OFF or rule.required:
            found += (problem for problem in _run(rule, view) if view.asked(problem.path))
    found += own.check(view, (name for name, value in severities.items() if value == OFF))
    found += (problem for problem in _check_severities(view, rules) if view.asked(problem.path))
    ignores = Ignores(view, rules)
    kept = [problem for problem in found if not ignores.cover(problem)]
    kept += ignores.problems()
    return sorted((_weigh(problem, severities) for problem in kept), key=_order)


def _run(rule: Rule, view: View) -> Iterator[Problem]:
    if rule.check_all is not None:
        yield from rule.check_all(view)
    if rule.check_post is not None:
        for post in view.asked_posts:
            yield from rule.check_post(post, view)


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
