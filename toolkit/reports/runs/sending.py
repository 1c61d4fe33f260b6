"""The mail of a report that came by itself: to each person at most once per stage, by whoever made it.

A message cannot be looked up afterwards, so this is the class *blind* of `toolkit.dispatch`: what nobody can know is not
sent again, a person does (`leitstand report --mail`, `--mail-again`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.alerts.addresses import find_addresses
from toolkit.alerts.memory import Memory
from toolkit.errors import LeitstandError
from toolkit.ledger import Run, Runs
from toolkit.messages import _
from toolkit.reports.files.mailing import Mail, find_readers, send_mail, write_mail
from toolkit.settings import Settings
from toolkit.values import dataclass

WITHHELD: Final = "withheld"


@dataclass(frozen=True, slots=True)
class Postbox:
    """What mail needs. `restored_at` is when the ledger was last restored from a backup, if ever."""

    runs: Runs
    memory: Memory
    settings: Settings
    environ: Mapping[str, str]
    restored_at: datetime | None = None


def mail_run(run: Run, due_at: datetime, folder: Path, workspace: Path, box: Postbox) -> Run | None:
    """Send the mail of a run that we hold, and let go of it; None when somebody else has taken it meanwhile."""
    if not box.settings.reports.mail:
        return box.runs.mailed(run)
    if box.restored_at is not None and due_at < box.restored_at:
        why = _("the ledger was restored from a backup; the mail may have been sent after that")
        return box.runs.mailed(replace(run, reason=why, mail={WITHHELD: why}))
    now = box.runs.now()
    try:
        local = now.astimezone(ZoneInfo(box.settings.timezone))
        people = find_readers(box.settings, local, find_addresses(box.settings, box.environ))
        mail = write_mail(folder, workspace, box.settings)
    except LeitstandError as error:
        return box.runs.mailed(replace(run, reason=str(error)))
    held: Run | None = run
    for person in people:
        held = held and _send(held, mail, person, box)
    return held and box.runs.mailed(held)


def _send(run: Run, mail: Mail, person: str, box: Postbox) -> Run | None:
    """Send it to one person, unless a run before this one came as far, and note what became of it."""
    if person in run.mail:
        return run
    addresses = find_addresses(box.settings, box.environ)
    (delivery,) = send_mail(mail, [person], addresses, box.memory, box.runs.now(), once=True)
    said = f"{delivery.fate.value}: {delivery.why}" if delivery.why else delivery.fate.value
    return box.runs.change(run, replace(run, mail={**run.mail, person: said}))
