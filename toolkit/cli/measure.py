"""`leitstand measure`: fetch counts from the networks and the website's statistics. Cron calls it every hour; what is not due is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json, progress
from toolkit.cli.measured import figures_json, figures_lines, plan_json, plan_lines, round_json, round_lines
from toolkit.cli.wishes import tracking_of
from toolkit.collect import Office, plan_round, run_round
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.networks.watching import PublicAccount
from toolkit.settings import Account, unknown_name


def run(
    *,
    account: Annotated[str, typer.Option("--account", help="Ask this account only.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Ask about every post, also those not due.")] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show what would be asked, in how many requests; ask nothing.")
    ] = False,
    figures: Annotated[
        bool, typer.Option("--figures", help="Show what each account's network counts, and what a count means there.")
    ] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Fetch counts from the networks; exit 1 when an account could not be asked."""
    context = open_context(workspace, now)
    accounts = _accounts(context, account)
    if figures:
        _show(figures_json(accounts), figures_lines(accounts), as_json=as_json)
        return EXIT_CLEAN
    office = open_office(context)
    round_ = plan_round(office, accounts, everything=everything, website=not account)
    if plan:
        _show(plan_json(round_), plan_lines(round_, context.zone), as_json=as_json)
        return EXIT_CLEAN
    with progress() as bar:
        task = bar.add_task(_("asking the networks"), total=round_.questions)
        run_round(office, round_, lambda: bar.advance(task))
    _show(round_json(round_), round_lines(round_, context.zone), as_json=as_json)
    return EXIT_PROBLEMS if round_.failures else EXIT_CLEAN


def open_office(context: Context) -> Office:
    """Where this context measures."""
    settings, place, campaigns = context.settings, context.ledger, tracking_of(context).campaigns

    def note(competitor: str, account: str, seen: PublicAccount) -> None:
        from toolkit.research.seen import note_seen

        note_seen(context.state, competitor, account, seen, context.clock.now())

    return Office(settings, context.state, place, context.environ, context.clock, context.tree.read, campaigns, note)


def _accounts(context: Context, name: str) -> Mapping[str, Account]:
    accounts = context.settings.accounts
    if name and name not in accounts:
        raise UsageError(unknown_name(_("account"), name, accounts))
    return {name: accounts[name]} if name else accounts


def _show(record: object, lines: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(record)
        return
    for line in lines:
        console().print(line, markup=False)
