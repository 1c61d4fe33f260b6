"""The pauses of a level, put into force: through the ledger and the file, of which either stops publishing."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.community.crisis.situation import Situation
from toolkit.community.pause import Pause, pauses_of_rows, read_pauses
from toolkit.community.pauserows import add_rows, end_rows, is_wanted
from toolkit.community.switch import add_pause, remove_pauses
from toolkit.errors import LeitstandError
from toolkit.ledger import open_ledger


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
    """Those that the ledger does not have yet, where they belong into it."""
    if not is_wanted(situation.ledger, situation.settings.ref):
        return []
    now = situation.now
    try:
        with open_ledger(situation.ledger, now=now) as ledger:
            known = {_mark(one) for one in pauses_of_rows(ledger.pauses(now))}
            add_rows(ledger, (one for one in pauses if _mark(one) not in known), now)
    except LeitstandError as error:
        return [str(error)]
    return []


def _mark(pause: Pause) -> tuple[str, str, tuple[str, ...]]:
    return pause.name, pause.reason, pause.allow


def end_pauses(situation: Situation, name: str) -> int:
    """End every pause of the scope `name`, in the file and in the ledger; how many there were.

    Raises `LeitstandError` when the file cannot be read: what it meant is not known, and everything stays paused.
    """
    # The file first: while it stands there, ending the ledger's row would change nothing.
    return len(remove_pauses(situation.root, name)) + end_rows(situation.ledger, name, situation.now)
