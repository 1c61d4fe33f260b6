"""`leitstand learn`: what the results say about the house rules, and what becomes of it on the handbook's pages."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now
from toolkit.cli.learn.accepting import accept_proposal, reject_proposal, withdraw_decision
from toolkit.cli.learn.patching import write_patches
from toolkit.cli.learn.showing import show_question
from toolkit.cli.learn.times import times
from toolkit.errors import EXIT_CLEAN


def _finish(code: int | None, **_options: object) -> None:
    raise typer.Exit(code or EXIT_CLEAN)


# Without a word behind it, the verb lists what is proposed.
app: Final = typer.Typer(add_completion=False, rich_markup_mode=None, result_callback=_finish)


@app.callback(invoke_without_command=True)
def propose(
    called: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Show the numbers of every answer.")] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Propose changes to the handbook from the results."""
    if called.invoked_subcommand:
        return EXIT_CLEAN
    from toolkit.cli.learn.proposing import show

    return show(workspace, everything=everything, as_json=as_json, now=now)


# sub-verbs
app.command("show", help="Say everything about one question, and what accepting it would change.")(show_question)
app.command("accept", help="Change the handbook as proposed, and keep the decision on its page.")(accept_proposal)
app.command("reject", help="Say no to a proposal; the page keeps the reason.")(reject_proposal)
app.command("withdraw", help="Give up what was accepted once: what it changed is taken back.")(withdraw_decision)
app.command("patch", help="Show proposals as patches, write them into a folder, or commit each on a branch.")(
    write_patches
)
app.command("times", help="Say when posts do better, or that there is no reliable difference; moves nothing.")(times)
