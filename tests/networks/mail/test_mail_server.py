"""A mailbox on a real Dovecot, answered through a real mail server: what is heard, what stays as it was, what arrives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from types import MappingProxyType

import pytest
from aiosmtpd.smtp import AuthResult

from tests.servers import imap as house
from tests.servers.imap import MailHouse, run_imap
from tests.servers.smtp import HANG_UP, MailServer, run_smtp
from toolkit.errors import NetworkError, UsageError
from toolkit.model import Message, MessageKind, Outcome, Presence, SetClock
from toolkit.networks.answers import NotBegunError, NotToldError
from toolkit.networks.base import Action, Admitting, Identified, Intent, Listening, Memory, Surroundings
from toolkit.networks.filters import text_draft
from toolkit.networks.mail import NETWORK
from toolkit.networks.mail.connection import MailConnection, connect
from toolkit.networks.smtp.letter import message_id
from toolkit.settings import Account
from toolkit.web import Web, WebError

# The server knows no future: a mail that arrived later than its own clock says arrived just now.
NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=20)
KEY = "01JDK3V7Q2M8X4T6R9A0B1C2D3:answer"
TOKEN = f"{house.USER}:{house.PASSWORD}"


@pytest.fixture(scope="module")
def running() -> Iterator[MailHouse]:
    with run_imap() as server:
        yield server


@pytest.fixture
def box(running: MailHouse, monkeypatch: pytest.MonkeyPatch) -> MailHouse:
    """A mailbox with TLS that is trusted, with nothing in it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
    running.empty()
    return running


def no_media(file: str) -> bytes:
    """An answer carries no files."""
    raise FileNotFoundError(file)


def mail(number: int, subject: str = "Paket", head: str = "", text: str = "Wann kommt es?") -> bytes:
    return (
        f"From: Eva Muster <eva@example.org>\r\nTo: service@nordlicht.example.com\r\nSubject: {subject}\r\n"
        f"Message-ID: <m{number}@example.org>\r\n{head}\r\n{text} ({number})\r\n"
    ).encode()


def open_line(
    server: MailHouse,
    token: str = TOKEN,
    notes: Memory | None = None,
    now: datetime = NOW,
    options: Mapping[str, str] = MappingProxyType({}),
) -> MailConnection:
    account = Account("service", "mail", house.USER, server=server.url, options=options)
    allowed = {server.host_port, options.get("smtp", "").partition("://")[2]}
    around = Surroundings(Web(allowed_hosts=frozenset(allowed)), SetClock(now), no_media, notes=notes or Memory())
    return connect(account, token, around)


@pytest.fixture
def relay(box: MailHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server with STARTTLS that takes every password; both servers' certificates are trusted."""
    with run_smtp(tmp_path, authenticator=_everybody) as server:
        both = tmp_path / "both.pem"
        both.write_bytes(box.authority.read_bytes() + server.authority.read_bytes())
        monkeypatch.setenv("SSL_CERT_FILE", str(both))
        yield server


def answering(box: MailHouse, relay: MailServer, **options: str) -> tuple[Account, MailConnection]:
    """The account that answers through `relay`, and its line."""
    told = {"smtp": relay.url, "from": "Nordlicht Kaffee <service@nordlicht.example.com>"} | options
    return Account("service", "mail", house.USER, server=box.url, options=told), open_line(box, options=told)


def _everybody(*_asked: object) -> AuthResult:
    return AuthResult(success=True)


def heard(line: MailConnection, since: datetime | None = None) -> list[str]:
    return [message.remote_id for message in line.listen(since, ())]


def answer_to(message: Message, account: Account, text: str = "Morgen.\n\n.Punkt") -> Intent:
    rendition = NETWORK.render_answer(
        replace(text_draft(text, NETWORK), account=account, values=account.options, language="de"), message
    )
    return Intent(KEY, account, rendition, 0, "", action=Action.ANSWER, target=message.remote_id, answers=message)


@pytest.mark.parametrize(
    ("encryption", "mechanisms"), [("tls", "plain login"), ("starttls", "plain"), ("none", "plain")]
)
def test_a_mailbox_is_heard(encryption: str, mechanisms: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Encrypted from the beginning, by STARTTLS, and on this very machine without: the oldest mail first, and unread stays."""
    with run_imap(encryption, mechanisms=mechanisms) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        server.put(mail(2), NOW - timedelta(hours=1))
        server.put(mail(1, "Größe"), NOW - timedelta(hours=2))
        line = open_line(server)
        assert isinstance(line, Listening)
        assert isinstance(line, Identified)
        assert isinstance(line, Admitting)
        first, second = line.listen(None, ())
        assert (first.remote_id, second.remote_id) == ("<m1@example.org>", "<m2@example.org>")
        assert (first.at, first.kind, first.author) == (NOW - timedelta(hours=2), MessageKind.DIRECT, "eva@example.org")
        assert (first.subject, first.text, first.name) == ("Größe", "Wann kommt es? (1)", "Eva Muster")
        assert all("\\Seen" not in flags for flags in server.flags())
        assert line.unheard() == ""


def test_a_folder_of_sent_mails_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of another name and without a mark; once it is named, answers are heard."""
    with run_imap(sent="Raus", special=False) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        server.put(mail(2, "Re: Paket", "In-Reply-To: <m1@example.org>\r\n"), NOW, "Raus")
        line = open_line(server)
        assert heard(line) == []
        assert "sent = " in line.unheard()
        named = open_line(server, options={"sent": "Raus"})
        assert heard(named) == ["<m2@example.org>"]
        assert named.unheard() == ""


def test_what_was_heard_does_not_come_again_for_ever(box: MailHouse) -> None:
    """Each mail comes at least once; two rounds later only what arrived in the last hour is asked for again."""
    notes, now = Memory(), NOW
    box.put(mail(1), LONG_AGO)
    assert heard(open_line(box, notes=notes)) == ["<m1@example.org>"]
    since = now
    for _round in range(3):
        now += timedelta(minutes=5)
        found = heard(open_line(box, notes=notes, now=now), since)
        since = now
    assert found == []


def test_an_old_mail_that_is_moved_into_the_inbox_is_heard(box: MailHouse) -> None:
    """Out of the spam, twenty days old: its UID is new, its date is not."""
    notes, since = Memory(), NOW
    box.put(mail(1), LONG_AGO)
    for minutes in (0, 5, 10):
        heard(open_line(box, notes=notes, now=NOW + timedelta(minutes=minutes)), since if minutes else None)
        since = NOW + timedelta(minutes=minutes)
    box.put(mail(2), LONG_AGO)
    assert "<m2@example.org>" in heard(open_line(box, notes=notes, now=NOW + timedelta(minutes=15)), since)


def test_who_is_killed_before_storing_hears_it_again(box: MailHouse) -> None:
    """A round that was heard to the end and never stored: without a later `since` its mails come again, moved ones too."""
    notes = Memory()
    box.put(mail(1), LONG_AGO)
    heard(open_line(box, notes=notes))
    box.put(mail(2), LONG_AGO)
    for minutes in (5, 10, 15):  # killed each time: the cursor stays where it was
        assert "<m2@example.org>" in heard(open_line(box, notes=notes, now=NOW + timedelta(minutes=minutes)), None)


def test_new_uids_after_a_rebuild_lose_nothing(box: MailHouse) -> None:
    """Another UIDVALIDITY: what is noted is worth nothing, the dates still are; ids are those of the mails, not UIDs."""
    notes = Memory({"mail heard INBOX": '{"validity": 1, "sure": 999, "likely": 0, "at": ""}'})
    box.put(mail(1), NOW - timedelta(minutes=5))
    assert heard(open_line(box, notes=notes), NOW - timedelta(minutes=10)) == ["<m1@example.org>"]


def test_our_answers_from_anywhere_are_heard_as_ours(box: MailHouse) -> None:
    """What somebody answered in their mail program lies among the sent mails; what answers nothing is no message."""
    box.put(mail(1), NOW - timedelta(hours=2))
    box.put(mail(2, "Re: Paket", "In-Reply-To: <m1@example.org>\r\n"), NOW - timedelta(hours=1), "Sent")
    box.put(mail(3, "Werbung"), NOW - timedelta(minutes=30), "Sent")
    first, second = open_line(box).listen(None, ())
    assert (first.remote_id, first.own) == ("<m1@example.org>", False)
    assert (second.remote_id, second.own, second.answers) == ("<m2@example.org>", True, "<m1@example.org>")


def test_nobody_passes_their_mail_for_ours(box: MailHouse) -> None:
    """A mail to us under the id of an answer of ours is left out: it would replace what we wrote."""
    forged = mail(1).replace(b"<m1@example.org>", message_id(KEY, "nordlicht.example.com").encode())
    box.put(forged, NOW)
    assert heard(open_line(box)) == []


def test_an_answer_arrives_and_its_copy_lies_among_the_sent(box: MailHouse, relay: MailServer) -> None:
    """Headers lead to the mail that is answered; the id is the intent's; the copy is heard as ours and proves it is out."""
    account, line = answering(box, relay)
    box.put(mail(1, "AW: Größe", "References: <m0@example.org>\r\n"), NOW)
    (message,) = line.listen(None, ())
    intent = answer_to(message, account)
    answer = line.send(intent)
    identity = message_id(KEY, "nordlicht.example.com")
    assert (answer.outcome, answer.remote_id, answer.reason) == (Outcome.ACCEPTED, identity, "")
    sent = relay.mail()
    wanted = {
        "From": "Nordlicht Kaffee <service@nordlicht.example.com>",
        "To": "Eva Muster <eva@example.org>",
        "Subject": "Re: Größe",
        "Message-ID": identity,
        "In-Reply-To": "<m1@example.org>",
        "References": "<m0@example.org> <m1@example.org>",
        "Content-Language": "de",
    }
    assert {name: str(sent[name]) for name in wanted} == wanted
    assert sent.get_content_type() == "text/plain"
    assert sent.get_content().replace("\r\n", "\n") == "Morgen.\n\n.Punkt\n"
    assert relay.mails[0].rcpt_tos == ["eva@example.org"]
    (copy,) = box.mails("Sent")
    assert message_from_bytes(copy)["Message-ID"] == identity
    assert "\\Seen" in box.flags("Sent")[0]
    _theirs, ours = line.listen(None, ())
    assert (ours.own, ours.remote_id, ours.text) == (True, identity, "Morgen.\n\n.Punkt")
    assert line.find(intent).presence is Presence.FOUND
    assert line.find(replace(intent, key="another")).presence is Presence.UNCLEAR


def test_a_copy_that_is_there_is_not_put_again(box: MailHouse, relay: MailServer) -> None:
    """Servers that keep sent mails themselves: one copy."""
    account, line = answering(box, relay)
    box.put(mail(1), NOW)
    (message,) = line.listen(None, ())
    for _time in range(2):
        assert line.send(answer_to(message, account)).outcome is Outcome.ACCEPTED
    assert len(box.mails("Sent")) == 1


def test_a_lost_answer_to_the_final_dot_is_unknown(box: MailHouse, relay: MailServer) -> None:
    """Nobody knows, so nothing is copied, and that there is no copy proves nothing."""
    account, line = answering(box, relay)
    relay.answers["DOT"] = HANG_UP
    intent = answer_to(Message("<m1@example.org>", "service", MessageKind.DIRECT, "eva@example.org", "?", NOW), account)
    assert line.send(intent).outcome is Outcome.UNKNOWN
    assert box.mails("Sent") == []
    assert line.find(intent).presence is Presence.UNCLEAR


def test_an_answer_that_is_out_stays_out_without_its_copy(box: MailHouse, relay: MailServer) -> None:
    """A folder that does not exist: accepted all the same, and why there is no copy is said."""
    account, line = answering(box, relay, sent="Nirgends")
    message = Message("<m1@example.org>", "service", MessageKind.DIRECT, "eva@example.org", "?", NOW)
    answer = line.send(answer_to(message, account))
    assert answer.outcome is Outcome.ACCEPTED
    assert "without a copy" in answer.reason
    assert len(relay.mails) == 1


@pytest.mark.parametrize(
    ("author", "automatic"),
    [
        ("noreply@shop.example", False),
        ("no-reply+12@shop.example", False),
        ("bounces-12@list.example", False),
        ("MAILER-DAEMON@mx.example", False),
        ("nicht-antworten@shop.example", False),
        ("eva@example.org", True),
        ("Service@nordlicht.example.com", False),
        ("", False),
    ],
)
def test_machines_and_ourselves_are_never_answered(author: str, automatic: bool) -> None:
    """RFC 3834: refused before any line is opened."""
    account = Account(
        "service", "mail", house.USER, server="imaps://localhost:1", options={"smtp": "smtps://localhost:1"}
    )
    line = connect(account, TOKEN, Surroundings(Web(), SetClock(NOW), no_media))
    message = Message("<m1@x.example>", "service", MessageKind.DIRECT, author, "?", NOW, automatic=automatic)
    assert line.send(answer_to(message, account)).outcome is Outcome.REFUSED


def test_a_post_is_refused(box: MailHouse) -> None:
    """A mailbox is no place to publish."""
    account = Account("service", "mail", house.USER, server=box.url)
    rendition = NETWORK.render(text_draft("Hallo", NETWORK))
    answer = open_line(box).send(Intent(KEY, account, rendition, 0, ""))
    assert answer.outcome is Outcome.REFUSED
    assert "nothing is published there" in answer.reason


def test_a_wrong_password_locks_out_and_is_not_repeated(box: MailHouse) -> None:
    """The account waits for somebody who signs in; the password stands in no message."""
    line = open_line(box, f"{house.USER}:falsch-und-geheim")
    with pytest.raises(NotToldError, match="does not accept the password") as told:
        heard(line)
    assert told.value.answer.locked_out
    assert "falsch" not in str(told.value)
    with pytest.raises(NotBegunError):
        line.check_identity()


def test_a_certificate_of_nobody_is_refused(running: MailHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """No password goes over a line whose other end nobody vouches for."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with pytest.raises(WebError, match="nobody known here vouches"):
        heard(open_line(running))


def test_a_server_that_is_not_there_is_named_with_its_ports() -> None:
    """Refused, with the two usual ports of mailboxes."""
    nowhere = MailHouse("imaps://localhost:1", 1, Path(), Path())
    with pytest.raises(NetworkError, match=r"imap://localhost:143.*imaps://localhost:993"):
        heard(open_line(nowhere))


def test_an_address_inside_the_network_needs_a_name_in_the_settings(box: MailHouse) -> None:
    """The guard of every other connection holds here, too."""
    account = Account("service", "mail", house.USER, server=box.url)
    line = connect(account, TOKEN, Surroundings(Web(), SetClock(NOW), no_media))
    with pytest.raises(WebError, match="not on the public internet"):
        heard(line)


@pytest.mark.parametrize(
    ("server", "token", "options", "complaint"),
    [
        ("", TOKEN, {}, "needs its mailbox"),
        ("https://mail.example.com", TOKEN, {}, "needs its mailbox"),
        ("imaps://mail.example.com", "nur-ein-wort", {}, "must be USER:PASSWORD"),
        ("imaps://mail.example.com", TOKEN, {"smtp": "mail.example.com"}, "smtp needs an address"),
        ("imaps://mail.example.com", TOKEN, {"from": "kein Absender"}, "is no mail address"),
    ],
)
def test_settings_that_cannot_work_are_refused(
    server: str, token: str, options: dict[str, str], complaint: str
) -> None:
    """Before anything is asked, with what is missing."""
    account = Account("service", "mail", house.USER, server=server, options=options)
    with pytest.raises(UsageError, match=complaint):
        connect(account, token, Surroundings(Web(), SetClock(NOW), no_media))
