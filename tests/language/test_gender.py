"""Gender forms: each is found and told apart, and LinkedIn is none."""

from __future__ import annotations

import pytest

from toolkit.language.gender import Mark, find_forms, rewrite, spell_out


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("Entwickler*innen", Mark.STAR), ("Entwickler:innen", Mark.COLON), ("Entwickler_innen", Mark.UNDERSCORE), ("Entwickler·innen", Mark.DOT),
        ("Entwickler/-innen", Mark.SLASH), ("Entwickler/innen", Mark.SLASH), ("Entwickler(innen)", Mark.BRACKETS), ("Kolleg(inn)en", Mark.BRACKETS),
        ("EntwicklerInnen", Mark.BINNEN_I), ("ExpertIn", Mark.BINNEN_I), ("Entwickler:in", Mark.COLON), ("Kund*in", Mark.STAR),
        ("Jede*r", Mark.STAR), ("ein:e", Mark.COLON), ("der*die", Mark.STAR), ("Kund*innen-Service", Mark.STAR), ("Bürger:innenrat", Mark.COLON),
        ("Entwicklerinnen und Entwickler", Mark.PAIR), ("Ärzte und Ärztinnen", Mark.PAIR), ("Kundinnen oder Kunden", Mark.PAIR),
        ("Kolleginnen & Kollegen", Mark.PAIR), ("Bäuerinnen und Bauern", Mark.PAIR), ("Entwickler\\*innen", Mark.STAR),
    ],
)  # fmt: skip
def test_forms(word: str, mark: Mark) -> None:
    """Every sign and the pair, alone and inside of compounds, at their places."""
    text = f"Liebe {word}, hallo!"
    (form,) = find_forms(text)
    assert (form.mark, text[form.start : form.end]) == (mark, word)


@pytest.mark.parametrize(
    "text",
    ["LinkedIn", "LinkedIn, Instagram", "Log-In und Opt-In", "CheckIn", "Innen und außen", "Hinweis:hier", "https://example.com/a_innen", "log_in", "Kaffee:in",
     "Berlin/Innenstadt", "*Entwickler* innen", "Kundinnen und Gäste", "Bohnen (in Tüten)", "24/7", "Kiel (DE)", "Entwicklerinnen", "und/oder", "Preis: in Euro",
     "Studio:rein", "`Entwickler*innen`", "@kund_in"],
)  # fmt: skip
def test_what_is_no_form(text: str) -> None:
    """Names, addresses, code, brackets, missing blanks and women among themselves."""
    assert find_forms(text) == ()


@pytest.mark.parametrize(
    ("word", "mark", "expected"),
    [
        ("Entwickler*innen", Mark.COLON, "Entwickler:innen"),
        ("der:die", Mark.STAR, "der*die"),
        ("EntwicklerInnen", Mark.STAR, "Entwickler*innen"),
        ("Entwickler_innen", Mark.BINNEN_I, "EntwicklerInnen"),
        ("der*die", Mark.BINNEN_I, ""),
        ("Kolleg(inn)en", Mark.STAR, ""),
        ("Entwickler\\*innen", Mark.COLON, "Entwickler:innen"),
    ],
)
def test_one_sign_for_another(word: str, mark: Mark, expected: str) -> None:
    """A mere exchange of signs keeps the meaning; everything else is left to people."""
    (form,) = find_forms(word)
    assert rewrite(form, mark) == expected
    if expected:
        assert [again.mark for again in find_forms(expected)] == [mark]


def test_both_forms_of_a_plural() -> None:
    """Plurals in -er are spelled out; Kund*innen would take grammar."""
    spelled = {word: spell_out(find_forms(word)[0]) for word in ("Entwickler*innen", "BäckerInnen", "Kund*innen")}
    assert spelled == {
        "Entwickler*innen": "Entwicklerinnen und Entwickler",
        "BäckerInnen": "Bäckerinnen und Bäcker",
        "Kund*innen": "",
    }
