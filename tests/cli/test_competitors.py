"""`leitstand competitors`: from leitstand.toml to a table that the importer takes."""

import json
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.metrics import open_store
from toolkit.settings import read_settings

TOML = """\
format = 1

[workspace]
id = "probe"

[accounts.mastodon]
network = "mastodon"
id = "@nord@social.example"

[accounts.bilder]
network = "instagram"
id = "nord"

[competitors."Röstwerk Süd"]
accounts = {mastodon = "@rs@other.example", bilder = "roestwerk.sued"}
"""
NOW = ("--now", "2026-11-21T12:00+01:00")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    return tmp_path


def call(root: Path, *words: str) -> int:
    return execute([*words, "-w", str(root)], {"LEITSTAND_LANG": "en"})


def test_who_is_fetched_and_who_comes_as_a_file(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Mastodon tells anybody, Instagram nobody."""
    assert call(workspace, "competitors", "list", "--json") == 0
    said = json.loads(capsys.readouterr().out)["competitors"]
    assert [(row["account"], row["counts"]) for row in said] == [("mastodon", "api"), ("bilder", "file")]
    assert call(workspace, "competitors", "list") == 0
    shown = capsys.readouterr().out
    assert "Röstwerk Süd  bilder  roestwerk.sued  als Datei: leitstand competitors template" in shown


def test_the_filled_in_template_is_imported(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody writes three numbers into the third column; they are the competitor's on the last day of the month."""
    assert call(workspace, "competitors", "template", *NOW) == 0
    table = capsys.readouterr().out
    assert table.splitlines()[0] == "subject;channel;metric;value;observed_at"
    filled = workspace / "oktober.csv"
    for number, metric in enumerate(("posts", "interactions", "followers"), 1):
        table = table.replace(f"{metric};;", f"{metric};{number};")
    filled.write_text(table, encoding="utf-8")
    assert call(workspace, "import", str(filled), *NOW) == 0
    values = {
        value.metric: (value.value, value.channel, value.observed_at.date().isoformat())
        for value in open_store(workspace / "state").latest(subjects=["competitor:Röstwerk Süd"])
    }
    assert values == {
        metric: (number, "bilder", "2026-10-31")
        for number, metric in enumerate(("posts", "interactions", "followers"), 1)
    }


def test_a_template_for_another_month(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """February has 28 days; what is no month is said."""
    assert call(workspace, "competitors", "template", "--month", "2026-02") == 0
    assert "2026-02-28" in capsys.readouterr().out
    assert call(workspace, "competitors", "template", "--month", "Februar") == 2


def test_a_plan_names_competitors(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that a network tells about; nothing is asked."""
    assert call(workspace, "measure", "--plan", *NOW, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["competitors"] == [{"name": "Röstwerk Süd", "account": "mastodon", "id": "@rs@other.example"}]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ('accounts = {mastodn = "@a@b.example"}', "did you mean 'mastodon'"),
        ("accounts = {mastodon = 7}", "must be their name"),
        ('accounts = {mastodon = " "}', "must be their name"),
        ('account = {mastodon = "@a@b.example"}', "accounts"),
    ],
)
def test_a_wrong_table_is_told_at_its_place(wrong: str, words: str) -> None:
    """An account that we have not, a name that is none, a key that nobody knows: each with the line it stands in."""
    head = TOML.split("accounts = {", maxsplit=1)[0]
    settings, problems = read_settings(f"{head}{wrong}\n")
    assert settings is None
    (problem,) = problems
    assert words in problem.message
    assert problem.span.line == head.count("\n") + 1
