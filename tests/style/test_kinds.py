from __future__ import annotations

import pytest

from tests.style.book import find, matches, rule
from toolkit.style import Rulebook, RuleError, Vocabulary, built_in_rules


def test_existence_finds_words_not_parts_of_words() -> None:
    """Tokens are whole words; with `nonword` they are whatever they are."""
    assert matches("extends: existence\ntokens: [sehr]", "sehr, unversehrt") == ["sehr"]
    assert matches("extends: existence\nnonword: true\ntokens: [sehr]", "unversehrt") == ["sehr"]
    assert matches("extends: existence\nignorecase: true\ntokens: [äpfel]", "ÄPFEL") == ["ÄPFEL"]


def test_exceptions_and_vocabulary_are_left_alone() -> None:
    """An exception is a pattern whose case counts; the vocabulary excuses words, not arbitrary signs."""
    assert matches("extends: existence\ntokens: ['[A-Z]{3}']\nexceptions: [ABC]", "ABC DEF") == ["DEF"]
    words = Vocabulary(accepted=("DEF",))
    assert matches("extends: existence\ntokens: ['[A-Z]{3}']", "ABC DEF", vocabulary=words) == ["ABC"]
    assert matches('extends: existence\nnonword: true\ntokens: [\'"[^"]+",\']', 'x "DEF",', vocabulary=words) == [
        '"DEF",'
    ]
    assert matches("extends: existence\nvocab: false\ntokens: ['[A-Z]{3}']", "DEF", vocabulary=words) == ["DEF"]


@pytest.mark.parametrize(
    ("swap", "text", "message", "fix"),
    [
        ("{utilize: use}", "We utilize it", "Use 'use' for utilize", "use"),
        ("{utilize: use}", "Utilize it", "Use 'Use' for Utilize", "Use"),
        ("{ios: iOS}", "IOS", "Use 'iOS' for IOS", "iOS"),
        ("{handy: Mobiltelefon|Smartphone}", "Das handy", "Use 'Mobiltelefon' or 'Smartphone' for handy", None),
        ("{'go in ?to (\\w+)': enter $1}", "go into town", "Use 'enter town' for go into town", "enter town"),
        ("{obvious: ''}", "an obvious one", "Use  for obvious", ""),
    ],
)
def test_substitution_says_what_to_write(swap: str, text: str, message: str, fix: str | None) -> None:
    """One option is a fix, several are a choice; groups are filled in, a capital is kept."""
    yaml = f"extends: substitution\nmessage: Use '%s' for %s\nignorecase: true\naction: {{name: replace}}\nswap: {swap}"
    [alert] = find(yaml.replace("Use '%s'", "Use %s"), text)
    assert alert.message == message
    assert (alert.fix.text if alert.fix else None) == fix


def test_substitution_leaves_alone_what_is_right() -> None:
    """A match that is one of its own options is no finding."""
    yaml = "extends: substitution\nignorecase: true\naction: {name: replace}\nswap: {'mpl ?2': MPL 2}"
    assert matches(yaml, "MPL 2, mpl2") == ["mpl2"]


def test_a_match_with_markup_inside_has_no_fix() -> None:
    """What is not written letter by letter cannot be replaced letter by letter."""
    [alert] = find("extends: substitution\naction: {name: replace}\nswap: {a lot: much}", "a *lot*")
    assert alert.fix is None


def test_occurrence_counts_per_block() -> None:
    """Too many are shown at the first, too few at the block."""
    many = find("extends: occurrence\nscope: sentence\nmax: 1\ntoken: '!'\nmessage: '%s times'", "Oh! Ah!\n\nOh!! Ah.")
    assert [(alert.start, alert.message) for alert in many] == [(11, "2 times")]
    [few] = find("extends: occurrence\nscope: heading\nmin: 1\ntoken: Café\nmessage: none", "Text\n\n# Café\n\n# Tee")
    assert few.start == 16


def test_repetition_is_one_mistake_in_one_sentence() -> None:
    """The same word twice is found, the end and the beginning of two sentences are not."""
    yaml = "extends: repetition\nignorecase: true\nalpha: true\ntokens: ['[^\\s.!?]+']"
    assert matches(yaml, "Das das ist gut. Gut ist 5 5. Ende. Ende") == ["Das das"]
    assert matches(yaml, "ha ha", vocabulary=Vocabulary(("ha",))) == []


def test_repetition_is_found_whatever_stands_between_words() -> None:
    """Line breaks and wide blanks part words, the control characters that only Python takes for blanks do not."""
    yaml = "extends: repetition\nignorecase: true\ntokens: ['[^\\s]+']"
    assert matches(yaml, "eins das\ndas zwei", form="txt") == ["das\ndas"]
    assert matches(yaml, "Das\u2003das", form="txt") == ["Das\u2003das"]
    assert matches(yaml, "a\x1cb a\x1cb", form="txt") == ["a\x1cb a\x1cb"]
    assert matches(yaml, "a\x1ca", form="txt") == []


def test_consistency_allows_one_of_two() -> None:
    """Either may be used; whoever uses both is told where the second stands, also in another block."""
    yaml = "extends: consistency\neither: {Grafik: Graphik}"
    assert matches(yaml, "Grafik Grafik") == []
    assert matches(yaml, "Eine Graphik.\n\nEine Grafik.") == ["Grafik"]


def test_conditional_wants_a_definition() -> None:
    """With a group the name must have been defined; without one, something must stand beside it."""
    yaml = "extends: conditional\nfirst: '\\b([A-Z]{3})\\b'\nsecond: '\\(([A-Z]{3})\\)'\nexceptions: [USA]"
    assert matches(yaml, "Der FCK (FCK) und der HSV in den USA. FCK") == ["HSV"]
    assert matches("extends: conditional\nscope: raw\nfirst: Rabatt\nsecond: gilt bis", "Rabatt!") == ["Rabatt"]
    assert matches("extends: conditional\nscope: raw\nfirst: Rabatt\nsecond: gilt bis", "Rabatt, gilt bis 3.") == []


@pytest.mark.parametrize(
    ("match", "right", "wrong"),
    [
        ("$sentence", "Use the API today", "Use The Big Machine Today"),
        ("$title", "The Rise of the Machine", "the rise of the machine"),
        ("$upper", "LAUT", "leise"),
        ("$lower", "leise", "LAUT"),
        ("'^[A-Z]'", "Groß", "klein"),
    ],
)
def test_capitalization_compares_headings(match: str, right: str, wrong: str) -> None:
    """Each style accepts its own and finds the other; exceptions keep their case."""
    yaml = f"extends: capitalization\nscope: heading\nmatch: {match}\nexceptions: [API]"
    assert matches(yaml, f"# {right}") == []
    assert matches(yaml, f"# {wrong}") == [wrong]


def test_metrics_count_the_prose() -> None:
    """Headings and code are no prose; nothing is said about a text without words."""
    yaml = "extends: metric\nformula: words / sentences\ncondition: '> 3'\nmessage: '%s words'"
    assert [alert.message for alert in find(yaml, "# A very long heading it is\n\nOne two three four. Five six.")] == []
    assert [alert.message for alert in find(yaml, "One two three four five. Six seven eight.")] == ["4.00 words"]
    assert find(yaml, "```\ncode\n```") == []


@pytest.mark.parametrize("metric", ["Flesch-Kincaid", "LIX", "Wiener Sachtextformel 1", "SMOG", "Coleman-Liau"])
def test_readability_knows_hard_from_easy(metric: str) -> None:
    """A hard text is above the grade, an easy one is not."""
    yaml = f"extends: readability\nmetrics: [{metric}]\ngrade: 12"
    hard = (
        "Die Verantwortungsübernahmebereitschaft internationaler Finanzdienstleistungsunternehmen beeinträchtigt Entscheidungsfindungsprozesse. "
        * 3
    )
    assert len(find(yaml, hard)) == 1
    assert find(yaml, "Wir sind da. Komm und sieh es an. Es ist gut.") == []


def test_ease_is_the_other_way_round() -> None:
    """Of Flesch and Amstad, less is harder."""
    assert find("extends: readability\nmetrics: [Amstad]\ngrade: 60", "Komm und sieh. Es ist da.") == []
    with pytest.raises(RuleError, match="use one sort"):
        rule("extends: readability\nmetrics: [Amstad, SMOG]\ngrade: 60")


class Words:
    """A speller that knows a few words."""

    def check(self, word: str) -> bool:
        return word.lower() in {"der", "kaffee", "ist", "heiß"}

    def suggest(self, word: str) -> list[str]:
        return [word]


def test_spelling_asks_whoever_knows() -> None:
    """Names, numbers, accepted words and other scripts are not looked up; without a speller nothing is said."""
    rules = built_in_rules(Vocabulary(("Nordlicht",)))
    text = "Der Kafee ist heiß: URL, iPhone15, CamelCase, Nordlicht, „Kaffee“ und オプション."
    book = Rulebook(rules, vocabulary=Vocabulary(("Nordlicht",)), spellers=lambda _language: Words())
    assert [alert.match for alert in book.check(text) if alert.rule == "Vale.Spelling"] == ["Kafee", "und"]
    assert Rulebook(rules).check(text) == []


def test_the_vocabulary_is_a_rule_of_its_own() -> None:
    """An accepted word must be written like that, a rejected one not at all."""
    words = Vocabulary(("GitHub",), ("umgehend",))
    book = Rulebook(built_in_rules(words), vocabulary=words)
    found = [(alert.rule, alert.match) for alert in book.check("Bei Github umgehend, GitHub")]
    assert found == [("Vale.Terms", "Github"), ("Vale.Avoid", "umgehend")]


@pytest.mark.parametrize(
    ("action", "text", "fix"),
    [
        ("{name: remove}", "foo-bar", ""),
        ("{name: replace, params: [x]}", "foo-bar", "x"),
        ("{name: replace, params: [x, y]}", "foo-bar", None),
        ("{name: edit, params: [regex, '(\\w+)-(\\w+)', '$2 $1']}", "foo-bar", "bar foo"),
        ("{name: edit, params: [trim_right, 'r']}", "foo-bar", "foo-ba"),
        ("{name: edit, params: [split, '-', '1']}", "foo-bar", "bar"),
        ("{name: edit, params: [truncate, '-']}", "foo-bar", "foo"),
        ("{name: convert, params: [simple]}", "foo-bar", "foo bar"),
        ("{name: suggest, params: [spellings]}", "foo-bar", None),
    ],
)
def test_actions_become_replacements(action: str, text: str, fix: str | None) -> None:
    """One text that may stand there is a fix; none or several are not."""
    [alert] = find(f"extends: existence\ntokens: [foo-bar]\naction: {action}", text)
    assert (alert.fix.text if alert.fix else None) == fix


def test_limit_and_language() -> None:
    """`limit` is the most alerts per text; a rule for one language does not look at others."""
    assert len(find("extends: existence\nlimit: 2\ntokens: [a]", "a a a a")) == 2
    book = Rulebook([rule("extends: existence\nlanguage: de\ntokens: [Handy]")])
    assert len(book.check("Handy", language="de-AT")) == 1
    assert book.check("Handy", language="en") == []
