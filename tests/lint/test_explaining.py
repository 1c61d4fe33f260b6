from __future__ import annotations

import pytest

from toolkit.lint.explaining import explain, paragraphs
from toolkit.lint.rules import RULES


def test_a_fence_begins_a_line() -> None:
    """Backticks within a sentence are part of it; only a block of code is left out."""
    docs = "Words in ` ```words ` blocks count.\n\n```markdown\ncode\n```\n\nThe end."
    assert paragraphs(docs) == ["Words in ` ```words ` blocks count.", "The end."]
    assert explain(docs) == "Words in ` ```words ` blocks count.\n\n```markdown\ncode\n```\n\nThe end."


@pytest.mark.parametrize("rule", RULES)
def test_a_rules_page_keeps_its_order_and_its_examples(rule: str) -> None:
    """Word for word what the module says, whatever is code and whatever can be translated."""
    docs = RULES[rule].docs
    assert explain(docs).split() == docs.split()
