"""What is said of conversations: strangers' words are shown without what commands a terminal; acts in words."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from tests.community.inbox.inboxes import START
from toolkit.community.inbox.conversation import Act
from toolkit.community.inbox.saying import DIRECTIONS, act_word, readable


def test_only_commands_are_taken_out() -> None:
    """Of all characters that there are: control characters but line end and tab, surrogates, signs of direction."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    kept = (one for one in every if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cs"})
    assert readable(every) == "".join(one for one in kept if one not in DIRECTIONS)


@pytest.mark.parametrize(
    ("what", "detail", "words"),
    [
        ("assigned", "mai", "assigned to mai"),
        ("labelled", "+{lob}", "labels +{lob}"),
        ("reply returned", "01REPLY", "gave the reply back with a note"),
        ("something {new}", "", "something {new}"),
    ],
)
def test_acts_are_told_in_words(monkeypatch: pytest.MonkeyPatch, what: str, detail: str, words: str) -> None:
    """Those that we know; another one as the log has it. Braces in them mean nothing."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    assert act_word(Act("01CONVERSATION", "mai", START, what, detail)) == words
