"""The conversation with a mail server, line by line: what no well-behaved server does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.networks.connections.test_newsletter_server import make_letter, open_line
from tests.servers.smtp import MailServer, run_smtp
from toolkit.model import Outcome
from toolkit.networks.smtp import handing
from toolkit.networks.smtp.delivery import Login
from toolkit.networks.smtp.dialogue import BrokenLineError, Dialogue, Place, Reply, features

GREETING = {"": "220 hello", "EHLO": "250-hello\r\n250-AUTH PLAIN\r\n250 SIZE", "AUTH": "235 in"}
USUAL = {**GREETING, "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken"}


@contextmanager
def scripted(answers: dict[str, str]) -> Iterator[tuple[MailServer, list[str]]]:
    """A server that answers each command by its first word as the script says, and is silent where it says nothing."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, answers, heard))
        thread.start()
        try:
            yield MailServer(listener.getsockname()[1], "smtp", None), heard  # type: ignore[arg-type]  # no certificate
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _serve(listener: socket.socket, answers: dict[str, str], heard: list[str]) -> None:
    with suppress(OSError):
        peer, _address = listener.accept()
        with peer, peer.makefile("rwb", buffering=0) as line:
            line.write(answers[""].encode() + b"\r\n")
            in_letter = False
            while said := line.readline().decode().rstrip("\r\n") if not in_letter else _rest(line):
                word = said.split(" ", maxsplit=1)[0]
                heard.append(word)
                in_letter = word == "DATA" and answers.get("DATA", "").startswith("354")
                if word in answers:
                    line.write(answers[word].encode() + b"\r\n")


def _rest(line: socket.SocketIO) -> str:
    """The letter up to its final dot."""
    while (one := line.readline()) != b".\r\n":
        if not one:
            return ""
    return "."


def without(*steps: str) -> dict[str, str]:
    return {step: said for step, said in USUAL.items() if step not in steps}


def test_the_script_itself_takes_a_mail() -> None:
    """The scripted server is a server: with all answers the mail is accepted."""
    with scripted(USUAL) as (server, heard):
        assert open_line(server).send(make_letter(server)).outcome is Outcome.ACCEPTED
    assert heard == ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".", "QUIT"]


@pytest.mark.parametrize("step", ["EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
def test_a_silent_server_is_left_before_the_dot(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """No answer within the time: hung up, nothing is out, later."""
    monkeypatch.setattr(handing, "PREPARE", 0.3)
    with scripted(without(step)) as (server, heard):
        answer = open_line(server).send(make_letter(server))
    assert (answer.outcome, heard[-1]) == (Outcome.LATER, step)
    assert "timed out" in answer.reason


@pytest.mark.parametrize("said", ["", "354 what?", "200", "150 hm", "nonsense", "25"])
def test_no_clear_answer_to_the_dot_is_unknown(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """Silence, a code that means nothing here, half a line: the mail may be out; only 2xx says that it is."""
    monkeypatch.setattr(handing, "PATIENCE", 0.3)
    with scripted({**without("."), **({".": said} if said else {})}) as (server, _heard):
        answer = open_line(server).send(make_letter(server))
    assert answer.outcome is (Outcome.ACCEPTED if said == "200" else Outcome.UNKNOWN)


def test_what_was_said_before_encryption_does_not_count() -> None:
    """A reply that came too early, in the open, ends the conversation: nobody can slip one in."""
    greeting = {
        "": "220 hello",
        "EHLO": "250-hello\r\n250 STARTTLS",
        "STARTTLS": "220 go\r\n250-evil\r\n250 AUTH PLAIN",
    }
    with scripted(greeting) as (server, heard):
        answer = open_line(server).send(make_letter(server))
    assert answer.outcome is Outcome.LATER
    assert "spoke before it was encrypted" in answer.reason
    assert heard == ["EHLO", "STARTTLS"]


def test_the_other_way_to_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that offers LOGIN alone gets name and password one after the other."""
    with run_smtp(tmp_path, auth_exclude_mechanism=["PLAIN"]) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        assert open_line(server).send(make_letter(server)).outcome is Outcome.ACCEPTED
        assert server.signed_in == [True]


def test_a_password_that_the_server_repeats_is_not_passed_on() -> None:
    """In the clear, or coded as it was sent."""
    login = Login("wir", "streng geheim")
    for form in ("streng geheim", "c3RyZW5nIGdlaGVpbQ==", "AHdpcgBzdHJlbmcgZ2VoZWlt"):
        assert login.hide(f"no: {form}!") == "no: …!"
    assert "streng" not in repr(login)


def test_a_deadline_is_for_the_whole_conversation() -> None:
    """Time that is over is over before the next byte, whatever the server does."""
    left: list[float] = [5.0, 5.0, 0.0]
    take: Callable[[], float] = lambda: left.pop(0) if len(left) > 1 else left[0]  # noqa: E731  # a clock of one line
    with scripted(USUAL) as (server, _heard):
        dialogue = Dialogue(Place("localhost", server.port, ["127.0.0.1"]), take)
        assert dialogue.read() == Reply(220, "hello")
        with pytest.raises(BrokenLineError, match="out of time"):
            dialogue.ask("EHLO us")
        dialogue.close()


def test_the_next_address_is_tried() -> None:
    """A server with two addresses of which one does not answer is reached by the other."""
    with scripted(USUAL) as (server, _heard):
        dialogue = Dialogue(Place("localhost", server.port, ["127.0.0.2", "127.0.0.1"]), lambda: 5.0)
        assert dialogue.read().ok
        dialogue.close()
    with pytest.raises(BrokenLineError, match="refused"):
        Dialogue(Place("localhost", server.port, ["127.0.0.2"]), lambda: 5.0)


def test_extensions_are_read_whatever_their_case() -> None:
    """EHLO's lines behind the first, by keyword."""
    found = features(Reply(250, "mail.example.com\nsize 1000\nAUTH PLAIN LOGIN\nSTARTTLS\n8BITMIME "))
    assert found == {"SIZE": "1000", "AUTH": "PLAIN LOGIN", "STARTTLS": "", "8BITMIME": ""}
