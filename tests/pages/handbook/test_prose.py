from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from toolkit.pages.build.navigation import make_navigation
from toolkit.pages.handbook.boxes import RuleNews, box_rules
from toolkit.pages.handbook.files import read_page
from toolkit.pages.handbook.statements import box_statements
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

RULE = """Vorher

```rule
id: kein-siezen
extends: existence
message: "Wir duzen: '%s'"
level: error
tokens: ['\\bSie\\b', '<b>']
good:
  - Schau vorbei!
bad:
  - Schauen Sie <script>vorbei</script>!
```

Nachher
"""


def test_a_rule_becomes_a_box(outline: type[Outline]) -> None:
    """The block is replaced by its level, id, message and examples; the text around it stays."""
    made = box_rules(RULE)
    assert made.startswith("Vorher\n")
    assert made.endswith("Nachher\n")
    assert "```" not in made
    for words in (
        "kein-siezen",
        "Error",
        "Wir duzen: &#x27;…&#x27;",
        "Schau vorbei!",
        "Checked automatically",
    ):
        assert words in made
    found = outline(made)
    assert "script" not in found.tags
    assert found.anchors == ["kein-siezen", "except-kein-siezen"]
    assert found.open == []


def test_a_box_says_since_when_it_counts_and_what_it_finds(outline: type[Outline]) -> None:
    """Day of its first commit, a link where something is found, a sentence where nothing is; how a post is excepted."""
    known = RuleNews(date(2026, 3, 1), 2, "../../problems/#error-kein-siezen")
    made = box_rules(RULE, {"kein-siezen": known}.__getitem__)
    assert '<time datetime="2026-03-01">1 March 2026</time>' in made
    assert '<a href="../../problems/#error-kein-siezen">finds something in 2 files today</a>' in made
    assert "  - {rule: kein-siezen, reason: why here}" in made.replace("&#10;", "\n")
    assert outline(made).open == []
    assert "finds nothing today" in box_rules(RULE, lambda _rule: RuleNews(files=0))
    assert "today" not in box_rules(RULE)


def test_a_rule_for_answers_has_no_exception_for_posts() -> None:
    """What never looks at a post needs no exception from one."""
    assert "ignore:" not in box_rules(RULE.replace("level: error", "level: error\nscope: reply"))


def test_a_page_tells_people_outside_nothing_of_what_is_wrong(studio: Studio) -> None:
    """The team's page counts the files a rule finds something in; a partner's page has no word of it."""
    studio.write("guidelines/stimme.md", f"# Stimme\n\n{RULE}")
    studio.post("Schauen Sie vorbei!")
    ours = studio.gather()
    team, outside = (render_site(one)["handbook/stimme.md"] for one in (ours, studio.gather(partner=True)))
    assert isinstance(team, Page)
    assert isinstance(outside, Page)
    found = re.search(r'href="../../problems/#([^"]+)">finds something in 1 file today', team.text)
    assert found
    assert f'id="{found[1]}"' in studio.page("problems.md")
    assert "today" not in outside.text
    assert "problems" not in outside.text


FACTS = """```rule
id: linktext
extends: existence
message: "Nenn das Ziel statt '%s'."
language: de
networks: [feed, mastodon]
scope: link
action: {name: replace, params: [Zum Shop]}
tokens: ['^hier$']
good: ["[Zum Shop](https://shop.example)"]
bad: ["Zum Shop geht es [hier](https://shop.example)."]
```
"""


def test_a_box_says_for_which_texts_its_rule_is(outline: type[Outline]) -> None:
    """Language, networks, scope, whether it is mended; a link to itself; links in examples as readers see them."""
    made = box_rules(FACTS)
    for words in ("Language: de", "Only on: feed, mastodon", "Looks at: link", "leitstand fix puts it right"):
        assert words in made
    assert 'href="#linktext"' in made
    assert '<u title="https://shop.example">hier</u>' in made
    assert "](https" not in made
    assert outline(made).open == []


def test_a_box_promises_only_what_is_mended_without_asking() -> None:
    """An edit is mended by leitstand fix; taking words away is left to a person, and the box does not promise it."""
    action = "{name: replace, params: [Zum Shop]}"
    assert "leitstand fix" in box_rules(FACTS.replace(action, "{name: edit, params: [trim, ' ']}"))
    assert "leitstand fix" not in box_rules(FACTS.replace(action, "{name: remove}"))


def test_what_is_no_rule_stays_as_it_is() -> None:
    """Broken YAML, other fences and a rule inside a longer fence are left to the builder."""
    for text in (
        "```rule\n{broken\n```\n",
        "```yaml\nid: x\n```\n",
        "```ruler\nid: x\n```\n",
        "```rule\n- a\n```\n",
        "no\n",
    ):
        assert box_rules(text) == text


def test_titles_come_from_where_they_stand() -> None:
    """Front matter, else the first heading, else the file's name."""
    assert read_page("guidelines/a.md", b"---\ntitle: Stimme\n---\n# Anders\n").title == "Stimme"
    assert read_page("guidelines/a.md", b"\n# Wie wir klingen #\n").title == "Wie wir klingen"
    assert read_page("guidelines/wort-wahl.md", b"nur Text").title == "Wort wahl"
    assert read_page("guidelines/a.md", "# Gr\u00fc\u00dfe".encode("latin-1")).title.startswith("Gr")


def test_a_page_stays_as_people_wrote_it(studio: Studio) -> None:
    """Only a line about owner and review is put below; without such keys, nothing."""
    text = "---\nowner: wiebke\nreviewed: 2026-10-01\nnext_review: 2027-04-01\n---\n# Voice\n\nText\n"
    studio.write("guidelines/voice.md", text)
    studio.write("guidelines/plain.md", "# Plain\n")
    pages = studio.render()
    voice, plain = pages["handbook/voice.md"], pages["handbook/plain.md"]
    assert isinstance(voice, Page)
    assert isinstance(plain, Page)
    assert voice.markdown().startswith(text)
    assert "Wiebke Thomsen" in voice.text
    assert "2027-04-01" in voice.text
    assert plain.markdown() == "# Plain\n"


def test_a_page_leads_to_the_decisions_that_stand_on_it(studio: Studio) -> None:
    """The line below counts those that can be read and links to their page; without any, no word of it."""
    entry = "{id: part-morning, at: 2026-08-10T10:15:00+02:00, by: wiebke, status: accepted, summary: Morgens.}"
    studio.write(
        "guidelines/zeiten.md", f"---\nowner: wiebke\ndecisions:\n  - {entry}\n  - {{id: halb}}\n---\n# Zeiten\n"
    )
    studio.write("guidelines/voice.md", "---\nowner: wiebke\n---\n# Voice\n")
    pages = studio.render()
    zeiten, voice = pages["handbook/zeiten.md"], pages["handbook/voice.md"]
    assert isinstance(zeiten, Page)
    assert isinstance(voice, Page)
    assert 'href="../../team/decisions/">1</a>' in zeiten.text
    assert "team/decisions.md" in pages
    assert "decisions" not in voice.text


def test_navigation_follows_the_folders(studio: Studio) -> None:
    """Index first, then pages by title, then folders called as their index page."""
    studio.write("guidelines/index.md", "# Handbook\n")
    studio.write("guidelines/z.md", "# About us\n")
    studio.write("guidelines/a.md", "# Zeal & zest\n")
    studio.write("guidelines/crisis/index.md", "# In a crisis\n")
    studio.write("guidelines/crisis/levels.md", "# Levels\n")
    studio.write("guidelines/house_rules/x.md", "# X\n")
    studio.post()
    items = make_navigation(studio.render())
    assert items[1]["Handbook"] == [
        "handbook/index.md",
        {"About us": "handbook/z.md"},
        {"The whole handbook on one page": "handbook/all.md"},
        {"Zeal &amp; zest": "handbook/a.md"},
        {"In a crisis": ["handbook/crisis/index.md", {"Levels": "handbook/crisis/levels.md"}]},
        {"House rules": [{"X": "handbook/house_rules/x.md"}]},
    ]
    assert "posts/2026/12/tuer-1.md" not in str(items)


STATEMENTS = """Vorher

```no-go
topic: Sturm <b>
words: [Sturm]
reason: Sturmflut
until: 2026-12-05
owner: leitung
```

```claim
claim: Klima
words: [klimaneutral]
```

```no-go
topic: ohne Grund
```

Nachher
"""


def test_closed_topics_and_claims_become_boxes(outline: type[Outline]) -> None:
    """Why, until when, whom to ask, what proves it; a block that cannot be used stays as it is."""
    made = box_statements(STATEMENTS, {"leitung": "Tarek"}.__getitem__)
    assert made.startswith("Vorher\n")
    assert made.endswith("Nachher\n")
    assert made.count("```") == 2
    for words in ("Sturm &lt;b&gt;", "Sturmflut", "until 5 December 2026", "Tarek", "no-go", "none: we do not say it"):
        assert words in made
    assert outline(made).tags.count("dl") == 2
