"""Servers that are not asked over HTTP stand behind the same guard."""

import pytest

from toolkit.web import Blocked, NotSent, Web, host_port


def test_a_mail_servers_place_has_its_usual_port() -> None:
    """The port of smtps is 465, of smtp 587, unless the address says otherwise; other schemes are refused."""
    assert host_port("smtps://mail.example.com") == "mail.example.com:465"
    assert host_port("smtp://mail.example.com") == "mail.example.com:587"
    assert host_port("smtp://127.0.0.1:2525") == "127.0.0.1:2525"
    with pytest.raises(Blocked, match="only http, https, smtp, smtps, imap, imaps are allowed"):
        host_port("gopher://mail.example.com")


def test_only_an_accounts_own_mail_server_may_be_private() -> None:
    """A name that leads into the house is blocked, unless an account names that very host and port."""
    inside = Web(resolver=lambda _host, _port: ["10.0.0.5"])
    with pytest.raises(Blocked, match="not on the public internet"):
        inside.addresses("smtp://mail.example.com")
    named = Web(resolver=lambda _host, _port: ["10.0.0.5"], allowed_hosts=frozenset({"mail.example.com:587"}))
    assert named.addresses("smtp://mail.example.com") == ("10.0.0.5",)
    with pytest.raises(Blocked):
        named.addresses("smtp://mail.example.com:25")


def test_an_unknown_mail_server_was_not_written_to() -> None:
    """No address, nothing sent; and a web address stays the only thing that `request` takes."""

    def nobody(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(NotSent, match="is not known"):
        Web(resolver=nobody).addresses("smtps://mail.example.com")
    with pytest.raises(Blocked, match="only http and https"):
        Web().request("GET", "smtp://mail.example.com")
