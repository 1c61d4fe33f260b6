"""A house with a plan for a recall, an approved holding statement, an inbox and a spike; its incident."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from tests.probe import person, settings
from toolkit.approval import content_hash
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.desk.endpoint import Page, Redirect, Visit
from toolkit.desk.house import House
from toolkit.desk.permissions import permissions
from toolkit.model import Message, MessageKind, SetClock
from toolkit.workspace import load_workspace

NOW: Final = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)  # noon in Berlin
FEED: Final = "feed:https://example.com/feed"
TOML: Final = settings(
    person("jule", "Jule Editor", "editor"),
    person("mai", "Mai Community", "community", 'email = "mai@example.com"\n'),
    person("chefin", "Chief Manager", "manager", 'email = "chief@example.com"\n'),
    person("leitung", "Lead Manager", "manager"),
    person("ada", "Ada Analyst", "analyst"),
    rest="""\
[accounts.news]
network = "feed"
id = "https://example.com/feed"
server = "https://example.com/feeds"
approvals = 1
[accounts.stand]
network = "instagram"
hand_off = true
[oncall]
rota = ["mai"]
""",
    name="Probe",
    languages='"en"',
    interface="en",
)
DANGER: Final = """\
---
title: Dangers
---
# Dangers

```risk
risk: Splinters
level: 2
words: [splinter*]
owner: chefin
instead: Recall
good: ["There was a splinter in it"]
bad: ["There was coffee in it"]
```
"""
PLAYBOOK: Final = """\
---
title: Recall
owner: leitung
reviewed: 2026-11-01
next_review: 2026-11-10
levels:
  - level: 2
    owner: leitung
    backup: chefin
    first_response: PT1H
    update_every: PT4H
    pause: ["label:werbung"]
    when: {risks: [Splinters], per_hour: 3, score: 3}
    holding: [holding]
  - level: 3
    name: Crisis
    owner: chefin
    backup: leitung
    first_response: PT30M
    update_every: PT2H
    approvers: [chefin]
    pause: [all]
    holding: [holding]
do_not: [delete, guess]
all_clear: {quiet_for: PT24H, decided_by: chefin, review_by: leitung, within: 10}
drill_last: 2026-04-12
drill_next: 2026-10-12
---
# Recall
"""
POST: Final = """\
---
uid: {uid}
title: {title}
author: jule
status: {status}
{publish}channels: [news]
labels: [{label}]
{approved}---
{body}
"""


def build(root: Path) -> House:
    """The workspace, with its state beside it; three quiet days in the inbox."""
    (root / "guidelines/crisis").mkdir(parents=True)
    (root / "guidelines/crisis/recall.md").write_text(PLAYBOOK, encoding="utf-8")
    (root / "guidelines/dangers.md").write_text(DANGER, encoding="utf-8")
    (root / "leitstand.toml").write_text(TOML, encoding="utf-8")
    write_post(root, "holding", 1, "statement", body="We are looking into it and write again in two hours.")
    write_post(root, "cake", 2, "werbung", "2026-11-21 12:30", body="There is cake today.")
    house = House(root, SetClock(NOW), {"LEITSTAND_STATE_DIR": str(root / "state")})
    hear(house, "good coffee", 72, timedelta(hours=1))
    return house


def write_post(
    root: Path, name: str, number: int, label: str, publish: str = "", *, body: str, by: str = "chefin"
) -> None:
    """A post, approved as it stands there by `by`; "" leaves it without."""
    path = root / f"content/posts/{name}.md"
    values = {"uid": f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}", "title": name, "label": label, "body": body}
    values["status"] = "ready" if publish else "review"
    values["publish"] = f"publish: {publish}\n" if publish else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POST.format(approved="", **values), encoding="utf-8")
    if by:
        workspace = load_workspace(root)
        found = workspace.find_post(name)
        assert found is not None
        approved = (
            f"approved:\n  - {{by: {by}, at: 2026-11-01T10:00:00+01:00, hash: {content_hash(found, workspace)}}}\n"
        )
        path.write_text(POST.format(approved=approved, **values), encoding="utf-8")


def hear(house: House, text: str, count: int, every: timedelta, *, own: bool = False) -> None:
    """As many comments, the last of them now, each by somebody else."""
    now = house.now()
    found = [
        Message(
            f"{text}{number}{now}",
            "news",
            MessageKind.COMMENT,
            "@probe" if own else f"@kim{number}@example.org",
            text,
            now - every * number,
            below="post",
            own=own,
        )
        for number in range(count)
    ]
    with open_inbox(house.inbox_place, now=now) as inbox:
        inbox.gather(Listener(FEED, "news", {}), found, now)


def visit(
    house: House,
    person: str,
    *,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    fragment: bool = False,
) -> Visit:
    """As the gateway lets somebody in."""
    may = permissions(house.settings.people[person], house.settings)
    return Visit(house, person, may, house.now(), path or {}, query or {}, form or {}, fragment)


def page(result: Page | Redirect) -> Page:
    """The page that came out."""
    assert isinstance(result, Page)
    return result
