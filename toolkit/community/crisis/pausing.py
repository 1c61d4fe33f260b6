"""The pauses of a level, put into force: through the ledger and the file, of which either stops publishing."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.community.crisis.situation import Situation
from toolkit.community.pause import Pause, pauses_of_rows, read_pauses
from toolkit.community.switch import add_pause
from toolkit.errors import LeitstandError
from toolkit.ledger import PauseRow, open_ledger


def apply_pauses(situation: Situation, pauses: Sequence[Pause]) -> list[str]:
    """Put the pauses into force; what did not work, one sentence each. Neither file nor ledger waits for the other."""
    failed = _record(situation, pauses) if pauses else []
    written = {_mark(one) for one in read_pauses(situation.tree).entries}
    for pause in pauses:
        try:
            if _mark(pause) not in written:
                add_pause(situation.root, pause, situation.zone)
        except (LeitstandError, OSError) as error:
            failed.append(str(error))
    return failed


def _record(situation: Situation, pauses: Sequence[Pause]) -> list[str]:
    """Rows of the ledger, where there is one or where a commit is published and not these files."""
    if not situation.ledger.exists() and not situation.settings.ref:
        return []
    now = situation.now
    try:
        with open_ledger(situation.ledger, now=now) as ledger:
            known = {_mark(one) for one in pauses_of_rows(ledger.pauses(now))}
            for one in pauses:
                if _mark(one) not in known:
                    ledger.add_pause(PauseRow(0, one.scope, one.value, one.reason, one.owner, now, None, one.allow))
    except LeitstandError as error:
        return [str(error)]
    return []


def _mark(pause: Pause) -> tuple[str, str, tuple[str, ...]]:
    return pause.name, pause.reason, pause.allow
