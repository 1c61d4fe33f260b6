"""Telling the team after a tick, beside it: what is new is found with the tick's own ledger, messages go by themselves.

Whatever goes wrong in here is a line in the log. A tick is neither broken by it nor held up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from toolkit.alerts.addresses import find_addresses
from toolkit.alerts.heartbeat import Heartbeat, find_heartbeat
from toolkit.alerts.round import NOTES, Envelope, begin, finish
from toolkit.alerts.scene import Ailing, Scene, Stop, look
from toolkit.alerts.sending import SECONDS, deliver
from toolkit.alerts.team import Team
from toolkit.approval import with_words
from toolkit.community import pauses_of_rows, read_pauses
from toolkit.credentials import Secret
from toolkit.database import to_text
from toolkit.dispatch.calling import find_calls
from toolkit.dispatch.incidents import Watch, find_owed, find_proposed
from toolkit.dispatch.lockouts import lockouts_in
from toolkit.dispatch.unsent import find_unsent
from toolkit.errors import LeitstandError
from toolkit.ledger import (
    AccountVault,
    LedgerPlace,
    View,
    account_key,
    notes_of,
    open_ledger,
    read_approvals,
    tokens_of,
)
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.networks import by_hand, find_network
from toolkit.settings import Account
from toolkit.signin import AccountHealth, TokenState, account_health
from toolkit.source import CommitTree, FolderTree
from toolkit.workspace import Workspace


class Telling:
    """What a dispatcher calls after each good tick. `say` gets a line about everything that did not work."""

    def __init__(self, clock: Clock, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._clock = clock
        self._environ = environ
        self._say = say
        self._heart = Heartbeat(clock.elapsed, say)
        self._thread: threading.Thread | None = None
        self._complaint = ""
        self._deaf = ""
        self._watch = Watch(environ)

    def __call__(self, workspace: Workspace, ledger: View) -> None:
        """Give a sign of life, and tell what is new; returns at once and never raises."""

        def both() -> None:
            self._heart.beat(find_heartbeat(workspace.settings, self._environ))
            self._tell(workspace, ledger)

        self._carefully(both)

    def tell(self, workspace: Workspace, ledger: View) -> None:
        """Tell what is new, without a sign of life: nothing was published."""
        self._carefully(lambda: self._tell(workspace, ledger))

    def wait(self, seconds: float = SECONDS) -> None:
        """Let messages on their way arrive; for processes that are about to end."""
        if self._thread is not None:
            self._thread.join(seconds)
        self._heart.wait(seconds)

    def _tell(self, workspace: Workspace, ledger: View) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        # What the inbox speaks for is remembered also where nobody is told: the crisis board shows it.
        self._look(workspace, ledger)
        addresses = find_addresses(workspace.settings, self._environ)
        if not addresses:
            return
        scene = see(workspace, ledger, self._environ, self._clock.now(), addresses)
        scene = self._hear(scene)
        envelopes = begin(scene, notes_of(ledger, NOTES, self._clock.now))
        if envelopes:
            args = ledger.place, addresses, envelopes
            self._thread = threading.Thread(target=self._send, args=args, name="alerts", daemon=True)
            self._thread.start()

    def _hear(self, scene: Scene) -> Scene:
        """An inbox that cannot be read keeps nobody from hearing of a post that failed."""
        try:
            heard = hear(scene, self._environ)
        except LeitstandError as error:
            if str(error) != self._deaf:
                self._say(_("nobody can be called: {what}").format(what=error))
            self._deaf = str(error)
            return scene
        self._deaf = ""
        return heard

    def _look(self, workspace: Workspace, ledger: View) -> None:
        """Like `_hear`: an inbox that cannot be read keeps nobody from hearing of the rest."""
        with suppress(LeitstandError):  # `_hear`, `doctor` and `inbox` say what is wrong with it
            self._watch.look(workspace, ledger, self._clock.now())

    def _send(self, place: LedgerPlace, addresses: Mapping[str, Secret], envelopes: Sequence[Envelope]) -> None:
        outcomes = deliver({envelope.person: envelope.letter for envelope in envelopes}, addresses)
        try:
            # A ledger belongs to one thread; this one opens its own.
            with open_ledger(place, now=self._clock.now()) as ledger:
                now = self._clock.now()
                for line in finish(envelopes, outcomes, notes_of(ledger, NOTES, self._clock.now), now):
                    self._say(line)
        except Exception as error:  # noqa: BLE001  # a thread must not end aloud; the lease lets it be told again
            self._complain(error)

    def _carefully(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001  # what was published is published, whoever hears of it
            self._complain(error)
        else:
            self._complaint = ""

    def _complain(self, error: Exception) -> None:
        """Say it once, until something else is wrong or all is well again."""
        what = str(error) if isinstance(error, LeitstandError) else f"{type(error).__name__}: {error}"
        if what != self._complaint:
            self._say(_("nobody can be told: {what}").format(what=what))
        self._complaint = what


def see(
    workspace: Workspace, ledger: View, environ: Mapping[str, str], now: datetime, reachable: Collection[str]
) -> Scene:
    """The scene of a real workspace: rows, approvals at the desk, pauses and accounts as they are now."""
    workspace = with_words(workspace, read_approvals(ledger))
    day = now.astimezone(ZoneInfo(workspace.settings.timezone)).date()
    scene = look(workspace, ledger, Team(workspace.settings, day, reachable), now)
    ailing = tuple(_ailing(workspace, ledger, environ, now))
    return replace(
        scene,
        stops=_stops(workspace, ledger, now),
        ailing=ailing,
        owed=find_owed(workspace),
        proposed=find_proposed(workspace, ledger, now),
    )


def hear(scene: Scene, environ: Mapping[str, str]) -> Scene:
    """The scene with what the inbox holds for people. Raises `LeitstandError` when it cannot be read."""
    calls = find_calls(scene.workspace, environ, scene.now)
    return replace(scene, calls=calls, replies=find_unsent(scene.workspace, environ, scene.now))


def _stops(workspace: Workspace, ledger: View, now: datetime) -> tuple[Stop, ...]:
    """Every pause in force, once; the hold of a single post is somebody's own doing and no news."""
    pauses = [*read_pauses(FolderTree(workspace.root)).plus(pauses_of_rows(ledger.pauses(now))).in_force(now)]
    if isinstance(workspace.tree, CommitTree):
        pauses += read_pauses(workspace.tree).in_force(now)
    stops = [Stop(one.name, one.reason, one.owner, one.until) for one in pauses if one.scope != "post"]
    return tuple({(stop.name, stop.reason): stop for stop in stops}.values())


def _ailing(workspace: Workspace, ledger: View, environ: Mapping[str, str], now: datetime) -> Iterator[Ailing]:
    accounts = [account for account in workspace.settings.accounts.values() if _signs_in(account)]

    open_vault = partial(_vault, ledger, environ, now)
    for health in account_health(accounts, environ, open_vault, now, lockouts_in(ledger)):
        if health.state in (TokenState.NEEDS_REAUTH, TokenState.EXPIRES):
            out = health.state is TokenState.NEEDS_REAUTH
            yield Ailing(health.account, _state(health), health.reason, health.remedy, locked_out=out)


def _vault(ledger: View, environ: Mapping[str, str], now: datetime, account: Account) -> AccountVault:
    return tokens_of(ledger, account_key(account), environ, lambda: now)


def _signs_in(account: Account) -> bool:
    try:
        network = find_network(account.network)
    except LeitstandError:
        return False
    return network.needs_token and network.connect is not None and not by_hand(account)


def _state(health: AccountHealth) -> str:
    """The same as long as it is the same trouble: of one token, at one distance from its end."""
    since = health.locked_out_at or health.renewed_at or health.signed_in_at
    return " ".join((health.state.value, to_text(since), to_text(health.valid_until), str(health.warning or "")))
