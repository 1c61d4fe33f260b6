"""A mailbox over IMAP (RFC 3501), looked at without changing it: EXAMINE and BODY.PEEK leave unread what is unread.

The standard library's client, on a line to the address that was checked, verified by name, within one deadline.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, Protocol

from toolkit.messages import _
from toolkit.networks.answers import NotToldError, locked_out
from toolkit.networks.mail.reading import Raw
from toolkit.networks.smtp.delivery import Login
from toolkit.networks.smtp.dialogue import Place
from toolkit.networks.smtp.remedy import IMAP, remedy
from toolkit.values import dataclass
from toolkit.web import WebError

LARGEST: Final = 1_000_000  # bytes of one mail that are fetched; texts come first, attachments behind them
MOST_BYTES: Final = 20_000_000  # of one answer
AT_ONCE: Final = 500  # mails in one question about dates
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# How programs call the folder of sent mails where the server does not say which it is (RFC 6154).
SENT: Final = ("Sent", "INBOX.Sent", "Sent Items", "Sent Messages", "Gesendet", "Gesendete Objekte", "INBOX.Gesendet")
_UID: Final = re.compile(rb"\bUID (\d{1,10})")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d{1,12})")
_DATE: Final = re.compile(
    rb'\bINTERNALDATE "([ \d]\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"'
)
_FOLDER: Final = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) "?(?P<name>[^"\r\n]+)"?')


class BoxError(WebError):
    """The mailbox could not be reached, hung up, was too slow, or said no."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the server knows about a mail without its content."""

    uid: int
    at: datetime  # aware, UTC: when it arrived
    size: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that was opened: `validity` is another number when its UIDs are worth nothing any more."""

    name: str
    validity: int
    next_uid: int


@dataclass(frozen=True, slots=True)
class Safety:
    """How the line is encrypted: from the beginning (`implicit`), or by STARTTLS, a must unless `optional`."""

    context: Callable[[], ssl.SSLContext]
    implicit: bool = True
    optional: bool = False


class Box(Protocol):
    """What is asked of a mailbox. Every method raises `BoxError`."""

    def open(self, folder: str) -> Folder:
        """Look into a folder; nothing in it changes."""

    def sent_folder(self) -> str:
        """The folder of sent mails; "" where there is none."""

    def uids(self, *criteria: str) -> list[int]:
        """The mails of the open folder that match (RFC 3501, 6.4.4)."""

    def entries(self, uids: Iterable[int]) -> list[Entry]:
        """When they arrived and how large they are; one that is gone is left out."""

    def fetch(self, entry: Entry) -> Raw | None:
        """The mail, or its beginning; None when it is gone."""

    def append(self, folder: str, data: bytes, at: datetime) -> None:
        """Put a mail into a folder, as read."""


class _Line(imaplib.IMAP4):
    """The library's client on our own socket, within our own deadline and bounds."""

    def __init__(self, place: Place, safety: Safety, left: Callable[[], float]) -> None:
        self._place, self._safety, self._left = place, safety, left
        super().__init__(place.host, place.port)

    def _create_socket(self, timeout: float | None) -> socket.socket:  # noqa: ARG002  # our deadline is ours
        failure: OSError = OSError("no address")
        for address in self._place.addresses:
            try:
                found = socket.create_connection((address, self._place.port), timeout=self.seconds())
            except OSError as error:
                failure = error
                continue
            if self._safety.implicit:
                return self._safety.context().wrap_socket(found, server_hostname=self._place.host)
            return found
        raise failure

    def read(self, size: int) -> bytes:
        if size > MOST_BYTES:
            raise self.abort(_("the server answered with more than {limit} bytes").format(limit=MOST_BYTES))
        self.sock.settimeout(self.seconds())
        return super().read(size)

    def readline(self) -> bytes:
        self.sock.settimeout(self.seconds())
        return super().readline()

    def seconds(self) -> float:
        """How long there is."""
        left = self._left()
        if left <= 0:
            raise TimeoutError(_("out of time"))
        return left


class ImapBox:
    """See `Box`. Close it."""

    def __init__(self, line: _Line, place: Place) -> None:
        self._line = line
        self._place = place
        self._opened = ""
        self._folder: Folder | None = None

    def open(self, folder: str) -> Folder:
        if self._folder is not None and self._opened == folder:
            return self._folder
        with _told(self._place):
            self._must(self._line.select(quoted(folder), readonly=True))
            found = Folder(folder, self._number("UIDVALIDITY"), self._number("UIDNEXT"))
        self._opened, self._folder = folder, found
        return found

    def sent_folder(self) -> str:
        with _told(self._place):
            answer = self._must(self._line.list())
        found = [match for row in answer if isinstance(row, bytes) and (match := _FOLDER.match(row))]
        names = {match["name"].decode("ascii", "replace"): match["flags"].lower() for match in found}
        marked = (name for name, flags in names.items() if b"\\sent" in flags.split())
        return next(marked, "") or next((name for name in SENT if name in names), "")

    def uids(self, *criteria: str) -> list[int]:
        with _told(self._place):
            answer = self._must(self._line.uid("SEARCH", *criteria))
        return sorted({int(word) for row in answer if isinstance(row, bytes) for word in row.split() if word.isdigit()})

    def entries(self, uids: Iterable[int]) -> list[Entry]:
        wanted, found = sorted(set(uids)), []
        for start in range(0, len(wanted), AT_ONCE):
            names = ",".join(map(str, wanted[start : start + AT_ONCE]))
            with _told(self._place):
                answer = self._must(self._line.uid("FETCH", names, "(UID INTERNALDATE RFC822.SIZE)"))
            found += [entry for row in answer if isinstance(row, bytes) and (entry := _entry(row))]
        return found

    def fetch(self, entry: Entry) -> Raw | None:
        with _told(self._place):
            answer = self._must(self._line.uid("FETCH", str(entry.uid), f"(UID BODY.PEEK[]<0.{LARGEST}>)"))
        data = next((row[1] for row in answer if isinstance(row, tuple) and len(row) > 1), None)
        return Raw(data, entry.at, entry.size) if isinstance(data, bytes) else None

    def append(self, folder: str, data: bytes, at: datetime) -> None:
        with _told(self._place):
            self._must(self._line.append(quoted(folder), "(\\Seen)", imaplib.Time2Internaldate(at), data))

    def close(self) -> None:
        """Say goodbye, whatever becomes of it."""
        with suppress(imaplib.IMAP4.error, OSError):
            self._line.logout()

    def _must(self, answer: tuple[str, list[object]] | tuple[str, object]) -> list[object]:
        kind, rows = answer
        found = list(rows) if isinstance(rows, list) else [rows]
        if kind != "OK":
            said = b" ".join(row for row in found if isinstance(row, bytes)).decode("utf-8", "replace")
            raise BoxError(f"{self._place.host}: {said or kind}")
        return found

    def _number(self, name: str) -> int:
        _kind, rows = self._line.response(name)
        word = rows[0] if rows else b""
        return int(word) if isinstance(word, bytes) and word.isdigit() else 0


def enter(place: Place, login: Login, safety: Safety, left: Callable[[], float], now: datetime) -> ImapBox:
    """The mailbox at `place`, signed in. Raises `BoxError`, and `NotToldError` when the server does not let us in."""
    with _told(place, encrypted=safety.implicit):
        line = _Line(place, safety, left)
    try:
        with _told(place, encrypted=True):
            _encrypt(line, safety)
        _sign_in(line, login, now, place)
    except Exception:
        with suppress(imaplib.IMAP4.error, OSError):
            line.shutdown()
        raise
    return ImapBox(line, place)


def quoted(name: str) -> str:
    """A folder's name as IMAP writes it; raises `BoxError` for signs that would end it."""
    if not name.isascii() or not name.isprintable():
        message = _("{name!r}: write the folder as the server names it, in ASCII")
        raise BoxError(message.format(name=name))
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def day(moment: datetime) -> str:
    """A day as SEARCH takes it, in English whatever the machine speaks."""
    return f"{moment.day:02d}-{MONTHS[moment.month - 1]}-{moment.year}"


def _encrypt(line: _Line, safety: Safety) -> None:
    if safety.implicit:
        return
    if "STARTTLS" in line.capabilities:
        line.starttls(safety.context())
    elif not safety.optional:
        raise BoxError(
            _(
                "the mail server offers no encryption (STARTTLS); no password is sent in the open; if it encrypts from"
                " the beginning, write imaps:// into server"
            )
        )


def _sign_in(line: _Line, login: Login, now: datetime, place: Place) -> None:
    coded = f"\0{login.user}\0{login.password}".encode()
    try:
        if "AUTH=PLAIN" in line.capabilities:
            line.authenticate("PLAIN", lambda _challenge: coded)
        else:
            line.login(login.user, login.password)
    except imaplib.IMAP4.abort as error:
        raise BoxError(f"{place.host}: {login.hide(_words(error))}") from None
    except imaplib.IMAP4.error as error:
        words = _("the mail server does not accept the password of {user}: {said}")
        told = words.format(user=login.user, said=login.hide(_words(error)))
        raise NotToldError(locked_out(told, now)) from None
    except (OSError, UnicodeError) as error:
        raise BoxError(f"{place.host}: {login.hide(str(error))}") from None


@contextmanager
def _told(place: Place, *, encrypted: bool = True) -> Iterator[None]:
    """Whatever the library raises, as `BoxError` with a remedy."""
    try:
        yield
    except (imaplib.IMAP4.error, OSError, EOFError, ValueError) as error:
        advice = remedy(error, place.host, place.port, encrypted=encrypted, family=IMAP)
        raise BoxError(f"{place.host}: {_words(error)}" + (f"; {advice}" if advice else "")) from error


def _words(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)


def _entry(row: bytes) -> Entry | None:
    uid, size, found = _UID.search(row), _SIZE.search(row), _DATE.search(row)
    at = _moment(found) if found else None
    return Entry(int(uid[1]), at, int(size[1]) if size else 0) if uid and at else None


def _moment(found: re.Match[bytes]) -> datetime | None:
    numbers = [int(found[group]) for group in (3, 1, 4, 5, 6, 8, 9)]
    year, day_, hour, minute, second, hours, minutes = numbers
    sign = -1 if found[7] == b"-" else 1
    try:
        month = MONTHS.index(found[2].decode()) + 1
        zone = timezone(sign * timedelta(hours=hours, minutes=minutes))
        return datetime(year, month, day_, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
