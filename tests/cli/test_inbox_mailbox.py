"""A mailbox in leitstand.toml, heard by `leitstand inbox fetch` from a real server."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.imap import PASSWORD, USER, run_imap
from toolkit.cli import execute

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SETTINGS = """\
format = 1
[workspace]
id = "mailbox-probe"
timezone = "Europe/Berlin"
[state]
dir = "state"
[accounts.service]
network = "mail"
id = "{user}"
server = "{server}"
[accounts.service.options]
smtp = "smtps://mail.nordlicht.example.com"
from = "Nordlicht Kaffee <{user}>"
"""
ASKED = "From: Eva <eva@example.org>\r\nSubject: Paket\r\nMessage-ID: <1@example.org>\r\n\r\nWann kommt es?\r\n"
AWAY = (
    "From: Max <max@example.org>\r\nSubject: Abwesend\r\nMessage-ID: <2@example.org>\r\n"
    "Auto-Submitted: auto-replied\r\n\r\nIch bin im Urlaub.\r\n"
)


def test_a_mailbox_is_an_account_of_the_inbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mails become conversations once; who was on holiday waits for nothing; the mailbox is as it was."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "content" / "posts").mkdir(parents=True)
    with run_imap() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        (tmp_path / "leitstand.toml").write_text(SETTINGS.format(user=USER, server=server.url), encoding="utf-8")
        server.put(ASKED.encode(), NOW - timedelta(hours=3))
        server.put(AWAY.encode(), NOW - timedelta(hours=2))
        monkeypatch.setenv("LEITSTAND_TOKEN_SERVICE", f"{USER}:{PASSWORD}")

        def run(*args: str, minutes: int = 0) -> dict[str, object]:
            now = (NOW + timedelta(minutes=minutes)).isoformat()
            code = execute(["inbox", *args, "--workspace", str(tmp_path), "--now", now, "--json"], os.environ)
            out, err = capsys.readouterr()
            assert code == 0, err + out
            found: dict[str, object] = json.loads(out)
            return found

        for minutes, new in ((0, 2), (10, 0)):
            accounts = run("fetch", minutes=minutes)["accounts"]
            assert isinstance(accounts, list)
            assert [one["new"] for one in accounts] == [new]
        found = run("list", "--all")["conversations"]
        assert isinstance(found, list)
        waits = {one["author"]: bool(one["waiting_since"]) for one in found}
        assert waits == {"eva@example.org": True, "max@example.org": False}
        assert all("\\Seen" not in flags for flags in server.flags())
