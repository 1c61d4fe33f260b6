from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.tokens import complain, find_fences, read_tokens

TOKENS = read_tokens("harbour.json", Path(__file__).with_name("harbour.json").read_bytes())[0]
PAGE = """# Colours

```tokens
swatches color on color.light.background
```

~~~~ tokens
roles
~~~~

```json tokens
no
```
"""


def test_fences_are_found_with_their_places() -> None:
    """Backticks and tildes, and nothing that is of another language."""
    first, second = find_fences(PAGE)
    assert (first.show, first.group, first.ground) == ("swatches", "color", "color.light.background")
    assert second.show == "roles"
    assert PAGE[first.at : first.at + len(first.line)] == first.line
    assert PAGE[second.start : second.end] == "~~~~ tokens\nroles\n~~~~"


@pytest.mark.parametrize("line", ["swatches color", "roles", "contrast", "series", "examples", "fonts"])
def test_what_can_be_shown_is_no_problem(line: str) -> None:
    """Every word that the docs name."""
    [fence] = find_fences(f"```tokens\n{line}\n```\n")
    assert complain(fence, TOKENS) == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "one line is expected"),
        ("swatch color", "did you mean swatches?"),
        ("roles\ncontrast", "one line is expected"),
        ("roles color", "no further words"),
        ("swatches", "write it like this"),
        ("swatches color of color.light.background", "write it like this"),
        ("swatches color.lite", "no group of colours color.lite; did you mean color.light?"),
        ("swatches font", "no group of colours font"),
        ("swatches color on color.light.backgrund", "did you mean color.light.background?"),
    ],
)
def test_what_cannot_be_shown_is_said(line: str, said: str) -> None:
    """Each mistake with what was meant."""
    [fence] = find_fences(f"```tokens\n{line}\n```\n")
    assert said in complain(fence, TOKENS)
