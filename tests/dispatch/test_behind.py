"""Two machines over one ledger, one of which does not fetch."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.dispatch import fakes
from tests.dispatch.fakes import DUE, Office, make_office
from tests.servers.postgres import Postgres
from toolkit.database import to_text
from toolkit.dispatch import Desk
from toolkit.dispatch.behind import ALIVE, refuse_behind
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger


def commit(root: Path) -> str:
    """A commit in `root`, and its id."""
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    for args in (("init", "-q"), (*who, "commit", "-q", "--allow-empty", "-m", "x")):
        subprocess.run(["git", "-C", str(root), *args], check=True)
    told = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return told.stdout.strip()


def desk_at(office: Office, ledger: Ledger, own: str) -> Desk:
    desk = office.desk(ledger)
    return replace(desk, orders=replace(desk.orders, commit=own))


@pytest.fixture
def office(tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(fakes, "SERVER", postgres.address)
    return make_office(tmp_path)


def test_who_is_behind_sends_nothing_while_another_is_alive(office: Office, tmp_path: Path) -> None:
    """A commit that was never fetched is newer; what is known here, or long ago, stops nobody."""
    own, unknown = commit(tmp_path), "1" * 40
    office.clock.moment = DUE
    with office.open() as ledger:
        desk = desk_at(office, ledger, own)
        refuse_behind(desk, tmp_path)  # nobody has published yet
        ledger.set_meta(last_commit=unknown, last_tick=to_text(DUE - timedelta(minutes=1)))
        with pytest.raises(LedgerError, match="which is not here"):
            refuse_behind(desk, tmp_path)
        ledger.set_meta(last_tick=to_text(DUE - ALIVE))
        refuse_behind(desk, tmp_path)
        ledger.set_meta(last_commit=own, last_tick=to_text(DUE))
        refuse_behind(desk, tmp_path)
