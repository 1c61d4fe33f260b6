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
        ("[*]\nVocab = A\n", ":2:1: Vocab belongs above"),
        ("[*]\nTokenIgnores = b\\,c, [z-a]\n", ":2:23: [z-a] cannot be read"),
    ],
)
def test_a_wrong_configuration_is_refused(tmp_path: Path, ini: str, said: str) -> None:
    """With line, column and remedy; usage is the exit code."""
    with pytest.raises(RuleError) as raised:
        read_ini(write(tmp_path, ini))
    assert said in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("ini", "said"),
    [
        ("Style = A\n", ["1:1 nobody knows Style; did you mean StylesPath?"]),
        ("A.One = YES\n", ["1:1 nobody knows A.One; rules belong below a pattern of files, such as [*.md]"]),
        ("NLPEndpoint = http://x\n", ["1:1 NLPEndpoint is not used here; remove it, or run Vale for it"]),
        ("[*]\nView = x\n", ["2:1 View is not used here; remove it, or run Vale for it"]),
        ("[*]\nBasedOnStyle = A\n", ["2:1 nobody knows BasedOnStyle; did you mean BasedOnStyles?"]),
        (
            "[*]\nA.One = yes\n",
            ["2:9 A.One is one of YES, NO, suggestion, warning, error; anything else, such as yes, means NO"],
        ),
        (
            "[*]\nA.One = NO\nA.One = YES\n",
            ["3:1 A.One stands in line 3 already, and that line counts; remove one of them"],
        ),
        ("[*]\nBasedOnStyles = A\n\nA.Onee = NO\n", ["4:1 there is no rule A.Onee (did you mean A.One?)"]),
        ("[*]\nA.Tow = YES\n", ["2:1 there is no rule A.Tow (did you mean A.Two?)"]),
        ("[*]\nVale.Speling = NO\n", ["2:1 there is no rule Vale.Speling (did you mean Vale.Spelling?)"]),
        ("[*]\nHouze.One = YES\n", ["2:1 there is no style Houze in StylesPath (did you mean House?)"]),
        ("[*]\nHouze = YES\n", ["2:1 there is no style Houze in StylesPath (did you mean House?)"]),
        ("[asciidoctor]\nattribute = YES\n[formats]\nmdx = md\n[*]\nA = error\nA.One = NO\n", []),
    ],
)
def test_what_vale_passes_over_is_a_warning(tmp_path: Path, ini: str, said: list[str]) -> None:
    """With its place and the name that was meant; the check runs."""
    file = write(tmp_path, f"StylesPath = styles\n{ini}", A_One="error", A_Two="error", House_One="error")
    styles = Styles(read_ini(file), lambda _language: None)
    styles.check("a.md", "XX")
    found = [(one.severity, f"{one.span.line - 1}:{one.span.col} {one.message}") for one in styles.problems]
    assert found == [("warning", one) for one in said]


@pytest.mark.parametrize(
    ("ini", "said"),
    [
        ("[*]\nBasedOnStyles = A, Huose\n", "3:20: there is no style Huose in StylesPath (did you mean House?)"),
        (
            "Vocab = Bass\n",
            "2:9: there is no vocabulary Bass in config/vocabularies of StylesPath (did you mean Base?)",
        ),
    ],
)
def test_what_stops_vale_is_an_error(tmp_path: Path, ini: str, said: str) -> None:
    """A style or a vocabulary that is not there, at its name in the list; the others run."""
    (tmp_path / "styles/config/vocabularies/Base").mkdir(parents=True)
    file = write(tmp_path, f"StylesPath = styles\n{ini}[*.md]\nA.One = YES\n", A_One="error", House_One="error")
    styles = Styles(read_ini(file), lambda _language: None)
    assert [alert.rule for alert in styles.check("a.md", "XX")] == ["A.One"]
    assert [(one.severity, said in str(one)) for one in styles.problems] == [("error", True)]


def test_lists_of_several_lines_are_one(tmp_path: Path) -> None:
    """A key that comes again adds to what it said, as in Vale."""
    ini = "StylesPath = styles\n[*]\nBasedOnStyles = A\nBasedOnStyles = B\nTokenIgnores = x\nTokenIgnores = y\n"
    file = write(tmp_path, ini, A_One="error", B_One="error")
    assert found(file) == ["A.One:error", "B.One:error"]
    assert read_ini(file).reading("a.md").tokens == ("x", "y")


def test_a_slow_pattern_of_what_is_not_read_is_told(tmp_path: Path) -> None:
    """At its place in the configuration; the other pattern hides, and the text is checked."""
    ini = "StylesPath = styles\n[*]\nBasedOnStyles = A\nTokenIgnores = YY, (?=((a+)+)+c)a\n"
    file = write(tmp_path, ini, A_One="error")
    alerts = Styles(read_ini(file), lambda _language: None).check("a.md", "a" * 3_000 + "! YY XX\n")
    assert [(alert.rule, alert.level) for alert in alerts] == [("ignore", "warning"), ("A.One", "error")]
    assert "vale.ini:4:20) takes too long" in alerts[0].message


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("styles/A/Bad.yml", "extends: existence\nmessage: m\ntokens:\n  - good\n  - (bad\n", "Bad.yml:5:5"),
        ("styles/A/Bad.yml", "extends: existence\nmessage: m\ntokens: [(a\\1)]\n", "Bad.yml:3:12"),
        ("styles/A/Bad.yml", "extends: metric\nmessage: m\nformula: 1 +\n", "Bad.yml:"),
        ("styles/A/Bad.yml", "extends: [\n", "Bad.yml:"),
        ("styles/A/Bad.yml", b"\xff\xfe", "Bad.yml:1:1"),
        ("styles/config/vocabularies/V/accept.txt", "Tee\n\n  (Kaffee\n", "accept.txt:3:3"),
        ("styles/config/vocabularies/V/accept.txt", "Straße".encode("latin-1"), "accept.txt:1:5"),
    ],
)
def test_one_broken_file_stops_no_other(tmp_path: Path, name: str, text: str | bytes, place: str) -> None:
    """It is told at its place, once however many files are checked, and every other rule runs."""
    ini = write(tmp_path, "StylesPath = styles\nVocab = V\n[*]\nBasedOnStyles = A\n", A_One="error")
    (tmp_path / "styles/config/vocabularies/V").mkdir(parents=True)
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    styles = Styles(read_ini(ini), lambda _language: None)
    for file in ("a.md", "b.txt"):
        assert [alert.rule for alert in styles.check(file, "XX")] == ["A.One"]
    assert [one.severity for one in styles.problems] == ["error"]
    assert place in str(styles.problems[0])


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


@pytest.mark.parametrize("name", ["A./secret", "A...secret", "../secret.x", "A.", ".secret"])
def test_a_rule_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    """Nothing outside of the style's folder is read as one of its rules."""
    (tmp_path / "secret.yml").write_text(RULE.format(level="error"), encoding="utf-8")
    key = name.replace("/secret", f"{tmp_path}/secret") if name.startswith("A./") else name
    file = write(tmp_path, f"StylesPath = styles\n[*]\n{key} = YES\n", A_One="error")
    styles = Styles(read_ini(file), lambda _language: None)
    assert styles.check("a.md", "XX") == []
    assert [problem.severity for problem in styles.problems] == ["warning"]
