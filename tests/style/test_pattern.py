from __future__ import annotations

import unicodedata
from contextlib import suppress
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.style.pattern import Pattern, pattern
from toolkit.style.prefilter import Prefilter
from toolkit.style.rendering import REGEX, render
from toolkit.style.syntax import PatternError, parse
from toolkit.style.texts import Texts

# Characters that all Unicode tables know, whatever their age.
KNOWN = st.characters(codec="utf-8", exclude_categories=["Cn", "Co", "Cs", "Cc"]).filter(
    lambda char: unicodedata.category(char) != "Cn"
)
TEXT = st.text(st.one_of(st.sampled_from("ab Ää\n.-_1!ß\u00a0"), st.sampled_from(ascii_letters), KNOWN), max_size=30)
ATOM = st.sampled_from(
    [
        "a",
        "b",
        "Ä",
        "ä",
        "ß",
        "1",
        "-",
        " ",
        r"\.",
        r"\w",
        r"\W",
        r"\d",
        r"\s",
        r"\S",
        ".",
        "[aÄ-]",
        r"[^\s-]",
        "[a-z]",
        "_",
    ]
)
BOUND = st.sampled_from(["", r"\b", "", "^", "$", r"\B"])


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Patterns like those in rule files: words, classes, repeats, boundaries, alternatives."""

    def piece() -> str:
        return draw(BOUND) + draw(ATOM) + draw(st.sampled_from(["", "", "+", "*", "?", "{1,2}", "+?"])) + draw(BOUND)

    branches = [
        "".join(piece() for _turn in range(draw(st.integers(1, 3)))) for _branch in range(draw(st.integers(1, 3)))
    ]
    template = draw(st.sampled_from([r"(?m)\b(?:%s)\b", "(?m)(?:%s)", r"(?i)(?m)\b(?:%s)\b"]))
    look = draw(st.sampled_from(["", "", "(?!b)", "(?<=a)"]))
    return template % (look + "|".join(branches))


def spans(own: Pattern, texts: list[str]) -> list[tuple[int, int, int]]:
    """Where the pattern is found when all texts are searched at once."""
    return sorted((found.text, found.start, found.end) for found in own.find(Texts(texts), Allowance(0)))


def by_regex(own: Pattern, texts: list[str]) -> list[tuple[int, int, int]]:
    """Where `regex`, text by text, finds it."""
    import regex

    compiled = regex.compile(render(own.node, REGEX), regex.VERSION0)
    return sorted((n, *found.span()) for n, text in enumerate(texts) for found in compiled.finditer(text))


@given(patterns(), st.lists(TEXT, max_size=4))
def test_the_prefilter_never_loses_a_match(written: str, texts: list[str]) -> None:
    """A pattern that `regex` finds somewhere is among the candidates, alone and beside others."""
    own = pattern(written)
    beside = [pattern(r"(?m)\b(?:xylophon)\b"), own, None, pattern("(?<!q)z")]
    candidates = Prefilter(dict(enumerate(beside))).candidates(Texts(texts))
    assert not by_regex(own, texts) or 1 in candidates
    assert 2 in candidates


def test_the_prefilter_tells_very_many_patterns_apart() -> None:
    """Each of 300 patterns is a candidate where its word stands, and nowhere else, in texts with and without umlauts."""
    many = Prefilter({2 * number: pattern(rf"(?m)\b(?:wort{number})\b") for number in range(300)})
    assert many.candidates(Texts(["wort7 und wort299", "Äpfel, wort150", "wort77x"])) == {14, 300, 598}


@given(patterns(), st.lists(TEXT, max_size=4))
def test_both_engines_find_the_same(written: str, texts: list[str]) -> None:
    """Searched for in many texts at once, a pattern is found where `regex` finds it in each of them alone."""
    own = pattern(written)
    found = [span for span in spans(own, texts) if span[1] < span[2]]
    assert found == [span for span in by_regex(own, texts) if span[1] < span[2]]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        (r"(?m)\b(?:Äpfel)\b", "Äpfel, Bratäpfel, Äpfeln", ["Äpfel"]),
        (r"(?m)\b(?:naïve|über)\b", "naïve überall über", ["naïve", "über"]),
        (r"(?i)(?m)\b(?:ärger)\b", "ÄRGER", ["ÄRGER"]),
        (r"\d+", "٣ und 12", ["٣", "12"]),
        (r"a(?i)b|c", "aB C", ["aB", "C"]),
    ],
)
def test_words_are_words_in_every_language(written: str, text: str, expected: list[str]) -> None:
    r"""``\b``, ``\w`` and ``\d`` know more than ASCII, on RE2 as well."""
    assert [text[found.start : found.end] for found in pattern(written).find(Texts([text]), Allowance(0))] == expected


def test_a_match_never_spans_two_texts() -> None:
    """What begins in one text and would end in the next is searched for inside each."""
    own = pattern(r'"[^"]+"[.,]')
    assert spans(own, ['a "b c', 'd "e", "f".']) == [(1, 2, 6), (1, 7, 11)]


@pytest.mark.parametrize(
    "written", [r"(?:(?:a|aa)+\s?)+!|Kauf", r"(?m)\b(?:(?:a|aa)+\s?)+\b!", r"(x+x+)+y", r"(?:a*)*b", r"(?:\w+\s?)*!"]
)
def test_evil_patterns_are_searched_in_linear_time(written: str) -> None:
    """RE2 takes them, so that no engine that backtracks ever sees them."""
    own = pattern(written)
    assert own.ascii is not None
    assert spans(own, ["a" * 10_000, "aa " * 3_333, "x" * 10_000]) == []


def test_a_pattern_that_only_regex_takes_is_stopped() -> None:
    """Where RE2 cannot help, time is limited, and the text that took it is named."""
    own = pattern(r"(a|aa|aaa)+\1b")
    assert own.ascii is None
    with pytest.raises(SlowPatternError) as raised:
        spans(own, ["nothing", "a" * 60 + "cb"])
    assert raised.value.text == 1


@pytest.mark.parametrize(
    ("written", "at"),
    [("(a", 0), ("a)", 1), ("[a", 0), ("*a", 0), ("a{3,1}", 1), (r"\q", 0), ("a\\", 1), ("(?P<n", 4), ("(?&x)", 0)],
)
def test_what_is_no_pattern_is_refused_at_its_place(written: str, at: int) -> None:
    """The error says where in the pattern it is."""
    with pytest.raises(PatternError) as raised:
        parse(written)
    assert raised.value.at == at


@given(st.text(st.sampled_from("ab()[]{}|*+?\\^$.:=!<>-19,pPbw#iP ")))
def test_reading_a_pattern_either_works_or_is_refused(written: str) -> None:
    """Nothing else is ever raised."""
    with suppress(PatternError):
        parse(written)


def test_what_re2_does_not_know_goes_to_the_other_engine() -> None:
    """A property that only `regex` has is found all the same, and the prefilter does not lose it."""
    own = pattern(r"\p{IsGreek}+")
    assert spans(own, ["abc αβγ", "plain"]) == [(0, 4, 7)]
    assert Prefilter({0: own}).candidates(Texts(["abc αβγ"])) == {0}


def test_what_is_slow_to_make_is_not_given_up() -> None:
    """Time is limited for searching; a long list of words takes longer to compile than that, once."""
    own = pattern("(?:" + "|".join(f"wort{number}[a-z]*s?" for number in range(2_000)) + ")(?!x)")
    assert own.ascii is None
    assert spans(own, ["ein wort7", "nichts", "wort1999"])[:1] == [(0, 4, 9)]
