"""`leitstand learn accept`, `reject` and `withdraw`: the page changes, and keeps who decided so, when and why."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now
from toolkit.cli.learn.asking import Asked, ask
from toolkit.cli.learn.ending import Ending
from toolkit.errors import UsageError
from toolkit.learning.deciding import accept, proposed, reject, sign, withdraw
from toolkit.learning.decisions import Decided, Decision
from toolkit.learning.later import standing
from toolkit.learning.proposals import decided
from toolkit.learning.sentences import later_evidence
from toolkit.messages import _
from toolkit.settings import unknown_name

Ident = Annotated[str, typer.Argument(metavar="ID", help="The proposal, as leitstand learn lists it.")]
By = Annotated[str, typer.Option("--by", help="Who decides, as named in leitstand.toml; a role whose approval counts.")]
Report = Annotated[
    str, typer.Option("--report", help="Where it can be read up; default: the command that says these numbers.")
]
Branch = Annotated[str, typer.Option("--branch", help="Commit it on a new branch of this name; no file here changes.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change and write nothing.")]


def accept_proposal(
    ident: Ident,
    *,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="What else was known.")] = "",
    report: Report = "",
    branch: Branch = "",
    dry_run: DryRun = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Change the handbook as proposed, and keep the decision on its page; or sign one that came with a merged patch."""
    asked, ending = ask(workspace, now), Ending(by, branch, dry_run, as_json)
    last = decided(asked.learned.decisions, ident)
    if last is not None and last.status is Decided.ACCEPTED and not last.by:
        return ending.finish(asked, ident, Decided.ACCEPTED, sign(ending.base(asked), last, by))
    answer = proposed(asked.learned, ident)
    word = asked.word(by, reason, report, ident)
    changes = accept(ending.base(asked), answer, word, asked.learned.decisions)
    return ending.finish(asked, ident, Decided.ACCEPTED, changes, answer.notes)


def reject_proposal(
    ident: Ident,
    *,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="Why not, so that nobody asks again.")],
    report: Report = "",
    branch: Branch = "",
    dry_run: DryRun = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Say no to a proposal; the page keeps the reason."""
    asked, ending = ask(workspace, now), Ending(by, branch, dry_run, as_json)
    last = decided(asked.learned.decisions, ident)
    if last is not None and last.status is Decided.ACCEPTED:
        raise UsageError(_("{id} was accepted; to give it up: leitstand learn withdraw {id}").format(id=ident))
    word = asked.word(by, reason, report, ident)
    changes = reject(ending.base(asked), proposed(asked.learned, ident), word, asked.learned.decisions)
    return ending.finish(asked, ident, Decided.REJECTED, changes)


def withdraw_decision(
    ident: Annotated[str, typer.Argument(metavar="ID", help="What was accepted, as leitstand learn lists it.")],
    *,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="Why it does not hold any more.")],
    report: Report = "",
    branch: Branch = "",
    dry_run: DryRun = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Give up what was accepted once: what it changed is taken back, and the page keeps the reason."""
    asked, ending = ask(workspace, now), Ending(by, branch, dry_run, as_json)
    last = _accepted(asked, ident)
    later = asked.learned.since(last)
    word = asked.word(by, reason, report, ident)
    numbers = later_evidence(later) if later is not None else ""
    changes, left = withdraw(ending.base(asked), last, word, asked.learned.decisions, numbers)
    return ending.finish(asked, ident, Decided.WITHDRAWN, changes, left)


def _accepted(asked: Asked, ident: str) -> Decision:
    """The decision that stands on a question. Raises `UsageError` where there is none, or another one."""
    last = decided(asked.learned.decisions, ident)
    if last is None:
        known = {one.about: None for one in standing(asked.learned.decisions) if one.status is Decided.ACCEPTED}
        raise UsageError(unknown_name(_("decision"), ident, known))
    if last.status is not Decided.ACCEPTED:
        raise UsageError(_("{id} does not stand any more: {path}").format(id=ident, path=last.path))
    return last
