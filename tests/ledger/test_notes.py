from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.ledger.ledgers import ACCOUNT, START
from toolkit.credentials import Cipher
from toolkit.errors import LedgerError, UsageError
from toolkit.ledger import AccountVault, Ledger, LedgerPlace, notes_of, open_ledger, vault_of

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
OTHER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh4="
LITTLE = timedelta(seconds=1)
OTHER = "bluesky:did:plc:other"
# A lease whose end is soon waited for in vain: each look is a question to the database.
SHORT = timedelta(seconds=10)


def vault(ledger: Ledger, account_id: str = ACCOUNT, key: str = KEY) -> AccountVault:
    return vault_of(ledger, account_id, {"LEITSTAND_VAULT_KEY": key}, lambda: START)


def never(_old: str) -> str:
    raise AssertionError("nothing is to be made")


def test_notes_are_kept_for_each_account(ledger: Ledger, place: LedgerPlace) -> None:
    """Written over, read by the next process, and nobody else's."""
    notes = notes_of(ledger, ACCOUNT, lambda: START)
    assert notes.read("container") == ""
    notes.write("container", "17")
    notes.write("container", "18")
    with open_ledger(place, now=START) as other:
        assert notes_of(other, ACCOUNT, lambda: START).read("container") == "18"
        assert notes_of(other, OTHER, lambda: START).read("container") == ""


def test_of_two_who_swap_a_note_one_does(ledger: Ledger, place: LedgerPlace) -> None:
    """Whoever read what another has replaced meanwhile changes nothing, also where nothing stood before."""
    mine = notes_of(ledger, ACCOUNT, lambda: START)
    with open_ledger(place, now=START) as other:
        theirs = notes_of(other, ACCOUNT, lambda: START)
        assert mine.swap("told", "", "mine")
        assert not theirs.swap("told", "", "theirs")
        assert theirs.swap("told", "mine", "theirs")
        assert not mine.swap("told", "mine", "mine again")
    assert mine.read("told") == "theirs"
    assert mine.names() == ["told"]
    assert notes_of(ledger, OTHER, lambda: START).names() == []


def test_a_session_is_made_once_and_again_when_it_is_stale(ledger: Ledger) -> None:
    """A second caller gets what is stored; only who names the stored one as stale makes a new one, out of it."""
    one = vault(ledger)
    assert one.session(lambda old: f"first after {old!r}") == "first after ''"
    assert one.session(never) == "first after ''"
    assert one.session(never, stale="an older one") == "first after ''"
    assert one.session(lambda old: f"second after {old!r}", stale="first after ''") == "second after \"first after ''\""
    assert one.session(never) == "second after \"first after ''\""


def test_nothing_is_stored_when_signing_in_fails(ledger: Ledger) -> None:
    """The error comes through, the stored session stays, and the next caller may try at once."""
    one = vault(ledger)
    one.session(lambda _old: "good")

    def fail(_old: str) -> str:
        raise LedgerError("no")

    with pytest.raises(LedgerError, match="no"):
        one.session(fail, stale="good")
    assert one.session(never) == "good"
    assert one.session(lambda _old: "better", stale="good") == "better"


def test_what_is_stored_is_encrypted_for_its_account(ledger: Ledger) -> None:
    """No session in clear; one account's cannot be put in another's place; another key does not open it."""
    vault(ledger).session(lambda _old: "canary-session")
    (raw,) = ledger.store.read("SELECT sealed FROM sessions")
    assert "canary" not in raw["sealed"]
    with ledger.store.transaction() as transaction:
        moved = {"other": OTHER, "sealed": raw["sealed"]}
        transaction.run("INSERT INTO sessions (account_id, sealed) VALUES (:other, :sealed)", moved)
    with pytest.raises(UsageError, match="another key"):
        vault(ledger, OTHER).session(never)
    with pytest.raises(UsageError, match="sign in again"):
        vault(ledger, key=OTHER_KEY).session(never)


def test_a_person_signs_in_over_whatever_was_there(ledger: Ledger) -> None:
    """Also over a session that nobody can open any more."""
    vault(ledger, key=OTHER_KEY).session(lambda _old: "lost")
    vault(ledger).put("new")
    assert vault(ledger).session(never) == "new"


def test_who_takes_longer_than_the_lease_overwrites_nothing(ledger: Ledger, place: LedgerPlace) -> None:
    """Another process made a session meanwhile: that one is the account's, for both."""
    with open_ledger(place, now=START) as second:
        late = START + timedelta(hours=1)
        other = AccountVault(second.store, ACCOUNT, lambda: Cipher(bytes(32)), lambda: late, time.sleep)
        mine = AccountVault(ledger.store, ACCOUNT, lambda: Cipher(bytes(32)), lambda: START, time.sleep)

        def slow(_old: str) -> str:
            assert other.session(lambda _old: "theirs") == "theirs"
            return "mine, too late"

        assert mine.session(slow) == "theirs"
        assert other.session(never) == "theirs"


def test_a_moment_that_was_read_a_little_earlier_takes_no_lock_away(ledger: Ledger, place: LedgerPlace) -> None:
    """A process that read the clock and then had to wait for the database finds the lock taken, as it is."""
    with open_ledger(place, now=START) as second:
        behind = AccountVault(
            second.store, ACCOUNT, lambda: Cipher(bytes(32)), lambda: START - LITTLE, lambda _s: None, SHORT
        )

        def slow(_old: str) -> str:
            with pytest.raises(LedgerError, match="does not end"):
                behind.session(never)
            return "made once"

        assert replace(vault(ledger), lease=SHORT).session(slow) == "made once"


def test_waiting_for_another_process_ends(ledger: Ledger, place: LedgerPlace) -> None:
    """A process that signs in for ever is waited for in vain, and that is said."""
    waits: list[float] = []
    with open_ledger(place, now=START) as second:
        waiting = AccountVault(second.store, ACCOUNT, lambda: Cipher(bytes(32)), lambda: START, waits.append, SHORT)

        def forever(_old: str) -> str:
            with pytest.raises(LedgerError, match="does not end"):
                waiting.session(never)
            return "done"

        assert replace(vault(ledger), lease=SHORT).session(forever) == "done"
    assert sum(waits) > SHORT.total_seconds()


PROCESS = """
import os, sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from toolkit.credentials import Cipher
from toolkit.ledger import AccountVault, LedgerPlace, open_ledger

file, address, schema, account, log, rounds, lease, die = sys.argv[1:]
now = lambda: datetime.now(UTC)
with open_ledger(LedgerPlace(Path(file), address, schema), now=now()) as ledger:
    vault = AccountVault(ledger.store, account, lambda: Cipher(bytes(32)), now, time.sleep, timedelta(seconds=float(lease)))
    print("ready", flush=True)
    sys.stdin.readline()
    stale = ""
    for number in range(int(rounds)):
        def make(old):
            made = str(int(old or 0) + 1)
            with open(log, "a") as out:
                out.write(f"{made}\\n")
            if die == "yes" and made == "2":
                print("making", flush=True)
                time.sleep(600)
            return made
        stale = vault.session(make, stale=str(number) if number else "")
        assert int(stale) >= number + 1, (stale, number)
    print(stale, flush=True)
"""


@pytest.fixture
def start(place: LedgerPlace, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts a process that asks for sessions round after round and writes down each one it makes."""

    def begin(rounds: int, lease: float = 60.0, *, die: bool = False) -> subprocess.Popen[str]:
        args = [str(place.file), place.address, place.schema, ACCOUNT, str(tmp_path / "made")]
        more = [str(rounds), str(lease), "yes" if die else "no"]
        return subprocess.Popen(
            [sys.executable, "-c", PROCESS, *args, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    return begin


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_eight_processes_make_each_session_once(
    ledger: Ledger, start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    """Two hundred rounds, each with eight processes that find the same session stale: one makes the next."""
    rounds = int(os.environ.get("LEITSTAND_VAULT_ROUNDS", "200"))
    running = [start(rounds) for _ in range(8)]
    for process in running:
        assert read_line(process) == "ready"
    began = time.monotonic()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    last = {process.communicate(timeout=240)[0].strip() for process in running}
    print(f"{rounds} rounds of 8 processes: {time.monotonic() - began:.1f} s")
    assert [process.returncode for process in running] == [0] * 8
    assert (tmp_path / "made").read_text().split() == [str(number) for number in range(1, rounds + 1)]
    assert last == {str(rounds)}


def test_a_process_killed_while_it_signs_in_loses_nothing(
    ledger: Ledger, start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    """The stored session stays, and after the lease another process makes the next one out of it."""
    dying = start(2, lease=1.0, die=True)
    assert read_line(dying) == "ready"
    assert dying.stdin is not None
    dying.stdin.write("go\n")
    dying.stdin.flush()
    assert read_line(dying) == "making"
    dying.send_signal(signal.SIGKILL)
    dying.communicate()

    def now() -> datetime:
        return datetime.now(START.tzinfo)

    lease = timedelta(seconds=1)
    mine = AccountVault(ledger.store, ACCOUNT, lambda: Cipher(bytes(32)), now, time.sleep, lease)
    assert mine.session(never) == "1"
    assert mine.session(lambda old: f"{old} and on", stale="1") == "1 and on"
