"""`leitstand learn accept` and `leitstand learn reject`: the page changes, and keeps who decided so, when and why."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now
from toolkit.cli.learn.asking import Asked, ask
from toolkit.cli.learn.ending import Ending
from toolkit.learning import Decided, Decision, accept, reject
from toolkit.learning.deciding import proposed, withdraw
from toolkit.learning.proposals import decided
from toolkit.learning.sentences import later_evidence

Ident = Annotated[str, typer.Argument(metavar="ID", help="The proposal, as leitstand learn lists it.")]
By = Annotated[str, typer.Option("--by", help="Who decides, as named in leitstand.toml.")]
Report = Annotated[str, typer.Option("--report", help="Where it can be read up: a report, a page or an address.")]
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
    """Change the handbook as proposed, and keep the decision on its page."""
    asked, ending = ask(workspace, now), Ending(branch, dry_run, as_json)
    answer = proposed(asked.learned, ident)
    changes = accept(ending.base(asked), answer, asked.word(by, reason, report), asked.learned.decisions)
    return ending.finish(asked, ident, Decided.ACCEPTED, by, changes)


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
    """Say no to a proposal, or give up what was accepted once; the page keeps the reason."""
    asked, ending = ask(workspace, now), Ending(branch, dry_run, as_json)
    word, last = asked.word(by, reason, report), decided(asked.learned.decisions, ident)
    if last is not None and last.status is Decided.ACCEPTED:
        numbers = _since(asked, last)
        changes = withdraw(ending.base(asked), last, word, asked.learned.decisions, numbers)
        return ending.finish(asked, ident, Decided.WITHDRAWN, by, changes)
    changes = reject(ending.base(asked), proposed(asked.learned, ident), word, asked.learned.decisions)
    return ending.finish(asked, ident, Decided.REJECTED, by, changes)


def _since(asked: Asked, decision: Decision) -> str:
    """The numbers of the posts after a decision."""
    later = next((one for one in asked.learned.later if one.decision == decision), None)
    return later_evidence(later) if later is not None else ""
