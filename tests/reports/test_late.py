"""Posts that were counted too late: never passed over, shown at the age they had, and taken in by a later age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.metrics import open_store
from toolkit.model import Observation, Subject
from toolkit.reports.ages import Ripeness, counted_posts
from toolkit.reports.blocks import Paragraph, Table
from toolkit.reports.late import late_section
from toolkit.reports.quality import deliveries
from toolkit.reports.scope import Scope, open_scope

TOML = 'format = 1\n[workspace]\nid = "late"\nlanguages = ["en"]\n[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.x]\nnetwork = "x"\n'
NOW = "2026-11-03T12:00:00+00:00"


def filled(root: Path, posts: dict[str, tuple[str, str, list[str]]]) -> Path:
    """Posts by uid: channel, day of October, days on which they were counted, each time with a like more."""
    (root / "leitstand.toml").write_text(TOML)
    rows = []
    for uid, (channel, day, counted) in posts.items():
        out = datetime.fromisoformat(f"{day}T08:00:00+00:00")
        for at, when in enumerate(counted, 1):
            seen = datetime.fromisoformat(f"{when}T08:00:00+00:00")
            rows.append(Observation(uid, channel, "likes", 10.0 * at, seen, out, "csv", "i"))
    about = [Subject("a", title="First", url="https://social.example/1"), Subject("b", url="javascript:alert(1)")]
    open_store(root / "state").append(rows, imported_at=datetime.fromisoformat(NOW), name="month.csv", subjects=about)
    return root


EXPORT = {
    "a": ("mastodon", "2026-10-05", ["2026-11-02"]),
    "b": ("mastodon", "2026-10-10", ["2026-11-02"]),
    "c": ("mastodon", "2026-10-30", ["2026-11-02"]),
    "d": ("x", "2026-10-12", ["2026-10-15", "2026-11-02"]),
}


def scope(root: Path, age: float = 168.0, channels: tuple[str, ...] = ()) -> Scope:
    return open_scope(root, root / "state", "2026-10", now=NOW, language="en", age=age, channels=channels)


def test_an_export_of_the_months_end_has_its_second_table(tmp_path: Path) -> None:
    """Two of four posts are in no figure at seven days; all four stand in the table, the two by name and with their age."""
    section = late_section(scope(filled(tmp_path, EXPORT)))
    assert section is not None
    lead, totals, _note, posts = section.blocks
    assert isinstance(lead, Paragraph)
    assert lead.text.startswith("2 of 4 posts: first counted more than 7 days after publication")
    assert isinstance(totals, Table)
    assert isinstance(posts, Table)
    rows = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in totals.rows]
    assert rows == [
        ["mastodon", "3", "2", "23.0 days, median", "30"],
        ["x", "1", "0", "21.0 days, median", "20"],
        ["all", "4", "2", "22.0 days, median", "50"],
    ]
    named = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in posts.rows]
    assert named == [
        ["First", "mastodon", "5 Oct 2026", "28.0 days", "28.0 days", "10"],
        ["b", "mastodon", "10 Oct 2026", "23.0 days", "23.0 days", "10"],
    ]


def test_a_row_leads_to_the_post_and_nowhere_else(tmp_path: Path) -> None:
    """The address that the export told is a link; one that is none of the web is only text. Values have their number."""
    section = late_section(scope(filled(tmp_path, EXPORT)))
    assert section is not None
    html = "".join(block.to_html() for block in section.blocks if isinstance(block, Table))
    assert '<a href="https://social.example/1">First</a>' in html
    assert "javascript" not in html
    assert 'data-value="10.0" title="10"' in html


def test_a_later_age_takes_them_in(tmp_path: Path) -> None:
    """At 30 days all are in the figures, those last counted long before are told apart, and there is no second table."""
    later = scope(filled(tmp_path, EXPORT), age=30 * 24.0)
    assert sum(row.part or 0 for row in later.rows("interactions", later.period())) == 50
    assert late_section(later) is None
    found = {uid: one.ripeness for (uid, _channel), one in counted_posts(later).items()}
    assert found == {"a": Ripeness.YOUNG, "b": Ripeness.YOUNG, "c": Ripeness.YOUNG, "d": Ripeness.YOUNG}
    assert later.age == "30 days"


def test_too_young_too_early_and_too_late_are_three_numbers(tmp_path: Path) -> None:
    """A post of three days is too young, one last counted on its third day too early, one first counted later too late."""
    found = {one.channel: one for one in deliveries(scope(filled(tmp_path, EXPORT)))}
    assert [(one.young, one.early, one.late) for one in (found["mastodon"], found["x"])] == [(1, 0, 2), (0, 1, 0)]


def test_a_report_of_one_channel_counts_that_one(tmp_path: Path) -> None:
    """Late posts of a channel that is left out are none of the report's business."""
    assert late_section(scope(filled(tmp_path, EXPORT), channels=("x",))) is None


@pytest.mark.parametrize("age", [36.0, 168.0, 672.0])
def test_the_age_decides_who_is_late(tmp_path: Path, age: float) -> None:
    """A post is late exactly when nobody counted it up to that age."""
    out = datetime(2026, 10, 5, 8, tzinfo=UTC)
    counted = out + timedelta(hours=200)
    posts = {"p": ("x", "2026-10-05", [f"{counted:%Y-%m-%d}"])}
    ripeness = counted_posts(scope(filled(tmp_path, posts), age=age))["p", "x"].ripeness
    assert (ripeness is Ripeness.LATE) == (age < 192)
