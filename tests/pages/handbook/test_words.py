"""The word list: what stands in it, where from, and where it stands today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from toolkit.pages.handbook.patterns import say_pattern
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

PAGE = """# Wörter

| Richtig | Nicht | Warum |
|---|---|---|
| Rösterei | Manufaktur, Schmiede | wir schmieden <b>nicht</b> |
| Onlineshop | Webshop | |

```wordlist
haus strich anderswo niemand
```

```rule
id: haus
extends: substitution
message: "Bei uns: %s (statt „%s“)."
swap:
  'Online[- ]?[Ss]hops?': Onlineshop
  '\\bin (20\\d\\d)': '$1'
  'Email': E-Mail
good: [Onlineshop]
bad: [Online-Shop]
```

```rule
id: strich
extends: existence
message: "„%s“ steht auf der Streichliste. Sag, was man schmeckt."
ignorecase: true
tokens: ['einzigartig\\w*', '\\p{Lu}{9,}']
good: [Schmeckt nach Kakao.]
bad: [Ein einzigartiger Kaffee.]
```
"""
OTHER = "# Stimme\n\n```rule\nid: anderswo\nextends: substitution\nmessage: x\nswap: {bezüglich: zu}\n```\n"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("Online[- ][Ss]hop|Web-?[Ss]hop", ("Online-Shop", "Web-Shop")),
        ("Learnings?", ("Learning",)),
        (r"einzigartig\w*", ("einzigartig…",)),
        (r"(?<!\w)(?:Wind-Stille|Wind Stille)\b", ("Wind-Stille", "Wind Stille")),
        ("Pour[ -]?Over", ("Pour Over",)),
        (r"\p{Lu}+", ()),
        (r"in (20[1-3]\d)", ()),
        (r"a{2,5}", ()),
        ("(", ()),
        (r"\w*", ()),
        ("(?:a|b)" * 40, ("a" * 40,)),
    ],
)
def test_a_pattern_is_said_in_words(pattern: str, words: tuple[str, ...]) -> None:
    """One spelling of each word it lists; what is no list of words says nothing, and no pattern takes long."""
    assert say_pattern(pattern)[: len(words) or None] == words


def test_every_word_of_table_and_rules_is_an_entry(studio: Studio, outline: type[Outline]) -> None:
    """The table above the fence and the rules named in it, in one list; words of the same name are one entry."""
    studio.write("guidelines/woerter.md", PAGE)
    studio.write("guidelines/ton/stimme.md", OTHER)
    text = studio.page("handbook/woerter.md")
    names = re.findall(r'<li id="(wort-[\w-]+)"', text) or re.findall(r'id="(wort-[\w-]+)"', text)
    assert names == ["wort-e-mail", "wort-einzigartig", "wort-onlineshop", "wort-rosterei", "wort-zu"]
    shop = text[text.index('id="wort-onlineshop"') : text.index('id="wort-rosterei"')]
    assert re.findall("<s>([^<]+)</s>", shop) == ["Webshop", "Online-Shop"]
    assert 'data-find-text="onlineshop webshop online-shop"' in text
    assert "„einzigartig…“ steht auf der Streichliste. Sag, was man schmeckt." in text
    assert 'href="../ton/stimme/#anderswo"' in text
    assert 'href="#haus"' in text
    assert "|---|" not in text
    assert "wir schmieden &lt;b&gt;nicht&lt;/b&gt;" in text
    assert outline(text).open == []


def test_a_word_says_how_many_files_have_it(studio: Studio) -> None:
    """Files with a problem of that word count, once each; people outside are told no number."""
    studio.write("guidelines/woerter.md", PAGE)
    studio.post("Ein einzigartiger Abend, einzigartig.\n\nEmail an uns.")
    page, outside = (render_site(studio.gather(partner=partner))["handbook/woerter.md"] for partner in (False, True))
    assert isinstance(page, Page)
    assert isinstance(outside, Page)
    listed = page.text[: page.text.index('id="haus"')]
    assert listed.count("in 1 file today") == 2
    assert "file today" not in outside.text
