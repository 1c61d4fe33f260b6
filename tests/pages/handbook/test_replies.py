"""Canned replies on their pages: what is copied is what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.pages.handbook.replies import show_replies

if TYPE_CHECKING:
    from tests.pages.conftest import Outline

PAGE = """# Lieferverzug

**Öffentlich:**

> Das soll nicht so lange
> dauern, {vorname}. <b>
>
> {ich}

Zweite:

> Danke.

```
> kein Zitat
```
"""


def test_each_quotation_is_a_text_to_copy(outline: type[Outline]) -> None:
    """One line a paragraph, as the inbox would send it; placeholders are marked and named, each box has its anchor."""
    made = show_replies("guidelines/replies/lieferverzug.md", PAGE)
    found = outline(made)
    assert found.anchors == ["reply-1", "reply-2"]
    assert found.open == []
    assert 'data-copy="reply-1"' in made
    assert "Das soll nicht so lange dauern, <mark>{vorname}</mark>. &lt;b&gt;&#10;&#10;<mark>{ich}</mark>" in made
    assert "fill in: {vorname}, {ich}" in made
    assert "6 characters" in made
    assert "> kein Zitat" in made
    assert made.count("**Öffentlich:**") == 1


def test_quotations_of_other_pages_stay_quotations() -> None:
    """Only the folder of canned replies is meant."""
    assert show_replies("guidelines/stimme.md", PAGE) == PAGE
