"""A house with an inbox for tests of the desk: a question, a danger, a direct message; visits to its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tests.community.inbox.inboxes import START, hear, said
from tests.probe import person, settings
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.desk.endpoint import Visit
from toolkit.desk.house import House
from toolkit.desk.permissions import permissions
from toolkit.model import MessageKind, SetClock

NOW: Final = START + timedelta(hours=1)
TOML: Final = settings(
    person("mai", "Mai Community", "community", 'deputy = "jo"\n'),
    person("jo", "Jo Community", "community"),
    person("tarek", "Tarek Manager", "manager"),
    person("ada", "Ada Analyst", "analyst"),
    person("urs", "Urs Urlaub", "community", 'deputy = "jo"\nabsences = [{from = 2026-11-01, to = 2026-12-24}]\n'),
    rest="""\
[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example"
server = "https://social.example"
""",
    languages='"de", "en"',
    interface="en",
)
HANDBOOK: Final = """\
# Gefahr

```risk
risk: Scherben
level: 2
words: [Splitter]
owner: tarek
instead: Rückruf
good: ["Da war ein Splitter drin"]
bad: ["Da war Kaffee drin"]
```
"""
PAGE: Final = "---\ntitle: Lieferverzug\nlanguage: de\n---\n# Lieferverzug\n\n> Dein Kaffee ist unterwegs, {vorname}.\n"


def build(root: Path) -> House:
    """The workspace, with its state beside it."""
    (root / "guidelines" / "replies").mkdir(parents=True)
    (root / "leitstand.toml").write_text(TOML, encoding="utf-8")
    (root / "guidelines" / "risk.md").write_text(HANDBOOK, encoding="utf-8")
    (root / "guidelines" / "replies" / "lieferverzug.md").write_text(PAGE, encoding="utf-8")
    house = House(root, SetClock(NOW), {"LEITSTAND_STATE_DIR": str(root / "state")})
    with house.inbox() as inbox:
        hear(
            inbox,
            said("c1", text="Wo bleibt mein Kaffee?", language="de"),
            said("s1", text="Da war ein Splitter drin!", author="@sam@far.example"),
            said("d1", kind=MessageKind.DIRECT, text="Hallo", author="@dora@far.example"),
        )
    return house


def visit(  # what a request has
    house: House,
    person: str,
    *,
    name: str = "",
    query: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    picks: Iterable[str] = (),
    fragment: bool = False,
) -> Visit:
    """As the gateway lets somebody in."""
    forms: dict[str, tuple[str, ...]] = {key: (value,) for key, value in (form or {}).items()}
    if picks:
        forms["pick"] = tuple(picks)
    plain = {key: values[-1] for key, values in forms.items()}
    may = permissions(house.settings.people[person], house.settings)
    path = {"id": name} if name else {}
    return Visit(house, person, may, house.now(), path, query or {}, plain, fragment, forms)


def seen(house: House, remote_id: str, now: datetime = NOW) -> Conversation:
    """The conversation of a message as it is now."""
    with house.inbox(read_only=True) as inbox:
        return of_message(inbox, remote_id, now)


def of_message(inbox: Inbox, remote_id: str, now: datetime = NOW) -> Conversation:
    (raw,) = inbox.store.read("SELECT conversation FROM entries WHERE remote_id = :id", {"id": remote_id})
    return inbox.conversation(str(raw["conversation"]), now=now)
