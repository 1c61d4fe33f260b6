"""`leitstand sentiment` as a filter: an answer to each line, in order, inside and outside of a workspace."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.cli import execute

ENGLISH = {"LEITSTAND_LANG": "en"}
SETTINGS = 'format = 1\n[workspace]\nid = "kaffee"\nname = "Kaffee"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n'


def feed(monkeypatch: pytest.MonkeyPatch, lines: list[bytes], *args: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines)), encoding="utf-8"))
    return execute(["sentiment", *args], ENGLISH)


def test_each_line_has_its_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Labels, probabilities and language in order; what no model knows is unknown and has no probabilities."""
    lines = [
        b'{"text": "So ein Mist, schon wieder kaputt"}',
        b'{"text": "I love this coffee, thank you"}',
        b'{"text": "Danke", "language": "de"}',
        b'{"text": "Danke", "language": null}',
        b'{"text": "Merci beaucoup pour votre aide"}',
        json.dumps({"text": "\ud83d", "language": "de"}).encode(),
    ]
    assert feed(monkeypatch, lines, "-w", str(tmp_path)) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]
    assert [(answer["label"], answer["language"]) for answer in answers] == [
        ("negative", "de"),
        ("positive", "en"),
        ("positive", "de"),
        ("unknown", None),
        ("unknown", None),
        ("neutral", "de"),
    ]
    assert all(list(answer) == ["label", "negative", "neutral", "positive", "language"] for answer in answers)
    assert answers[3]["negative"] is None
    assert sum(answers[0][name] for name in ("negative", "neutral", "positive")) == pytest.approx(1, abs=0.001)


def test_bad_lines_are_told_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A bad line gets an error with its number in its place, and the exit code is 1."""
    lines = [
        b"{",
        b"",
        b'{"text": 1}',
        b'{"text": "gut", "language": 7}',
        b'{"text": "super", "language": "de"}',
        b"\xff",
    ]
    assert feed(monkeypatch, lines, "-w", str(tmp_path)) == 1
    said = capsys.readouterr()
    answers = [json.loads(line) for line in said.out.split("\n") if line]
    assert [str(answer.get("error", ""))[:7] for answer in answers] == ["line 1:", "line 3:", "line 4:", "", "line 6:"]
    assert answers[3]["label"] == "positive"
    assert said.err == "4 lines could not be read\n"


def test_the_workspace_says_which_languages_count(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A team that works in German gets no answer about English."""
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    lines = [b'{"text": "I love this coffee, thank you"}', b'{"text": "Ich liebe diesen Kaffee, danke"}']
    assert feed(monkeypatch, lines, "-w", str(tmp_path)) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]
    assert [answer["label"] for answer in answers] == ["unknown", "positive"]


def test_an_answer_comes_before_the_next_line(tmp_path: Path) -> None:
    """The filter waits for nobody: a program may ask, read the answer, and ask again."""
    command = [sys.executable, "-m", "toolkit", "sentiment", "-w", str(tmp_path)]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text, label in (("Ich liebe es", "positive"), ("So ein Mist", "negative")):
            process.stdin.write(json.dumps({"text": text, "language": "de"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["label"] == label
        process.stdin.close()
        assert process.wait(timeout=60) == 0
