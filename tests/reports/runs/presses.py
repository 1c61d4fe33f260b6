"""A brand whose reports come by themselves: numbers that arrive, a ledger, a mail server, and a pen instead of a kernel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import nbformat

from tests.reports.files.conftest import executed, shown
from toolkit.alerts.memory import Memory
from toolkit.errors import ReportError
from toolkit.ledger import LedgerPlace, Run, Runs, notes_of, open_ledger
from toolkit.metrics import open_store
from toolkit.model import Observation, SetClock
from toolkit.reports.files.mailing import NOTES
from toolkit.reports.making import Place
from toolkit.reports.outputs import write_outputs
from toolkit.reports.runner import Job, Outcome, Progress
from toolkit.reports.runs.round import Press, run_round, try_again
from toolkit.reports.runs.sending import Postbox
from toolkit.reports.scope import open_scope
from toolkit.reports.stage import banner, find_stage
from toolkit.workspace import load_workspace

BERLIN = ZoneInfo("Europe/Berlin")
SETTINGS = """\
format = 1

[workspace]
id = "probe"
name = "Probe"
timezone = "Europe/Berlin"
languages = ["en"]
interface = "en"

[people.ines]
roles = ["analyst"]
email = "ines@example.com"

[people.tarek]
roles = ["manager"]
email = "tarek@example.com"

[accounts.mastodon]
network = "mastodon"

[accounts.x]
network = "x"
title = "X"
"""
MAIL = '[alerts]\nrelay = "{url}"\nsender = "leitstand@example.com"\n[reports]\nmail = ["ines", "tarek"]\n'


def berlin(text: str) -> datetime:
    """A moment on the wall in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def write_settings(root: Path, more: str = "") -> None:
    root.mkdir(parents=True, exist_ok=True)
    (root / "leitstand.toml").write_text(SETTINGS + more, encoding="utf-8")


def deliver(state: Path, channel: str, first: str, last: str) -> None:
    """An export of an account's followers, day by day at noon, that arrives on the day after the last."""
    start, end = (datetime.fromisoformat(f"{day}T12:00:00+00:00") for day in (first, last))
    name = f"{channel}-{first}-{last}"
    rows = [
        Observation("account", channel, "followers", 100.0 + day, start + timedelta(days=day), None, "test", name)
        for day in range((end - start).days + 1)
    ]
    open_store(state).append(rows, imported_at=end + timedelta(days=1), name=name)


@dataclass
class Pen:
    """Writes a page with the banner that the month deserves, as a notebook would; or fails as it is told."""

    made: list[str] = field(default_factory=list)
    trouble: str = ""  # what is raised
    failing: str = ""  # what a cell says
    banner: str = ""  # in place of the true one

    def run(self, job: Job, progress: Progress) -> Outcome:
        progress(0, 1)
        if self.trouble:
            raise ReportError(self.trouble)
        state, now = str(job.parameters["state"]), str(job.parameters["now"])
        stage = banner(find_stage(open_scope(job.front.workspace, state, job.front.month, now=now)))
        said = self.banner or f'<p class="{stage.kind}">{stage.text}</p>'
        nbformat.write(executed(shown("text/html", said)), job.executed)  # type: ignore[no-untyped-call]  # nbformat is untyped
        failures = (self.failing,) if self.failing else ()
        self.made.append(
            f"{job.front.name} {job.front.month} {'final' if 'final' in said.split('>')[0] else 'provisional'}"
        )
        return Outcome((*failures, *write_outputs(job, failures)))

    def close(self) -> None:
        """Nothing runs."""


@dataclass
class Mortal:
    """The ledger's notes of mail; whoever writes about one person dies of it."""

    memory: Memory
    person: str

    def read(self, name: str) -> str:
        return self.memory.read(name)

    def swap(self, name: str, before: str, value: str) -> bool:
        if self.person and name.endswith(self.person):
            raise KeyboardInterrupt
        return self.memory.swap(name, before, value)


@dataclass
class Desk:
    """The brand, and a process that looks after its reports whenever the test says so."""

    root: Path
    ledger: LedgerPlace
    clock: SetClock
    pen: Pen = field(default_factory=Pen)
    environ: dict[str, str] = field(default_factory=dict)
    dies_at: str = ""  # the person whose message is its end

    @property
    def state(self) -> Path:
        return self.root / "state"

    def deliver(self, channel: str, first: str, last: str) -> None:
        deliver(self.state, channel, first, last)

    def at(self, wall: str) -> list[Run]:
        """A round at this time on the wall; what it says it did."""
        self.clock.moment = berlin(wall).astimezone(UTC)
        return self.round()

    def later(self, **passed: float) -> list[Run]:
        """A round so much later."""
        self.clock.moment += timedelta(**passed)
        return self.round()

    def round(self, *, again: bool = False) -> list[Run]:
        with open_ledger(self.ledger, now=self.clock.now()) as ledger:
            workspace, now = load_workspace(self.root), self.clock.now
            restored = ledger.meta().get("restored_at", "")
            box = Postbox(
                Runs(ledger, now),
                Mortal(notes_of(ledger, NOTES, now), self.dies_at),
                workspace.settings,
                self.environ,
                datetime.fromisoformat(restored) if restored else None,
            )
            press = Press(Place(workspace, self.state, self.clock), box, self.pen)
            if again:
                try_again(press)
            return list(run_round(press))

    def runs(self) -> dict[str, Run]:
        with open_ledger(self.ledger, now=self.clock.now()) as ledger:
            return {run.name: run for run in Runs(ledger, self.clock.now).all()}

    def states(self) -> dict[str, str]:
        """What the ledger says of each run."""
        return {name: run.state.value for name, run in self.runs().items()}
