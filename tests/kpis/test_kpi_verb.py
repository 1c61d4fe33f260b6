"""`leitstand kpi` on a real workspace folder: rows with value, denominator, n and interval."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.kpis import KPIS

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
TOML = 'format = 1\n[workspace]\nid = "x"\n[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.bluesky]\nnetwork = "bluesky"\n'
HEADER = "subject;channel;metric;value;observed_at;published_at;pillar\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Six posts on mastodon, one on bluesky, all in October."""
    rows = [f"0{n};mastodon;likes;{n * 10};2026-10-0{n} 20:00;2026-10-0{n} 08:00;wissen" for n in range(1, 7)]
    rows += [f"0{n};mastodon;views;{n * 100};2026-10-0{n} 20:00;2026-10-0{n} 08:00;wissen" for n in range(1, 7)]
    rows.append("07;bluesky;likes;5;2026-10-09 20:00;2026-10-09 08:00;")
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "a.csv").write_text(HEADER + "\n".join(rows) + "\n")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    assert leitstand("import", "a.csv") == 0
    capsys.readouterr()
    return tmp_path


def leitstand(*args: str) -> int:
    return execute([*args, "--now", NOW.isoformat()], {"LEITSTAND_LANG": "en"})


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_row_per_group(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By channel, each row has all keys; a channel with one post has no interval and says that n is not enough."""
    assert leitstand("kpi", "likes", "--from", "2026-10", "--to", "2026-10", "--by", "channel", "--json") == 0
    bluesky, mastodon = answers(capsys)
    keys = ("group", "value", "denominator", "n", "median", "low", "high", "enough")
    left = {"young": 0, "early": 1, "left_out": {"late": 0, "undelivered": 0, "without_denominator": 0}}
    assert tuple(bluesky) == (*keys, *left)
    assert {key: bluesky[key] for key in left} == left
    assert [bluesky[key] for key in keys] == ["bluesky", 5, None, 1, 5, None, None, False]
    assert (mastodon["value"], mastodon["n"], mastodon["enough"]) == (210, 6, True)
    assert (mastodon["low"], mastodon["high"]) == (None, None), "six posts do not tell how uneven posts are"


def test_days_are_inclusive(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--from and --to both belong to the period."""
    assert leitstand("kpi", "likes", "--from", "2026-10-02", "--to", "2026-10-03", "--json") == 0
    assert answers(capsys)[0]["value"] == 50


def test_a_rate_names_its_denominator(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Interactions for each view: the views stand beside the rate."""
    assert leitstand("kpi", "engagement_rate_views", "--from", "2026-10", "--to", "2026-10", "--json") == 0
    (row,) = answers(capsys)
    assert (row["value"], row["denominator"], row["n"]) == (0.1, 2100, 6)


def test_no_data_is_null_and_exit_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing delivered is an answer, not an error, and not zero."""
    assert leitstand("kpi", "revenue", "--from", "2026-10", "--to", "2026-10", "--json") == 0
    assert answers(capsys)[0]["value"] is None
    assert leitstand("kpi", "revenue", "--from", "2026-10", "--to", "2026-10") == 0
    assert "no data" in capsys.readouterr().out


def test_pillars_come_from_imports_and_from_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an export says about a post groups it; the post's own file knows better."""
    post = "---\nuid: 07\ntitle: Eins\nchannels: [bluesky]\npillar: service\n---\nHallo\n"
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "content" / "posts" / "eins.md").write_text(post)
    assert leitstand("kpi", "likes", "--from", "2026-10", "--to", "2026-10", "--by", "pillar", "--json") == 0
    assert [(row["group"], row["value"]) for row in answers(capsys)] == [("service", 5), ("wissen", 210)]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("like",), "unknown KPI 'like'; did you mean 'likes'?"),
        (("likes", "--by", "chanel"), "unknown group 'chanel'; did you mean 'channel'?"),
        (
            ("likes", "--from", "01.10.2026"),
            "with a day such as 2026-10-01 or a month such as 2026-10, not '01.10.2026'",
        ),
        (("likes", "--from", "2026-11", "--to", "2026-10"), "--to 2026-10-31 is before --from 2026-11-01"),
        (("likes", "--age", "0"), "--age must be more than 0 hours"),
        (("likes", "--age", "nan"), "--age must be more than 0 hours"),
        (("likes", "--age", "1e30"), "--age must be at most 878400 hours"),
    ],
)
def test_a_wrong_question_is_refused(
    args: tuple[str, ...], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and a sentence with the remedy."""
    assert leitstand("kpi", *args) == 2
    assert said in capsys.readouterr().err


def test_all_kpis_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name, every KPI is shown with its definition, formula and unit."""
    assert leitstand("kpi", "--json") == 0
    rows = answers(capsys)
    assert [row["name"] for row in rows] == list(KPIS)
    assert all(row["definition"] and row["formula"] and row["unit"] for row in rows)
