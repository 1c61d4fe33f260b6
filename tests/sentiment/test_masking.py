from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sentiment.masking import LONGEST, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("@anna.b wo bleibt es?", "⟨name⟩ wo bleibt es?"),
        ("Danke @kaffee@social.example!", "Danke ⟨name⟩!"),
        ("Siehe https://example.com/a?b=c und shop.example.com/x", "Siehe ⟨link⟩ und ⟨link⟩"),
        ("Schreibt an anna.berg+x@post.example.org bitte", "Schreibt an ⟨mail⟩ bitte"),
        ("Ruft mich an: 040/123 456 78", "Ruft mich an: ⟨number⟩"),
        ("Bestellung NK-2026114711 fehlt", "Bestellung ⟨number⟩ fehlt"),
        ("DE89 3704 0044 0532 0130 00", "⟨number⟩"),
        ("Frau Müller-Lüd im Laden war nett", "Frau ⟨name⟩ im Laden war nett"),
        ("Hallo Anna, wo bleibt es?", "Hallo ⟨name⟩, wo bleibt es?"),
        ("Viele Grüße\nPeter Meier", "Viele Grüße\n⟨name⟩"),
        ("Liebe Grüße\nJule", "Liebe Grüße\n⟨name⟩"),
        ("Best regards, Ann", "Best regards, ⟨name⟩"),
        ("Um 7.30 Uhr, 250 g für 10,90 €, seit 2019", "Um 7.30 Uhr, 250 g für 10,90 €, seit 2019"),
        ("Meine Frau trinkt ihn gern", "Meine Frau trinkt ihn gern"),
    ],
)
def test_what_leads_to_a_person_is_masked(text: str, masked: str) -> None:
    """Accounts, links, mails, long numbers and names in their usual places go; prices, times and years stay."""
    assert mask(text) == masked


@given(st.text(alphabet=st.sampled_from("aZß0 9.@-/:⟨⟩\nFrau Hallo,LG wdehtps"), max_size=60) | st.text(max_size=60))
def test_masking_again_changes_nothing(text: str) -> None:
    """What was masked once may be masked again: labels are masked when they are written and when they are hashed."""
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    "piece", ["a", "1", "a.", "a-", "@a", "1 ", "Frau A", "LG Ab Ab ", "hallo ", "a@a.", "www.", "\n", "LG "]
)
def test_no_text_takes_long(piece: str) -> None:
    """A megabyte made to be tried again at every letter is masked within a second."""
    start = time.process_time()
    mask(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 1
    assert len(mask("x " * LONGEST)) == LONGEST
