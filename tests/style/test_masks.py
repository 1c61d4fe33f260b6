from __future__ import annotations

import pytest

from tests.style.book import find

QUOTES = """
extends: existence
nonword: true
tokens: ['"[^"]+"']
action: {name: edit, params: [regex, '^"(.*)"$', '„$1“']}
"""


@pytest.mark.parametrize("inner", ["siehe https://nordlicht.example.com/winterleuchten", "das `leitstand check` hier"])
def test_a_fix_never_writes_what_rules_do_not_see(inner: str) -> None:
    """Addresses and code are masked for rules; a match that holds one is reported, and mended by a person."""
    (alert,) = find(QUOTES, f'Gewonnen hat "{inner}".')
    assert alert.fix is None


def test_a_match_without_them_is_mended() -> None:
    """The same rule, and the address outside the match."""
    (alert,) = find(QUOTES, 'Gewonnen hat "Dienstag": https://nordlicht.example.com')
    assert alert.fix is not None
    assert alert.fix.text == "„Dienstag“"
