"""What a person is told when the line to a mail server cannot be encrypted: against real servers and certificates."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime

import pytest
import trustme

from toolkit.networks.smtp.dialogue import BrokenLineError, Dialogue, Place

PAST = datetime(2020, 1, 1, tzinfo=UTC)


@contextmanager
def listening(certificate: trustme.LeafCert | None) -> Iterator[int]:
    """The port of a server that encrypts from the beginning with `certificate`, or speaks in the open without one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, certificate))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _serve(listener: socket.socket, certificate: trustme.LeafCert | None) -> None:
    with suppress(OSError):
        peer, _address = listener.accept()
        with peer:
            peer.settimeout(5)
            if certificate is None:
                peer.sendall(b"220 hello\r\n")
                peer.recv(1000)
            else:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                certificate.configure_cert(context)
                context.wrap_socket(peer, server_side=True).close()


def complaint(port: int, context: ssl.SSLContext) -> str:
    """What is said when TLS begins at once at this port."""
    with closing(Dialogue(Place("mail.example.com", port, ["127.0.0.1"]), lambda: 5.0)) as line:
        with pytest.raises(BrokenLineError) as caught:
            line.start_tls(context)
        return str(caught.value)


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.mark.parametrize(
    ("name", "expired", "known", "words"),
    [
        ("other.example.com", False, True, "its certificate is not for mail.example.com; write the name"),
        ("mail.example.com", True, True, "its certificate has expired; who runs the server has to renew it"),
        ("mail.example.com", False, False, "with an authority of your own: SSL_CERT_FILE=ca.pem"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said_with_its_remedy(
    name: str, expired: bool, known: bool, words: str
) -> None:
    """Another name, too old, unknown: three complaints of Python's, three different things to do."""
    authority = trustme.CA()
    dates = {"not_before": PAST, "not_after": datetime(2020, 2, 1, tzinfo=UTC)} if expired else {}
    certificate = authority.issue_cert(name, **dates)  # type: ignore[arg-type]  # its own keywords
    with listening(certificate) as port:
        said = complaint(port, trusting(authority if known else trustme.CA()))
    assert said.startswith("mail.example.com: ")
    assert words in said


def test_a_port_that_begins_in_the_open_is_named_with_starttls() -> None:
    """smtps:// at a port for STARTTLS: the address to write instead stands in the message."""
    with listening(None) as port:
        assert f'server = "smtp://mail.example.com:{port}"' in complaint(port, ssl.create_default_context())


def test_where_nothing_listens_the_usual_ports_are_named() -> None:
    """A refused connection says which ports mail servers have."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(BrokenLineError, match=r"smtp://mail\.example\.com:587 \(STARTTLS\) and smtps://"):
        Dialogue(Place("mail.example.com", port, ["127.0.0.1"]), lambda: 5.0)
