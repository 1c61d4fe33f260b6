"""A report by mail: through a real mail server, to the people who are there, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.servers.smtp import MailServer, run_smtp
from toolkit.alerts.addresses import find_addresses
from toolkit.credentials import Secret
from toolkit.errors import UsageError
from toolkit.ledger import Ledger, LedgerPlace, ledger_path, notes_of, open_ledger
from toolkit.reports.files.gist import read_gist
from toolkit.reports.files.mailing import NOTES, Delivery, Fate, find_readers, send_mail, write_mail
from toolkit.settings import AlertPolicy, Settings
from toolkit.source import FolderTree
from toolkit.workspace import load_settings

# Apprise's mail loads a module of Python's that is on its way out.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)  # Tarek is away, Wiebke is his deputy


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    (tmp_path / "mail").mkdir()
    with run_smtp(tmp_path / "mail", "none") as running:
        yield running


@pytest.fixture
def team(report_folder: Path, server: MailServer) -> Settings:
    settings, problems = load_settings(FolderTree(report_folder.parents[3]))
    assert problems == []
    return replace(settings, alerts=AlertPolicy(relay=server.url, sender="leitstand@example.com"))


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    with open_ledger(LedgerPlace(ledger_path(folder)), now=NOW) as ledger:
        yield ledger


def send(folder: Path, team: Settings, *, at: datetime = NOW, again: bool = False) -> list[Delivery]:
    """What `leitstand report --mail` does, in a process of its own each time."""
    addresses = find_addresses(team, {})
    mail = write_mail(folder, folder.parents[3], team)
    with opened(folder.parents[2]) as ledger:
        memory = notes_of(ledger, NOTES, lambda: at)
        return send_mail(mail, find_readers(team, at, addresses), addresses, memory, at, again=again)


def read(server: MailServer, at: int = 0) -> EmailMessage:
    server_of_one = replace(server, mails=[server.mails[at]])
    return server_of_one.mail()


def test_the_summary_is_in_the_mail_and_the_pdf_with_it(
    report_folder: Path, team: Settings, server: MailServer
) -> None:
    """Text and HTML say the same, with the stage, the sentences and a link; the attachment is the report's PDF."""
    assert send(report_folder, team) == [Delivery("wiebke", Fate.SENT), Delivery("ines", Fate.SENT)]
    message = read(server)
    assert message["Subject"] == "[Probe & Söhne] Monthly report October 2026 (provisional)"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    for body in (text.get_content(), html.get_content().replace("&amp;", "&")):
        assert "Provisional: it waits for the counts of X." in body
        assert "All & well." in body
        assert "https://site.example.com/reports/monthly/2026-10/" in body
    assert '<div lang="en"' in html.get_content()
    assert "<" not in text.get_content(), "no markup of the HTML gets into the text"
    assert "color:" not in html.get_content(), "light and dark are the mail program's"
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "monthly-2026-10.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == (report_folder / "monthly-2026-10.pdf").read_bytes()


def test_deputies_read_for_the_absent_and_nobody_twice(report_folder: Path, team: Settings, server: MailServer) -> None:
    """Two managers are one reader while one is away; whoever has no address is passed over."""
    assert find_readers(team, NOW, find_addresses(team, {})) == ("wiebke", "ines")
    send(report_folder, team)
    assert sorted(mail.rcpt_tos[0] for mail in server.mails) == ["ines@example.com", "wiebke@example.com"]


def test_a_stage_is_sent_once_and_the_next_one_again(report_folder: Path, team: Settings, server: MailServer) -> None:
    """However often it is run, also by another machine; the final report is another message."""
    send(report_folder, team)
    later = NOW + timedelta(hours=5)
    assert {one.fate for one in send(report_folder, team, at=later)} == {Fate.BEFORE}
    assert len(server.mails) == 2
    mail = write_mail(report_folder, report_folder.parents[3], team)
    assert mail.key == "monthly 2026-10 provisional"
    addresses = find_addresses(team, {})
    with opened(report_folder.parents[2]) as ledger:
        final = replace(mail, key="monthly 2026-10 final")
        done = send_mail(final, ["ines"], addresses, notes_of(ledger, NOTES, lambda: later), later)
    assert done == [Delivery("ines", Fate.SENT)]
    assert len(server.mails) == 3


def test_what_was_refused_is_tried_again(report_folder: Path, team: Settings, server: MailServer) -> None:
    """A server that takes nothing costs nobody the report; the reason holds no address."""
    server.answers["RCPT"] = "550 no such user"
    failed = send(report_folder, team)
    assert [one.fate for one in failed] == [Fate.FAILED, Fate.FAILED]
    assert all(one.why and "@" not in one.why and "localhost" not in one.why for one in failed)
    server.answers.clear()
    assert {one.fate for one in send(report_folder, team, at=NOW + timedelta(hours=1))} == {Fate.SENT}


def test_a_process_that_died_while_sending_is_not_repeated(
    report_folder: Path, team: Settings, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows whether the message arrived: it is not sent again until a person says so."""

    def die(*_args: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("toolkit.reports.files.mailing.send_letter", die)
        with pytest.raises(KeyboardInterrupt):
            send(report_folder, team)
    later = NOW + timedelta(days=1)
    assert [(one.person, one.fate) for one in send(report_folder, team, at=later)] == [
        ("wiebke", Fate.DOUBTFUL),
        ("ines", Fate.SENT),
    ]
    assert [one.fate for one in send(report_folder, team, at=later, again=True)] == [Fate.SENT, Fate.BEFORE]
    assert len(server.mails) == 2


def test_of_two_machines_one_sends(report_folder: Path, team: Settings, server: MailServer) -> None:
    """Whoever finds the note changed under their hands leaves it to the other."""
    addresses: dict[str, Secret] = find_addresses(team, {})
    mail = write_mail(report_folder, report_folder.parents[3], team)
    with opened(report_folder.parents[2]) as ledger:
        notes = notes_of(ledger, NOTES, lambda: NOW)

        class Slow:
            """Reads before the other machine has written, and writes after it."""

            def read(self, name: str) -> str:
                found = notes.read(name)
                notes.swap(name, found, "sending elsewhere")
                return found

            def swap(self, name: str, before: str, value: str) -> bool:
                return notes.swap(name, before, value)

        assert send_mail(mail, ["ines"], addresses, Slow(), NOW) == [Delivery("ines", Fate.DOUBTFUL)]
    assert server.mails == []


def test_nobody_to_write_to_is_said(report_folder: Path, team: Settings) -> None:
    """Without names, and with names that cannot be reached, the sentence says what to write where."""
    nobody = replace(team, reports=replace(team.reports, mail=()))
    with pytest.raises(UsageError, match="nobody gets reports by mail"):
        find_readers(nobody, NOW, {})
    with pytest.raises(UsageError, match="none of manager, ines, mai has an alert address"):
        find_readers(team, NOW, {})


def test_a_report_of_somebodys_own_has_a_gist_too() -> None:
    """Without a summary the first sentences stand for it."""
    html = "<h1>Own</h1><main><p>One &amp; two.</p><p></p><p>Three.</p></main><footer><p>Made by.</p></footer>"
    gist = read_gist(html)
    assert (gist.heading, gist.stage, gist.sentences) == ("Own", "", ("One & two.", "Three."))
