"""Where a person is told, by which way, and that mail really gets there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.alerts.brands import Brand, bring
from tests.servers.smtp import PASSWORD, USER, run_smtp
from toolkit.alerts.addresses import alert_variable, find_addresses
from toolkit.errors import UsageError
from toolkit.ledger import Ledger, State

RELAY = '[alerts]\nrelay = "{relay}"\nsender = "leitstand@example.com"\n\n[accounts.news]'


def through(brand: Brand, relay: str, email: str = "mai@example.com") -> None:
    """Give the brand a relay, and its community manager a mail address."""
    mai = '[people.mai]\nroles = ["community"]'
    brand.write(settings={"[accounts.news]": RELAY.format(relay=relay), mai: f'{mai}\nemail = "{email}"'})


def address(brand: Brand, person: str) -> str:
    return find_addresses(brand.load().settings, brand.environ)[person].reveal()


def test_variable_names() -> None:
    """What is no letter or digit becomes an underscore."""
    assert alert_variable("leitung-social") == "LEITSTAND_ALERT_LEITUNG_SOCIAL"
    assert alert_variable("o.petersen") == "LEITSTAND_ALERT_O_PETERSEN"


def test_nobody_can_be_told_without_a_way(brand: Brand) -> None:
    """No relay and no variable: no addresses, and so no messages."""
    assert find_addresses(brand.load().settings, {}) == {}


def test_the_variable_comes_before_the_file_before_the_mail(brand: Brand, tmp_path: Path) -> None:
    """A person's own address wins over the relay; the variable over the credentials file."""
    through(brand, "smtps://mail.example.com")
    assert address(brand, "mai").startswith("mailtos://mail.example.com:465?")
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "alert-mai").write_text("ntfys://ntfy.example.com/from-file\n", encoding="utf-8")
    (folder / "alert-mai").chmod(0o600)
    brand.environ["LEITSTAND_CREDENTIALS_DIR"] = str(folder)
    assert address(brand, "mai") == "ntfys://ntfy.example.com/from-file"
    brand.environ["LEITSTAND_ALERT_MAI"] = "ntfys://ntfy.example.com/from-variable"
    assert address(brand, "mai") == "ntfys://ntfy.example.com/from-variable"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_file_that_others_can_read_is_refused(brand: Brand, tmp_path: Path) -> None:
    """The sentence names the file and the remedy."""
    (tmp_path / "alert-mai").write_text("ntfys://ntfy.example.com/geheim\n", encoding="utf-8")
    (tmp_path / "alert-mai").chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600") as caught:
        find_addresses(brand.load().settings, {"LEITSTAND_CREDENTIALS_DIR": str(tmp_path)})
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("relay", "start", "mode"),
    [
        ("smtps://mail.example.com", "mailtos://mail.example.com:465?", "mode=ssl"),
        ("smtp://mail.example.com", "mailtos://mail.example.com:587?", "mode=starttls"),
        ("smtp://mail.example.com:2525", "mailtos://mail.example.com:2525?", "mode=starttls"),
        ("smtp://localhost:25", "mailto://localhost:25?", "mode=insecure"),
        ("smtp://127.0.0.1:25", "mailto://127.0.0.1:25?", "mode=insecure"),
        ("smtps://bot@mail.example.com", "mailtos://bot:p%2Fw%3A@mail.example.com:465?", "mode=ssl"),
    ],
)
def test_mail_leaves_encrypted_except_to_this_machine(brand: Brand, relay: str, start: str, mode: str) -> None:
    """TLS from the start or STARTTLS, which must succeed; the password is whatever characters it has."""
    through(brand, relay)
    brand.environ["LEITSTAND_ALERT_RELAY_PASSWORD"] = "p/w:"
    found = address(brand, "mai")
    assert found.startswith(start)
    assert mode in found


@pytest.mark.parametrize("encryption", ["starttls", "tls", "none"])
def test_mail_through_a_real_server(
    brand: Brand, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encryption: str
) -> None:
    """With STARTTLS, TLS or on this machine the mail arrives: from the sender, to the person, plain text, signed in."""
    if encryption == "starttls":
        # The server is on this machine, where mail may leave in the clear; it is treated as one elsewhere.
        monkeypatch.setattr("toolkit.alerts.addresses._is_here", lambda _host: False)
    user = "" if encryption == "none" else f"{USER}@"
    with run_smtp(tmp_path, encryption) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        through(brand, f"{server.scheme}://{user}{server.host_port}")
        brand.environ["LEITSTAND_ALERT_RELAY_PASSWORD"] = "" if encryption == "none" else PASSWORD
        bring(ledger, State.FAILED, uid="01JDK3V7Q2M8X4T6R9A0B1C2ZZ")
        brand.tell()
        mail = server.mail()
    assert brand.lines == []
    assert (mail["To"], mail["From"]) == ("mai@example.com", "Probe <leitstand@example.com>")
    title = "[Probe] refused by the network: content/posts/2026/12/door-one.md → Newsroom, 2026-12-01 09:50"
    assert mail["Subject"] == title
    body = mail.get_body(("plain",))
    assert body is not None
    assert "why: text too long" in body.get_content()
    assert mail.get_body(("html",)) is None
    assert server.signed_in == [encryption != "none"]


def test_a_server_without_encryption_gets_no_mail(
    brand: Brand, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where STARTTLS is not offered nothing leaves in the clear; it is a line in the log."""
    monkeypatch.setattr("toolkit.alerts.addresses._is_here", lambda _host: False)
    with run_smtp(tmp_path, "none") as server:
        through(brand, f"smtp://{USER}@{server.host_port}")
        brand.environ["LEITSTAND_ALERT_RELAY_PASSWORD"] = PASSWORD
        bring(ledger, State.FAILED, uid="01JDK3V7Q2M8X4T6R9A0B1C2ZZ")
        brand.tell()
        assert server.mails == []
        assert "MAIL" not in server.steps
    assert len(brand.lines) == 1


def test_a_wrong_password_is_said(brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server refuses; the log has a line, without the password."""
    with run_smtp(tmp_path, "tls") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        through(brand, f"{server.scheme}://{USER}@{server.host_port}")
        brand.environ["LEITSTAND_ALERT_RELAY_PASSWORD"] = "falsch"
        with brand.open() as ledger:
            bring(ledger, State.FAILED, uid="01JDK3V7Q2M8X4T6R9A0B1C2ZZ")
        brand.tell()
        assert server.mails == []
    (line,) = brand.lines
    assert line.startswith("mai could not be told")
    assert "falsch" not in line
