from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.lint.conftest import NOW, SETTINGS, Desk
from toolkit.lint import all_rules, check_workspace, workspace_rules
from toolkit.lint.fixing import plan_fixes
from toolkit.model import Severity
from toolkit.workspace import load_workspace

PAGE = """# Stimme

```rule
id: BRAND012
extends: substitution
message: Schreibe %s statt %s.
level: error
language: de
action: {name: replace}
swap: {versandkostenfrei: ohne Versandkosten}
good: ["ohne Versandkosten"]
bad: ["heute versandkostenfrei"]
```
"""
POST = """---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Post
author: redaktion
channels: {channels}
{more}---
{body}"""

WORDS = "guidelines/styles/config/vocabularies/Haus"


class House:
    """A workspace with a handbook."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.write("guidelines/stimme.md", PAGE)

    def post(self, body: str, channels: str = "[mastodon]", more: str = "") -> None:
        self.desk.write("content/posts/post.md", POST.format(channels=channels, more=dedent(more), body=dedent(body)))

    def found(self, *rules: str) -> list[str]:
        """The problems of these rules, as people read them."""
        workspace = load_workspace(self.desk.root)
        problems = check_workspace(workspace, now=NOW)
        return [str(problem) for problem in problems if problem.rule in (rules or ("BRAND012", "style-rule"))]


@pytest.fixture
def house(desk: Desk) -> House:
    """The workspace of these tests."""
    return House(desk)


def test_a_rule_of_the_handbook_checks_posts(house: House) -> None:
    """At its exact place, below the front matter, with its own level and message."""
    house.post("Heute **versandkostenfrei**!\n")
    assert house.found() == [
        "content/posts/post.md:7:9: Schreibe 'ohne Versandkosten' statt versandkostenfrei. (BRAND012)"
    ]


def test_each_text_is_checked_once_in_its_own_language(house: House) -> None:
    """A variant is checked where it stands, whoever gets it; a German rule does not look at English texts."""
    body = "Heute versandkostenfrei.\n\n## @mastodon-en\n\nversandkostenfrei is German.\n\n## @bluesky\n\nNur versandkostenfrei.\n"
    house.post(body, "[mastodon, feed, bluesky, mastodon-en]")
    assert [line.split(": ")[0] for line in house.found()] == [
        "content/posts/post.md:7:7",
        "content/posts/post.md:15:5",
    ]


def test_a_rule_for_a_network_looks_at_its_texts(house: House) -> None:
    """Texts that go elsewhere are not its business."""
    house.desk.write("guidelines/stimme.md", PAGE.replace("language: de", "networks: [bluesky]"))
    house.post("versandkostenfrei\n")
    assert house.found() == []
    house.post("versandkostenfrei\n", "[mastodon, bluesky]")
    assert len(house.found()) == 1


def test_alternative_texts_are_checked_at_their_place(house: House) -> None:
    """What is read to people counts, too."""
    house.post("Bild\n", more="media:\n  - {file: a.jpg, kind: photo, alt: Heute versandkostenfrei}\n")
    assert [line.split(": ")[0] for line in house.found()] == ["content/posts/post.md:7:43"]


def test_settings_weigh_and_posts_ignore(house: House) -> None:
    """A rule of the house can be made a hint, switched off, and ignored with a reason like any other."""
    house.post("versandkostenfrei\n", more="ignore:\n  - {rule: BRAND012, reason: Zitat}\n")
    assert house.found("BRAND012", "front-matter") == []
    house.post("versandkostenfrei\n")
    house.desk.settings(SETTINGS + '[check.severity]\nBRAND012 = "hint"\n')
    [problem] = [one for one in check_workspace(load_workspace(house.desk.root), now=NOW) if one.rule == "BRAND012"]
    assert problem.severity is Severity.HINT
    house.desk.settings(SETTINGS + '[check.severity]\nBRAND012 = "off"\n')
    assert house.found() == []
    house.desk.settings(SETTINGS + '[check.styles.except]\n"content/posts/*" = ["BRAND012"]\n')
    assert house.found() == []


def test_an_ignore_that_is_not_needed_is_told(house: House) -> None:
    """As with built-in rules."""
    house.post("nichts\n", more="ignore:\n  - {rule: BRAND012, reason: Zitat}\n")
    assert "BRAND012 has no complaint here" in house.found("front-matter")[0]


def test_the_fix_of_a_rule_is_applied(house: House) -> None:
    """Only the words concerned change; afterwards there is nothing left to fix."""
    house.post("Heute versandkostenfrei.\n")
    workspace = load_workspace(house.desk.root)
    fixes = plan_fixes(workspace, now=NOW)
    assert fixes.texts["content/posts/post.md"].endswith("---\nHeute ohne Versandkosten.\n")
    assert not [problem for problem in fixes.left if problem.rule == "BRAND012"]


def test_packages_just_work(house: House) -> None:
    """A folder in guidelines/styles/ is a package; its vocabulary excuses words; settings choose packages."""
    rule = "extends: existence\nmessage: \"'%s'?\"\nlevel: suggestion\ntokens: [Kaffeemaschine, Röster]\n"
    house.desk.write("guidelines/styles/Agentur/Worte.yml", rule)
    house.desk.write("guidelines/styles/config/vocabularies/Haus/accept.txt", "Röster\n")
    house.post("Kaffeemaschine und Röster\n")
    assert house.found("Agentur.Worte") == ["content/posts/post.md:7:1: 'Kaffeemaschine'? (Agentur.Worte)"]
    house.desk.settings(SETTINGS + "[check.styles]\npackages = []\n")
    assert house.found("Agentur.Worte") == []


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (('good: ["ohne', 'good: ["versandkostenfrei ohne'), "11:8", "finds versandkostenfrei in its good example"),
        (
            ('bad: ["heute', 'bad: ["versandkostenfrei", "frei", "'),
            "12:28: ",
            "finds nothing in its bad example “frei”",
        ),
        (('bad: ["heute versandkostenfrei"]', 'bad: ["heute"]'), "12:7", "finds nothing in its bad example “heute”"),
        (("swap:", "swapp:"), "10:1", "a rule has no key swapp; did you mean swap?"),
        (("{versandkostenfrei:", "{'(':"), "10:", "a pattern of BRAND012 cannot be read"),
        (("{versandkostenfrei:", "{frei: x, 'kosten[z-a]frei':"), "10:2", "a pattern of BRAND012 cannot be read"),
        (("BRAND012", "link"), "4:1", "link is the name of a built-in rule"),
    ],
)
def test_a_broken_rule_is_told_at_its_place(house: House, change: tuple[str, str], place: str, said: str) -> None:
    """It hides nothing else, and the place is that of the example or pattern; of the block where it is about that."""
    house.desk.write("guidelines/stimme.md", PAGE.replace(*change))
    house.post("Hallo\n")
    [line] = house.found()
    assert line.startswith(f"guidelines/stimme.md:{place}")
    assert said in line


def test_a_broken_term_of_a_word_list_is_told_at_its_line(house: House) -> None:
    """The rules and the other terms go on working."""
    house.desk.write(f"{WORDS}/accept.txt", "Kaffee\nKaf(fee\n")
    house.post("heute versandkostenfrei\n")
    post, term = house.found()
    assert post.startswith("content/posts/post.md:7:7: Schreibe")
    assert term.startswith(f"{WORDS}/accept.txt:2:1: the term Kaf(fee cannot be read")


def test_rejected_words_are_found(house: House) -> None:
    """A word list says what the house does not use; the rule behind it bears Vale's name and stands in the list."""
    house.desk.write(f"{WORDS}/reject.txt", "Schnäppchen\n")
    house.post("Ein Schnäppchen\n")
    assert house.found("Vale.Avoid") == [
        "content/posts/post.md:7:5: 'Schnäppchen' is a word that the house does not use (Vale.Avoid)"
    ]
    house.desk.settings(f"{SETTINGS}[check.styles]\nvocabularies = []\n")
    assert house.found("Vale.Avoid") == []


def test_a_package_file_with_another_ending_is_told(house: House) -> None:
    """A rule that nobody reads is not passed over in silence."""
    house.desk.write("guidelines/styles/Haus/Nein.yaml", "extends: existence\nmessage: '%s'\ntokens: [ja]\n")
    house.post("ja\n")
    assert house.found("Haus.Nein", "style-rule") == [
        "guidelines/styles/Haus/Nein.yaml:1:1: packages have files that end in .yml; this rule is not read (style-rule)"
    ]


def test_an_id_stands_in_one_page(house: House) -> None:
    """The second page is told where the first is."""
    house.desk.write("guidelines/zwei.md", PAGE)
    assert house.found() == [
        "guidelines/zwei.md:4:1: BRAND012 stands in guidelines/stimme.md:4 already; give this one another id (style-rule)"
    ]


def test_the_rules_of_a_workspace_are_listed(house: House, tmp_path: Path) -> None:
    """Those of the house beside the built-in ones, with their examples."""
    rules = workspace_rules(load_workspace(house.desk.root))
    assert set(rules) == {*all_rules(), "BRAND012"}
    assert rules["BRAND012"].severity is Severity.ERROR
    assert "heute versandkostenfrei" in rules["BRAND012"].docs
    assert rules["BRAND012"].fixable
