"""Mails as programs write them, and as they break them: what stands in the message that is made of each."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import hypothesis
import hypothesis.strategies as st
import pytest

from toolkit.model import Message, MessageKind
from toolkit.networks.mail.body import LONGEST
from toolkit.networks.mail.reading import Raw, read_mail

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HEAD = b"From: =?utf-8?q?J=C3=B6rg?= <joerg@Example.COM>\r\nTo: service@nordlicht.example.com\r\n"


def read(mail: bytes, size: int = 0, *, own: bool = False) -> Message:
    return read_mail(Raw(mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), AT, size), "service", own=own)


def with_body(head: bytes, body: bytes) -> Message:
    return read(HEAD + b"MIME-Version: 1.0\r\n" + head + b"\r\n\r\n" + body)


def test_a_mail_is_a_direct_message() -> None:
    """Author, name, subject, moment, what it answers and its thread are those of the headers."""
    mail = (
        HEAD
        + b"Message-ID: <3@example.com>\nIn-Reply-To: <2@example.com>\nReferences: <1@example.com>\n <2@example.com>\n"
        b"Subject: =?iso-8859-1?q?Gr=FC=DFe?= aus =?utf-8?b?S8O2bG4=?=\n\nHallo\n"
    )
    assert read(mail) == Message(
        remote_id="<3@example.com>",
        channel="service",
        kind=MessageKind.DIRECT,
        author="joerg@example.com",
        text="Hallo",
        at=AT,
        answers="<2@example.com>",
        author_id="joerg@example.com",
        name="Jörg",
        thread="<1@example.com>",
        subject="Grüße aus Köln",
    )


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", "Größe: 5 €".encode()),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable", b"Gr=C3=B6=C3=9Fe: =\n5 =E2=82=AC"),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", b"R3LDtsOfZTogNSDigqw="),
        (b"Content-Type: text/plain; charset=windows-1252", "Größe: 5 €".encode("cp1252")),
        (b"Content-Type: text/plain; charset=ISO-8859-15", "Größe: 5 €".encode("iso-8859-15")),
        # What Windows writes and calls ISO-8859-1.
        (b"Content-Type: text/plain; charset=ISO-8859-1", "Größe: 5 €".encode("cp1252")),
        (b"Content-Type: text/plain; charset=klingonisch", "Größe: 5 €".encode()),
        (b"Content-Type: text/plain", "Größe: 5 €".encode("cp1252")),
        (b"Content-Type: text/html; charset=utf-8", "<p>Gr&ouml;ße: <b>5&nbsp;&euro;</b></p>".encode()),
    ],
)  # fmt: skip
def test_every_way_to_write_umlauts_is_read(head: bytes, body: bytes) -> None:
    """Charsets as they are named, as they are meant, and not named at all."""
    assert with_body(head, body).text.replace("\xa0", " ") == "Größe: 5 €"


def test_raw_bytes_in_headers_are_read() -> None:
    """Programs that code nothing: UTF-8 and Windows in a subject."""
    for charset in ("utf-8", "cp1252"):
        assert read(b"From: a@b.example\nSubject: " + "Größe".encode(charset) + b"\n\nx").subject == "Größe"


def test_flowed_lines_are_put_together() -> None:
    """RFC 3676: a blank at the end goes on, quotes of one depth stay apart from others, stuffing goes."""
    body = b"Das ist ein \nlanger Satz.\n> gefragt \n> war das\n From hier\n\n-- \nJ\xc3\xb6rg \nM."
    assert with_body(b"Content-Type: text/plain; charset=utf-8; format=flowed", body).text == (
        "Das ist ein langer Satz.\n> gefragt war das\nFrom hier"
    )
    split = with_body(b"Content-Type: text/plain; charset=utf-8; format=flowed; DelSp=yes", b"Kaffee \nbohne")
    assert split.text == "Kaffeebohne"


def test_a_page_becomes_text() -> None:
    """Paragraphs, lists and links are readable; styles, scripts and hidden lines are left out; nothing is run."""
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body><div style='display:none'>Vorschau<br><img></div>"
        "<p>Guten Tag,</p><p>zwei Fragen:<ul><li>Wann?<li>Wo?</ul>"
        "<a href='https://example.com/x'>hier</a> &amp; <a href='https://example.com'>https://example.com</a>"
        "<script>alert(1)</script><br>Danke<blockquote>Alt</blockquote></body></html>"
    )
    assert with_body(b"Content-Type: text/html; charset=utf-8", page.encode()).text == (
        "Guten Tag,\n\nzwei Fragen:\n\n- Wann?\n- Wo?\n\nhier <https://example.com/x> & https://example.com\nDanke\n\n[…]"
    )


def test_the_plain_text_of_two_is_read_and_files_are_named() -> None:
    """multipart/alternative inside multipart/mixed; names in RFC 2231 and in coded words; never a path, never opened."""
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("Nur Text")
    mail.add_alternative("<p>Mit <b>Fett</b></p>", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../../Rechnung März.pdf")
    mail.add_attachment("geheim", filename="notiz.txt")
    found = read(bytes(mail))
    assert (found.text, found.media) == ("Nur Text", ("Rechnung März.pdf", "notiz.txt"))
    coded = with_body(b'Content-Type: image/png; name="=?utf-8?q?T=C3=BCr=2Epng?="', b"x")
    assert coded.media == ("Tür.png",)


def test_a_mail_that_was_cut_says_so() -> None:
    """Only the beginning of a large mail is fetched: it is told that there is more."""
    (said,) = read(HEAD + b"\nHallo", size=25_000_000).media
    assert "25.0 MB" in said


def test_a_long_text_is_cut() -> None:
    """No mail fills the inbox."""
    assert len(read(HEAD + b"\n" + b"a" * 200_000).text) == LONGEST


def test_whoever_fills_in_a_form_is_the_author() -> None:
    """Where Reply-To names somebody else than the sender, that is who an answer goes to, and who is shown."""
    found = read(b"From: Formular <noreply@shop.example>\nReply-To: Eva Muster <eva@example.org>\n\nHallo")
    assert (found.author, found.name) == ("eva@example.org", "Eva Muster")


def test_a_comma_in_a_coded_name_makes_no_second_address() -> None:
    """Addresses are told apart before names are decoded."""
    found = read(b"From: =?utf-8?q?Muster=2C_Eva_=3Cboese=40example=2Ecom=3E?= <eva@example.org>\n\nx")
    assert (found.author, found.name) == ("eva@example.org", "Muster, Eva <boese@example.com>")


@pytest.mark.parametrize(
    "head",
    [
        b"Auto-Submitted: auto-replied (vacation)",
        b"Return-Path: <>",
        b"List-Id: <news.example.com>",
        b"Precedence: bulk",
        b"Content-Type: multipart/report; boundary=x",
        b"X-Autoreply: yes",
    ],
)
def test_what_a_machine_wrote_is_marked(head: bytes) -> None:
    """RFC 3834, lists and bounces; "no" is what people's programs may write."""
    assert read(HEAD + head + b"\n\nIch bin im Urlaub").automatic
    assert not read(HEAD + b"Auto-Submitted: no\n\nIch bin da").automatic
    assert read(b"From: Mail Delivery <MAILER-DAEMON@mx.example>\n\nx").automatic


@pytest.mark.parametrize(("action", "bounced"), [(b"failed", True), (b"delayed", False), (b"delivered", False)])
def test_a_mail_that_came_back_is_told_from_one_that_is_late(action: bytes, bounced: bool) -> None:
    """RFC 3464: the report's own word counts; without a report it is the program that brings them back."""
    report = (
        b"From: mailer-daemon@mx.example\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\n\n'
        b"--x\nContent-Type: text/plain\n\nSorry.\n--x\nContent-Type: message/delivery-status\n\n"
        b"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; max@x.example\nAction: " + action + b"\n--x--\n"
    )
    assert read(report).bounced is bounced
    assert read(report).automatic
    assert read(b"From: Mail Delivery <MAILER-DAEMON@mx.example>\n\nx").bounced
    assert not read(HEAD + b"Auto-Submitted: auto-replied (vacation)\n\nIch bin im Urlaub").bounced


def test_a_mail_without_an_id_gets_one_of_its_own() -> None:
    """Always the same for the same bytes, another one for others."""
    one, other = read(HEAD + b"\nHallo"), read(HEAD + b"\nHallo!")
    assert one.remote_id == read(HEAD + b"\nHallo").remote_id != other.remote_id
    assert one.thread == one.remote_id


def test_parts_within_parts_end_somewhere() -> None:
    """A mail of two thousand nested parts is a message."""
    mail = (
        HEAD
        + b"Subject: tief\n"
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(2000)
        )
    )
    found = read(mail)
    assert (found.author, found.subject) == ("joerg@example.com", "tief")


@hypothesis.given(st.binary(max_size=400), st.binary(max_size=300))
@hypothesis.settings(max_examples=300, deadline=None)
def test_whatever_comes_is_a_message(head: bytes, body: bytes) -> None:
    """Arbitrary bytes: nothing is raised, and everything can be stored as UTF-8 without control characters."""
    for mail in (head + b"\r\n\r\n" + body, HEAD + b"Subject: " + head + b"\r\n\r\n" + body):
        found = read_mail(Raw(mail, AT), "service")
        for text in (found.remote_id, found.author, found.name, found.subject, found.text, found.thread, *found.media):
            text.encode()
            assert "\0" not in text


NAMES = (
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "References",
    "Reply-To",
    "From",
    "Subject",
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["multipart/mixed; boundary=x", "text/html; charset=utf-16", "text/plain; charset*0*=utf-8''%41;charset*2=q",
         "base64", "attachment; filename*=utf-8'de'%FF%00a/b", "=?utf-8?b?!!!?= <a@b.c>", "<>", '"a <b@c.d>']
    ),
)  # fmt: skip


@hypothesis.given(st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6), st.text(max_size=300))
@hypothesis.settings(max_examples=300, deadline=None)
def test_whatever_headers_say_is_a_message(heads: list[tuple[str, str]], body: str) -> None:
    """Headers that exist with values that do not."""
    head = "\r\n".join(f"{name}: {value}" for name, value in heads)
    data = f"{head}\r\n\r\n--x\r\n{body}".encode("utf-8", "surrogatepass")
    found = read_mail(Raw(data, AT), "service")
    "".join((found.remote_id, found.author, found.name, found.subject, found.text, *found.media)).encode()
