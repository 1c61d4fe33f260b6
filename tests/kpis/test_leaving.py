"""What a KPI leaves out is said: too late, not delivered, without a denominator; and what is in it before its time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cli import execute
from toolkit.kpis import KPIS
from toolkit.kpis.delivery import exports_of
from toolkit.kpis.leaving import near

TOML = 'format = 1\n[workspace]\nid = "x"\n[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.x]\nnetwork = "x"\n'
# Uid, channel, metric, value, day and hour of the count; all went out on 1 October at 8 o'clock, but e on 19 November.
ROWS = (
    ("a", "mastodon", "likes", 10, "2026-10-08 08:00"),
    ("a", "mastodon", "views", 1957, "2026-10-08 08:00"),
    ("b", "mastodon", "likes", 7, "2026-10-30 08:00"),
    ("c", "mastodon", "views", 50, "2026-10-07 20:00"),
    ("d", "x", "likes", 3, "2026-10-03 08:00"),
    ("e", "x", "likes", 1, "2026-11-20 08:00"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    out = {"e": "2026-11-19 08:00"}
    rows = [
        f"{uid};{where};{what};{value};{at};{out.get(uid, '2026-10-01 08:00')}" for uid, where, what, value, at in ROWS
    ]
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "a.csv").write_text("subject;channel;metric;value;observed_at;published_at\n" + "\n".join(rows) + "\n")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    assert leitstand("import", "a.csv") == 0
    capsys.readouterr()
    return tmp_path


def leitstand(*args: str) -> int:
    return execute([*args, "--now", "2026-11-21T19:00:00+01:00"], {"LEITSTAND_LANG": "en"})


def answers(capsys: pytest.CaptureFixture[str]) -> dict[object, dict[str, object]]:
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {row["group"]: row for row in rows}


def test_every_post_is_in_or_out_with_a_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of five posts three have likes in time; one was counted too late, one has none. Two of the three are not ripe."""
    assert leitstand("kpi", "likes", "--json") == 0
    row = answers(capsys)[""]
    assert (row["n"], row["young"], row["early"]) == (3, 1, 1)
    assert row["left_out"] == {"late": 1, "undelivered": 1, "without_denominator": 0}


def test_a_rate_says_who_has_no_denominator(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Likes without views are in no rate: told by channel, with a row for the one of which nothing is left."""
    assert leitstand("kpi", "engagement_rate_views", "--by", "channel", "--json") == 0
    found = answers(capsys)
    assert found["mastodon"]["left_out"] == {"late": 1, "undelivered": 1, "without_denominator": 0}
    assert (found["x"]["value"], found["x"]["n"]) == (None, 0)
    assert found["x"]["left_out"] == {"late": 0, "undelivered": 0, "without_denominator": 2}


def test_a_later_age_takes_the_late_one_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At 720 hours the post of the 29th day counts."""
    assert leitstand("kpi", "likes", "--age", "720", "--json") == 0
    row = answers(capsys)[""]
    assert (row["n"], row["left_out"]) == (4, {"late": 0, "undelivered": 1, "without_denominator": 0})


def test_people_read_it_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A share is per cent, and the sentence below says how many posts are out, and why."""
    assert leitstand("kpi", "engagement_rate_views", "--from", "2026-10", "--to", "2026-10") == 0
    said = capsys.readouterr().out
    assert "0.51%, n = 1" in said
    assert "3 posts left out: 1 × first counted after more than 168 hours (--age takes them in)" in said  # noqa: RUF001  # the sign
    assert "1 × the network did not deliver it, 1 × no denominator is known" in said  # noqa: RUF001  # the sign


def test_months_before_and_after_the_data_have_no_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A year is asked about, two months have data: two lines."""
    assert leitstand("kpi", "likes", "--by", "month", "--from", "2026-01", "--to", "2026-12") == 0
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  2026") and "n =" in line] == [
        "2026-10",
        "2026-11",
    ]
    assert "no data" not in said


def test_what_is_not_of_posts_leaves_none_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Followers are none of posts: null, and not zero."""
    assert leitstand("kpi", "followers", "--json") == 0
    assert answers(capsys)[""]["left_out"] is None


def test_who_delivers_it_is_one_short_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four names of each kind, then how many more."""
    assert leitstand("kpi", "likes") == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "delivered by" in line)
    assert len(line) < 160
    assert "more" in line


def test_shops_deliver_orders_and_revenue() -> None:
    """Their exports have orders; the importer adds them up."""
    for name in ("orders", "revenue"):
        assert {"shopify", "woocommerce"} <= set(exports_of(KPIS[name]))


@given(st.floats(0.1, 100_000))
def test_what_is_near_an_age_is_before_it(hours: float) -> None:
    """Never after it, never more than a day or a seventh before."""
    assert hours * 6 / 7 - 1e-9 <= near(hours) <= hours
    assert hours - near(hours) <= 24 + 1e-9
