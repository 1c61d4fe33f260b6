"""`leitstand measure`: fetch counts from the networks. Cron calls it every hour; what is not due is not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

import typer
from ulid import ULID

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json, progress
from toolkit.collect import (
    ACCOUNT,
    Last,
    Measurement,
    Published,
    due_audiences,
    due_posts,
    find_audiences,
    find_published,
    measure,
)
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import Ledger, State, account_key, notes_of, open_ledger, tokens_of, vault_of
from toolkit.messages import _, ngettext
from toolkit.metrics import Store, open_store
from toolkit.model import Observation
from toolkit.networks.base import Connection
from toolkit.networks.opening import open_connection
from toolkit.settings import Account, unknown_name
from toolkit.workspace import media_path


@dataclass(slots=True)
class Round:
    """One call of `measure`: what was to be asked and what came of it."""

    now: datetime
    import_id: str
    posts: list[Published]
    audiences: list[Account]
    found: list[Measurement] = field(default_factory=list)

    @property
    def observations(self) -> list[Observation]:
        return [observation for one in self.found for observation in one.observations]

    @property
    def failures(self) -> dict[str, str]:
        """Account → why it could not be asked."""
        return {one.account: one.failure for one in self.found if one.failure}


MEASURE = "measure"  # the name of these imports


def run(
    *,
    account: Annotated[str, typer.Option("--account", help="Ask this account only.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Ask about every post, also those not due.")] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Fetch counts from the networks; exit 1 when an account could not be asked."""
    context = open_context(workspace, now)
    store = open_store(context.state)
    round_ = _plan(context, store, _accounts(context, account), everything=everything)
    try:
        _ask(round_, context)
    finally:
        # What is known is kept, also when somebody stops the rest.
        store.append(round_.observations, imported_at=round_.now, name=MEASURE)
    if as_json:
        print_json(_json(round_))
    else:
        for line in _lines(round_):
            console().print(line, markup=False)
    return EXIT_PROBLEMS if round_.failures else EXIT_CLEAN


def _accounts(context: Context, name: str) -> Mapping[str, Account]:
    accounts = context.settings.accounts
    if name and name not in accounts:
        raise UsageError(unknown_name(_("account"), name, accounts))
    return {name: accounts[name]} if name else accounts


def _plan(context: Context, store: Store, accounts: Mapping[str, Account], *, everything: bool) -> Round:
    now = context.clock.now()
    with open_ledger(context.ledger, now=now, read_only=True) as ledger:
        posts = find_published(ledger.rows(states=(State.CONFIRMED,)), accounts)
    audiences = find_audiences(accounts)
    if not everything:
        last = _last(store, [post.uid for post in posts])
        posts, audiences = due_posts(posts, last, now), due_audiences(audiences, last, now)
    return Round(now, f"measure-{ULID.from_datetime(now)}", posts, audiences)


def _last(store: Store, uids: list[str]) -> Last:
    last: dict[tuple[str, str], datetime] = {}
    for value in store.latest(subjects=[*uids, ACCOUNT]):
        key = (value.subject, value.channel)
        last[key] = max(last.get(key, value.observed_at), value.observed_at)
    return last


def _ask(round_: Round, context: Context) -> None:
    with ExitStack() as opened:
        ledger = None
        if context.ledger.exists():
            ledger = opened.enter_context(open_ledger(context.ledger, now=context.clock.now()))
        _ask_with(ledger, round_, context)


def _ask_with(ledger: Ledger | None, round_: Round, context: Context) -> None:
    """Sessions are the dispatcher's, where there is a ledger that keeps them."""

    def line(account: Account) -> Connection:
        return open_connection(
            account,
            context.settings,
            environ=context.environ,
            clock=context.clock,
            read_media=lambda file: context.tree.read(media_path(file)),
            state=context.state,
            vault=vault_of(ledger, account_key(account), context.environ, context.clock.now) if ledger else None,
            notes=notes_of(ledger, account_key(account), context.clock.now) if ledger else None,
            tokens=tokens_of(ledger, account_key(account), context.environ, context.clock.now) if ledger else None,
        )

    with progress() as bar:
        task = bar.add_task(_("asking the networks"), total=len(round_.posts) + len(round_.audiences))
        for one in measure(round_.posts, round_.audiences, line, context.clock, round_.import_id):
            round_.found.append(one)
            bar.advance(task)


def _lines(round_: Round) -> list[str]:
    posts = Counter(one.account for one in round_.found if one.post and one.observations)
    values = Counter(observation.channel for observation in round_.observations)
    lines = [
        f"{name}: "
        + ", ".join(
            (
                ngettext("{count} post", "{count} posts", posts[name]),
                ngettext("{count} value", "{count} values", values[name]),
            )
        )
        for name in sorted({one.account for one in round_.found if not one.failure})
    ]
    lines += [f"! {name}: {reason}" for name, reason in round_.failures.items()]
    return lines or [_("nothing is due to be measured")]


def _json(round_: Round) -> dict[str, object]:
    """One object for programs; ``failures`` by account."""
    return {
        "now": round_.now.isoformat(),
        "import_id": round_.import_id if round_.observations else "",
        "observations": [
            {
                "subject": observation.subject,
                "channel": observation.channel,
                "metric": observation.metric,
                "value": observation.value,
                "observed_at": observation.observed_at.isoformat(),
                "published_at": observation.published_at.isoformat() if observation.published_at else None,
            }
            for observation in round_.observations
        ],
        "failures": round_.failures,
    }
