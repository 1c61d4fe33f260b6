"""Google Trends: relative values, each chart with its own scale."""

from __future__ import annotations

import pytest

from tests.importers.exports import said, values
from tests.importers.shops import extract_tracked

GERMAN = "Kategorie: Alle Kategorien\n\nWoche,kaffee: (Deutschland),tee: (Deutschland)\n"


def test_each_word_is_a_series_of_its_chart() -> None:
    """<1 is above nothing and below one; the chart is the channel."""
    kind, found = extract_tracked(GERMAN + "2026-11-01,100,<1\n2026-11-08,75,0\n")
    assert (kind, said(found)) == ("trends", [])
    assert [(one.subject, f"{one.observed_at:%m-%d}", one.value) for one in found.observations] == [
        ("trend:kaffee: (Deutschland)", "11-01", 100), ("trend:tee: (Deutschland)", "11-01", 0.5),
        ("trend:kaffee: (Deutschland)", "11-08", 75), ("trend:tee: (Deutschland)", "11-08", 0),
    ]  # fmt: skip
    assert {one.channel for one in found.observations} == {
        "2026-11-01/2026-11-08 kaffee: (Deutschland), tee: (Deutschland)"
    }


def test_two_charts_are_never_one_series() -> None:
    """The same word on the same day has one value in each chart, because each has its own peak."""
    year = extract_tracked(GERMAN + "2026-11-01,100,1\n2026-11-08,75,1\n")[1]
    alone = extract_tracked("Category: All categories\n\nWeek,kaffee: (Deutschland)\n2026-11-01,62\n2026-11-08,100\n")[
        1
    ]
    keys = [{(one.subject, one.channel, one.observed_at) for one in found.observations} for found in (year, alone)]
    assert not keys[0] & keys[1]


def test_months_and_days_are_read() -> None:
    """A month stands at its first day; what is still to come is left out."""
    found = extract_tracked("Category: All categories\n\nMonth,tee: (Worldwide)\n2026-10,40\n2026-11,50\n2026-12,60\n")[
        1
    ]
    assert [f"{one.observed_at:%m-%d}" for one in found.observations] == ["10-01", "11-01"]


@pytest.mark.parametrize(("row", "place"), [
    ("2026-11-01,101,1", "export.csv:4:12:"), ("2026-11-01,viel,1", "export.csv:4:12:"),
    ("2026-09-26T13,7,7", "export.csv:4:1:"), ("2026-13-01,7,7", "export.csv:4:1:"), ("2026-11-01,-3,1", "export.csv:4:12:"),
])  # fmt: skip
def test_what_is_no_such_value_is_a_problem_with_its_place(row: str, place: str) -> None:
    """A value above 100 is of another kind of file."""
    found = extract_tracked(f"{GERMAN}{row}\n")[1]
    assert said(found)[0].startswith(place)
    assert not found.clean


def test_a_table_that_only_looks_like_it_is_another_kind() -> None:
    """Words need their place in brackets, as Google writes it."""
    assert values(extract_tracked(GERMAN + "2026-11-01,1,2\n")[1], "trend:kaffee: (Deutschland)") == {"interest": 1}
    with pytest.raises(AssertionError):
        extract_tracked("Week,kaffee,tee\n2026-11-01,1,2\n")
