from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.cli import execute

TOML = 'format = 1\n\n[workspace]\nid = "probe"\nname = "Probe"\n'
HARBOUR = Path(__file__).parents[1] / "tokens/harbour.json"
ENGLISH = {"LEITSTAND_LANG": "en"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a small brand."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines/tokens.json").write_bytes(HARBOUR.read_bytes())
    return tmp_path


def ask(root: Path, *words: str) -> int:
    return execute(["tokens", *words, "-w", str(root)], ENGLISH)


def test_css_is_what_the_library_says(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The golden style sheet on stdout, and the same as values for programs."""
    assert ask(root, "css") == 0
    golden = HARBOUR.with_suffix(".css").read_text("utf-8")
    assert capsys.readouterr().out == golden
    assert ask(root, "css", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["tokens", "light", "dark"]
    assert found["light"]["--primary"] == "#2b6777"
    assert f"{found['tokens']['--brand-font-text']};" in golden


def test_a_palette_is_a_style_that_matplotlib_reads(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What is printed can be saved as a style file and used as it is."""
    import matplotlib as mpl
    import matplotlib.style

    assert ask(root, "palette", "--scheme", "dark") == 0
    style = tmp_path / "brand.mplstyle"
    style.write_text(capsys.readouterr().out)
    with mpl.style.context(style):
        assert mpl.rcParams["axes.facecolor"] == "#0f1d29"
        assert mpl.rcParams["axes.prop_cycle"].by_key()["color"][0] == "#00f900"
    assert ask(root, "palette", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["scheme"], found["palette"][:2]) == ("light", ["#2b6777", "#d2849c"])


def test_the_matrix_fails_when_a_pair_does(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every pair with its figures; exit code 1 as soon as one is too little, with a colour that would do."""
    assert ask(root, "contrast", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["colour"], row["kind"], row["minimum"], row["passed"]) for row in rows] == [
        ("color.light.text", "text", 4.5, True),
        ("color.fjord", "large", 4.0, True),
    ]
    file = root / "guidelines/tokens.json"
    file.write_text(file.read_text("utf-8").replace("#12263a", "#a2b6ca"))
    assert ask(root, "contrast") == 1
    assert "too little; #" in capsys.readouterr().out


def test_check_speaks_of_the_token_file_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Problems of format and contrast with their places, and nothing of other files."""
    assert ask(root, "check") == 0
    assert capsys.readouterr().out == ""
    (root / "guidelines/tokens.json").write_text('{"a": {"$type": "color", "$value": "{b}"}}')
    (root / "content/posts").mkdir(parents=True)
    (root / "content/posts/x.md").write_text("---\nuid: nonsense\n---\n")
    assert ask(root, "check") == 1
    assert capsys.readouterr().out == "guidelines/tokens.json:1:36: there is no token b (tokens)\n"
    assert ask(root, "check", "--json") == 1
    assert json.loads(capsys.readouterr().out)["line"] == 1


def test_without_a_file_it_offers_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing is named with the command that begins it; what that writes has no problem and enough contrast."""
    (root / "guidelines/tokens.json").unlink()
    assert ask(root, "check") == 2
    said = capsys.readouterr().err
    assert "there is no guidelines/tokens.json" in said
    assert "leitstand tokens init" in said
    assert ask(root, "init") == 0
    assert "guidelines/tokens.json written" in capsys.readouterr().out
    assert ask(root, "check") == 0
    assert "36 tokens read" in capsys.readouterr().err
    assert ask(root, "contrast") == 0


def test_a_file_that_is_there_is_not_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks for a beginning twice keeps the colours that were put in."""
    before = (root / "guidelines/tokens.json").read_bytes()
    assert ask(root, "init") == 2
    assert "is there already" in capsys.readouterr().err
    assert (root / "guidelines/tokens.json").read_bytes() == before
