"""The newsletter's line on a real mail server: what arrives, and what every failure at every step means."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.networks.connections.makers import attach, make_picture
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.smtp import HANG_UP, PASSWORD, USER, MailServer, run_smtp
from toolkit.dispatch.lease import Lease
from toolkit.errors import UsageError
from toolkit.model import Attachment, Outcome, Presence, SetClock
from toolkit.networks.answers import BUSY, SOON
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.filters import text_draft
from toolkit.networks.newsletter import NETWORK
from toolkit.networks.newsletter.connection import NewsletterConnection, connect
from toolkit.networks.smtp.letter import message_id
from toolkit.settings import Account
from toolkit.web import Web

NOW = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
KEY = "01JDK3V7Q2M8X4T6R9A0B1C2D3:::post:0"
PICTURE = make_picture()
MEDIA = {"media/tür 1.png": PICTURE}
OPTIONS = {
    "subject": "Tür 1 ist offen",
    "preheader": "Heute versandkostenfrei",
    "from": "Nordlicht Kaffee <post@nordlicht.example.com>",
    "reply_to": "hilfe@nordlicht.example.com",
    "unsubscribe": "https://nordlicht.example.com/abmelden?liste=1",
}
TEXT = "Hinter **Tür 1**: [Zum Shop](https://example.com/winter)\n\n.Punkt am Anfang\n\n- eins\n- zwei"


@pytest.fixture(params=["starttls", "tls"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server whose certificate is trusted, with STARTTLS and with TLS from the beginning."""
    with run_smtp(tmp_path, request.param) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
        yield running


def account_of(server: MailServer, **options: str) -> Account:
    """The account of the list; an option that is "" is left out."""
    kept = {name: value for name, value in {**OPTIONS, **options}.items() if value}
    return Account("mail", "newsletter", "Leserinnen <liste@nordlicht.example.com>", server=server.url, options=kept)


def make_letter(server: MailServer, text: str = TEXT, media: tuple[Attachment, ...] = (), **options: str) -> Intent:
    """An intent with the rendition that the renderer makes of `text`."""
    account = account_of(server, **options)
    draft = replace(text_draft(text, NETWORK), account=account, values=account.options, language="de")
    rendition = NETWORK.render(draft)
    if media:
        pictures = "".join(f'<img src="cid:medium-{number}@leitstand" alt="">' for number, _one in enumerate(media, 1))
        part = rendition.parts[0]
        html = part.html.replace("</body>", f"{pictures}</body>")
        rendition = replace(rendition, parts=(replace(part, attachments=media, html=html),))
    return Intent(KEY, account, rendition, 0, "")


def open_line(server: MailServer, token: str = f"{USER}:{PASSWORD}", web: Web | None = None) -> NewsletterConnection:
    web = web or Web(allowed_hosts=frozenset({server.host_port}))
    return connect(account_of(server), token, Surroundings(web, SetClock(NOW), MEDIA.__getitem__))


def test_a_mail_arrives_as_it_was_rendered(server: MailServer) -> None:
    """Headers, plain text, HTML and the picture inside it, read by the standard library; signed in, encrypted."""
    intent = make_letter(server, media=(attach("media/tür 1.png", PICTURE, "Tür"),))
    answer = open_line(server).send(intent)
    assert (answer.outcome, answer.reason) == (Outcome.ACCEPTED, "")
    assert answer.remote_id == message_id(KEY, "nordlicht.example.com")
    assert server.signed_in == [True]
    assert server.mails[0].mail_from == "post@nordlicht.example.com"
    assert server.mails[0].rcpt_tos == ["liste@nordlicht.example.com"]
    mail = server.mail()
    assert not mail.defects
    wanted = {
        "From": "Nordlicht Kaffee <post@nordlicht.example.com>",
        "Reply-To": "hilfe@nordlicht.example.com",
        "To": "Leserinnen <liste@nordlicht.example.com>",
        "Subject": "Tür 1 ist offen",
        "Message-ID": answer.remote_id,
        "List-Unsubscribe": "<https://nordlicht.example.com/abmelden?liste=1>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Language": "de",
    }
    assert {name: str(mail[name]) for name in wanted} == wanted
    assert mail["Date"].datetime == NOW
    assert mail.get_content_type() == "multipart/alternative"
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == intent.content.text + "\n"
    assert "\n.Punkt am Anfang\n" in intent.content.text  # a line that begins with a dot arrives with one dot
    page = mail.get_body(("html",))
    assert page is not None
    assert page.get_content().replace("\r\n", "\n") == intent.content.html
    (picture,) = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    assert picture["Content-ID"] == "<medium-1@leitstand>"
    assert picture.get_content() == PICTURE
    assert (picture.get_content_disposition(), picture.get_filename()) == ("inline", "tür 1.png")


def test_the_mail_is_ascii_for_every_server_on_the_way(server: MailServer) -> None:
    """No byte above 127 and no line over 998: a server without 8BITMIME passes it on unchanged."""
    assert open_line(server).send(make_letter(server, "ä" * 3000)).outcome is Outcome.ACCEPTED
    content = server.mails[0].content
    assert isinstance(content, bytes)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("step", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_before_the_dot_has_nothing(server: MailServer, step: str) -> None:
    """Whatever breaks before the final dot, nothing is out: the same mail goes out later."""
    server.answers[step] = HANG_UP
    line, intent = open_line(server), make_letter(server)
    answer = line.send(intent)
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + SOON)
    assert server.steps[-1] == step
    assert server.mails == []
    server.answers.clear()
    assert line.send(intent).outcome is Outcome.ACCEPTED
    assert len(server.mails) == 1


def test_a_lost_answer_to_the_dot_is_unknown(server: MailServer) -> None:
    """The server took the mail and hung up: nobody knows, and nobody can look."""
    server.answers["DOT"] = HANG_UP
    line, intent = open_line(server), make_letter(server)
    assert line.send(intent).outcome is Outcome.UNKNOWN
    assert len(server.mails) == 1
    assert line.find(replace(intent, first_tried_at=NOW)).presence is Presence.UNCLEAR


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("said", "outcome"),
    [("450 4.2.1 Bitte später", Outcome.LATER), ("550 5.7.1 Das wollen wir nicht", Outcome.REFUSED)],
)
def test_a_servers_no_is_in_its_own_words(server: MailServer, step: str, said: str, outcome: Outcome) -> None:
    """4xx at any step: later, in five minutes; 5xx: refused. Nothing is out either way."""
    said = said.encode("ascii", "replace").decode()  # aiosmtpd answers in ASCII
    server.answers[step] = said
    answer = open_line(server).send(make_letter(server))
    assert (answer.outcome, answer.reason) == (outcome, said)
    assert answer.retry_at == (NOW + BUSY if outcome is Outcome.LATER else None)
    assert server.mails == []


def test_a_wrong_password_locks_the_account_out_and_is_not_repeated(server: MailServer) -> None:
    """The server's words are passed on, the password is not, neither in the answer nor in what the line shows."""
    line = open_line(server, f"{USER}:falsches-wort")
    answer = line.send(make_letter(server))
    assert verdict(answer) == LOCKED
    assert answer.reason.startswith("the mail server does not accept the password of leitstand: 535")
    assert "falsches-wort" not in repr((answer, line, vars(line)))
    assert server.mails == []


def test_a_certificate_that_nobody_vouches_for_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with a certificate of its own making gets neither password nor mail."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with run_smtp(tmp_path) as server:
        answer = open_line(server).send(make_letter(server))
        assert answer.outcome is Outcome.LATER
        assert "certificate verify failed" in answer.reason.lower()
        assert (server.steps, server.mails) == (["EHLO"], [])


def test_a_server_without_encryption_gets_nothing_unless_it_is_this_machine(tmp_path: Path) -> None:
    """In the open only to the own machine; the same server under an outside address is refused before the password."""
    with run_smtp(tmp_path, "none") as server:
        assert open_line(server).send(make_letter(server)).outcome is Outcome.ACCEPTED
        outside = Web(resolver=lambda _host, _port: ["127.0.0.1", "192.0.2.1"], allowed_hosts={server.host_port})  # type: ignore[arg-type]  # a set is as good
        answer = open_line(server, web=outside).send(make_letter(server))
        assert answer.outcome is Outcome.REFUSED
        assert "offers no encryption" in answer.reason
        assert len(server.mails) == 1


def test_a_relay_that_asks_for_no_password(tmp_path: Path) -> None:
    """The token "-" stands for a server that lets this machine in."""
    with run_smtp(tmp_path, "none", auth_require_tls=True) as server:
        assert open_line(server, "-").send(make_letter(server)).outcome is Outcome.ACCEPTED
        answer = open_line(server).send(make_letter(server))
        assert "no way to sign in" in answer.reason


def test_a_mail_that_is_too_large_is_not_begun(tmp_path: Path) -> None:
    """The server says what it takes; the mail is held against it before it is written."""
    with run_smtp(tmp_path, "none", data_size_limit=2000) as server:
        answer = open_line(server).send(make_letter(server, "x" * 3000))
        assert answer.outcome is Outcome.REFUSED
        assert "the mail server takes 2000" in answer.reason
        assert "MAIL" not in server.steps


def test_who_slept_too_long_does_not_write(server: MailServer) -> None:
    """The lease is asked again right before DATA: over, and nothing is written."""
    clock = SetClock(NOW)
    lease = Lease(clock.elapsed, ends=10.0)
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        clock.seconds = 20.0 * (len(asked) - 1)
        return ["127.0.0.1"]

    web = Web(resolver=lease.guard(resolve), allowed_hosts=frozenset({server.host_port}))
    around = Surroundings(web, clock, MEDIA.__getitem__)
    resolve("first", 0)
    answer = connect(account_of(server), f"{USER}:{PASSWORD}", around).send(make_letter(server))
    assert answer.outcome is Outcome.LATER
    assert "DATA" not in server.steps
    assert server.mails == []


def test_an_inside_address_is_blocked_unless_the_account_names_it(server: MailServer) -> None:
    """A name that leads to this machine is not followed when no account names that server."""
    answer = open_line(server, web=Web()).send(make_letter(server))
    assert answer.outcome is Outcome.LATER
    assert "not on the public internet" in answer.reason
    assert server.steps == []


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"from": ""}, "needs the option from"),
        ({"from": "Nordlicht"}, "from: 'Nordlicht' is no mail address"),
        ({"reply_to": "a@b@c d"}, "reply_to: 'a@b@c d' is no mail address"),
        ({"unsubscribe": "http://offen.example.com"}, "neither an https:// address nor a mail address"),
        ({"unsubscribe": "https://a.example.com/>\r\nBcc: x@y.example"}, "neither an https:// address"),
    ],
)
def test_what_is_no_address_is_refused_before_anybody_is_asked(
    server: MailServer, options: dict[str, str], complaint: str
) -> None:
    """The sentence names the option; the server is not even connected to."""
    answer = open_line(server).send(make_letter(server, TEXT, (), **options))
    assert answer.outcome is Outcome.REFUSED
    assert complaint in answer.reason
    assert server.steps == []


def test_addresses_beyond_ascii_need_a_server_that_takes_them(tmp_path: Path) -> None:
    """With SMTPUTF8 the mail goes out with the address as it is; without, it is refused and says why."""
    for takes in (True, False):
        with run_smtp(tmp_path, "none", enable_SMTPUTF8=takes) as server:
            answer = open_line(server).send(
                make_letter(server, TEXT, (), **{"from": "Jörg <jörg@nordlicht.example.com>"})
            )
            assert answer.outcome is (Outcome.ACCEPTED if takes else Outcome.REFUSED), answer.reason
            assert len(server.mails) == takes
            assert takes or "SMTPUTF8" in answer.reason


def test_what_a_mail_cannot_do_is_said(server: MailServer) -> None:
    """No comment, no film, no correction, no calling back: refused with a sentence."""
    line, intent = open_line(server), make_letter(server)
    film = replace(attach("media/film.mp4", b"film", "Film"), kind="video")
    for answer in (
        line.send(replace(intent, action=Action.COMMENT)),
        line.send(make_letter(server, media=(film,))),
        line.edit("<x@y>", intent),
        line.delete("<x@y>"),
    ):
        assert answer.outcome is Outcome.REFUSED
        assert answer.reason.startswith("a mail ")
    assert line.counts(["<x@y>"]) == {}
    assert server.mails == []


@pytest.mark.parametrize(
    ("server_url", "token", "complaint"),
    [("https://mail.example.com", "a:b", "needs its mail server"), ("smtp://mail.example.com", "ab", "USER:PASSWORD")],
)
def test_an_account_without_server_or_password_is_not_opened(server_url: str, token: str, complaint: str) -> None:
    """The sentence says what to write, and not what was written."""
    account = Account("mail", "newsletter", "liste@example.com", server=server_url)
    with pytest.raises(UsageError, match=complaint):
        connect(account, token, Surroundings(Web(), SetClock(NOW), MEDIA.__getitem__))


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 400 Bad Request\r\n", b"22", b"220-" + b"x" * 9000, b"220-x\r\n" * 200]
)
def test_what_does_not_speak_smtp_gets_nothing(greeting: bytes) -> None:
    """A web server, half a line, an endless line, endless lines: later, and no word of ours was said."""
    heard: list[bytes] = []

    def answer_once(listener: socket.socket) -> None:
        connection, _address = listener.accept()
        with connection, suppress(OSError):  # whoever has heard enough may have hung up at any step
            connection.settimeout(5)
            connection.sendall(greeting)
            connection.shutdown(socket.SHUT_WR)
            heard.append(connection.recv(100))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_once, args=(listener,))
        thread.start()
        place = MailServer(listener.getsockname()[1], "smtp", Path())
        answer = open_line(place).send(make_letter(place))
        thread.join(10)
    assert answer.outcome is Outcome.LATER
    assert heard in ([b""], [])  # hung up, or hung up with half of it unread


def test_a_mail_of_the_same_post_has_the_same_message_id_and_another_one_another() -> None:
    """Made of the key alone, so that lists and readers' programs can tell a second copy."""
    assert message_id(KEY, "a.example") == message_id(KEY, "a.example")
    assert message_id(KEY + "1", "a.example") != message_id(KEY, "a.example")
