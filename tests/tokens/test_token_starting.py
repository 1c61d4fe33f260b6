"""The token file to begin with."""

from __future__ import annotations

from toolkit.tokens import OURS, TOKENS, first_tokens, make_brand, read_tokens


def test_a_first_file_changes_nothing() -> None:
    """It is read without a problem, and every role and series keeps the colour that it has without a file."""
    tokens, problems = read_tokens(TOKENS, first_tokens().encode())
    assert problems == []
    brand = make_brand(tokens)
    assert (brand.light, brand.dark) == (OURS["light"], OURS["dark"])
    assert len(tokens.tokens) == len(OURS["light"]) + len(OURS["dark"])


def test_who_changes_the_short_form_alone_is_told_the_long_one() -> None:
    """The components that a hexadecimal colour has can be copied out of the message."""
    written = first_tokens().replace("#0b5563", "#ff8000", 1)
    _tokens, problems = read_tokens(TOKENS, written.encode())
    assert ["[1.0, 0.502, 0.0]" in one.message for one in problems] == [True]
