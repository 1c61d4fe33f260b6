"""`leitstand kpi` with --explain, --against and other names, on a real workspace folder and on the real page."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.servers.postgres import Postgres
from toolkit.cli import execute
from toolkit.cli.figures import bar

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
TOML = 'format = 1\n[workspace]\nid = "x"\n[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.facebook]\nnetwork = "facebook"\n'
STRATEGY = """---
goals:
  - {metric: likes, target: 420}
  - {metric: likes, target: 105, channel: mastodon}
---
# Strategie
"""
HEADER = "subject;channel;metric;value;observed_at;published_at\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Six posts of October, three of September, and the strategy's goals."""
    rows = [f"0{n};mastodon;likes;{n * 10};2026-10-0{n} 20:00;2026-10-0{n} 08:00" for n in range(1, 7)]
    rows += [f"1{n};mastodon;likes;{n * 20};2026-09-0{n} 20:00;2026-09-0{n} 08:00" for n in range(1, 4)]
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines" / "strategy.md").write_text(STRATEGY)
    (tmp_path / "a.csv").write_text(HEADER + "\n".join(rows) + "\n")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    assert leitstand("import", "a.csv") == 0
    capsys.readouterr()
    return tmp_path


def leitstand(*args: str, language: str = "en") -> int:
    return execute([*args, "--now", NOW.isoformat()], {"LEITSTAND_LANG": language})


def october(*args: str) -> tuple[str, ...]:
    return ("kpi", "likes", "--from", "2026-10", "--to", "2026-10", *args)


def only(whole: dict[str, object], key: str) -> dict[str, object]:
    """The one element of a list in an answer."""
    found = whole[key]
    assert isinstance(found, list)
    (row,) = found
    assert isinstance(row, dict)
    return row


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    whole: dict[str, object] = json.loads(capsys.readouterr().out)
    return whole


def test_explain_tells_where_a_number_comes_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Formula, SQL, and the import with its observations and ages; the lines for people say the same."""
    assert leitstand(*october("--explain", "--json")) == 0
    whole = answer(capsys)
    assert whole["formula"] == "sum(likes)"
    assert "2026-09-30 22:00:00" in str(whole["sql"]), "October begins at midnight in Berlin"
    source = only(whole, "sources")
    assert (source["source"], source["observations"], source["subjects"]) == ("csv", 6, 6)
    assert source["ages"] == [12, 12, 12]
    assert leitstand(*october("--explain")) == 0
    said = capsys.readouterr().out
    assert f"{source['import']} (csv), 6 observations" in said
    assert "age 12 to 12 h" in said


@pytest.mark.parametrize(("against", "other", "change"), [("previous", 120, 0.75), ("year", None, None)])
def test_against_earlier(
    against: str, other: float | None, change: float | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """October's 210 likes stand beside September's 120; of the year before nothing is known, which is not zero."""
    assert leitstand(*october("--against", against, "--json")) == 0
    row = only(answer(capsys), "comparison")
    assert (row["value"], row["other"], row["change"]) == (210, other, change)
    assert leitstand(*october("--against", against)) == 0
    assert ("▲ +75.0% against 120, n = 3" in capsys.readouterr().out) == (other is not None)


@pytest.mark.parametrize(("by", "wanted"), [((), (420, 0.5, False)), (("--by", "channel"), (105, 2, True))])
def test_against_the_goal(
    by: tuple[str, ...], wanted: tuple[float, float, bool], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The strategy's goal of all channels, or each channel's own."""
    assert leitstand(*october(*by, "--against", "goal", "--json")) == 0
    row = only(answer(capsys), "comparison")
    assert (row["other"], row["change"], row["good"]) == wanted


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (october("--against", "last"), "unknown comparison 'last'"),
        (("kpi", "likes", "--against", "previous"), "give its first day or month with --from"),
        (october("--by", "month", "--against", "year"), "leave out --by or --against"),
        (october("--by", "weekday", "--against", "goal"), "give --by channel"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    args: tuple[str, ...], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and a sentence with the remedy."""
    assert leitstand(*args) == 2
    assert said in capsys.readouterr().err


def test_without_a_period_all_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the first post that is known until today."""
    assert leitstand("kpi", "likes", "--json") == 0
    assert (answer(capsys)["n"], NOW.month) == (9, 11)


@pytest.mark.parametrize("name", ["impressions", "Views", "views"])
def test_people_use_other_names(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A KPI is found by its name, its title, and what networks call it."""
    assert leitstand("kpi", name) == 0
    assert capsys.readouterr().out.startswith("Views (views): How often posts were shown")


def test_german_titles_are_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who reads Reichweite may type it."""
    assert leitstand("kpi", "reichweite", "--json", language="de") == 0
    assert answer(capsys)["value"] is None


def test_the_real_page(folder: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After importing the 500 posts of the research data set, the median reach is the published 5,281."""
    file = shared_data / "facebook_metrics" / "dataset_Facebook.csv"
    assert leitstand("import", str(file), "--account", "facebook") == 0
    capsys.readouterr()
    assert leitstand("kpi", "reach", "--json") == 0
    row = answer(capsys)
    assert (row["n"], row["median"]) == (500, 5281)
    assert leitstand("kpi", "clicks", "--by", "format", "--explain", "--json") == 0
    groups = answer(capsys)["groups"]
    assert isinstance(groups, dict)
    assert {one["group"]: (one["n"], one["enough"]) for one in groups["groups"]}["video"] == (7, False)


def test_postgresql_answers_when_it_is_chosen(
    folder: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same command over PostgreSQL gives the same line."""
    assert leitstand(*october("--json")) == 0
    here = answer(capsys)
    monkeypatch.setenv("LEITSTAND_ENGINE", postgres.new_database())
    assert leitstand(*october("--json")) == 0
    assert answer(capsys) == here
    monkeypatch.setenv("LEITSTAND_ENGINE", "oracle://x")
    assert leitstand(*october()) == 2


def test_bars_fill_their_cells() -> None:
    """Nothing is empty, all is full, and every bar is as wide."""
    assert [bar(share).count("█") for share in (0, 0.5, 1, 7)] == [0, 6, 12, 12]
    assert {len(bar(n / 97)) for n in range(98)} == {12}
