"""A small brand with people, absences and channels, and its ledger in every state that people are told about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.servers.pretend import PretendServer, Reply
from toolkit.alerts.alert import Alert
from toolkit.alerts.finding import find_alerts
from toolkit.alerts.scene import Scene
from toolkit.alerts.team import Team
from toolkit.dispatch.telling import Telling, see
from toolkit.ledger import Ledger, LedgerPlace, Planned, Row, State, open_ledger
from toolkit.model import Clock, Count, Part, Rendition, SetClock
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
DUE = NOW - timedelta(minutes=10)
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
FEED = "feed:https://example.com/feed"

SETTINGS = """\
format = 1

[workspace]
id = "probe"
name = "Probe"
timezone = "Europe/Berlin"
languages = ["en"]
url = "https://site.example.com"

[people.jule]
roles = ["editor"]
deputy = "finja"

[people.finja]
roles = ["editor"]
deputy = "jule"

[people.tarek]
roles = ["manager"]
deputy = "wiebke"

[people.wiebke]
roles = ["manager"]

[people.mai]
roles = ["community"]

[people.bashir]
roles = ["operator"]

[accounts.news]
network = "feed"
id = "https://example.com/feed"
title = "Newsroom"

[accounts.linkedin]
network = "linkedin"
title = "LinkedIn"
hand_off = true
"""

POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Door one
author: jule
status: ready
publish: 2026-12-01 09:50
channels: [news]
---
Behind door one: something nobody but its readers should see.
"""
PEOPLE = ("jule", "finja", "tarek", "wiebke", "mai", "bashir")
RENDITION = Rendition("feed", "news", "en", (Part("Behind door one", Count(15, 500, "c")),))


@dataclass
class Brand:
    """The folder, a clock that is moved by hand, and lines that the log would get."""

    root: Path
    place: LedgerPlace
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    environ: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def write(self, post: Mapping[str, str] | None = None, settings: Mapping[str, str] | None = None) -> None:
        """Settings and the post, each with some words replaced."""
        (self.root / "leitstand.toml").write_text(_edited(SETTINGS, settings or {}), encoding="utf-8")
        path = self.root / "content/posts/2026/12/door-one.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_edited(POST, post or {}), encoding="utf-8")

    def pause(self, text: str) -> None:
        (self.root / "content/pause.yml").write_text(text, encoding="utf-8")

    def load(self) -> Workspace:
        return load_workspace(self.root)

    def open(self) -> Ledger:
        return open_ledger(self.place, now=self.clock.now())

    def scene(self) -> Scene:
        with self.open() as ledger:
            scene = see(self.load(), ledger, self.environ, self.clock.now(), PEOPLE)
            assert isinstance(scene.states, dict)  # read while the ledger is open
            return scene

    def alerts(self, remembered: str = "") -> list[Alert]:
        return find_alerts(self.scene(), remembered)

    def team(self) -> Team:
        return self.scene().team

    def telling(self, clock: Clock | None = None) -> Telling:
        """What a dispatcher has; a fresh one is a restart."""
        return Telling(clock or self.clock, self.environ, self.lines.append)

    def tell(self, telling: Telling | None = None) -> None:
        """What happens after a tick, until all messages are out."""
        one = telling or self.telling()
        with self.open() as ledger:
            one.tell(self.load(), ledger)
            one.wait(20)

    def wait(self, **passed: float) -> None:
        self.clock.moment += timedelta(**passed)

    def reach(self, pretend: PretendServer, *people: str) -> None:
        """Give people an address at the loopback server: a path of their own."""
        pretend.routes["POST /*"] = lambda _request: Reply(200, {})
        for person in people:
            self.environ[f"LEITSTAND_ALERT_{person.upper()}"] = f"json://{pretend.host_port}/{person}"


def _edited(text: str, edits: Mapping[str, str]) -> str:
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    return text


def bind(brand: Brand) -> None:
    with open_ledger(brand.place, now=NOW) as ledger:
        ledger.bind([(FEED, "news", "feed"), ("linkedin:linkedin", "linkedin", "linkedin")], NOW - timedelta(days=30))


def plan(ledger: Ledger, uid: str = UID, due: datetime = DUE, *, account: str = "news") -> Row:
    """A planned row of the post."""
    account_id = FEED if account == "news" else "linkedin:linkedin"
    network = "feed" if account == "news" else "linkedin"
    path = "content/posts/2026/12/door-one.md"
    wall = f"{due:%Y-%m-%d %H:%M}"
    ledger.plan([Planned(uid, account_id, account, network, path, due, wall, "UTC", "2026f")], due - timedelta(hours=1))
    return next(row for row in ledger.rows(uid=uid) if row.account == account)


def bring(ledger: Ledger, state: State, at: datetime = DUE, uid: str = UID, reason: str = "text too long") -> Row:
    """A row in `state` since `at`, on the way that leads there in life."""
    row = plan(ledger, uid, min(at, DUE))
    if state is State.MISSED:
        ledger.miss(row, at, reason)
    elif state is State.PLANNED:
        ledger.note(row, at, reason)
    else:
        hashes = [RENDITION.request_hash(0)]
        sent = ledger.begin(row, at, rendition=RENDITION.to_json(), hashes=hashes, commit="c0ffee")
        assert sent is not None
        if state is State.CONFIRMED:
            ledger.confirm(sent, at, "17", "https://example.com/17")
        elif state is State.FAILED:
            ledger.refuse(sent, at, reason)
        elif state is State.HELD:
            ledger.hold(sent, at, reason)
        else:
            assert state is State.UNKNOWN
            ledger.doubt(sent, at, reason)
    found = ledger.row(row.id)
    assert found is not None
    assert found.state is state
    return found
