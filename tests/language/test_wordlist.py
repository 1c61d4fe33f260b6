"""A house's own words stand where people look them up."""

from __future__ import annotations

from toolkit.language.wordlist import read_list, read_page

PAGE = """# Wörter

| Richtig | Nicht |
|---|---|
| Café Kajüte | Cafe Kajüte |
| Abo „Nachschub“ | Subscription |

Keine | Tabelle

```words
Guji # Hochland
Wattgrau Tannengrün
```
"""


def test_a_page() -> None:
    """The first column of its tables and its blocks of words; not the heads, not the other columns."""
    assert read_page(PAGE) == {"Café", "Kajüte", "Abo", "Nachschub", "Guji", "Wattgrau", "Tannengrün"}


def test_a_list() -> None:
    """Any number of words a line, with remarks; only pages are read as pages."""
    assert read_list("words.txt", "Guji # ein Hochland\n\nWattgrau Gerda\n") == {"Guji", "Wattgrau", "Gerda"}
    assert read_list("words.txt", "| a | b |\n|---|---|\n") >= {"|", "a"}
