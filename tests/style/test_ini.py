from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.style import Level, RuleError, Styles, read_ini
from toolkit.style.globs import glob_matches

RULE = "extends: existence\nmessage: \"'%s'\"\nlevel: {level}\ntokens: [XX]\n"


def write(folder: Path, ini: str, **rules: str) -> Path:
    """A configuration with styles beside it."""
    for name, level in rules.items():
        file = folder / "styles" / name.replace("_", "/")
        file = file.with_suffix(".yml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(RULE.format(level=level), encoding="utf-8")
    path = folder / ".vale.ini"
    path.write_text(ini, encoding="utf-8")
    return path


def found(ini: Path, name: str = "a.md", text: str = "XX") -> list[str]:
    """The rules that find something in a file of this name."""
    styles = Styles(read_ini(ini), lambda _language: None)
    assert styles.problems == []
    return [f"{alert.rule}:{alert.level}" for alert in styles.check(name, text)]


@pytest.mark.parametrize(
    ("sections", "rules"),
    [
        ("[*.md]\nBasedOnStyles = A", ["A.One:warning", "A.Two:error"]),
        ("[*]\nBasedOnStyles = A, B", ["A.One:warning", "A.Two:error", "B.One:suggestion"]),
        ("[*.txt]\nBasedOnStyles = A", []),
        ("[*.{md,txt}]\nBasedOnStyles = A\nA.One = NO", ["A.Two:error"]),
        ("[*.md]\nB.One = YES", ["B.One:suggestion"]),
        ("[*.md]\nB.One = error", ["B.One:error"]),
        ("[*]\nBasedOnStyles = A\n[*.md]\nBasedOnStyles = B", ["B.One:suggestion"]),
        ("[*]\nA.One = NO\nBasedOnStyles = A\n[a.md]\nA.One = YES", ["A.One:warning", "A.Two:error"]),
        ("[*]\nBasedOnStyles = A\nA = suggestion", ["A.One:suggestion", "A.Two:suggestion"]),
    ],
)
def test_sections_choose_rules(tmp_path: Path, sections: str, rules: list[str]) -> None:
    """Base styles, single rules and levels, by pattern of file; the last word counts."""
    ini = write(
        tmp_path, f"StylesPath = styles\n# note\n\n{sections}\n", A_One="warning", A_Two="error", B_One="suggestion"
    )
    assert found(ini) == rules


def test_the_lowest_level_hides_the_rest(tmp_path: Path) -> None:
    """Rules below MinAlertLevel are not run."""
    ini = write(
        tmp_path, "StylesPath = styles\nMinAlertLevel = error\n[*]\nBasedOnStyles = A\n", A_One="warning", A_Two="error"
    )
    assert found(ini) == ["A.Two:error"]
    assert read_ini(ini).lowest is Level.ERROR


@pytest.mark.parametrize(
    ("ini", "said"),
    [
        ("StylesPath = nowhere\n", ":1:1: there is no folder nowhere"),
        ("MinAlertLevel = loud\n", ":1:1: MinAlertLevel must be one of"),
        ("BasedOnStyles = A\n", ":1:1: BasedOnStyles belongs below a pattern"),
        ("Style = A\n", ":1:1: nobody knows Style"),
        ("[*]\nVocab = A\n", ":2:1: Vocab belongs above"),
        ("[*]\nA.One = MAYBE\n", ":2:1: A.One is one of YES, NO"),
    ],
)
def test_a_wrong_configuration_is_refused(tmp_path: Path, ini: str, said: str) -> None:
    """With line, column and remedy; usage is the exit code."""
    with pytest.raises(RuleError) as raised:
        read_ini(write(tmp_path, ini))
    assert said in str(raised.value)
    assert raised.value.exit_code == 2


def test_nothing_is_downloaded(tmp_path: Path) -> None:
    """Packages are network access: a style that is not there is said to be missing, one that is there is used."""
    ini = write(tmp_path, "StylesPath = styles\nPackages = A, Google\n[*]\nBasedOnStyles = A, Google\n", A_One="error")
    styles = Styles(read_ini(ini), lambda _language: None)
    assert [alert.rule for alert in styles.check("a.md", "XX")] == ["A.One"]
    assert ["nothing is downloaded" in str(problem) for problem in styles.problems] == [True]


def test_vocabularies_are_read(tmp_path: Path) -> None:
    """Accepted words excuse rules about words."""
    ini = write(tmp_path, "StylesPath = styles\nVocab = House\n[*]\nBasedOnStyles = A\n", A_One="error")
    folder = tmp_path / "styles/config/vocabularies/House"
    folder.mkdir(parents=True)
    (folder / "accept.txt").write_text("# words\nXX\n", encoding="utf-8")
    assert found(ini) == []


@pytest.mark.parametrize(
    ("glob", "path", "hit"),
    [
        ("*.md", "a/b.md", True),
        ("*.{md,txt}", "a.txt", True),
        ("docs/**/*.md", "docs/a.md", True),
        ("docs/**/*.md", "src/a.md", False),
        ("!*.py", "a.md", True),
        ("!*.py", "a.py", False),
        ("test.md", "x/test.md", True),
        ("[ab].md", "b.md", True),
        ("[!ab].md", "b.md", False),
        ("a?.md", "ab.md", True),
    ],
)
def test_globs(glob: str, path: str, hit: bool) -> None:  # a column of the table
    """A star takes slashes; the name alone is enough."""
    assert glob_matches(glob, path) is hit


@given(st.text(st.sampled_from("*?[]{},!ab/.\\^-|("), max_size=20), st.text(st.sampled_from("ab/.*"), max_size=10))
def test_a_glob_of_anything_is_a_glob(glob: str, path: str) -> None:
    """Nothing is raised, whatever is written."""
    assert glob_matches(glob, path) in {True, False}
