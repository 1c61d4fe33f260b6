from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from toolkit.cli import execute

ROOT = Path(__file__).parents[2]
ENGLISH = {"LEITSTAND_LANG": "en"}


@pytest.fixture(autouse=True)
def _speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


@pytest.mark.parametrize("subject", ["post", "campaign", "briefing", "playbook", "feeds", "strategy", "settings"])
def test_schemas_are_printed(subject: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is a JSON Schema, on one line with --json, and the same without."""
    assert execute(["schema", subject, "-w", str(ROOT)], ENGLISH) == 0
    shown = capsys.readouterr().out
    assert execute(["schema", subject, "-w", str(ROOT), "--json"], ENGLISH) == 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert json.loads(line) == json.loads(shown)
    Draft202012Validator.check_schema(json.loads(line))


def test_names_are_those_of_the_workspace(capsys: pytest.CaptureFixture[str]) -> None:
    """People of the workspace are offered, unless any name is to be allowed."""
    execute(["schema", "post", "-w", str(ROOT)], ENGLISH)
    author = json.loads(capsys.readouterr().out)["properties"]["author"]
    assert {"jule", "finja", "tarek"} <= set(author["enum"])
    execute(["schema", "post", "-w", str(ROOT), "--any-names"], ENGLISH)
    assert "enum" not in json.loads(capsys.readouterr().out)["properties"]["author"]


def test_the_sentences_speak_german(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where German is spoken, the explanations are German."""
    monkeypatch.setenv("LEITSTAND_LANG", "de")
    execute(["schema", "post", "-w", str(ROOT)], {"LEITSTAND_LANG": "de"})
    said = json.loads(capsys.readouterr().out)["properties"]["language"]["description"]
    assert "Sprache" in said


def test_the_reference_holds_the_schemas_that_fit_everywhere() -> None:
    """`leitstand docs` writes the schemas without names, which other workspaces can use."""
    from toolkit.cli.reference.pages import reference_pages
    from toolkit.schema import post_schema, settings_schema

    pages = reference_pages()
    assert json.loads(pages["schema/post.json"]) == post_schema()
    assert json.loads(pages["schema/leitstand-toml.json"]) == settings_schema()
