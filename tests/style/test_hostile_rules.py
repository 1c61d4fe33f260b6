"""A rule that cannot be used is said with its place, before any text is checked; it never stops the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.style.book import matches, rule
from toolkit.style import RuleError, read_ini
from toolkit.style.compiling import compile_rule
from toolkit.style.globs import glob_matches
from toolkit.style.pattern import check_compiles
from toolkit.style.syntax import PatternError, parse

UNREADABLE = {
    r"\p{Klingon}": "there is no class of characters",
    "[[:foo:]]": "there is no class of characters",
    r"\1": "there is no group 1",
    r"(a)\2": "there is no group 2",
    r"\k<x>(?<y>a)": "there is no group x",
    r"([ab]\1)": "the group 1 does not end before",
    r"\k<x>(?<x>a)": "the group x does not end before",
    "(?<1>a)": "a group is called by letters",
    "(?P<>a)": "a group is called by letters",
    "a" + "*" * 5000: "nested too deeply",
    "a" + "{1}" * 5000: "nested too deeply",
    "(?:(?:a{1000}){1000}){1000}": "repeated too often",
    "(foo": "never closed",
    "[z-a]": "runs backwards",
}
# Where a rule may have a pattern: the rule, with the pattern as %s.
PLACES = [
    "extends: existence\ntokens: ['%s']",
    "extends: existence\nraw: ['%s']",
    "extends: existence\ntokens: [a]\nexceptions: ['%s']",
    "extends: existence\ntokens: [a]\naction:\n  name: edit\n  params: [regex, '%s', x]",
    "extends: substitution\nswap: {'%s': x}",
    "extends: substitution\nswap: {a: x}\nexceptions: ['%s']",
    "extends: occurrence\nmax: 1\ntoken: '%s'",
    "extends: repetition\ntokens: ['%s']",
    "extends: consistency\neither: {'%s': x}",
    "extends: conditional\nfirst: '%s'\nsecond: b",
    "extends: conditional\nfirst: a\nsecond: '%s'",
    "extends: capitalization\nmatch: '%s'",
    "extends: capitalization\nmatch: $title\nprefix: '%s'",
    "extends: capitalization\nmatch: $title\nexceptions: ['%s']",
    "extends: spelling\nfilters: ['%s']",
    "extends: spelling\nexceptions: ['%s']",
]


@pytest.mark.parametrize("written", UNREADABLE)
def test_what_no_engine_takes_is_refused_while_it_is_read(written: str) -> None:
    """Groups and classes that there are not, names that are none, repeats without end: each with its own sentence."""
    with pytest.raises(PatternError, match=UNREADABLE[written]):
        parse(written)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("written", [r"\p{Klingon}", "(foo", "[z-a]", r"\9", r"(a\1)"])
def test_a_pattern_is_refused_wherever_it_stands(place: str, written: str) -> None:
    """The rule is refused with its place when it is compiled, not in the middle of somebody's text."""
    with pytest.raises(RuleError) as refused:
        compile_rule(rule(place % written))
    assert str(refused.value.problem).startswith("house.yml:")


@pytest.mark.parametrize("number", [".inf", "inf", "nan", "1e400", "-1", "1.5"])
@pytest.mark.parametrize("key", ["limit", "max"])
def test_a_number_without_end_is_none(key: str, number: str) -> None:
    """Only whole numbers are counted up to."""
    with pytest.raises(RuleError, match=f"house.yml:4:.*{key} must be"):
        rule(f"extends: repetition\ntokens: [a]\nmessage: m\n{key}: {number}")


def test_a_shape_that_nobody_knows_is_no_pattern() -> None:
    """A misspelt $Title would find fault with every heading."""
    with pytest.raises(RuleError, match="capitalization needs match"):
        rule("extends: capitalization\nmatch: $Title")


def test_a_term_of_a_word_list_is_named() -> None:
    """The rule is where the error shows; the words say which term of which list to look for."""
    with pytest.raises(RuleError, match=r"\(Kaffee: this bracket is never closed"):
        compile_rule(rule("extends: existence\ntokens: [a]"), ("Tee", "(Kaffee"))


def test_groups_that_there_are_may_be_referred_to() -> None:
    """By number and by name, before and behind; a class by its Unicode or its POSIX name."""
    assert matches(
        r"""
        extends: existence
        raw: ['(\p{Lu})\1[[:digit:]]']
        """,
        "AA1 AB2",
    ) == ["AA1"]
    assert matches(
        r"""
        extends: existence
        raw: ['(?<x>a)b\k<x>']
        """,
        "aba abb",
    ) == ["aba"]


@pytest.mark.parametrize("written", [r"(a)\1", r"(?<x>a)+\k<x>", r"(?:(a)|b)\1"])
def test_what_an_engine_takes_is_not_refused(written: str) -> None:
    """A word list or a setting may refer to a group as a rule may."""
    check_compiles(written)


def test_an_empty_branch_beside_a_boundary_is_searched() -> None:
    """Nothing between two alternatives, and text beyond ASCII: the rule finds what the other branch says."""
    assert "Äb" in matches("extends: existence\nraw: ['\\bÄb\\b|']", "x Äb")


def test_a_glob_of_many_stars_is_answered_at_once() -> None:
    """Stars that could share a name in a million ways are tried in one pass."""
    assert not glob_matches("*a" * 30 + "b", "a" * 300)
    assert glob_matches("*" * 60 + ".md", "posts/türen.md")


@pytest.mark.parametrize("name", ["TokenIgnores", "BlockIgnores"])
def test_an_unreadable_pattern_of_the_configuration_has_its_line(tmp_path: Path, name: str) -> None:
    """What should not be read is not read by accident."""
    with pytest.raises(RuleError, match=r"vale.ini:2:16: \(a cannot be read"):
        read_ini(_write(tmp_path, f"[*.md]\n{name} = (a\n"))


@pytest.mark.parametrize("line", ["[*.md", "BasedOnStyles", "= x"])
def test_a_line_that_is_neither_pattern_nor_value_is_refused(tmp_path: Path, line: str) -> None:
    """A bracket forgotten would leave every file below it unchecked."""
    with pytest.raises(RuleError, match=r"vale\.ini:2:1: a line is"):
        read_ini(_write(tmp_path, f"; note\n{line}\n# note\n"))


def _write(folder: Path, ini: str) -> Path:
    file = folder / "vale.ini"
    file.write_text(ini, encoding="utf-8")
    return file
