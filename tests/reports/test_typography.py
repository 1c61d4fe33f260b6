"""Names with quotes, and counts, are set as a person would set them."""

from __future__ import annotations

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from toolkit.reports.blocks import Paragraph, Points
from toolkit.reports.typography import typeset

# Marks that are hard to tell apart on a screen, as others.
INNER: Final[dict[str, str | int | None]] = {
    "\N{SINGLE LOW-9 QUOTATION MARK}": ",",
    "\N{LEFT SINGLE QUOTATION MARK}": "`",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{NO-BREAK SPACE}": "~",
}


def shown(text: str) -> str:
    return typeset(text).translate(str.maketrans(INNER))


def test_quotes_within_quotes_are_the_inner_ones() -> None:
    """A campaign whose name has quotes stands within quotes in both languages; quotes side by side stay as they are."""
    assert shown("„Herbströstung „Herbststurm““ bringt mehr") == "„Herbströstung ,Herbststurm`“ bringt mehr"
    assert shown("“Autumn “Storm” roast” does better") == "“Autumn `Storm' roast” does better"
    assert shown("„wissen“ und „service“, „Text“") == "„wissen“ und „service“, „Text“"


def test_a_count_stays_on_one_line() -> None:
    """The sign and the number of n and p never begin a line."""
    assert shown("(so viel wie üblich, n = 43)") == "(so viel wie üblich, n~=~43)"
    assert shown("p < 0,001") == "p~<~0,001"
    assert shown("am Plan = 4") == "am Plan = 4"
    assert shown("As of 5 Nov 2026, 07:30") == "As of 5~Nov~2026, 07:30"
    assert shown("Intervall (90 %), 5 Tage") == "Intervall (90~%), 5 Tage"
    assert shown("es liegt vorn (p: 0,008)") == "es liegt vorn (p:~0,008)"
    assert shown("vor 9.30 Uhr, Markttag (KW 46)") == "vor 9.30~Uhr, Markttag (KW~46)"
    assert shown("morgens 1,3×, bringt 1.4× so viel") == "morgens~1,3×, bringt 1.4× so viel"  # noqa: RUF001  # the sign that people read as "times"


@given(st.text(alphabet="ab n=p<43„“”"))
def test_words_and_numbers_stay(text: str) -> None:
    """Only spaces and quotation marks ever change, each into another of its kind."""
    kept = [(was, now) for was, now in zip(text, shown(text), strict=True) if was != now]
    assert all((was in "„“”" and now in ",`'") or (was, now) == (" ", "~") for was, now in kept)


def test_only_advice_is_set_apart() -> None:
    """The last sentence of a summary stands out where it says what to do, and nowhere else."""
    assert 'class="summary advice"' in Points(("a", "b"), advice=True).to_html()
    assert "advice" not in Points(("a", "b")).to_html()
    assert Paragraph("<b> n = 3").to_html() == "<p>&lt;b&gt; n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}3</p>"
