"""The whole way to Telegram, a webhook and a folder: post file, ledger, dispatcher, line; and answers that are lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.networks.connections.makers import make_picture
from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request
from toolkit.dispatch import publish_due
from toolkit.ledger import Row, State, ledger_path, open_ledger
from toolkit.model import SetClock

SECRET = "a-secret-of-24-characters"
TOKEN = "123456:AAbbccdd"
SETTINGS = """\
format = 1

[workspace]
id = "probe"
timezone = "UTC"

[people.redaktion]
roles = ["editor"]

[accounts.kanal]
network = "telegram"
id = "@nordlicht"
server = "{server}"

[accounts.intranet]
network = "webhook"
id = "intranet"
server = "{server}/in"

[accounts.archiv]
network = "files"
id = "archiv"
server = "{folder}"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
author: redaktion
status: ready
publish: {publish}
channels: [kanal, intranet, archiv]
language: de
media:
  - file: media/tuer.png
    alt: Eine Hand öffnet die Tür
---
Tür 1 ist **auf**: [Zum Shop](https://example.com/1)

---

Und zum Zweiten.
"""


class Company:
    """A workspace with three accounts, the servers behind them, and its ticks. `lost` answers are lost after obeying."""

    def __init__(self, root: Path, server: PretendServer) -> None:
        self.root, self.server = root, server
        self.lost: set[str] = set()
        self.messages: list[str] = []
        self.taken: dict[str, dict[str, object]] = {}
        self.now = datetime.now(UTC).replace(microsecond=0)
        self._serve()
        for folder in ("content/media", "content/posts", "archiv"):
            (root / folder).mkdir(parents=True)
        settings = SETTINGS.format(server=server.address, folder=root / "archiv")
        (root / "leitstand.toml").write_text(settings, encoding="utf-8")
        (root / "content" / "media" / "tuer.png").write_bytes(make_picture())
        post = POST.format(publish=f"{self.now - timedelta(minutes=2):%Y-%m-%d %H:%M}")
        (root / "content" / "posts" / "tuer.md").write_text(post, encoding="utf-8")
        # The first tick of a new account takes what is past as history; it happened before the post was due.
        self.tick(-24 * 60)

    def tick(self, minutes: int) -> None:
        environ = {
            "LEITSTAND_STATE_DIR": str(self.root / "state"),
            "LEITSTAND_TOKEN_KANAL": TOKEN,
            "LEITSTAND_TOKEN_INTRANET": SECRET,
        }
        publish_due(self.root, clock=SetClock(self.now + timedelta(minutes=minutes)), environ=environ)

    def rows(self) -> dict[tuple[str, int], Row]:
        with open_ledger(ledger_path(self.root / "state"), now=self.now, read_only=True) as ledger:
            return {(row.account, row.part): row for row in ledger.rows()}

    def folders(self) -> list[Path]:
        return list((self.root / "archiv").iterdir())

    def _serve(self) -> None:
        chat = {"id": -1001, "username": "nordlicht"}
        base = f"POST /bot{TOKEN}"
        self.server.routes[f"{base}/getMe"] = lambda _request: Reply(200, {"ok": True, "result": {"username": "b"}})
        self.server.routes[f"{base}/getChat"] = lambda _request: Reply(200, {"ok": True, "result": chat})
        self.server.routes[f"{base}/send*"] = self._telegram
        self.server.routes["POST /in"] = self._webhook

    def _telegram(self, request: Request) -> Reply | Drop:
        self.messages.append(request.path.rpartition("/")[2])
        result = {"message_id": len(self.messages)}
        return DROP if "telegram" in self.lost else Reply(200, {"ok": True, "result": result})

    def _webhook(self, request: Request) -> Reply | Drop:
        message = request.json()
        self.taken.setdefault(str(message["key"]), message)
        return DROP if "webhook" in self.lost else Reply(201, {"id": str(message["key"])})


@pytest.fixture
def company(tmp_path: Path, pretend: PretendServer) -> Company:
    return Company(tmp_path, pretend)


def test_one_post_goes_out_everywhere_in_each_network_form(company: Company) -> None:
    """Telegram and the webhook get a thread, the folder one document; every part once, however often we tick."""
    for minutes in (0, 1, 2, 3):
        company.tick(minutes)
    assert {key: row.state for key, row in company.rows().items()} == dict.fromkeys(
        [("kanal", 0), ("kanal", 1), ("intranet", 0), ("intranet", 1), ("archiv", 0)], State.CONFIRMED
    ), {key: row.reason for key, row in company.rows().items()}
    assert company.messages == ["sendPhoto", "sendMessage"]
    assert [one.get("previous") for one in company.taken.values()] == [None, company.rows()["intranet", 0].remote_id]
    (folder,) = company.folders()
    assert json.loads((folder / "post.json").read_text("utf-8"))["text"].endswith("Und zum Zweiten.")


def test_a_lost_answer_of_telegram_asks_a_person_and_sends_nothing_again(company: Company) -> None:
    """Nobody can look: the part is held, the next one waits, and no secret stands in the reason."""
    company.lost = {"telegram"}
    for minutes in (0, 3, 6, 30, 60):
        company.tick(minutes)
    row = company.rows()["kanal", 0]
    assert row.state is State.HELD
    assert company.messages == ["sendPhoto"]
    assert company.rows()["kanal", 1].state is not State.CONFIRMED
    assert TOKEN not in row.reason


def test_a_lost_answer_of_the_webhook_is_settled_by_the_same_key(company: Company) -> None:
    """The receiver gets the same message with the same key again and has it once."""
    company.lost = {"webhook"}
    company.tick(0)
    assert company.rows()["intranet", 0].state is State.UNKNOWN
    company.lost = set()
    for minutes in (3, 4, 5):
        company.tick(minutes)
    assert {company.rows()["intranet", part].state for part in (0, 1)} == {State.CONFIRMED}
    assert len(company.taken) == 2
    sent = [request.headers["idempotency-key"] for request in company.server.sent("POST", "/in")]
    assert len(sent) == 3
    assert sent[0] == sent[1] != sent[2]
