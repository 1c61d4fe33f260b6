from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk


def test_settings_that_name_what_exists_are_fine(desk: Desk) -> None:
    """Known networks, options and rules are no problem."""
    desk.settings(SETTINGS + '\n[accounts.feed.options]\nsummary = "x"\n\n[check.severity]\nlength = "warning"\n')
    assert desk.check("settings") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('network = "bluesky"', 'network = "blusky"', 23, "unknown network 'blusky'; did you mean 'bluesky'?"),
        ('network = "feed"', 'network = "feed"\noptions = {sumary = "x"}', 27, "unknown option of Feed 'sumary'"),
        (
            "[workspace]",
            '[check.severity]\nlenght = "off"\n[workspace]',
            4,
            "unknown rule 'lenght'; did you mean 'length'",
        ),
        ("[workspace]", '[check.severity]\nuid = "off"\n[workspace]', 4, "the rule uid cannot be switched off"),
    ],
)
def test_unknown_names_in_the_settings(desk: Desk, old: str, new: str, line: int, said: str) -> None:
    """Each is an error in leitstand.toml, at its line, with a suggestion."""
    desk.settings(SETTINGS.replace(old, new))
    (problem,) = desk.check("settings")
    assert (problem.path, problem.span.line) == ("leitstand.toml", line)
    assert said in problem.message


def test_packages_vocabularies_and_patterns_of_styles(desk: Desk) -> None:
    """What does not lie there, or cannot be read, is an error at its line, and the posts are checked all the same."""
    desk.write("guidelines/styles/House/Words.yml", "extends: existence\nmessage: m\ntokens: [foo]\n")
    desk.post("---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n---\nfoo\n")
    table = '[check.styles]\npackages = ["House", "Huose"]\nvocabularies = ["V"]\nignore = ["(a", "b"]\n'
    desk.settings(f"{SETTINGS}\n{table}")
    start = SETTINGS.count("\n") + 2
    found = desk.check("settings")
    assert [(problem.span.line - start, problem.message) for problem in found] == [
        (1, "there is no guidelines/styles/Huose; put the folder there, or remove the name"),
        (2, "there is no guidelines/styles/config/vocabularies/V; put the folder there, or remove the name"),
        (3, "(a cannot be read, so it hides nothing: this bracket is never closed"),
    ]
    assert [(problem.span.col, problem.span.end_col) for problem in found] == [(22, 29), (17, 20), (11, 15)]
    assert [problem.rule for problem in desk.check("House.Words")] == ["House.Words"]


def test_a_pattern_that_takes_too_long_is_told_in_the_post(desk: Desk) -> None:
    """With the place where it is written and the remedy, once per post; it hides nothing, and the others still do."""
    desk.write("guidelines/styles/House/Words.yml", "extends: existence\nmessage: m\ntokens: [foo, bar]\n")
    desk.post(f"---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n---\n{'a' * 3_000}! foo bar\n\n---\n\n{'a' * 3_000}! bar\n")
    slow = r"(?=((a+)+)+c)a"
    desk.settings(f"{SETTINGS}\n[check.styles]\nignore = [\n  'foo', # was: '{slow}'\n  '{slow}',\n]\n")
    line = SETTINGS.count("\n") + 5
    (problem,) = desk.check("settings")
    assert (problem.path, problem.severity, problem.span.line) == ("content/posts/post.md", "warning", 4)
    assert problem.message == (
        f"{slow} (leitstand.toml:{line}:3) takes too long: it hides nothing from here on; make the pattern simpler"
    )
    assert [one.span.line for one in desk.check("House.Words")] == [4, 8]


def test_feeds_that_cannot_be_read_are_told_at_their_place(desk: Desk) -> None:
    """An address without a scheme, in content/feeds.yml."""
    desk.write("content/feeds.yml", "feeds:\n  - {name: eins, url: kaffeeblog.example}\n")
    (told,) = desk.check()
    assert str(told).startswith("content/feeds.yml:2:23: a feed looks like: ")
