"""Charts can be read: labels do not meet, lines that share a colour differ, and every number of them is in a table."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from toolkit.reports.blocks import Cell, Table
from toolkit.reports.charts import Bar, apart, bars, lines
from toolkit.reports.wording import Wording
from toolkit.tokens import SERIES, Tokens, make_brand

OURS = make_brand(Tokens())
LABELS = st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 50)), min_size=1, max_size=12)


@given(LABELS)
def test_labels_never_meet_and_stay_in_order(labels: list[tuple[float, float]]) -> None:
    """Whatever the lines' ends, neighbours are half of each one's height apart; who has room is not moved."""
    labels.sort(key=lambda label: label[0])
    wanted, heights = [want for want, _height in labels], [height for _want, height in labels]
    places = apart(wanted, heights)
    for at in range(1, len(places)):
        assert places[at] - places[at - 1] >= (heights[at] + heights[at - 1]) / 2 - 1e-6
    roomy = all(b - a >= (x + y) / 2 for a, b, x, y in zip(wanted, wanted[1:], heights, heights[1:], strict=False))
    if roomy:
        assert all(abs(place - want) < 1e-6 for place, want in zip(places, wanted, strict=True))


def test_every_line_can_be_told_apart() -> None:
    """With more lines than colours the second round is dashed, each name stands beside its line, and the table has every number."""
    curves = {
        f"Konto {at}": [(date(2026, 9, 30), 10.0 * at), (date(2026, 10, 31), 12.5 * at)] for at in range(SERIES + 2)
    }
    chart = lines(curves, "Follower", "Acht Linien.", brand=OURS, wording=Wording("de"))
    assert chart.svg.count("stroke-dasharray") == 2
    assert all(name in chart.svg for name in curves)
    assert isinstance(chart.table, Table)
    assert chart.table.rows[1][-1] == Cell("88", exact=87.5)


def test_numbers_on_axes_are_german() -> None:
    """A German chart has points between thousands and never an English comma."""
    curves = {"Aufrufe": [(date(2026, 9, 30), 12_000.0), (date(2026, 10, 31), 16_000.0)]}
    chart = lines(curves, "Aufrufe", "Eine Linie.", brand=OURS, wording=Wording("de"))
    assert ">10.000<" in chart.svg
    assert "10,000" not in chart.svg


def test_days_on_axes_are_written_in_the_languages_way() -> None:
    """Days and months below a line: with points in German, with names in English."""
    short = {"Orders": [(date(2026, 10, 1), 1.0), (date(2026, 11, 1), 2.0)]}
    long = {"Orders": [(date(2026, 1, 31), 1.0), (date(2026, 10, 31), 2.0)]}
    for curves, german, english in ((short, ">15.10.<", ">15 Oct<"), (long, ">07/26<", ">Jul 26<")):
        shown = {words: lines(curves, "", "", brand=OURS, wording=Wording(words)).svg for words in ("de", "en")}
        assert german in shown["de"]
        assert english in shown["en"]
        assert german not in shown["en"]


def test_an_interval_shows_on_its_bar() -> None:
    """Below a whisker lies a wider one in the page's colour, since half of it lies on a dark bar."""
    bar = Bar("Bluesky", 3.2, "3,20 %", low=2.0, high=4.0, interval="2 bis 4", n="9")
    chart = bars([bar], "Rate", "Ein Balken.", OURS)
    whisker = chart.svg.index("stroke: var(--text)")
    assert 0 < chart.svg.index("stroke: var(--background)") < whisker
    assert isinstance(chart.table, Table)
    assert chart.table.rows == (("Bluesky", Cell("3,20 %", exact=3.2), "2 bis 4", "9"),)
