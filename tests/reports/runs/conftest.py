from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reports.runs.presses import MAIL, Desk, berlin, write_settings
from tests.servers.smtp import MailServer, run_smtp
from toolkit.ledger import LedgerPlace, ledger_path
from toolkit.model import SetClock


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A brand that has been looked after since 1 November; Mastodon and X have delivered September."""
    made = Desk(
        tmp_path / "brand", LedgerPlace(ledger_path(tmp_path / "brand/state")), SetClock(berlin("2026-11-01 09:00"))
    )
    write_settings(made.root)
    made.deliver("mastodon", "2026-09-01", "2026-09-30")
    made.deliver("x", "2026-09-01", "2026-09-30")
    assert made.round() == []
    return made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    (tmp_path / "mail").mkdir()
    with run_smtp(tmp_path / "mail", "none") as running:
        yield running


@pytest.fixture
def mailing(desk: Desk, server: MailServer) -> Desk:
    """The same with two people who get reports by mail."""
    write_settings(desk.root, MAIL.format(url=server.url))
    return desk
