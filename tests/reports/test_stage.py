"""What a report waits for, and what it says when the wait is over: number by number, and because of which import."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.reports.blocks import Cell, Paragraph, Table
from toolkit.reports.monthly import MonthlyReport, open_report
from toolkit.reports.scope import open_scope
from toolkit.reports.stage import find_stage

TOML = 'format = 1\n[workspace]\nid = "wait"\nlanguages = ["en"]\n[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.x]\nnetwork = "x"\ntitle = "X"\n'
EARLY, LATE = "2026-11-09T09:00:00+01:00", "2026-11-21T09:00:00+01:00"


class Waiting:
    """A workspace in which Mastodon delivers in time and X two weeks late."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "leitstand.toml").write_text(TOML)
        self.add("mastodon.csv", "mastodon", ("2026-09-10", "2026-10-05", "2026-10-20"), "2026-11-08T10:00:00+01:00")
        self.add("x-september.csv", "x", ("2026-09-11",), "2026-10-08T10:00:00+01:00")

    def add(self, name: str, channel: str, days: tuple[str, ...], when: str) -> None:
        """Posts with 50 likes at seven days, and followers then."""
        rows = []
        for day in days:
            published = datetime.fromisoformat(f"{day}T08:00:00+00:00")
            counted = published + timedelta(days=7)
            rows.append(self._row(name, (f"{channel} {day}", channel, "likes"), counted, published))
            rows.append(self._row(name, ("account", channel, "followers"), counted + timedelta(days=10), None))
        open_store(self.root / "state").append(rows, imported_at=datetime.fromisoformat(when), name=name)

    def _row(
        self, name: str, what: tuple[str, str, str], observed: datetime, published: datetime | None
    ) -> Observation:
        subject, channel, metric = what
        return Observation(
            subject=subject, channel=channel, metric=metric, value=50.0, observed_at=observed, published_at=published,
            source="test", import_id=name.replace(".", "-"),
        )  # fmt: skip

    def report(self, now: str, before: str = "", month: str = "2026-10") -> MonthlyReport:
        return open_report(str(self.root), str(self.root / "state"), month, now=now, language="en", before=before)


@pytest.fixture
def waiting(tmp_path: Path) -> Waiting:
    return Waiting(tmp_path)


def said(report: MonthlyReport) -> str:
    banner = report.summary().blocks[0]
    assert isinstance(banner, Paragraph)
    return f"{banner.kind}: {banner.text}"


def test_a_report_waits_for_who_delivered_last_month(waiting: Waiting) -> None:
    """X delivered in September and nothing for October: it is named. Its late export ends the wait."""
    assert said(waiting.report(EARLY)) == (
        "banner stage provisional: Provisional: the counts of October 2026 from X have not arrived."
    )
    waiting.add("x-october.csv", "x", ("2026-10-18",), "2026-11-20T10:00:00+01:00")
    assert said(waiting.report(LATE)).startswith("note stage final: Final: ")


def test_a_month_without_any_delivery_is_never_final(tmp_path: Path) -> None:
    """An empty workspace's month is not final for want of anybody to wait for."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    stage = find_stage(open_report(str(tmp_path), str(tmp_path / "state"), "2026-10", now=LATE, language="en").scope)
    assert stage.why == ("nothing was delivered for October 2026",)


def test_nobody_waits_for_who_has_stopped(waiting: Waiting) -> None:
    """Two months after its last count X is no longer waited for."""
    waiting.add("mastodon-2.csv", "mastodon", ("2026-11-13",), "2026-12-09T10:00:00+01:00")
    assert said(waiting.report("2026-12-09T12:00:00+01:00", month="2026-11")).startswith("note stage final")


def test_the_final_report_lists_what_changed_and_why(waiting: Waiting) -> None:
    """Interactions went from 100 to 150 because of X's import; what it did not touch is not listed."""
    waiting.add("x-october.csv", "x", ("2026-10-18",), "2026-11-20T10:00:00+01:00")
    section = waiting.report(LATE, before=EARLY).changes()
    assert section is not None
    lead, table = section.blocks
    assert isinstance(lead, Paragraph)
    assert lead.text == "The report was made before as of 9 Nov 2026, 09:00 (provisional)."
    assert isinstance(table, Table)
    rows = rows_of(table)
    assert rows["Interactions"] == ["100 (n = 2)", "150 (n = 3)", "import x-october.csv"]
    assert rows["Posts"] == ["2 (n = 2)", "3 (n = 3)", "import x-october.csv"]
    assert "Visits" not in rows


def rows_of(table: Table) -> dict[object, list[str]]:
    """The first cell of each row → the others, with their notes."""
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in table.rows]
    return {row[0].text: [f"{one.text} ({one.note})" if one.note else one.text for one in row[1:]] for row in cells}


def test_posts_that_were_counted_too_late_are_in_what_has_changed(waiting: Waiting) -> None:
    """An export of weeks later changes no figure at equal age; its posts and interactions are told all the same."""
    published = datetime.fromisoformat("2026-10-12T08:00:00+00:00")
    row = waiting._row(
        "x-late.csv", ("late", "x", "likes"), datetime.fromisoformat("2026-11-20T09:00:00+00:00"), published
    )
    open_store(waiting.root / "state").append(
        [row], imported_at=datetime.fromisoformat("2026-11-20T10:00:00+01:00"), name="x-late.csv"
    )
    section = waiting.report(LATE, before=EARLY).changes()
    assert section is not None
    table = section.blocks[1]
    assert isinstance(table, Table)
    assert rows_of(table) == {
        "Posts, counted at any age": ["2 (n = 2)", "3 (n = 3)", "import x-late.csv"],
        "Interactions, counted at any age": ["100 (n = 2)", "150 (n = 3)", "import x-late.csv"],
    }


def test_without_new_imports_nothing_has_changed(waiting: Waiting) -> None:
    """The same rows give the same numbers, and the page says so."""
    section = waiting.report(LATE, before=EARLY).changes()
    assert section is not None
    assert section.blocks[-1] == Paragraph("None of its key figures has changed since.")


def test_the_first_report_has_nothing_to_compare_with(waiting: Waiting) -> None:
    """Without an earlier one there is no such section."""
    assert waiting.report(LATE).changes() is None


def test_a_post_that_is_too_young_is_named_and_compared_with_nothing(waiting: Waiting) -> None:
    """Three days old, it is in no ranking; seven days old it is."""
    published = datetime.fromisoformat("2026-10-30T08:00:00+00:00")
    row = waiting._row("young.csv", ("young", "mastodon", "likes"), published + timedelta(days=3), published)
    open_store(waiting.root / "state").append([row], imported_at=published + timedelta(days=3), name="young.csv")
    report = waiting.report("2026-11-02T12:00:00+01:00")
    assert [post.uid for post in report.posts.young] == ["young"]
    assert "young" not in {post.uid for post in report.posts.month}
    last = report.tops_and_flops().blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.text == "1 post not counted at 7 days and compared with nothing: young (mastodon)."


def waits(root: Path, rows: list[tuple[str, str, str, float, str, str | None]], now: str, when: str) -> tuple[str, ...]:
    """Why October's report is not final. Rows: subject, channel, metric, value, observed, published; imported at `when`."""
    made = [
        Observation(subject, channel, metric, value, datetime.fromisoformat(at),
                    datetime.fromisoformat(out) if out else None, "test", "one")
        for subject, channel, metric, value, at, out in rows
    ]  # fmt: skip
    open_store(root / "state").append(made, imported_at=datetime.fromisoformat(when), name="a.csv")
    return find_stage(open_scope(root, root / "state", "2026-10", now=now, language="en")).why


def orders(*days: str) -> list[tuple[str, str, str, float, str, str | None]]:
    return [("shop", "shopify", "orders", 3.0, f"{day}T11:00:00+00:00", None) for day in days]


def test_a_shop_without_an_order_on_the_last_day_has_arrived(tmp_path: Path) -> None:
    """The export was imported in November and ends on the 29th: it covers the month. One of October does not."""
    (tmp_path / "early").mkdir()
    for root in (tmp_path, tmp_path / "early"):
        (root / "leitstand.toml").write_text(TOML)
    sold = orders("2026-09-20", "2026-09-28", "2026-10-02", "2026-10-08", "2026-10-15", "2026-10-22", "2026-10-29")
    assert waits(tmp_path, sold, LATE, "2026-11-02T09:00:00+00:00") == ()
    early = waits(tmp_path / "early", sold, LATE, "2026-10-29T18:00:00+00:00")
    assert early == ("the counts of October 2026 from shop have not arrived",)


def test_a_silence_longer_than_any_before_is_no_quiet_week(tmp_path: Path) -> None:
    """A shop that sold something every day and then nothing for the last three weeks: that export was cut off."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    sold = orders(*(f"2026-09-{day:02}" for day in range(1, 31)), *(f"2026-10-{day:02}" for day in range(1, 10)))
    assert waits(tmp_path, sold, LATE, "2026-11-02T09:00:00+00:00") == (
        "the counts of October 2026 from shop have not arrived",
    )


def test_daily_followers_do_not_stand_for_the_posts(tmp_path: Path) -> None:
    """Followers are measured every day, the posts were last counted on 20 October: the report waits for the posts."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    rows: list[tuple[str, str, str, float, str, str | None]] = [
        ("account", "x", "followers", 100.0, f"{day}T08:00:00+00:00", None) for day in ("2026-10-31", "2026-11-05")
    ]
    rows += [("p", "x", "likes", 9.0, "2026-10-20T08:00:00+00:00", "2026-10-17T08:00:00+00:00")]
    said = "the counts of the posts of October 2026 from X have not arrived"
    assert waits(tmp_path, rows, LATE, "2026-11-06T09:00:00+00:00") == (said,)


def test_counts_that_end_with_the_month_are_not_the_months(tmp_path: Path) -> None:
    """X was last counted on the 31st: its post of the 27th has no count at seven days. The next count ends the wait.

    By then the post is ten days old and was missed; nobody waits for what cannot come, and the banner says how many.
    """
    once, again = tmp_path / "once", tmp_path / "again"
    for root in (once, again):
        root.mkdir()
        (root / "leitstand.toml").write_text(TOML)
    rows: list[tuple[str, str, str, float, str, str | None]] = [
        ("old", "x", "likes", 9.0, "2026-10-08T08:00:00+00:00", "2026-10-01T08:00:00+00:00"),
        ("new", "x", "likes", 3.0, "2026-10-31T18:00:00+00:00", "2026-10-27T08:00:00+00:00"),
    ]
    said = "the counts of the posts of October 2026 from X have not arrived"
    assert waits(once, rows, LATE, "2026-11-10T09:00:00+00:00") == (said,)
    later = [("new", "x", "likes", 5.0, "2026-11-06T08:00:00+00:00", "2026-10-27T08:00:00+00:00")]
    assert waits(again, [*rows, *later], LATE, "2026-11-11T09:00:00+00:00") == ()
    stage = find_stage(open_scope(again, again / "state", "2026-10", now=LATE, language="en"))
    assert stage.but == "In October 2026, 1 of 2 posts were not counted at 7 days; they are compared with nothing."


def test_why_there_are_more_posts_than_posts_with_interactions(tmp_path: Path) -> None:
    """X delivers views alone: its posts are posts, and the key figures say of which there are no interactions."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    rows: list[tuple[str, str, str, float, str, str | None]] = [
        ("a", "mastodon", "likes", 9.0, "2026-10-08T08:00:00+00:00", "2026-10-01T08:00:00+00:00"),
        ("a", "x", "views", 900.0, "2026-10-08T08:00:00+00:00", "2026-10-01T08:00:00+00:00"),
    ]
    waits(tmp_path, rows, LATE, "2026-11-10T09:00:00+00:00")
    report = open_report(str(tmp_path), str(tmp_path / "state"), "2026-10", now=LATE, language="en")
    texts = [block.text for block in report.figures().blocks if isinstance(block, Paragraph)]
    said = "Interactions are known of 1 of 2 posts, each channel counted by itself; X: none delivered."
    assert said in texts


def test_what_came_after_the_month_is_no_delivery_for_it(tmp_path: Path) -> None:
    """The first import ever is of November: October is not final, although everybody delivers by now."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    rows: list[tuple[str, str, str, float, str, str | None]] = [
        ("account", "x", "followers", 100.0, "2026-11-05T08:00:00+00:00", None)
    ]
    assert waits(tmp_path, rows, LATE, "2026-11-06T09:00:00+00:00") == ("nothing was delivered for October 2026",)


def test_posts_that_nobody_counted_are_no_month_without_posts(tmp_path: Path) -> None:
    """Visits were delivered, the post that went out was not counted: not final."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "content/posts").mkdir(parents=True)
    post = "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: T\nstatus: ready\npublish: 2026-10-07 10:00\nchannels: [mastodon]\n---\nText\n"
    (tmp_path / "content/posts/a.md").write_text(post)
    rows: list[tuple[str, str, str, float, str, str | None]] = [
        ("site", "", "visits", 9.0, f"2026-10-{day}T11:00:00+00:00", None) for day in ("30", "31")
    ]
    assert waits(tmp_path, rows, LATE, "2026-11-06T09:00:00+00:00") == ("its only post was not counted",)


def test_a_running_month_waits_for_no_day_that_is_not_over(tmp_path: Path) -> None:
    """In the evening of the 21st the visits of the 20th, which stand at its noon, are all that there can be."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    rows: list[tuple[str, str, str, float, str, str | None]] = [
        ("site", "", "visits", 9.0, f"2026-10-{day}T10:00:00+00:00", None) for day in ("19", "20")
    ]
    why = waits(tmp_path, rows, "2026-10-21T19:00:00+02:00", "2026-10-21T08:00:00+02:00")
    assert why == ("the month is not over",)
