"""`check --vale-ini` and `rules test` as people and programs call them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from toolkit.cli import execute

RULE = "extends: substitution\nmessage: Use %s, not %s.\nlevel: error\naction: {name: replace}\nswap: {utilize: use}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a workspace: a configuration, a style, texts."""
    (tmp_path / "styles/House").mkdir(parents=True)
    (tmp_path / "styles/House/Plain.yml").write_text(RULE, encoding="utf-8")
    (tmp_path / ".vale.ini").write_text("StylesPath = styles\n[*.{md,txt}]\nBasedOnStyles = House\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/b.md").write_text("# Ä\n\nWe *utilize* it, `utilize`.\n", encoding="utf-8")
    (tmp_path / "docs/a.txt").write_text("utilize\n", encoding="utf-8")
    (tmp_path / "docs/c.py").write_text("utilize\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return tmp_path


def test_alerts_are_lines_that_editors_can_jump_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Path as given, line, column, rule, message; an error makes it fail; other formats are left alone."""
    assert execute(["check", "--vale-ini", ".vale.ini", "--format", "line", "docs"], os.environ) == 1
    assert capsys.readouterr().out == (
        "docs/a.txt:1:1:House.Plain:Use 'use', not utilize.\ndocs/b.md:3:5:House.Plain:Use 'use', not utilize.\n"
    )


def test_programs_get_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object per alert, with the fix."""
    assert execute(["check", "--vale-ini", ".vale.ini", "--format", "json", "docs/b.md"], os.environ) == 1
    [record] = map(json.loads, capsys.readouterr().out.splitlines())
    assert (record["line"], record["col"], record["match"], record["fix"]) == (3, 5, "utilize", "use")


def test_warnings_do_not_fail(folder: Path) -> None:
    """Only errors do."""
    (folder / "styles/House/Plain.yml").write_text(RULE.replace("error", "warning"), encoding="utf-8")
    assert execute(["check", "--vale-ini", ".vale.ini", "docs"], os.environ) == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("styles/House/Bad.yml", "extends: script\nmessage: x\n", "styles/House/Bad.yml:1:10: script is a program"),
        (
            "styles/House/Bad.yml",
            "extends: sequence\nmessage: x\n",
            "styles/House/Bad.yml:1:10: sequence needs a grammar",
        ),
        (".vale.ini", "StylesPath = styles\n[*]\nBasedOnStyles = Google\n", "there is no style Google in StylesPath"),
        (".vale.ini", "StylesPath = nowhere\n", ".vale.ini:1:1: there is no folder nowhere"),
    ],
)
def test_what_cannot_be_used_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    """With file, place and what to do instead; that is a matter of configuration."""
    (folder / name).write_text(text, encoding="utf-8")
    assert execute(["check", "--vale-ini", ".vale.ini", "docs"], os.environ) == 2
    assert said in capsys.readouterr().err


def test_a_broken_rule_stops_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All texts are checked by the rules that can be read; the exit code says that one could not."""
    (folder / "styles/House/Bad.yml").write_text("extends: existence\nmessage: m\ntokens: [(a]\n", encoding="utf-8")
    assert execute(["check", "--vale-ini", ".vale.ini", "docs"], os.environ) == 2
    said = capsys.readouterr()
    assert said.out.count("House.Plain") == 2
    assert said.err.count("styles/House/Bad.yml:3:10: ") == 1


def test_a_warning_about_the_configuration_fails_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What Vale would pass over is told, also where no text was checked."""
    (folder / ".vale.ini").write_text("StylesPath = styles\n[*.md]\nHouse.Plane = YES\n", encoding="utf-8")
    assert execute(["check", "--vale-ini", ".vale.ini", "docs/c.py"], os.environ) == 0
    assert capsys.readouterr().err == (
        ".vale.ini:3:1: warning: there is no rule House.Plane (did you mean House.Plain?) (vale-ini)\n"
    )


def test_missing_files_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both the configuration's and the text's."""
    assert execute(["check", "--vale-ini", "no.ini", "docs"], os.environ) == 2
    assert "no.ini:1:1: cannot be read" in capsys.readouterr().err
    assert execute(["check", "--vale-ini", ".vale.ini", "no.md"], os.environ) == 2
    assert "there is no file no.md" in capsys.readouterr().err


def test_the_house_tests_its_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`rules test` runs the examples; `rules list` and `show` know the rules."""
    block = "```rule\nid: B1\nextends: existence\nmessage: no %s\ntokens: [laut]\ngood: [leise]\nbad: [laut]\n```\n"
    (folder / "guidelines").mkdir()
    (folder / "guidelines/stimme.md").write_text(block, encoding="utf-8")
    (folder / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\nlanguages = ["de"]\n', encoding="utf-8")
    assert execute(["rules", "test"], os.environ) == 0
    assert capsys.readouterr().err == "1 rule of the house, 2 examples tried\n"
    assert execute(["rules", "list"], os.environ) == 0
    assert "B1 " in capsys.readouterr().out
    assert execute(["rules", "show", "B1"], os.environ) == 0
    assert "guidelines/stimme.md:2" in capsys.readouterr().out
    (folder / "guidelines/stimme.md").write_text(block.replace("bad: [laut]", "bad: [leise]"), encoding="utf-8")
    assert execute(["rules", "test", "--json"], os.environ) == 1
    record = json.loads(capsys.readouterr().out)
    assert (record["rules"], record["examples"], len(record["problems"])) == (1, 2, 1)


def test_a_rule_of_the_house_links_to_its_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get the place in the handbook that explains it."""
    block = "```rule\nid: B1\nextends: existence\nmessage: no %s\ntokens: [laut]\ngood: [leise]\nbad: [laut]\n```\n"
    (folder / "guidelines").mkdir()
    (folder / "guidelines/stimme.md").write_text(block, encoding="utf-8")
    settings = 'format = 1\n[workspace]\nid = "x"\nlanguages = ["de"]\nurl = "https://site.example.com"\n'
    (folder / "leitstand.toml").write_text(settings, encoding="utf-8")
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/posts/a.md").write_text("---\ntitle: A\n---\nlaut\n", encoding="utf-8")
    execute(["check", "--format", "json", "--no-cache"], os.environ)
    links = {record["rule"]: record["link"] for record in map(json.loads, capsys.readouterr().out.splitlines())}
    assert links["B1"] == "https://site.example.com/handbook/stimme/#B1"
    assert links["uid"] == ""  # this workspace has no reference, so its site has no such page
