"""login, logout, and what status and doctor say of tokens; signing in is real, at a server with Mastodon's API."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.servers.bluesky import Bluesky
from tests.servers.snac import Snac
from toolkit.cli import execute
from toolkit.dispatch.lockouts import let_in
from toolkit.ledger import ledger_path, open_ledger, tokens_of
from toolkit.model import SystemClock
from toolkit.signin import Grant, read_grant

TOML = """\
format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["en"]
[state]
dir = "../state"
[accounts.alice]
network = "mastodon"
id = "@alice@{host}"
server = "{url}"
[accounts.telegram]
network = "telegram"
id = "@nordlicht"
[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"
{more}[accounts.x]
network = "x"
id = "@nordlicht"
[accounts.threads]
network = "threads"
id = "1"
"""
NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D9
title: Probe
status: ready
publish: {at}
channels: [alice]
---
Signed in by hand.
"""


class Desk:
    """A workspace whose verbs are called, and everything they printed."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys
        self.printed: list[str] = []

    def __call__(self, *args: str, code: int = 0) -> str:
        got = execute([*args, "-w", str(self.root)], {"LEITSTAND_LANG": "en"})
        printed = self.capsys.readouterr()
        self.printed.append(printed.out + printed.err)
        assert got == code, self.printed[-1]
        return printed.out + printed.err

    def json(self, *args: str, code: int = 0) -> dict[str, object]:
        got = execute([*args, "--json", "-w", str(self.root)], {"LEITSTAND_LANG": "en"})
        printed = self.capsys.readouterr()
        self.printed.append(printed.out + printed.err)
        assert got == code, self.printed[-1]
        found = json.loads(printed.out)
        assert isinstance(found, dict)
        return found

    def account(self, name: str, code: int = 1) -> dict[str, object]:
        """What `login --list` says of one account."""
        accounts = self.json("login", "--list", code=code)["accounts"]
        assert isinstance(accounts, list)
        return next(one for one in accounts if one["account"] == name)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Desk]:
    for name in list(os.environ):
        if name.startswith("LEITSTAND_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LEITSTAND_LANG", "en")

    def begin(url: str = "https://social.example", more: str = "") -> Desk:
        root = tmp_path / "brand"
        root.mkdir()
        (root / "leitstand.toml").write_text(
            TOML.format(url=url, host=url.partition("://")[2], more=more), encoding="utf-8"
        )
        return Desk(root, capsys)

    return begin


def token_in(desk: Desk, account_id: str) -> str:
    """The stored token, "" for none."""
    grant = grant_in(desk, account_id)
    return grant.access if grant else ""


def grant_in(desk: Desk, account_id: str) -> Grant | None:
    """What is stored for an account, read with the workspace's own key."""
    with open_ledger(ledger_path(desk.root.parent / "state"), now=SystemClock().now()) as ledger:
        return read_grant(tokens_of(ledger, account_id, {}, SystemClock().now).read())


def take_back(desk: Desk, snac: Snac) -> Grant:
    """Alice's token, of which the server knows nothing any more."""
    grant = grant_in(desk, f"mastodon:@alice@{snac.host_port}")
    assert grant is not None
    form = {"client_id": grant.client_id, "client_secret": grant.client_secret, "token": grant.access}
    httpx.post(f"{snac.url}/oauth/revoke", data=form).raise_for_status()
    return grant


def post_soon(desk: Desk) -> datetime:
    """A post of Alice's, and when it is due."""
    posts = desk.root / "content" / "posts"
    posts.mkdir(parents=True)
    due = SystemClock().now() + timedelta(minutes=5)
    (posts / "probe.md").write_text(POST.format(at=f"{due:%Y-%m-%dT%H:%M:%SZ}"), encoding="utf-8")
    return due


def browser_of(snac: Snac, person: str, monkeypatch: pytest.MonkeyPatch, pages: list[httpx.Response]) -> None:
    """A browser in which `person` signs in; it is a program of its own, as browsers are."""

    def open_address(address: str) -> bool:
        threading.Thread(target=lambda: pages.append(snac.consent(person, address)), daemon=True).start()
        return True

    monkeypatch.setattr(webbrowser, "open", open_address)


def test_signing_in_for_real(make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch) -> None:
    """Client registered, consent given, code redeemed, identity asked for: the token works, and stands nowhere in clear."""
    desk = make(snac.url)
    pages: list[httpx.Response] = []
    browser_of(snac, "alice", monkeypatch, pages)
    assert desk.account("alice")["state"] == "missing"
    text = desk("login", "alice", "--timeout", "20")
    assert "alice is signed in; its token is kept encrypted in the ledger" in text
    token = token_in(desk, f"mastodon:@alice@{snac.host_port}")
    me = httpx.get(f"{snac.url}/api/v1/accounts/verify_credentials", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["username"] == "alice"
    listed = desk.account("alice")
    assert (listed["state"], listed["source"], listed["renews"], listed["valid_until"]) == ("ok", "vault", False, None)
    assert "alice" in desk("login", "--list", code=1)
    desk("status")
    desk("doctor", code=1)
    assert all(token not in printed for printed in desk.printed)
    files = [file for file in desk.root.parent.rglob("*") if file.is_file()]
    assert all(token.encode() not in file.read_bytes() for file in files)

    assert "the network took the token back" in desk("logout", "alice")
    assert token_in(desk, f"mastodon:@alice@{snac.host_port}") == ""
    assert desk.account("alice")["state"] == "missing"
    gone = httpx.get(f"{snac.url}/api/v1/accounts/verify_credentials", headers={"Authorization": f"Bearer {token}"})
    assert gone.status_code in {401, 422}


def test_what_was_signed_in_for_publishes(
    make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No variable, no file: the dispatcher finds the token in the vault, and the post is out."""
    desk = make(snac.url)
    browser_of(snac, "alice", monkeypatch, [])
    desk("login", "alice", "--timeout", "20")
    due = post_soon(desk)
    desk("publish")  # the ledger meets the account before the post is due
    events = desk.json("publish", "--now", (due + timedelta(minutes=1)).isoformat())["events"]
    assert isinstance(events, list)
    assert events[-1]["state"] == "confirmed", desk.printed[-1]


def test_the_wrong_person_is_refused(make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob's token is not stored for Alice, whether he signs in or it is pasted."""
    desk = make(snac.url)
    browser_of(snac, "bob", monkeypatch, [])
    said = "the token of alice belongs to 'bob', not to 'alice'; nothing was stored"
    assert said in desk("login", "alice", "--timeout", "20", code=1)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{snac.tokens['bob']}\n"))
    assert said in desk("login", "alice", "--token", code=1)
    assert token_in(desk, f"mastodon:@alice@{snac.host_port}") == ""
    assert all(snac.tokens["bob"] not in printed for printed in desk.printed)


def test_a_token_that_was_taken_back_elsewhere(
    make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--check` asks the network: what it took back needs a person, though it has no end; an outage is only told."""
    desk = make(snac.url)
    browser_of(snac, "alice", monkeypatch, [])
    desk("login", "alice", "--timeout", "20")

    def check() -> dict[str, object]:
        accounts = desk.json("login", "--check", code=1)["accounts"]
        assert isinstance(accounts, list)
        found: dict[str, object] = next(one for one in accounts if one["account"] == "alice")
        return found

    assert (check()["state"], check()["reason"]) == ("ok", "")
    grant = take_back(desk, snac)
    assert desk.account("alice")["state"] == "ok"
    gone = check()
    assert gone["state"] == "needs_reauth"
    assert "the server does not accept the token of alice" in str(gone["reason"])
    # It is remembered, so that the daemon tells of it before a post is due.
    assert desk.account("alice")["state"] == "needs_reauth"
    with open_ledger(ledger_path(desk.root.parent / "state"), now=NOW) as ledger:
        assert let_in(ledger, f"mastodon:@alice@{snac.host_port}", NOW)
    settings = desk.root / "leitstand.toml"
    settings.write_text(settings.read_text().replace(snac.url, "http://127.0.0.1:9"))
    keep(desk, replace(grant, server="http://127.0.0.1:9"), f"mastodon:@alice@{snac.host_port}")
    away = check()
    assert away["state"] == "ok"
    assert "nothing was sent" in str(away["reason"])
    assert all(grant.access not in printed for printed in desk.printed)


def test_posts_wait_for_whoever_signs_in_again(
    make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token is taken back at the server: the post waits, status, list and doctor say so, and login lets it go."""
    desk = make(snac.url)
    browser_of(snac, "alice", monkeypatch, [])
    desk("login", "alice", "--timeout", "20")
    due = post_soon(desk)
    desk("publish")
    take_back(desk, snac)
    then = (due + timedelta(minutes=1)).isoformat()
    (event,) = [one for one in desk.json("publish", "--now", then, code=1)["events"] if one["old"] == "sending"]  # type: ignore[attr-defined]  # JSON
    assert event["state"] == "planned"
    assert "until this is put right: leitstand login alice" in event["detail"]
    said = desk("status", "--now", then, code=1)
    assert "! alice: sign in again: the server does not accept the token of alice" in said
    assert "! sign in again" in desk("doctor", "--now", then, code=1) or "leitstand login alice" in desk.printed[-1]
    accounts = desk.json("login", "--list", "--now", then, code=1)["accounts"]
    assert isinstance(accounts, list)
    told = next(one for one in accounts if one["account"] == "alice")
    assert (told["state"], told["locked_out_at"][:16]) == ("needs_reauth", then[:16])
    assert "what waited for it goes out at the next tick" in desk("login", "alice", "--timeout", "20")
    assert desk.account("alice")["state"] == "ok"
    events = desk.json("publish", "--now", (due + timedelta(minutes=2)).isoformat())["events"]
    assert events[-1]["state"] == "confirmed", desk.printed[-1]  # type: ignore[index]  # JSON


def test_a_pasted_token(make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch) -> None:
    """From stdin, checked, kept; the environment's goes first as long as it is there, and both verbs say so."""
    desk = make(snac.url)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{snac.tokens['alice']}\n"))
    desk("login", "alice", "--token")
    assert desk.account("alice")["source"] == "vault"
    monkeypatch.setenv("LEITSTAND_TOKEN_ALICE", "canary-of-the-environment")
    assert desk.account("alice")["source"] == "environment"
    assert "! LEITSTAND_TOKEN_ALICE, or the credentials file alice, still holds a token" in desk("logout", "alice")
    assert all(snac.tokens["alice"] not in printed and "canary" not in printed for printed in desk.printed)


@pytest.mark.server
@pytest.mark.xdist_group("bluesky")
def test_an_app_password(make: Callable[..., Desk], bluesky: Bluesky, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bluesky's: tried at the real server, kept beside the session that the adapter makes with it, refused when wrong."""
    alice = bluesky.people["alice"]
    entry = f'[accounts.blue]\nnetwork = "bluesky"\nid = "{alice.did}"\nserver = "{bluesky.url}"\n'
    desk = make("https://social.example", entry)
    monkeypatch.setattr(sys, "stdin", io.StringIO("canary-wrong-password\n"))
    assert "does not accept the app password of blue" in desk("login", "blue", "--token", code=1)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{bluesky.people['bob'].app_password}\n"))
    desk("login", "blue", "--token", code=1)
    assert token_in(desk, f"bluesky:{alice.did}") == ""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{alice.app_password}\n"))
    desk("login", "blue")  # there is no other way to sign in, so it asks for the password by itself
    desk.json("login", "--check", code=1)
    assert desk.account("blue")["source"] == "vault"
    assert token_in(desk, f"bluesky:{alice.did}") == alice.app_password
    assert all(alice.app_password not in printed and "canary" not in printed for printed in desk.printed)


def test_without_a_browser(make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is printed; what the server shows is pasted: the code alone, as Mastodon shows it out of band."""
    desk = make(snac.url)

    class Person:
        """Reads the printed address, signs in on a phone, types what the page shows."""

        def readline(self) -> str:
            shown = desk.capsys.readouterr().err
            address = next(line for line in shown.splitlines() if line.startswith(snac.url))
            return f"{snac.consent('alice', address, follow=False).text}\n"

    monkeypatch.setattr(sys, "stdin", Person())
    monkeypatch.setattr(webbrowser, "open", lambda _address: pytest.fail("no browser is to be opened"))
    assert "alice is signed in" in desk("login", "alice", "--no-browser")


def test_nobody_signs_in(make: Callable[..., Desk], snac: Snac, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait has an end, and nothing is stored."""
    desk = make(snac.url)
    monkeypatch.setattr(webbrowser, "open", lambda _address: False)
    assert "nobody signed in within" in desk("login", "alice", "--timeout", "0.05", code=1)
    assert token_in(desk, f"mastodon:@alice@{snac.host_port}") == ""


def test_what_cannot_be_signed_in_for(make: Callable[..., Desk]) -> None:
    """Each mistake has its sentence: no account, an unknown one, one without tokens, a network without a client."""
    desk = make("https://social.example")
    assert "name an account to sign in for, or use --list" in desk("login", code=2)
    assert "did you mean 'alice'?" in desk("login", "alise", code=2)
    assert "did you mean 'alice'?" in desk("logout", "alise", code=2)
    assert "news needs no token" in desk("login", "news", code=2)
    missing = desk("login", "x", code=2)
    assert "with the redirect address http://127.0.0.1:8910/, then set LEITSTAND_CLIENT_X to id:secret" in missing
    assert "threads sends people only to the https address of its client" in desk("login", "threads", code=2)
    assert "nobody was signed in for x" in desk("logout", "x")


def keep(desk: Desk, grant: Grant, account_id: str = "x:@nordlicht") -> None:
    """Put a grant into the workspace's vault."""
    with open_ledger(ledger_path(desk.root.parent / "state"), now=NOW) as ledger:
        tokens_of(ledger, account_id, {}, lambda: NOW).put(grant.to_json())


def line_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if name in line)


@pytest.mark.parametrize(
    ("left", "state", "warning", "said", "urgent"),
    [
        (timedelta(days=30), "ok", None, "", False),
        (timedelta(days=6, hours=2), "expires", 7, "it ends in 6 days", False),
        (timedelta(hours=23), "expires", 1, "it ends in 23 hours", True),
        (timedelta(), "needs_reauth", None, "its token has ended", True),
    ],
)
def test_the_end_of_a_token_is_told_in_time(
    make: Callable[..., Desk],
    *,
    left: timedelta,
    state: str,
    warning: int | None,
    said: str,
    urgent: bool,
) -> None:
    """Seven days and one day before, in `login --list`, `status` and `doctor`; from the last day on it alarms."""
    desk = make("https://social.example")
    keep(desk, Grant("canary-access", NOW, NOW, "x", expires_at=NOW + left))
    at = ("--now", NOW.isoformat())
    (found,) = [one for one in desk.json("login", "--list", *at, code=1)["accounts"] if one["account"] == "x"]  # type: ignore[attr-defined]  # a list
    assert (found["state"], found["warning_days"], found["reason"]) == (state, warning, said)
    assert found["valid_until"] == (NOW + left).isoformat()
    status = desk.json("status", *at, code=int(urgent))
    assert status["alarming"] is urgent
    told = desk("status", *at, code=int(urgent))
    assert ("leitstand login x" in told) is bool(said)
    checks = desk.json("doctor", *at, code=1)["checks"]
    assert isinstance(checks, list)
    (check,) = [one for one in checks if one["name"] == "account x"]
    assert check["health"] == ("wrong" if urgent else "note" if said else "ok")
    assert check["remedy"] == ("leitstand login x" if said else "")
    assert all("canary" not in printed for printed in desk.printed)


def test_a_lost_key_is_told(make: Callable[..., Desk]) -> None:
    """Without the key that it was sealed with nobody can use the token: the account says so, and nothing breaks."""
    desk = make("https://social.example")
    keep(desk, Grant("canary-access", NOW, NOW, "x"))
    (desk.root.parent / "state" / "vault.key").unlink()
    found = desk.account("x")
    assert found["state"] == "needs_reauth"
    assert "sealed with another key" in str(found["reason"])
