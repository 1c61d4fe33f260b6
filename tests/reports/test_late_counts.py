"""Posts that nobody counted in time: a report says that it leaves them out, before its first figure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.reports.blocks import Paragraph, Points
from toolkit.reports.monthly import open_report

TOML = '[workspace]\nid = "late"\nlanguages = ["en"]\n[accounts.mastodon]\nnetwork = "mastodon"\n'
OUT = datetime(2026, 10, 5, 8, tzinfo=UTC)


def summary(folder: Path, days: list[int]) -> str:
    """The summary of October, whose posts were counted once, so many days after publication."""
    (folder / "leitstand.toml").write_text(f"format = 1\n{TOML}")
    counts = [
        Observation(f"P{at}", "mastodon", "likes", 3.0, OUT + timedelta(days=age), OUT, "csv", "i")
        for at, age in enumerate(days)
    ]
    open_store(folder / "state").append(counts, imported_at=OUT + timedelta(days=40), name="export.csv")
    report = open_report(str(folder), str(folder / "state"), "2026-10", now="2026-11-21T19:00:00+01:00", language="en")
    texts = [block.to_html() for block in report.summary().blocks if isinstance(block, Paragraph | Points)]
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(texts)).split())


def test_posts_counted_too_late_are_said_and_not_passed_over(tmp_path: Path) -> None:
    """Two of three were counted once, after weeks: the figures have one post, and the summary says where the others are."""
    said = summary(tmp_path, [6, 30, 31])
    assert "1 post brought 3 interactions" in said
    assert "2 of 3 posts: first counted more than 7 days after publication, so in no figure at equal age" in said


def test_a_month_of_late_counts_is_not_called_empty_without_a_word(tmp_path: Path) -> None:
    """Nothing can be compared at equal age, but there are posts."""
    said = summary(tmp_path, [20])
    assert said.startswith("No post of October 2026 was counted within 7 days, so there are no figures at equal age. ")
    assert "1 of 1 posts: first counted more than 7 days after publication" in said


def test_counts_in_time_need_no_word(tmp_path: Path) -> None:
    """A count of the seventh day is in time, and a later one beside it changes nothing."""
    assert "first counted" not in summary(tmp_path, [7])
