"""A check of everything that remembers what it found, as far as anybody can know how long it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from toolkit.findings.inputs import Inputs
from toolkit.findings.moment import Moment, Period
from toolkit.lint.checking import check_workspace
from toolkit.lint.recall import Recall
from toolkit.lint.rule import LedgerRow
from toolkit.lint.rules import RULES, all_rules
from toolkit.model import Problem
from toolkit.networks import NETWORKS
from toolkit.networks.renditions import Render, render_now
from toolkit.workspace import Workspace


def check_whole(
    workspace: Workspace,
    inputs: Inputs | None,
    *,
    now: datetime,
    ledger_rows: Collection[LedgerRow],
    program: str,
    again: Callable[[], str],
    render: Render = render_now,
) -> tuple[tuple[Problem, ...], Period | None]:
    """Every problem of the workspace, and the period in which these are all, as long as the inputs are the same.

    `inputs` are what the workspace was loaded from, None when they cannot be read; `again` gives their key as it is
    now. Without a period nobody knows what was looked at: a rule or a network of an installed package was asked, or a
    file came or went meanwhile. `render` is `check_workspace`'s.
    """
    known = inputs if inputs is not None and _only_ours(workspace) else None
    moment, recall = Moment.watch(now), Recall(workspace.root, program, known.surroundings if known else "")
    found = tuple(check_workspace(workspace, now=moment, ledger_rows=ledger_rows, recall=recall, render=render))
    if known is None or recall.posts is None or again() != known.key:
        return found, None
    recall.posts.save()
    return found, moment.period


def _only_ours(workspace: Workspace) -> bool:
    accounts = workspace.settings.accounts.values()
    return all_rules().keys() == RULES.keys() and all(account.network in NETWORKS for account in accounts)
