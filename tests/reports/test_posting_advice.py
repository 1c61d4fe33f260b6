"""The channel report says when to post only where posts say so, and what such advice was worth."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import exp
from pathlib import Path
from random import Random

import pytest

from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.reports.blocks import Points, Section, Table
from toolkit.reports.channel import open_report

TOML = 'format = 1\n[workspace]\nid = "try"\nlanguages = ["en"]\n[accounts.mastodon]\nnetwork = "mastodon"\n'
NOW = "2026-11-21T12:00:00+00:00"


def advice(root: Path, effect: float, n: int = 180) -> Section | None:
    """The section after a year of posts at 8 and 17 o'clock, those in the morning better by `effect` on the logarithm."""
    (root / "leitstand.toml").write_text(TOML)
    chance, rows = Random(4), []
    for number in range(n):
        at = datetime.fromisoformat("2025-11-10T07:00:00+00:00") + timedelta(days=2 * number)
        at += timedelta(hours=0 if chance.random() < 0.5 else 9)
        lift = chance.gauss(0, 0.5) + (effect if at.hour < 9 else 0.0)
        rows.append(
            Observation(f"p{number}", "mastodon", "likes", round(80 * exp(lift)), at + timedelta(days=7), at, "t", "i")
        )
    if rows:
        open_store(root / "state").append(rows, imported_at=datetime.fromisoformat(NOW))
    return open_report(str(root), str(root / "state"), "2026-10", now=NOW, language="en").posting_advice()


@pytest.mark.parametrize(
    ("effect", "said"),
    [(0.7, "mastodon: Monday to Friday, morning (00:00 to 10:00) brings"), (0.0, "mastodon: no reliable difference")],
)
def test_it_says_what_posts_say(effect: float, said: str, tmp_path: Path) -> None:
    """Mornings that bring twice as much are named; without a difference variety is kept. Three methods stand side by side."""
    section = advice(tmp_path, effect)
    assert section is not None
    points, table = section.blocks[:2]
    assert isinstance(points, Points)
    assert isinstance(table, Table)
    assert points.to_html().count(said) == 1
    assert len(table.rows) == 3


def test_without_posts_it_is_silent(tmp_path: Path) -> None:
    """Nothing is said where nothing was counted."""
    assert advice(tmp_path, 0.0, n=0) is None
