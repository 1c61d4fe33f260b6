"""`leitstand crisis detect`: a filter from counts to levels that says what it cannot read, and then writes nothing."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from toolkit.cli import execute
from toolkit.surprise import Level, Tuning

ENGLISH = {"LEITSTAND_LANG": "en"}


@pytest.fixture(autouse=True)
def _speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


START = datetime(2026, 3, 2)  # noqa: DTZ001  # as exports write it


def write_counts(path: Path, *, storm: int = 40) -> Path:
    """Five days of five-minute counts with a storm of an hour on the fifth."""
    values = np.random.default_rng(2).poisson(4, 5 * 288)
    values[1300:1312] = storm
    lines = [f"{START + index * timedelta(minutes=5)},{value}" for index, value in enumerate(values)]
    path.write_text("\n".join(["timestamp,value", *lines]) + "\n", "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = execute(["crisis", "detect", *map(str, args)], ENGLISH)
    said = capsys.readouterr()
    return code, said.out, said.err


def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, *args: str) -> str:
    """What is said of a file that cannot be read, which is all that is said."""
    path = tmp_path / "counts.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, out, err = run(capsys, path, *args)
    assert (code, out) == (1, "")
    return err.replace(str(path), "counts.csv")


def test_every_row_comes_back_with_score_and_level(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Timestamps and values as they were, a score that agrees with its level, and a candidate in the storm."""
    path = write_counts(tmp_path / "counts.csv")
    code, out, err = run(capsys, path)
    assert (code, err) == (0, "")
    rows = [line.split(",") for line in out.splitlines()]
    assert rows[0] == ["timestamp", "value", "score", "level"]
    assert [row[:2] for row in rows[1:]] == [line.split(",") for line in path.read_text("utf-8").splitlines()[1:]]
    assert {row[3] for row in rows[1:577]} == {"learning"}
    assert "candidate" in {row[3] for row in rows[1300:1314]}
    thresholds = Tuning().usual.thresholds
    for _time, _value, score, level in rows[1:]:
        if level in ("watch", "alert", "candidate"):
            assert thresholds.level(float(score)) is Level(level)
        assert (level in ("calm", "learning")) == (float(score) < thresholds.watch)


def test_json_says_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a row with the window, what was in it, what was expected, and the level with and without quiet."""
    path = write_counts(tmp_path / "counts.csv")
    _code, out, _err = run(capsys, path, "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert len(records) == 5 * 288
    stormy = records[1311]
    assert stormy.keys() == {
        "timestamp",
        "value",
        "score",
        "level",
        "reached",
        "window_minutes",
        "count",
        "expected",
    }
    assert (stormy["level"], stormy["reached"], stormy["count"]) == ("ongoing", "candidate", 480)
    assert stormy["window_minutes"] == 60
    assert 45 < stormy["expected"] < 55


def test_the_benchmarks_own_files_are_read(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of NAB, as it is, has one line of answer for each of its own."""
    path = shared_data / "nab/realTweets/Twitter_volume_CRM.csv"
    code, out, err = run(capsys, path)
    assert (code, err) == (0, "")
    assert out.count("\n") == path.read_text("utf-8").count("\n")


def test_standard_input_is_a_file_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A minus reads what is piped in, and problems are told with its name."""
    path = write_counts(tmp_path / "counts.csv")
    _code, expected, _err = run(capsys, path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert run(capsys, "-")[1] == expected
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"timestamp,value\n2026-03-02,viele\n")))
    assert run(capsys, "-")[2].startswith("stdin:2:12: 'viele' is no count")


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("timestamp,value\n2026-03-02 00:00,4\n2026-03-02 00:05,-1\n", "3:18", "whole number"),
        ("timestamp,value\n2026-03-02 00:00,4\n2026-03-02 00:05,\n", "3:18", "leave the row out"),
        ("timestamp,value\n2026-03-02 00:00,1.5\n", "2:18", "whole number"),
        ("timestamp,value\n02.03.2026 00:00,4\n", "2:1", "ISO 8601"),
        ("name,value,timestamp\nx,4,gestern\n", "2:5", "ISO 8601"),
        ("timestamp,value\n2026-03-02 00:05,4\n2026-03-02 00:00,4\n", "3:1", "sort the rows"),
        ("timestamp,value\n2026-03-02 00:05,4\n2026-03-02 00:05,4\n", "3:1", "keep each time once"),
        ("timestamp,value\n2026-03-02 00:05\n", "2:1", "fewer than 2 columns"),
        ("time,count\n2026-03-02 00:05,4\n", "1:1", "no column"),
        ("zeit;anzahl\n", "1:1", "timestamp,value"),
        ("timestamp,value\n", "1:1", "no rows"),
        ("", "1:1", "no rows"),
        (b"timestamp,value\n2026-03-02 00:05,4\n\xff\n", "3:1", "UTF-8"),
        ("timestamp,value\n1066-10-14 09:00,4\n", "2:1", "ISO 8601"),
        ('timestamp,value\n"' + "9" * 200_000 + '",4\n', "2:1", "CSV"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, place: str, remedy: str
) -> None:
    """A bad row is told by line and column with the remedy, and no row comes out."""
    said = refused(tmp_path, capsys, text)
    assert said.startswith(f"counts.csv:{place}: "), said
    assert remedy in said


def test_all_bad_rows_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty of them and the number of the others, so that a wrong file does not scroll everything away."""
    said = refused(tmp_path, capsys, "timestamp,value\n" + "gestern,viele\n" * 50).splitlines()
    assert len(said) == 21
    assert said[-1] == "and 30 more problems"


def test_columns_may_have_other_company(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Semicolons, quotes, a byte order mark, CRLF, other columns and their order, none of it changes the answer."""
    plain = write_counts(tmp_path / "plain.csv")
    rows = [line.split(",") for line in plain.read_text("utf-8").splitlines()]
    other = tmp_path / "other.csv"
    text = "\r\n".join(f'"{value}";x;"{time}"' for time, value in rows)
    other.write_bytes(b"\xef\xbb\xbf" + text.replace("value", "Value", 1).encode())
    bare = tmp_path / "bare.csv"
    bare.write_text("\n".join(f"{time},{value}.0" for time, value in rows[1:]), "utf-8")
    expected = run(capsys, plain)[1]
    assert run(capsys, other)[1] == expected
    assert run(capsys, bare)[1] == expected


@pytest.mark.parametrize("day", ["2026-03-27", "2026-10-23"])
def test_wall_times_over_the_change_of_the_clocks(tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    """Wall times of Europe/Berlin without an offset have the scores that the same instants have with one."""
    berlin = ZoneInfo("Europe/Berlin")
    begins = datetime.fromisoformat(day).replace(tzinfo=berlin).astimezone(UTC)
    values = np.random.default_rng(3).poisson(4, 4 * 288)
    instants = [(begins + index * timedelta(minutes=5)).astimezone(berlin) for index in range(len(values))]
    answers = []
    for name, times in (("wall", [f"{at:%Y-%m-%d %H:%M}" for at in instants]), ("at", [str(at) for at in instants])):
        path = tmp_path / f"{name}.csv"
        lines = "\n".join(f"{time},{value}" for time, value in zip(times, values, strict=True))
        path.write_text(f"timestamp,value\n{lines}\n", "utf-8")
        code, out, err = run(capsys, path, "--timezone", "Europe/Berlin")
        assert (code, err) == (0, "")
        answers.append([line.split(",")[1:] for line in out.splitlines()])
    assert answers[0] == answers[1]


def test_a_wall_time_that_does_not_exist_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Half past two in the night of the spring change: offset or another zone, nothing is guessed."""
    said = refused(tmp_path, capsys, "timestamp,value\n2026-03-29 02:30,4\n", "--timezone", "Europe/Berlin")
    assert said.startswith("counts.csv:2:1: 2026-03-29 02:30:00 does not exist in Europe/Berlin; add an offset")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--window", "bald"], "--window needs a number and s, m, h or d"),
        (["--history", "0d"], "--history needs a number"),
        (["--history", "1d"], "too short"),
        (["--window", "20d"], "longer than the history"),
        (["--thresholds", "3,2,1"], "three rising numbers"),
        (["--thresholds", "3"], "three rising numbers"),
        (["--timezone", "Europe/Berln"], "did you mean 'Europe/Berlin'"),
        (["--step", "1s"], "too long"),
        (["--step", "1d"], "14 counts is too short: at 1 day, 0:00:00 a count, 20 at least"),
    ],
)
def test_impossible_wishes_are_usage_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    """Exit 2, one sentence, and it names the option."""
    code, out, err = run(capsys, write_counts(tmp_path / "counts.csv"), *options)
    assert (code, out) == (2, "")
    assert sentence in err
    assert "--" in err


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence with its path."""
    code, out, err = run(capsys, tmp_path / "none.csv")
    assert (code, out) == (1, "")
    assert "none.csv does not exist" in err


def test_thresholds_and_window_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A higher bar tells less; the window is the one that was asked for; a shorter cool-down tells more often."""
    path = write_counts(tmp_path / "counts.csv", storm=12)
    usual = run(capsys, path)[1]
    assert "candidate" in usual
    assert "candidate" not in run(capsys, path, "--thresholds", "2.4,3,400")[1]
    often = run(capsys, path, "--cooldown", "10m")[1]
    assert often.count(",candidate\n") > usual.count(",candidate\n")
    records = [json.loads(line) for line in run(capsys, path, "--json", "--window", "30m")[1].splitlines()]
    assert {record["window_minutes"] for record in records} == {30}


def test_hourly_counts_set_their_own_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The step is what is usual in the file: with hourly counts an hour is the window, and two days are 48 rows."""
    values = np.random.default_rng(2).poisson(50, 240)
    lines = [f"{START + index * timedelta(hours=1)},{value}" for index, value in enumerate(values)]
    path = tmp_path / "hours.csv"
    path.write_text("\n".join(["timestamp,value", *lines]), "utf-8")
    records = [json.loads(line) for line in run(capsys, path, "--json")[1].splitlines()]
    assert [record["level"] for record in records].count("learning") == 48
    assert all(record["count"] == record["value"] for record in records)


def test_exports_that_leave_zeros_out_can_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --zeros a file without its rows of zero has the answers of the whole file for the rows that it has."""
    values = np.random.default_rng(2).poisson(0.7, 5 * 288)
    values[1300:1312] = 20
    lines = [f"{START + index * timedelta(minutes=5)},{value}" for index, value in enumerate(values)]
    whole, sparse = tmp_path / "whole.csv", tmp_path / "sparse.csv"
    whole.write_text("\n".join(lines), "utf-8")
    sparse.write_text("\n".join(lines[:1] + [line for line in lines[1:] if not line.endswith(",0")]), "utf-8")
    step = ("--step", "5m", "--cooldown", "5m")
    expected = [line for line in run(capsys, whole, *step)[1].splitlines() if ",0," not in line]
    found = run(capsys, sparse, "--zeros", *step)[1].splitlines()
    assert [line for line in found if ",0," not in line] == expected
    assert any(line.endswith(",candidate") for line in found)
    assert run(capsys, sparse, *step)[1].splitlines() != found


def test_more_zeros_than_anybody_counts_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two rows a century apart and a step of five minutes would be eleven million rows."""
    path = tmp_path / "counts.csv"
    path.write_text("2026-01-01,4\n2126-01-01,4\n", "utf-8")
    code, out, err = run(capsys, path, "--zeros", "--step", "5m")
    assert (code, out) == (2, "")
    assert "--zeros would add more than 2000000 rows" in err


@pytest.mark.parametrize("interface", ["de", "en"])
def test_it_speaks_the_language_of_the_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, interface: str
) -> None:
    """Where the environment names none, as every other verb does; without a workspace the environment's."""
    monkeypatch.delenv("LEITSTAND_LANG", raising=False)
    settings = f'format = 1\n[workspace]\nid = "probe"\ninterface = "{interface}"\n'
    (tmp_path / "leitstand.toml").write_text(settings, encoding="utf-8")
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    assert execute(["crisis", "detect", str(empty), "-w", str(tmp_path)], {}) == 1
    assert ("no rows" in capsys.readouterr().err) is (interface == "en")
    (tmp_path / "leitstand.toml").unlink()
    assert execute(["crisis", "detect", str(empty), "-w", str(tmp_path)], {"LANG": "en_GB.UTF-8"}) == 1
    assert "no rows" in capsys.readouterr().err
