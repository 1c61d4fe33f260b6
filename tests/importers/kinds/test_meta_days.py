"""Meta's charts: UTF-16 with a sep= line, the chart's name, Date and Primary; days without followers are missing."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.importers.exports import extract, recognised, said

CHART = 'sep=,\r\n"Facebook follows"\r\n"Date","Primary"\r\n"2026-03-27T00:00:00","3"\r\n"2026-03-30T00:00:00","1"\r\n'


def wide(text: str) -> bytes:
    return text.encode("utf-16")


def test_missing_days_of_followers_are_zero() -> None:
    """Days between the first and the last are filled over the beginning of summer time, noon by the wall, and said."""
    found = extract(wide(CHART))
    assert [(one.observed_at, one.value) for one in sorted(found.observations, key=lambda one: one.observed_at)] == [
        (datetime(2026, 3, 27, 11, tzinfo=UTC), 3),
        (datetime(2026, 3, 28, 11, tzinfo=UTC), 0),
        (datetime(2026, 3, 29, 10, tzinfo=UTC), 0),
        (datetime(2026, 3, 30, 10, tzinfo=UTC), 1),
    ]
    assert {(one.subject, one.channel, one.metric) for one in found.observations} == {
        ("account", "facebook", "follows")
    }
    assert "2 days without new followers are not in the file and count as 0" in said(found)[0]


def test_several_charts_stand_in_one_file() -> None:
    """Each has its own name; reach keeps its gaps, because there a missing day is not zero."""
    second = '"Instagram reach"\r\n"Date","Primary"\r\n"2026-03-27T00:00:00","900"\r\n"2026-03-30T00:00:00","700"\r\n'
    found = extract(wide(CHART + "\r\n" + second))
    reach = [(one.channel, one.value) for one in found.observations if one.metric == "reach"]
    assert reach == [("instagram", 900), ("instagram", 700)]
    assert sum(one.metric == "follows" for one in found.observations) == 4


def test_a_chart_without_a_network_asks_for_the_account() -> None:
    """Newer exports say “Follows” alone; two networks could be meant."""
    found = extract(wide(CHART.replace("Facebook follows", "Follows")))
    assert found.observations == ()
    assert "--account" in said(found)[0]


def test_an_unknown_chart_is_named() -> None:
    """Nothing is guessed from the numbers."""
    found = extract(wide(CHART.replace("Facebook follows", "Facebook vibes")))
    assert not found.clean
    assert "a chart called 'facebook vibes' is unknown" in said(found)[0]


def test_encodings_make_no_difference() -> None:
    """Saved again by a spreadsheet, as UTF-8 or with semicolons, it is still recognised."""
    for data in (CHART.encode(), wide(CHART), CHART.encode("utf-16-le"), CHART.replace(",", ";").encode("utf-8-sig")):
        assert recognised(data) == "meta-days"
        assert len(extract(data).observations) == 4
