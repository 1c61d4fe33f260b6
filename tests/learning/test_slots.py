"""Questions about a channel's slots: calibrated, one-sided, each in both directions where both have slots."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import exp, log
from pathlib import Path
from random import Random

import pytest

from toolkit.kpis.rated import Rated
from toolkit.learning.question import Kind, judge
from toolkit.learning.slots import ask_slots, contrast_slots
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOML = 'format = 1\n[workspace]\nid = "probe"\ntimezone = "UTC"\n[accounts.mastodon]\nnetwork = "mastodon"\n'
THERE = "slot-mastodon-week-midday-morning"
BACK = "slot-mastodon-week-morning-midday"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Slots on Tuesday noon and Thursday morning."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML)
    page = "---\ntitle: Zeiten\n---\n```slots\nchannels: [mastodon]\ntimes: [tue 12:00, thu 08:00]\n```\n"
    (tmp_path / "guidelines/zeiten.md").write_text(page)
    return load_workspace(tmp_path)


def posts(seed: int, morning: float = 1.0, n: int = 80) -> list[Rated]:
    """A post on each weekday, half of them at eight and worth so many times those at noon; Fridays scatter more."""
    chance, found, day = Random(seed), list[Rated](), NOW - timedelta(days=9)
    while len(found) < n:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            early = chance.random() < 0.5
            lift = chance.gauss(log(morning) if early else 0.0, 1.0 if day.weekday() == 4 else 0.5)
            local = day.replace(hour=8 if early else 12)
            groups = {
                "weekday": str(local.isoweekday()),
                "part": "morning" if early else "midday",
                "month": f"{day:%Y-%m}",
            }
            found.append(Rated(f"p{len(found)}", local, lift, groups))
    return found


def test_both_directions_are_one_question_with_two_answers(workspace: Workspace) -> None:
    """What speaks for moving there speaks against moving back, and only the better part is ever proposed."""
    found = {one.id: one for one in judge(ask_slots(workspace, {"mastodon": posts(1, 2.0)}, NOW))}
    assert set(found) == {THERE, BACK}
    assert found[THERE].p + found[BACK].p == pytest.approx(1.0)
    assert found[THERE].value == pytest.approx(1 / found[BACK].value)
    assert (found[THERE].worth, found[BACK].worth) == (True, False)
    assert (found[THERE].n, found[THERE].others) == (found[BACK].others, found[BACK].n)
    contrast = contrast_slots(workspace, {"mastodon": posts(1, 2.0)}, THERE)
    assert contrast is not None
    assert exp(contrast.value) == pytest.approx(found[THERE].value)


def test_chance_moves_no_slot(workspace: Workspace) -> None:
    """Of 150 years without a difference, p is below a tenth in about a tenth, and hardly any has a proposal."""
    low = loud = 0
    for seed in range(150):
        found = judge(ask_slots(workspace, {"mastodon": posts(seed)}, NOW))
        low += next(one.p for one in found if one.id == THERE) < 0.1
        loud += any(one.worth for one in found)
    assert 5 <= low <= 26
    assert loud <= 3


def test_what_was_moved_is_still_answered(workspace: Workspace, tmp_path: Path) -> None:
    """The question of a decision goes on having numbers when no slot is left where it was; others are not asked."""
    path = tmp_path / "guidelines/zeiten.md"
    path.write_text(path.read_text().replace("tue 12:00, ", ""))
    moved = load_workspace(workspace.root)
    asked = {one.id: one for one in ask_slots(moved, {"mastodon": posts(1, 2.0)}, NOW, {THERE})}
    assert set(asked) == {THERE, BACK}
    assert (asked[THERE].kind, asked[THERE].changed) == (Kind.SLOT, ())
    assert [one.id for one in ask_slots(moved, {"mastodon": posts(1, 2.0)}, NOW)] == [BACK]


def test_few_posts_say_nothing(workspace: Workspace) -> None:
    """Below eight posts in either part there is no answer, nor without any."""
    assert ask_slots(workspace, {"mastodon": posts(1, 2.0, n=14)}, NOW) == []
    assert ask_slots(workspace, {}, NOW) == []
    assert contrast_slots(workspace, {}, THERE) is None
