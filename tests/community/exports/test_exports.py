"""Messages out of CSV, JSON lines and mbox: what is read, and what is said about what is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

import hypothesis
import hypothesis.strategies as st
import pytest

from toolkit.community.exports import Source, Taken, read_export
from toolkit.model import Message, MessageKind
from toolkit.settings import Account

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ACCOUNTS = {
    "instagram": Account("instagram", "instagram", "1784"),
    "service": Account("service", "mail", "Nordlicht <service@nordlicht.example.com>"),
}
CSV = "id;Datum;Von;Nachricht;Typ\n17;21.11.2026 10:02;@eva;Wann öffnet ihr?;Kommentar\n"
NONE: Mapping[str, str] = MappingProxyType({})


def take(data: str | bytes, account: str = "instagram", columns: Mapping[str, str] = NONE) -> Taken:
    source = Source(ACCOUNTS, "Europe/Berlin", NOW, account, columns)
    return read_export("in.dat", data.encode() if isinstance(data, str) else data, source)


def complaints(taken: Taken) -> list[str]:
    assert not taken.good
    return [str(problem) for problem in taken.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_csv_is_read_as_spreadsheets_write_it(encoding: str, mark: str) -> None:
    """German headers, wall time of the workspace, every usual encoding and separator; a preamble above is passed over."""
    text = ("Kommentare vom November\n" if mark != "," else "") + CSV.replace(";", mark)
    taken = take(text.encode(encoding))
    assert taken.good
    assert taken.messages == (
        Message(
            "17", "instagram", MessageKind.COMMENT, "@eva", "Wann öffnet ihr?", datetime(2026, 11, 21, 9, 2, tzinfo=UTC)
        ),
    )


def test_columns_of_strange_names_are_mapped() -> None:
    """--map wins over a header that is known."""
    text = "Zeitpunkt,Wer,Text,Inhalt2\n2026-11-21 10:02,@eva,intern,Hallo\n"
    assert not take(text).good
    (message,) = take(text, columns={"author": "Wer", "text": "Inhalt2"}).messages
    assert (message.author, message.text) == ("@eva", "Hallo")


def test_a_message_without_an_id_has_the_same_one_again() -> None:
    """Of the same person, moment and words; another word is another message."""
    text = "date,author,text\n2026-11-21 10:02,@eva,Hallo\n"
    (one,), (again,), (other,) = (take(one).messages for one in (text, text, text.replace("Hallo", "Hallo!")))
    assert one.remote_id == again.remote_id != other.remote_id
    assert one.remote_id.startswith("import:")


def test_what_is_wrong_in_a_csv_is_said_at_its_cell() -> None:
    """Line and column of the cell, and what to write instead."""
    text = (
        "date,author,text,kind,channel\n"
        "gestern,@eva,Hallo,comment,\n"
        "2026-11-21 10:02,,Hallo,comment,\n"
        "2026-11-21 10:02,@eva,Hallo,Brief,\n"
        "2026-11-21 10:02,@eva,Hallo,comment,myspace\n"
        "2026-11-23 10:02,@eva,Hallo,comment,\n"
        "2026-03-29 02:30,@eva,Hallo,comment,\n"
        "2026-11-21 10:02,@eva\n"
    )
    told = complaints(take(text))
    assert [one.split(" ", 1)[0] for one in told] == [
        "in.dat:2:1:", "in.dat:3:18:", "in.dat:4:29:", "in.dat:5:37:", "in.dat:6:1:", "in.dat:7:1:", "in.dat:8:1:",
    ]  # fmt: skip
    assert "2026-10-31 or 31.10.2026" in told[0]
    assert "add an offset" in told[5]


def test_a_file_without_the_columns_says_which() -> None:
    """And how to name them."""
    (told,) = complaints(take("date,author,words\n2026-11-21 10:02,@eva,Hallo\n"))
    assert "the column text is missing; " in told
    assert "--map text=COLUMN" in told


def test_whose_messages_they_are_has_to_be_said() -> None:
    """Of a file that names no account, without --account."""
    assert "name one with --account (instagram, service)" in complaints(take(CSV, account=""))[0]


def test_json_lines_are_read() -> None:
    """Numbers and truths are texts; what nobody asks for is passed over; private ones are private."""
    line = (
        '{"text": "Hallo", "at": "2026-11-21T10:02:00+01:00", "author": "@eva", "id": 17, "kind": "direct", "own": false,'
        ' "reach": 12, "channel": "instagram", "tags": ["x"]}\n\n'
    )
    (message,) = take("\ufeff" + line, account="").messages
    assert (message.remote_id, message.reach, message.private) == ("17", 12, True)
    assert message.at == datetime(2026, 11, 21, 9, 2, tzinfo=UTC)


def test_what_is_wrong_in_json_lines_is_said_at_its_place() -> None:
    """At the sign that is none of JSON, and at the key whose value is wrong."""
    text = '{"text": "Hallo"\n{"text": "Hallo", "at": "gestern", "author": "@eva"}\n[1]\n'
    told = complaints(take(text))
    assert [one.split(" ", 1)[0] for one in told] == ["in.dat:1:17:", "in.dat:2:19:", "in.dat:3:1:"]


MBOX = b"""From - Sat Nov 21 10:02:00 2026
From: Eva Muster <eva@example.org>
Date: Sat, 21 Nov 2026 10:02:00 +0100
Message-ID: <1@example.org>
Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=

Hallo
>From hier an
From der Mitte an

From - Sat Nov 21 11:02:00 2026
From: Service <service@nordlicht.example.com>
Date: Sat, 21 Nov 2026 11:02:00 +0100
Message-ID: <2@nordlicht.example.com>
In-Reply-To: <1@example.org>

Morgen.

From - Sat Nov 21 12:02:00 2026
From: service@nordlicht.example.com
Message-ID: <3@nordlicht.example.com>

Rundbrief
"""


def test_an_mbox_is_read_as_a_mailbox() -> None:
    """Quoted lines are themselves again; our answers are ours; what answers nobody is no message."""
    first, second = take(MBOX, account="service").messages
    assert (first.remote_id, first.subject, first.text) == (
        "<1@example.org>",
        "Größe",
        "Hallo\nFrom hier an\nFrom der Mitte an",
    )
    assert (second.own, second.answers, second.thread) == (True, "<1@example.org>", "<1@example.org>")
    assert take(MBOX.replace(b"\n", b"\r\n"), account="service").messages == (first, second)
    assert "--account" in complaints(take(MBOX, account=""))[0]


def test_a_mail_without_a_date_is_said_at_its_line() -> None:
    """The line of the mbox at which the mail begins."""
    broken = MBOX.replace(b"Date: Sat, 21 Nov 2026 11:02:00 +0100", b"Date: irgendwann").replace(
        b"From - Sat Nov 21 11:02:00 2026", b"From - Unsinn"
    )
    (told,) = complaints(take(broken, account="service"))
    assert told.startswith("in.dat:11:1: ")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"%PDF-1.7", b"\0\1\2", b"<html>", b"date,author,text\n"])
def test_a_file_without_messages_says_so(data: bytes) -> None:
    """Never a silent nothing."""
    assert complaints(take(data))


@hypothesis.given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: b"From - x\n" + text.encode("utf-8", "replace")),
        st.text(max_size=200).map(lambda text: b'{"text": "' + text.encode("utf-8", "replace")),
        st.text(max_size=200).map(lambda text: b"date,author,text\n" + text.encode("utf-8", "replace")),
    )
)
@hypothesis.settings(max_examples=200, deadline=None)
def test_whatever_stands_in_it_nothing_is_raised(data: bytes) -> None:
    """Messages or problems, and never neither."""
    taken = take(data, account="service")
    assert taken.messages or taken.problems or not taken.good
