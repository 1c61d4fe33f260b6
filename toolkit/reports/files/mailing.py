"""A report by mail: its summary in the message, the PDF with it, to whoever [reports] names, once per stage.

It goes the way that alerts go (`toolkit.alerts`). Before anything is sent a note in the ledger says so, and afterwards
what became of it: of several machines one sends, and nobody gets the same stage of a report twice. A process that dies in
between leaves "sending" behind; then a person says whether it is to be sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Final

from toolkit.alerts.letter import Enclosure, Letter
from toolkit.alerts.memory import Memory
from toolkit.alerts.sending import send_letter
from toolkit.alerts.team import Team
from toolkit.credentials import Secret
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.reports.files.adding import add_files, front_of
from toolkit.reports.files.gist import Gist, read_gist
from toolkit.reports.manifest import read_manifest
from toolkit.reports.outputs import PAGE
from toolkit.reports.typography import typeset
from toolkit.settings import Settings
from toolkit.values import dataclass

# Under this name the notes stand in the ledger.
NOTES: Final = "reports"
SENDING: Final = "sending"
SENT: Final = "sent"
REFUSED: Final = "failed"
# Mail programs know only styles that stand on the elements. No colours: each program has its own for light and dark.
_BODY: Final = (
    "max-width:36em;margin:0 auto;padding:16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
)
_HEADING: Final = "font-size:24px;line-height:1.25;margin:0 0 16px"
_STAGE: Final = "border-left:4px solid;padding:4px 0 4px 12px;margin:0 0 16px"
_LIST: Final = "margin:0 0 16px;padding-left:24px"
_ITEM: Final = "margin:0 0 8px;padding-left:4px"


class Fate(StrEnum):
    """What became of one message."""

    SENT = "sent"
    BEFORE = "sent before"
    DOUBTFUL = "doubtful"  # an earlier run began to send it and never said how it ended
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Mail:
    """The message about one stage of a report; `key` is the same for every other run of that stage."""

    key: str
    letter: Letter


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the message to one person, and why it failed."""

    person: str
    fate: Fate
    why: str = ""


def write_mail(folder: Path, workspace: Path, settings: Settings) -> Mail:
    """The message about the report in `folder`. Raises `UsageError` where none is, `ReportError` without a PDF."""
    (paper,) = add_files(folder, workspace, ["pdf"])
    manifest = read_manifest(folder)
    gist = read_gist((folder / PAGE).read_text(encoding="utf-8"))
    period = paper.stem.removeprefix(f"{manifest.report}-")
    link = f"{settings.url}/reports/{manifest.report}/{period}/" if settings.url else ""
    words = {"final": _("final"), "provisional": _("provisional")}
    stage = f" ({words[gist.stage]})" if gist.stage in words else ""
    letter = Letter(
        title=f"[{settings.name}] {gist.heading}{stage}",
        html=_html(gist, front_of(manifest, workspace).language, link, manifest.failures),
        files=(Enclosure(paper.name, "application/pdf", paper.read_bytes()),),
    )
    return Mail(f"{manifest.report} {period} {gist.stage or 'made'}", letter)


def find_readers(settings: Settings, day: datetime, addresses: Mapping[str, Secret]) -> tuple[str, ...]:
    """Who gets reports: [reports] mail, deputies for the absent. Raises `UsageError` when nobody can be reached."""
    team = Team(settings, day.date(), addresses)
    people = (name for entry in settings.reports.mail for name in _people(entry, settings, team))
    found = team.there(people)
    if not settings.reports.mail:
        raise UsageError(_('nobody gets reports by mail; write into leitstand.toml: [reports] mail = ["manager"]'))
    if not found:
        message = _("none of {names} has an alert address; set an email and [alerts] relay in leitstand.toml")
        raise UsageError(message.format(names=", ".join(settings.reports.mail)))
    return found


def send_mail(
    mail: Mail,
    people: Sequence[str],
    addresses: Mapping[str, Secret],
    memory: Memory,
    now: datetime,
    *,
    again: bool = False,
    once: bool = False,
) -> list[Delivery]:
    """Send it to everybody who has not had this stage.

    `again` also where nobody knows whether they have; `once` not where it has failed before, for a service that says no
    may have taken it all the same, and nobody looks on.
    """
    found = []
    for person in people:
        note = _Note(memory, f"{mail.key} {person}", now)
        if once and note.read().startswith(REFUSED):
            found.append(Delivery(person, Fate.FAILED, _("an earlier attempt failed")))
        else:
            found.append(_send(mail, person, addresses[person], note, again))
    return found


def _send(mail: Mail, person: str, address: Secret, note: _Note, again: bool) -> Delivery:  # handed on
    before = note.read()
    if before.startswith(SENT):
        return Delivery(person, Fate.BEFORE)
    if (before.startswith(SENDING) and not again) or not note.claim(before):
        return Delivery(person, Fate.DOUBTFUL)
    why = send_letter(mail.letter, address)
    note.settle("" if why else SENT)
    return Delivery(person, Fate.FAILED if why else Fate.SENT, why)


@dataclass(frozen=True, slots=True)
class _Note:
    """What the ledger knows of one message to one person."""

    memory: Memory
    name: str
    now: datetime

    def read(self) -> str:
        return self.memory.read(self.name)

    def claim(self, before: str) -> bool:
        """Say that it is being sent; False when another process said so first."""
        return self.memory.swap(self.name, before, self._say(SENDING))

    def settle(self, what: str) -> None:
        """Say how it ended; what failed may be tried again."""
        self.memory.swap(self.name, self._say(SENDING), self._say(what or REFUSED))

    def _say(self, what: str) -> str:
        return f"{what} {self.now.isoformat()}"


def _people(entry: str, settings: Settings, team: Team) -> Iterable[str]:
    return (entry,) if entry in settings.people else team.with_role(entry)


def _html(gist: Gist, language: str, link: str, failures: Sequence[str]) -> str:
    """The message: services that show no HTML make text of it, so what matters stands in words."""
    parts = [f'<h1 style="{_HEADING}">{escape(gist.heading)}</h1>']
    notes = (text for text in (gist.said, _incomplete(failures)) if text)
    parts += [f'<p style="{_STAGE}"><strong>{escape(text)}</strong></p>' for text in notes]
    items = "".join(f'<li style="{_ITEM}">{escape(typeset(one))}</li>' for one in gist.sentences)
    parts += [f'<ol style="{_LIST}">{items}</ol>'] if items else []
    if link:
        shown = f'<a href="{escape(link)}" style="overflow-wrap:anywhere">{escape(link)}</a>'
        whole = _("The whole report: {link}").format(link=shown)
        parts.append(f"<p>{whole}</p>")
    attached = _("It is attached as a PDF.")
    parts.append(f"<p>{escape(attached)}</p>")
    return f'<div lang="{escape(language)}" style="{_BODY}">{"".join(parts)}</div>'


def _incomplete(failures: Sequence[str]) -> str:
    return _("This report is incomplete.") if failures else ""
