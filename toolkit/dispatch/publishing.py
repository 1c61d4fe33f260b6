"""Publishing a real workspace: its orders, its lines, one tick. What `publish` and the daemon call."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from toolkit.approval.reviews import reviewed
from toolkit.dispatch.answers import finish, join, open_answers
from toolkit.dispatch.behind import refuse_behind
from toolkit.dispatch.desk import Desk, no_crash
from toolkit.dispatch.followers import followers, is_retracted
from toolkit.dispatch.gate import Gate
from toolkit.dispatch.lease import Lease
from toolkit.dispatch.line import Line, Shelf
from toolkit.dispatch.order import Key, Order, Orders
from toolkit.dispatch.returning import with_lost_times
from toolkit.dispatch.tending import tend_tokens
from toolkit.dispatch.tick import TickResult, tick
from toolkit.dispatch.zones import tzdata_version
from toolkit.errors import LeitstandError
from toolkit.ledger import (
    Ledger,
    Planned,
    account_key,
    check_accounts,
    check_workspace,
    find_ledger,
    note_progress,
    notes_of,
    open_ledger,
    rehearsal_copy,
    tokens_of,
    vault_of,
)
from toolkit.messages import _
from toolkit.model import Clock, Problem, Rendition, Severity, Status, SystemClock
from toolkit.networks import by_hand, find_network, with_media_hashes
from toolkit.networks.opening import open_connection
from toolkit.planning import Slot, slots
from toolkit.settings import Account, Settings
from toolkit.signin import remedy_of, token_source
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.web import look_up
from toolkit.workspace import (
    POSTS,
    Draft,
    Workspace,
    drafts,
    load_settings,
    load_workspace,
    media_path,
    open_tree,
    state_dir,
)

# Two times of one post lie on two days, however early or late on them.
HALF_A_DAY: Final = timedelta(hours=12)
NEVER: Final = datetime.max.replace(tzinfo=UTC)


def no_sequel(_workspace: Workspace, _ledger: Ledger) -> None:
    """Nothing follows a tick, except where somebody is to be told."""


def publish_due(
    root: Path,
    *,
    clock: Clock,
    environ: Mapping[str, str],
    rehearsal: bool = False,
    crash: Callable[[str], None] = no_crash,
    after: Callable[[Workspace, Ledger], None] = no_sequel,
) -> TickResult:
    """One tick for the workspace at `root`; as a rehearsal nothing is written and no network is asked.

    `after` is called when the tick is done, with what it worked on; see `toolkit.dispatch.telling`.
    """
    settings, _problems = load_settings(FolderTree(root))
    state = state_dir(root, settings, environ)
    # Who is who on the forge, the published settings say; which forge it is, those of this machine.
    workspace = reviewed(load_workspace(root, open_tree(root, settings.ref)), state, settings.forge)
    place = find_ledger(state, settings, environ)
    now = clock.now()
    with rehearsal_copy(place, now=now) if rehearsal else open_ledger(place, now=now) as ledger:
        desk = make_desk(workspace, ledger, clock, environ, state)
        if not rehearsal:
            check_workspace(ledger, settings.id)
            check_accounts(ledger, filter(can_send, workspace.settings.accounts.values()))
            refuse_behind(desk, root)
        try:
            gate = Gate(workspace, ledger, clock)
            with open_answers(state, settings, environ, gate, rehearsal=rehearsal) as answers:
                result = tick(replace(join(desk, answers), rehearsal=rehearsal, crash=crash))
                finish(answers, ledger, clock.now())
            if not rehearsal:
                tend_tokens(workspace.settings, ledger, environ, clock)
                after(workspace, ledger)
            return result
        finally:
            if not rehearsal:
                note_progress(ledger)


def make_desk(workspace: Workspace, ledger: Ledger, clock: Clock, environ: Mapping[str, str], state: Path) -> Desk:
    """Everything a tick over `workspace` needs."""
    shelf = Shelf(lambda file: workspace.tree.read(media_path(file)))
    lease = Lease(clock.elapsed)
    opener = _Opener(workspace.settings, environ, clock, shelf, lease, state, ledger)
    orders = with_lost_times(read_orders(workspace, Gate(workspace, ledger, clock), shelf), ledger)
    # Only a clock that nobody set on purpose is watched for being set.
    machine = platform.node() or "unnamed" if isinstance(clock, SystemClock) else ""
    return Desk(ledger, orders, opener.open, shelf, clock, lease, machine=machine)


def read_orders(workspace: Workspace, gate: Gate, shelf: Shelf) -> Orders:
    """What the tree wants sent by the accounts that can send, and published by people on the others."""
    able = {name: account for name, account in workspace.settings.accounts.items() if can_send(account)}
    found: dict[Key, Order] = {}
    for slot in (*slots(workspace), *_timeless(workspace)):
        if not _is_to_do(slot) or slot.account.name not in able:
            continue
        for order in _orders(slot, gate, shelf, workspace):
            found[order.key] = order if order.key not in found else _ambiguous(order, found[order.key])
    accounts = tuple((account_key(account), name, account.network) for name, account in able.items())
    return Orders(found, accounts, workspace.tree.commit, _unreadable(workspace))


def _is_to_do(slot: Slot) -> bool:
    """What has no time any more goes nowhere, but what is out of it can be taken back."""
    return bool(slot.post.uid) and (slot.due is not None or is_retracted(slot))


def _timeless(workspace: Workspace) -> Iterator[Slot]:
    """The retracted posts that have lost their time; those that wait for a free slot are slots already."""
    for post in workspace.posts:
        if post.retraction is not None and not post.publish_next:
            for one in drafts(post, workspace.settings):
                if one.publish is None:
                    yield Slot(post, one.account, one, None)


def can_send(account: Account) -> bool:
    """Whether the account's network exists and has an adapter that sends, or a person does."""
    try:
        network = find_network(account.network)
    except LeitstandError:
        return False
    return network.connect is not None or by_hand(account)


def _orders(slot: Slot, gate: Gate, shelf: Shelf, workspace: Workspace) -> Iterator[Order]:
    """The slot's post, unless it is taken back, and what follows it."""
    order = _order(slot, gate, shelf, workspace)
    if not is_retracted(slot):
        yield order
    yield from followers(slot, order, partial(_render, shelf))


def _order(slot: Slot, gate: Gate, shelf: Shelf, workspace: Workspace) -> Order:
    post, account, publish = slot.post, slot.account, slot.draft.publish
    apart = workspace.settings.policy.repeat_days
    planned = Planned(
        uid=post.uid,
        account_id=account_key(account),
        account=account.name,
        network=account.network,
        path=post.path,
        # What follows a post takes over the post's own time; see `published.plan_followers`.
        due=slot.due or NEVER,
        wall=f"{publish.wall:%Y-%m-%d %H:%M}" if publish else "",
        zone=publish.zone if publish else "",
        tzdata=tzdata_version(),
        commit=workspace.tree.commit,
        occurrence=slot.occurrence,
    )
    return Order(
        planned=planned,
        ready=post.status is Status.READY,
        late=post.late,
        grace=timedelta(minutes=post.grace),
        render=partial(_render, shelf, slot.draft),
        obstacle=partial(gate.obstacle, slot),
        pause=partial(gate.pause, slot),
        by_hand=by_hand(account),
        # Days are counted by date; the time of day may differ.
        apart=max(HALF_A_DAY, timedelta(days=apart) - HALF_A_DAY),
    )


def _render(shelf: Shelf, draft: Draft) -> Rendition:
    return with_media_hashes(find_network(draft.account.network).render(draft), shelf.read)


def _ambiguous(order: Order, other: Order) -> Order:
    """Two files, or two channels, that mean the same row: neither goes out before a person has chosen."""
    reason = _("{path} and {other} are the same post (uid) on the same account; one of them has to go").format(
        path=order.planned.path, other=other.planned.path
    )
    return replace(other, obstacle=lambda: reason)


def _unreadable(workspace: Workspace) -> dict[str, str]:
    uids = {post.path: post.uid for post in workspace.posts}
    return {path: uids.get(path, "") for path in _error_paths(workspace.problems)}


def _error_paths(problems: Iterable[Problem]) -> set[str]:
    return {p.path for p in problems if p.severity is Severity.ERROR and p.path.startswith(f"{POSTS}/")}


@dataclass(slots=True)
class _Opener:
    """Opens each account's line once per tick; every request it makes asks the lease first."""

    settings: Settings
    environ: Mapping[str, str]
    clock: Clock
    shelf: Shelf
    lease: Lease
    state: Path
    ledger: Ledger
    lines: dict[str, Line] = field(default_factory=dict)

    def open(self, account_id: str) -> Line:
        """The line of an account; raises `LeitstandError` with what is missing."""
        if account_id not in self.lines:
            self.lines[account_id] = self._line(self._account(account_id))
        return self.lines[account_id]

    def _account(self, account_id: str) -> Account:
        for account in self.settings.accounts.values():
            if account_key(account) == account_id:
                return account
        raise LeitstandError(_("the account {id} is not in leitstand.toml any more").format(id=account_id))

    def _line(self, account: Account) -> Line:
        network = find_network(account.network)
        connection = open_connection(
            account,
            self.settings,
            environ=self.environ,
            clock=self.clock,
            read_media=self.shelf.read,
            state=self.state,
            resolver=self.lease.guard(look_up),
            vault=vault_of(self.ledger, account_key(account), self.environ, self.clock.now),
            notes=notes_of(self.ledger, account_key(account), self.clock.now),
            tokens=tokens_of(self.ledger, account_key(account), self.environ, self.clock.now),
        )
        return Line(
            account=account,
            connection=connection,
            promise=network.promise,
            settle=timedelta(seconds=network.settle),
            key_lifetime=timedelta(seconds=network.key_lifetime),
            paces=network.paces,
            remedy=remedy_of(account.name, token_source(account.name, self.environ)),
        )
