"""Which reports were made by themselves: a row per report, month and stage, taken by one process at a time.

The rows are notes (`AccountNotes.swap`): every change names the row as it was read and changes one row or nothing, so
whoever was too slow, or slept through the end of a lease, changes nothing. Times go back like those of a dispatcher: who
dies in the middle is waited for as long as the lease, a run that fails waits longer each time and not for ever.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from toolkit.database import to_moment, to_text
from toolkit.ledger import statements as sql
from toolkit.ledger.notes import AccountNotes, notes_of
from toolkit.ledger.view import View
from toolkit.messages import _
from toolkit.values import dataclass

NOTES: Final = "report runs"  # accounts are called ``network:id``
SINCE: Final = "since"
LEASE: Final = timedelta(minutes=30)  # longer than a report and its mail may take
FIRST_WAIT: Final = timedelta(minutes=10)  # after a failure; four times as long each further time
TRIES: Final = 5  # the last some fourteen hours after the first


class RunState(StrEnum):
    """How far a run is, as programs name it."""

    WAITING = "waiting"  # something has to come first, `Run.reason` says what
    MAKING = "making"
    MADE = "made"  # nothing is left to do but, it may be, mail
    PASSED = "passed over"  # a later stage was there before it
    LATER = "later"  # failed, and is tried again
    FAILED = "failed"  # too often, or its time is over (then `tries` is 0); a person has to look


@dataclass(frozen=True, slots=True)
class Run:
    """A stage of a month's report. `mail` says for each person what became of the message; "" before it is sent."""

    report: str
    month: str  # 2026-10
    stage: str  # provisional or final
    state: RunState = RunState.WAITING
    token: str = ""
    lease_until: datetime | None = None
    tries: int = 0
    again_at: datetime | None = None
    changed_at: datetime | None = None
    made_at: datetime | None = None
    key: str = ""  # of the manifest of what was made
    reason: str = ""
    mail: Mapping[str, str] = field(default_factory=dict)
    mailed: bool = False  # nothing of its mail is left to do
    text: str = field(default="", compare=False, repr=False)  # as it stood in the ledger when it was read

    @property
    def name(self) -> str:
        """The name of its row."""
        return f"{self.report} {self.month} {self.stage}"

    @property
    def open(self) -> bool:
        """Whether it is still to be made."""
        return self.state in (RunState.WAITING, RunState.MAKING, RunState.LATER)

    @property
    def troubled(self) -> bool:
        """Whether somebody has to know: it failed, or somebody who is to have it has not got it for certain."""
        unsent = [said for said in self.mail.values() if said and not said.startswith("sent")]
        return self.state in (RunState.LATER, RunState.FAILED) or (
            self.state is RunState.MADE and bool(unsent or self.reason)
        )

    def taken(self, now: datetime) -> bool:
        """Whether a process is at it; a lease that ends later than it can was written before the clock was set back."""
        return bool(self.token) and self.lease_until is not None and now < self.lease_until <= now + 2 * LEASE

    def rests(self, now: datetime) -> bool:
        """Whether it failed too short a time ago."""
        waits = FIRST_WAIT * 4.0**TRIES
        return self.again_at is not None and now < self.again_at <= now + waits

    def to_text(self) -> str:
        """As the note that it is kept in."""
        said = asdict(self) | {name: to_text(getattr(self, name)) for name in _MOMENTS}
        del said["text"]
        return json.dumps(said, sort_keys=True, ensure_ascii=False)


_MOMENTS: Final = ("lease_until", "again_at", "changed_at", "made_at")


def read_run(text: str) -> Run:
    """The run that `Run.to_text` wrote; keys that a newer version has written too are passed over."""
    raw = {name: value for name, value in json.loads(text).items() if name in Run.__dataclass_fields__}
    moments = {name: to_moment(raw.get(name, "")) for name in _MOMENTS}
    return Run(**{**raw, **moments, "state": RunState(raw["state"]), "text": text})


class Runs:
    """The runs in an open ledger."""

    def __init__(self, ledger: View, now: Callable[[], datetime]) -> None:
        self.store = ledger.store
        self.now = now
        self.notes: AccountNotes = notes_of(ledger, NOTES, now)

    def all(self) -> list[Run]:
        """Every run that there is a row of, by report, month and stage."""
        found = self.store.read(sql.NOTES_OF, {"account_id": NOTES})
        return [read_run(raw["value"]) for raw in found if raw["value"] and raw["name"] != SINCE]

    def find(self, report: str, month: str, stage: str) -> Run:
        """The run as it is; one that waits where there is no row."""
        blank = Run(report, month, stage)
        text = self.notes.read(blank.name)
        return read_run(text) if text else blank

    def since(self) -> datetime | None:
        """When reports were first looked after here; None before."""
        return to_moment(self.notes.read(SINCE))

    def begin(self) -> datetime:
        """Look after reports from now on, unless somebody does already; since when."""
        self.notes.swap(SINCE, "", to_text(self.now()))
        return self.since() or self.now()

    def take(self, run: Run) -> Run | None:
        """Become the one who makes it, or who sends its mail; None when another is at it, or it is to rest."""
        now = self.now()
        if run.taken(now) or run.rests(now):
            return None
        if run.open and run.tries >= TRIES:
            self.fail(run, _("the process that made it was ended each time"))
            return None
        mine = replace(run, token=secrets.token_hex(8), lease_until=now + LEASE)
        if run.open:
            mine = replace(mine, state=RunState.MAKING, tries=run.tries + 1, again_at=None)
        return self.change(run, mine)

    def wait(self, run: Run, reason: str) -> Run | None:
        """Say what it waits for, and let go of it; what has been tried is forgotten."""
        if run.state is RunState.WAITING and run.reason == reason:
            return run
        return self.change(run, Run(run.report, run.month, run.stage, reason=reason))

    def made(self, run: Run, key: str) -> Run | None:
        """It is there; whoever made it keeps it for the mail."""
        return self.change(run, replace(run, state=RunState.MADE, key=key, reason="", made_at=self.now()))

    def fail(self, run: Run, reason: str) -> Run | None:
        """It could not be made: again later, or never again when that was once too often."""
        over = run.tries >= TRIES
        wait = None if over else self.now() + FIRST_WAIT * 4.0 ** (run.tries - 1)
        state = RunState.FAILED if over else RunState.LATER
        return self.change(run, replace(_free(run), state=state, reason=reason, again_at=wait))

    def give_up(self, run: Run, reason: str) -> Run | None:
        """Nobody looks after it any more, however often it was tried: a person has to."""
        return self.change(run, replace(_free(run), state=RunState.FAILED, reason=reason, tries=0, again_at=None))

    def leave(self, run: Run) -> Run | None:
        """Let go of it as if it had not been taken: somebody has ended us."""
        state, tries = (RunState.WAITING, run.tries - 1) if run.open else (run.state, run.tries)
        return self.change(run, replace(_free(run), state=state, tries=tries))

    def pass_over(self, run: Run) -> Run | None:
        """A later stage is there first."""
        return self.change(run, replace(_free(run), state=RunState.PASSED, reason="", again_at=None))

    def change(self, run: Run, after: Run) -> Run | None:
        """Put `after` in the place of `run`; None, and nothing is changed, where another was faster."""
        after = replace(after, changed_at=self.now())
        text = after.to_text()
        return replace(after, text=text) if self.notes.swap(run.name, run.text, text) else None

    def mailed(self, run: Run) -> Run | None:
        """Nothing of its mail is left to do; whoever held it lets go."""
        return self.change(run, replace(_free(run), mailed=True))


def _free(run: Run) -> Run:
    return replace(run, token="", lease_until=None)
