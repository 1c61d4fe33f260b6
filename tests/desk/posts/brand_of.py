"""A brand with a feed and an account that people publish on, its posts as files, its ledger real."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image

from tests.probe import person, settings
from toolkit.approval import content_hash
from toolkit.desk.endpoint import Visit
from toolkit.desk.house import House
from toolkit.desk.permissions import permissions
from toolkit.dispatch import TickResult, publish_due
from toolkit.ledger import Ledger, Row, open_ledger
from toolkit.model import Post, SetClock

UID: Final = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
OTHER: Final = "01JDK3V7Q2M8X4T6R9A0B1C2D4"
START: Final = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
DUE: Final = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
SETTINGS: Final = settings(
    person("anna", "Anna Autorin", "editor", 'email = "anna@example.com"\n'),
    person("maria", "Maria Managerin", "manager", 'email = "maria@example.com"\n'),
    person("chef", "Chef", "manager", 'email = "chef@example.com"\n'),
    person("carla", "Carla Community", "community", 'email = "carla@example.com"\n'),
    rest="""\
[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"

[accounts.insta]
network = "instagram"
id = "nordlicht"
hand_off = true

[policy]
approvals = 1
""",
    name="Nordlicht Kaffee",
    interface="en",
)
POST: Final = """\
---
uid: {uid}
title: {title}
author: anna
status: ready
publish: {publish}
channels: [{channels}]
language: de
---
Hinter Tür 1: unser Winterröster. [Zum Shop](https://example.com/winter)
"""
WITH_PICTURE: Final = "media:\n  - {file: media/tuer.jpg, alt: Eine Hand öffnet die Tür, kind: photo}\n---\nHinter"


@dataclass
class Brand:
    """The workspace on disk, with a clock that stands."""

    root: Path
    clock: SetClock
    house: House

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def post(
        self, channels: str = "news", uid: str = UID, title: str = "Tür 1", publish: str = "2026-12-01 07:30"
    ) -> None:
        self.write(
            f"content/posts/{uid[-4:]}.md", POST.format(uid=uid, title=title, publish=publish, channels=channels)
        )

    def change(self, old: str, new: str, uid: str = UID) -> None:
        file = self.root / f"content/posts/{uid[-4:]}.md"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def wait(self) -> None:
        """Long enough for the desk to look at the files again."""
        self.clock.seconds += 2

    def picture(self, uid: str = UID) -> None:
        """Gives the post a picture of 1200 x 900."""
        out = io.BytesIO()
        Image.new("RGB", (1200, 900), (120, 60, 20)).save(out, "JPEG")
        (self.root / "content/media").mkdir(parents=True, exist_ok=True)
        (self.root / "content/media/tuer.jpg").write_bytes(out.getvalue())
        self.change("---\nHinter", WITH_PICTURE, uid)

    def tick(self, at: datetime | None = None) -> TickResult:
        """One real tick."""
        self.clock.moment = at or self.clock.moment
        return publish_due(self.root, clock=self.clock, environ=self.house.environ)

    def ledger(self) -> Ledger:
        return open_ledger(self.house.ledger_place, now=self.clock.moment)

    def row(self, account: str = "news", uid: str = UID) -> Row:
        with self.ledger() as ledger:
            (row,) = [one for one in ledger.rows(uid=uid, account=account) if one.part == 0 and one.action == "post"]
        return row

    def hash(self, uid: str = UID) -> str:
        self.house.forget()
        return content_hash(self._found(uid), self.house.workspace)

    def _found(self, uid: str) -> Post:
        return next(one for one in self.house.workspace.posts if one.uid == uid)

    def visit(
        self,
        person: str = "maria",
        *,
        uid: str = "",
        form: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        **path: str,
    ) -> Visit:
        """A request of a person, as the endpoints see it."""
        settings = self.house.settings
        may = permissions(settings.people.get(person), settings)
        where = {**({"uid": uid} if uid else {}), **path}
        return Visit(self.house, person, may, self.clock.now(), where, dict(query or {}), dict(form or {}))


def build(root: Path) -> Brand:
    """The brand in `root`; nothing is planned yet."""
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    clock = SetClock(START)
    house = House(root, clock, {"LEITSTAND_STATE_DIR": str(root / "state")})
    return Brand(root, clock, house)


def later(minutes: int) -> datetime:
    return DUE + timedelta(minutes=minutes)
