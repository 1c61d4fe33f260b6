"""A crisis plan that would fail on the day is told where it fails."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.approval import content_hash

PAGE = "guidelines/crisis/rueckruf.md"
TOML = SETTINGS.replace(
    '[people.leitung]\nroles = ["manager"]',
    '[people.leitung]\nroles = ["manager"]\n[people.chefin]\nroles = ["manager"]\nname = "Chefin"',
)
PLAYBOOK = """---
title: Rückruf
owner: leitung
levels:
  - level: 3
    when: {score: 4, risks: [Rückruf], per_hour: 5, any_of: [authority]}
    owner: chefin
    backup: leitung
    first_response: PT30M
    update_every: PT2H
    approvers: [chefin]
    pause: [all, "channel:mastodon"]
    holding: [halteaussage]
do_not: [löschen]
all_clear: {quiet_for: PT24H, decided_by: chefin}
drill_next: 2027-04-12
---
# Rückruf
"""
STATEMENT = """---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Halteaussage
author: redaktion
status: review
channels: [mastodon]
language: de
{approved}---
{body}
"""


def prepare(desk: Desk, playbook: str = PLAYBOOK, *, body: str = "Wir prüfen das.", by: str = "chefin") -> None:
    """A playbook and its holding statement, approved by somebody."""
    desk.settings(TOML)
    desk.block("risk", "risk: Rückruf\nlevel: 0\nwords: [Rückruf*]\ngood: [Rückrufe]\nbad: [Ruf]\n")
    desk.write("content/posts/halteaussage.md", STATEMENT.format(approved="", body=body))
    workspace = desk.load()
    digest = content_hash(workspace.posts[0], workspace)
    approved = f"approved:\n  - {{by: {by}, at: 2026-10-01T10:00:00+02:00, hash: {digest}}}\n" if by else ""
    desk.write("content/posts/halteaussage.md", STATEMENT.format(approved=approved, body=body))
    desk.write(PAGE, playbook)


def found(desk: Desk, now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)) -> list[str]:
    return [f"{one.span.line}:{one.span.col} {one.message}" for one in desk.check("playbook", now=now)]


def test_a_plan_that_works_says_nothing(desk: Desk) -> None:
    """A complete playbook with an approved statement has no problem; the page about playbooks is none."""
    prepare(desk)
    desk.write("guidelines/crisis/index.md", "---\ntitle: Drehbücher\nowner: leitung\n---\n# Drehbücher\n")
    assert found(desk) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    backup: leitung\n", "", "5:5 level 3 has no backup"),
        ("backup: leitung", "backup: chefin", "8:13 chefin cannot be their own backup"),
        ("owner: chefin", "owner: chefn", "7:12 unknown person 'chefn'; did you mean 'chefin'?"),
        ("first_response: PT30M", "first_response: 30", "9:21 first_response must be hours and minutes"),
        ("    first_response: PT30M\n", "", "5:5 no time for the first response"),
        ("update_every", "update_evry", "10:5 unknown key 'update_evry'; did you mean 'update_every'?"),
        ("level: 3", "level: 4", "5:12 level must be between 1 and 3"),
        ("channel:mastodon", "channel:mastodn", "12:18 unknown account 'mastodn'; did you mean 'mastodon'?"),
        ("[all,", "[al,", "12:13 scope must be one of all, channel:NAME"),
        ("[halteaussage]", "[halteausage]", "13:15 there is no post 'halteausage' for a holding statement"),
        ("score: 4", "score: hoch", "6:19 score must be a number such as 3, not 'hoch'"),
        ("[Rückruf]", "[Rükruf]", "6:30 unknown danger 'Rükruf'; did you mean 'Rückruf'?"),
        ("risks: [Rückruf]", "words: [Rückruf*]", "6:29 words of danger stand in one list: write a block called risk"),
        ("[authority]", "[police]", "6:62 any_of must be one of vip, press, authority, not 'police'"),
        (", decided_by: chefin", "", "15:12 nobody can give the all-clear"),
        (
            "2027-04-12",
            "2026-10-12",
            "16:13 the drill was due on 2026-10-12: leitstand crisis drill rueckruf --write",
        ),
        ("drill_next: 2027-04-12\n", "", "1:1 no drill is planned"),
    ],
)
def test_what_would_fail_is_told_at_its_place(desk: Desk, old: str, new: str, said: str) -> None:
    """Each slip is one problem of line and column with the remedy."""
    assert old in PLAYBOOK
    prepare(desk, PLAYBOOK.replace(old, new))
    problems = found(desk)
    assert [one for one in problems if one.startswith(said)], problems


def test_a_page_without_levels_is_no_plan(desk: Desk) -> None:
    """A page that lies among the playbooks and says nothing about levels is told so."""
    prepare(desk, "---\ntitle: Rückruf\nowner: leitung\n---\n# Rückruf\n")
    assert found(desk) == ["2:8 the playbook has no levels; see: leitstand rules show playbook"]


def test_a_statement_that_nobody_approved_is_told(desk: Desk) -> None:
    """Without an approval, with somebody else's, and after a change of the text."""
    prepare(desk, by="")
    assert found(desk) == [
        (
            "13:15 content/posts/halteaussage.md: nobody approved it beforehand:"
            " leitstand approve content/posts/halteaussage.md --by chefin"
        )
    ]
    prepare(desk, by="leitung")
    assert "nobody approved it beforehand" in found(desk)[0]
    prepare(desk)
    post = desk.root / "content/posts/halteaussage.md"
    post.write_text(post.read_text(encoding="utf-8").replace("prüfen das", "prüfen alles"), encoding="utf-8")
    assert "it changed since it was approved; read it again" in found(desk)[0]


def test_a_gap_in_a_statement_is_told(desk: Desk) -> None:
    """Whoever fills a gap voids the approval; a link is no gap."""
    prepare(desk, body="Wir prüfen [Produkt]. [Mehr](https://example.com)")
    assert [one.partition(": ")[2] for one in found(desk)] == [
        "[Produkt] has to be filled in first, and that would void the approval; say it without"
    ]


def test_a_statement_with_a_time_is_told(desk: Desk) -> None:
    """A holding statement that would go out by itself is none."""
    prepare(desk)
    post = desk.root / "content/posts/halteaussage.md"
    text = post.read_text(encoding="utf-8").replace("status: review", "status: ready\npublish: 2026-12-01 07:30")
    post.write_text(text, encoding="utf-8")
    assert any("waits with status: review and without publish" in one for one in found(desk))


def test_a_plan_whose_people_are_away_is_told(desk: Desk) -> None:
    """Owner and backup both absent today without a deputy: nobody leads; with a deputy somebody does."""
    away = "\nabsences = [{ from = 2026-11-20, to = 2026-11-22 }]"
    gone = TOML.replace('roles = ["manager"]', f'roles = ["manager"]{away}')
    prepare(desk)
    desk.settings(gone)
    assert [one.partition(":")[0] for one in found(desk)] == ["7"]
    assert "today nobody leads on level 3: Chefin, leitung are away without a deputy" in found(desk)[0]
    desk.settings(gone.replace('name = "Chefin"', 'name = "Chefin"\ndeputy = "redaktion"'))
    assert found(desk) == []
