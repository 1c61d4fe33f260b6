"""What people wrote just now, and what their programs put below it."""

from __future__ import annotations

import hypothesis
import hypothesis.strategies as st
import pytest

from toolkit.networks.mail.history import CUT, newest

ASKED = "> Guten Tag,\n> wann kommt mein Paket?\n>\n> Eva"


@pytest.mark.parametrize(
    "below",
    [
        f"Am 21.11.2026 um 10:02 schrieb Eva Muster <eva@example.org>:\n{ASKED}",
        f"Am Sa., 21. Nov. 2026 um 10:02 Uhr schrieb Nordlicht Kaffee Service-Team <\nservice@nordlicht.example.com>:\n\n{ASKED}",
        f"On Sat, Nov 21, 2026 at 10:02 AM Eva Muster <eva@example.org> wrote:\n\n{ASKED}",
        f"On 21.11.26 10:02, Eva Muster wrote:\n{ASKED}",
        "Von: Eva Muster <eva@example.org>\nGesendet: Samstag, 21. November 2026 10:02\nAn: Service\nBetreff: Paket\n\nHallo",
        "From: Eva Muster\nSent: Saturday\nTo: Service\nSubject: Parcel\n\nHello",
        "________________________________\nVon: Eva <eva@example.org>\nGesendet: Samstag\nAn: Service\n\nHallo",
        "-----Ursprüngliche Nachricht-----\nVon: Eva\n\nHallo",
        "----- Original Message -----\nHello",
        ASKED,
    ],
)
def test_history_below_an_answer_is_cut(below: str) -> None:
    """German and English programs; that there was more is said."""
    assert newest(f"Es kommt morgen.\n\nGruß\n\n{below}\n") == f"Es kommt morgen.\n\nGruß\n\n{CUT}"


def test_quotes_between_answers_stay() -> None:
    """They say what is answered; only the last one below them goes."""
    text = "> Wann?\n\nMorgen.\n\n> Wo?\n\nIm Laden.\n\n> Danke"
    assert newest(text) == f"> Wann?\n\nMorgen.\n\n> Wo?\n\nIm Laden.\n\n{CUT}"


def test_a_signature_is_cut_and_a_list_is_not() -> None:
    """The line of two dashes and a blank; dashes of a list, a table or a dialogue are text."""
    assert newest("Hallo\n\n-- \nEva Muster\nMusterstraße 1") == "Hallo"
    assert newest("- eins\n- zwei\n---\nEnde") == "- eins\n- zwei\n---\nEnde"


def test_a_sentence_that_sounds_like_a_head_stays() -> None:
    """One line "Von: …" is no head, and what somebody wrote is no introduction."""
    for text in ("Von: mir\nfür dich", "Am Montag schrieb ich Ihnen, dass:\nnichts kam", "From: Berlin\nwith love"):
        assert newest(text) == text


def test_only_history_stays_whole() -> None:
    """A mail of nothing but quotes is shown as it is."""
    assert newest(f"\n{ASKED}\n") == ASKED


@hypothesis.given(st.text(alphabet=st.sampled_from("ab >\n-:"), max_size=200))
def test_nothing_is_invented(text: str) -> None:
    """Every line that is left stood in the mail, and something is left where there was something."""
    found = newest(text)
    assert set(found.split("\n")) <= {*text.split("\n"), CUT, ""}
    assert bool(found.strip()) == bool(text.strip("\n").strip())
