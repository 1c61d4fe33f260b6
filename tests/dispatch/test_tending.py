"""Tokens at every tick, of accounts that publish nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.pretend import PretendServer, Reply
from toolkit.dispatch import publish_due
from toolkit.ledger import Ledger, ledger_path, open_ledger, tokens_of
from toolkit.model import SetClock
from toolkit.networks import NETWORKS
from toolkit.signin import Grant, read_grant

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
TOML = """\
format = 1
[workspace]
id = "probe"
languages = ["en"]
[state]
dir = "../state"
[accounts.threads]
network = "threads"
id = "1"
server = "{url}"
"""
ENVIRON = {"LEITSTAND_CLIENT_THREADS": "client:canary-secret"}


@pytest.fixture
def root(tmp_path: Path, pretend: PretendServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an account and no post; the network's exchange is on a server of ours."""
    folder = tmp_path / "brand"
    folder.mkdir()
    (folder / "leitstand.toml").write_text(TOML.format(url=pretend.address), encoding="utf-8")
    real = NETWORKS["threads"].sign_in
    assert real is not None
    facts = replace(real, renew_at=f"{pretend.address}/refresh_access_token")
    monkeypatch.setattr("toolkit.networks.threads.NETWORK", replace(NETWORKS["threads"], sign_in=facts))
    return folder


def in_vault(root: Path, act: Callable[[Ledger], None]) -> None:
    with open_ledger(ledger_path(root.parent / "state"), now=NOW) as ledger:
        act(ledger)


def test_an_idle_account_keeps_its_token(root: Path, pretend: PretendServer) -> None:
    """A long-lived token is exchanged at the first tick after a week, once; a rehearsal and a foreign token do nothing."""
    lives = 5183944
    pretend.routes["GET /refresh_access_token"] = lambda _r: Reply(
        200, {"access_token": "canary-2", "expires_in": lives}
    )
    first = Grant(
        "canary-1", NOW, NOW, "threads", pretend.address, expires_at=NOW + timedelta(days=60), renewal="exchange"
    )
    in_vault(root, lambda ledger: tokens_of(ledger, "threads:1", {}, lambda: NOW).put(first.to_json()))

    week = SetClock(NOW + timedelta(days=7))
    publish_due(root, clock=SetClock(NOW + timedelta(days=6)), environ=ENVIRON)
    publish_due(root, clock=week, environ=ENVIRON, rehearsal=True)
    publish_due(root, clock=week, environ={**ENVIRON, "LEITSTAND_TOKEN_THREADS": "another"})
    assert pretend.requests == []
    publish_due(root, clock=week, environ=ENVIRON)
    publish_due(root, clock=week, environ=ENVIRON)
    (sent,) = pretend.requests
    assert sent.query == {"grant_type": "th_refresh_token", "access_token": "canary-1"}

    def check(ledger: Ledger) -> None:
        grant = read_grant(tokens_of(ledger, "threads:1", {}, lambda: NOW).read())
        assert grant is not None
        assert (grant.access, grant.expires_at) == ("canary-2", week.now() + timedelta(seconds=lives))

    in_vault(root, check)


def test_a_network_that_is_away_stops_no_tick(root: Path, pretend: PretendServer) -> None:
    """What cannot be renewed now is renewed later; the tick goes on."""
    pretend.routes["GET /refresh_access_token"] = lambda _r: Reply(500, {})
    worn = Grant(
        "canary-1", NOW, NOW, "threads", pretend.address, expires_at=NOW + timedelta(days=8), renewal="exchange"
    )
    in_vault(root, lambda ledger: tokens_of(ledger, "threads:1", {}, lambda: NOW).put(worn.to_json()))
    result = publish_due(root, clock=SetClock(NOW + timedelta(days=9)), environ=ENVIRON)
    assert not result.needs_person
    assert len(pretend.requests) == 1


POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D9
title: Probe
status: ready
publish: 2026-12-01T08:00:00Z
channels: [threads]
---
Waits for somebody to sign in.
"""


def test_a_post_waits_for_somebody_to_sign_in(root: Path, pretend: PretendServer) -> None:
    """A token that is over sends nothing and fails nothing: the post waits and says for whom, without a request."""
    posts = root / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "probe.md").write_text(POST, encoding="utf-8")
    worn = Grant("canary-1", NOW, NOW, "threads", pretend.address, expires_at=NOW + timedelta(hours=1))
    in_vault(root, lambda ledger: tokens_of(ledger, "threads:1", {}, lambda: NOW).put(worn.to_json()))
    publish_due(root, clock=SetClock(NOW), environ=ENVIRON)
    result = publish_due(root, clock=SetClock(NOW + timedelta(hours=2)), environ=ENVIRON)
    (row,) = result.waiting
    assert row.reason == "threads has to be signed in again (its token has ended); run: leitstand login threads"
    assert result.needs_person
    assert pretend.requests == []
