"""Slots in a part of the day that does worse move to the house's usual time in the best one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from toolkit.kpis.rated import Rated
from toolkit.learning.clocks import slot_changes, usual_clock, with_clocks
from toolkit.learning.deciding import propose
from toolkit.learning.question import Answer, Kind
from toolkit.workspace import load_workspace

TOML = 'format = 1\n[workspace]\nid = "probe"\n[accounts.mastodon]\nnetwork = "mastodon"\n'
PAGE = """---
title: Zeiten
learns: [times]
---
# Zeiten

```slots
channels: [mastodon]
times: ["mon,fri 12:00", 2tue 11:30, wed 08:00, 13:00]  # so
```

```slots
channels: [mastodon]
times:
  - tue 12:00
  - tue 08:00
```
"""
WORSE = Answer(Kind.PART, "midday", 80, 120, 0.8, 0.7, 0.9, 0.001, expected=0.8, q=0.002)
BETTER = Answer(Kind.PART, "morning", 60, 140, 1.5, 1.4, 1.7, 0.0, expected=1.5, q=0.0)


def posts(*clocks: str) -> list[Rated]:
    return [
        Rated(f"p{number}", datetime.fromisoformat(f"2026-11-02T{clock}+00:00").astimezone(UTC), 0.0, {})
        for number, clock in enumerate(clocks)
    ]


def test_the_time_is_the_house_s_own() -> None:
    """The middle one of its posts in the best part, to half an hour; not that of other parts."""
    assert usual_clock(posts("07:10", "08:20", "09:50")) == "08:00"
    assert usual_clock([]) == ""
    [_best, worse] = with_clocks([BETTER, WORSE], posts("07:35", "12:00", "12:10"))
    assert worse.remedy == "07:30"


def test_without_a_better_part_nothing_moves() -> None:
    """What is only worse than the rest says nothing about where to go; what chance explains moves nothing."""
    assert with_clocks([WORSE], posts("07:35")) == [WORSE]
    unsure = Answer(Kind.PART, "midday", 80, 120, 0.8, 0.7, 1.1, 0.2, expected=0.9, q=0.4)
    assert with_clocks([BETTER, unsure], posts("07:35"))[1].remedy == ""


def test_only_clocks_of_that_part_change_and_no_slot_comes_twice(tmp_path: Path) -> None:
    """Days, order, remarks and other parts stay; Tuesday has eight o'clock already, so its noon stays."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "guidelines/zeiten.md").write_text(PAGE)
    workspace = load_workspace(tmp_path)
    [change] = slot_changes(workspace.handbook.slots, "midday", "08:00")
    wanted = (
        PAGE.replace("mon,fri 12:00", "mon,fri 08:00").replace("2tue 11:30", "2tue 08:00").replace("13:00", "08:00")
    )
    assert change.after == wanted
    [both] = propose(workspace, with_clocks([BETTER, WORSE], posts("08:00"))[1])
    assert both.after.startswith(wanted)
    assert "<!-- part-midday -->" in both.after
