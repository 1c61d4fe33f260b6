"""Several processes and one token: who renews it, and what a kill leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from tests.signin.keepers import SPENT, START, fresh, keeper, state
from tests.signin.provider import PretendProvider
from toolkit.ledger import Ledger, LedgerPlace
from toolkit.signin import NeedsSignInError, TokenState

PROCESS = """
import sys, time
from datetime import datetime, timedelta
from pathlib import Path
from toolkit.credentials import Cipher
from toolkit.errors import UsageError
from toolkit.ledger import AccountVault, LedgerPlace, notes_of, open_ledger
from toolkit.model import SetClock
from toolkit.settings import Account
from toolkit.model import SignIn
from toolkit.signin import NeedsSignInError, TokenKeeper
from toolkit.web import Web

file, address, schema, server, die = sys.argv[1:]
facts = SignIn(authorize=server, token=server + "/token", scopes=())
environ = {"LEITSTAND_CLIENT_X": "client-7:canary-client-secret"}
web = Web(allowed_hosts=frozenset({server.removeprefix("http://")}))
clock = SetClock(datetime.fromisoformat("2026-12-01T06:00+00:00"))
with open_ledger(LedgerPlace(Path(file), address, schema), now=clock.now()) as ledger:
    class Vault(AccountVault):
        def session(self, make, stale=""):
            if die == "race":  # as if nobody took turns
                self.put(make(self.read()))
                return self.read()

            def made(stored):
                found = make(stored)
                if die == "yes":
                    print("received", flush=True)
                    time.sleep(600)
                return found
            return AccountVault.session(self, made, stale)

    vault = Vault(ledger.store, "x token", lambda: Cipher(bytes(32)), clock.now, time.sleep, timedelta(seconds=60))
    notes = notes_of(ledger, "x", clock.now)
    keeper = TokenKeeper(Account("x", "x", "@nordlicht"), facts, vault, notes, environ, web, clock)
    print("ready", flush=True)
    for line in sys.stdin:
        clock.moment = datetime.fromisoformat(line.strip())
        try:
            print(keeper.current(), flush=True)
        except NeedsSignInError:
            print("", flush=True)
"""


@pytest.fixture
def start(place: LedgerPlace, provider: PretendProvider) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts a process that says its token at each moment that it is given."""
    running: list[subprocess.Popen[str]] = []

    def begin(die: str) -> subprocess.Popen[str]:
        args = [str(place.file), place.address, place.schema, provider.server.address, die]
        process = subprocess.Popen(
            [sys.executable, "-c", PROCESS, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def say(process: subprocess.Popen[str], moment: datetime) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{moment.isoformat()}\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_eight_processes_at_expiry_refresh_once(
    ledger: Ledger, provider: PretendProvider, start: Callable[[str], subprocess.Popen[str]]
) -> None:
    """P17: round after round all eight find the token over at the same moment; the provider sees one refresh."""
    rounds = int(os.environ.get("LEITSTAND_TOKEN_ROUNDS", "12"))  # without turns it goes wrong within the first few
    keeper(ledger, provider).store(fresh(provider))
    running = [start("no") for _ in range(8)]
    assert [hear(process) for process in running] == ["ready"] * 8
    began = time.monotonic()
    for number in range(1, rounds + 1):
        for process in running:
            say(process, START + number * SPENT)
        tokens = {hear(process) for process in running}
        assert len(tokens) == 1, (number, tokens)
        assert "" not in tokens
        assert (provider.refreshes, provider.used_twice) == (number, 0)
    print(f"{rounds} rounds of 8 processes, {provider.refreshes} refreshes: {time.monotonic() - began:.1f} s")
    assert state(ledger, provider, START + rounds * SPENT) == (TokenState.OK, "")


def test_without_taking_turns_it_goes_wrong(
    ledger: Ledger, provider: PretendProvider, start: Callable[[str], subprocess.Popen[str]]
) -> None:
    """The same eight without the vault's turns use one refresh token twice: the proof above can fail."""
    keeper(ledger, provider).store(fresh(provider))
    running = [start("race") for _ in range(8)]
    assert [hear(process) for process in running] == ["ready"] * 8
    for number in range(1, 30):
        for process in running:
            say(process, START + number * SPENT)
        for process in running:
            hear(process)
        if provider.used_twice:
            break
    assert provider.used_twice


@pytest.mark.parametrize("forgiving", [False, True])
def test_killed_between_receiving_and_storing(
    ledger: Ledger,
    provider: PretendProvider,
    start: Callable[[str], subprocess.Popen[str]],
    forgiving: bool,
) -> None:
    """The new token is never lost in silence: the old one still renews, or the account says why it does not."""
    keeper(ledger, provider).store(fresh(provider))
    dying = start("yes")
    assert hear(dying) == "ready"
    say(dying, START + SPENT)
    assert hear(dying) == "received"
    dying.send_signal(signal.SIGKILL)
    dying.communicate()
    assert provider.refreshes == 1
    if forgiving:  # networks that take the token before for a while
        provider.refresh = "canary-refresh-0"
    after = START + SPENT + timedelta(minutes=3)
    if forgiving:
        assert keeper(ledger, provider, after).current().startswith("canary-access")
        assert state(ledger, provider, after) == (TokenState.OK, "")
        assert keeper(ledger, provider).notes.read("token-renewal") == ""
    else:
        with pytest.raises(NeedsSignInError, match="a renewal that began 2026-12-01 08:00 UTC was interrupted"):
            keeper(ledger, provider, after).current()
        found, reason = state(ledger, provider, after)
        assert found is TokenState.NEEDS_REAUTH
        assert "the token it was given is lost" in reason
