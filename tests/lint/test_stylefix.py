"""Which alerts of a house's rules `leitstand fix` mends without asking."""

from __future__ import annotations

import pytest

from tests.lint.conftest import Desk

RULE = """---
title: Wörter
---
```rule
id: hausregel
extends: existence
message: "So nicht: %s"
level: warning
nonword: true
tokens: ['\\b\\d+g\\b']
action: {action}
good: [Eine Tüte.]
bad: [250g Kaffee.]
```
"""


@pytest.mark.parametrize(
    ("action", "text", "safe"),
    [
        ("{name: replace, params: [250 Gramm]}", "250 Gramm", True),
        ("{name: edit, params: [regex, '^(\\d+)g$', '$1 g']}", "250 g", True),
        ("{name: remove}", "", False),
    ],
)
def test_what_the_rule_writes_down_is_mended_without_asking(desk: Desk, action: str, text: str, safe: bool) -> None:
    """Words and templates of the rule's author are safe; taking words away is for a person to decide."""
    desk.write("guidelines/woerter.md", RULE.replace("{action}", action))
    desk.post("---\ntitle: Tüte\nlanguage: de\nchannels: [feed]\n---\nDie Tüte hat 250g und ein Fenster.\n")
    (problem,) = desk.check("hausregel")
    assert problem.fix is not None
    assert (problem.fix.text, problem.fix.safe) == (text, safe)
