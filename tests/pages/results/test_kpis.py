"""The KPI pages: a definition that can be argued with, and the last months with their n, counted once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.pages.conftest import NOW, Studio
from toolkit.kpis import KPIS, Period
from toolkit.metrics import Store, open_store
from toolkit.model import Observation
from toolkit.pages.results import measuring
from toolkit.pages.results.figures import Figure, Figures
from toolkit.pages.results.measuring import NAME, last_months, read_figures
from toolkit.pages.results.questions import questions, say_formula
from toolkit.pages.results.trend import trend

ZONE = ZoneInfo("Europe/Berlin")


def append(state: Path, posts: int) -> None:
    """Posts of October with a like for the first, two for the second and so on, a week after publication."""
    first = datetime(2026, 10, 1, 8, tzinfo=UTC)
    seen = [
        Observation(
            f"p{at}", "mastodon", "likes", float(at), observed_at=first + timedelta(days=at + 7), published_at=first + timedelta(days=at),
            source="csv", import_id=f"likes-{posts}",
        )
        for at in range(1, posts + 1)
    ]  # fmt: skip
    open_store(state).append(seen, imported_at=NOW, name="mastodon.csv")


def test_without_numbers_there_are_no_pages(studio: Studio) -> None:
    """A workspace that has counted nothing yet is not shown forty empty pages."""
    assert not [path for path in studio.render() if path.startswith("kpis/")]


def test_each_kpi_has_a_page_with_its_value(studio: Studio) -> None:
    """Value, n and interval of the last month, the definition, the formula, and a table beside the picture."""
    append(studio.state, 8)
    pages = studio.render()
    assert {f"kpis/{name}.md" for name in KPIS} < set(pages)
    page = studio.page("kpis/likes.md")
    assert "October 2026" in page
    assert ">36</b><small>interval (90%) " in page
    assert "n = 8" in page
    assert "sum(likes)" in page
    assert 'role="img"' in page
    assert "no data" in page
    assert 'href="../likes/"' in studio.page("kpis/index.md") or 'href="likes/"' in studio.page("kpis/index.md")


def test_the_bars_say_their_months_and_values(studio: Studio) -> None:
    """Below each bar its month, above it its value; a month without data has a dash and no bar."""
    append(studio.state, 8)
    picture = studio.page("kpis/likes.md").partition("<svg")[2].partition("</svg>")[0]
    texts = re.findall(r"<text[^>]*>([^<]*)<", picture)
    assert texts[::2] == ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"]
    assert texts[1::2] == [*"\N{EN DASH}" * 6, "36"]
    assert picture.count("<rect") == 1


def test_long_values_stand_in_the_table_alone() -> None:
    """Seven amounts beside each other would meet; the months stay."""
    months = [Figure(f"2026-{number:02}", number * 1000.0, 5) for number in range(1, 8)]
    assert "€" not in str(trend(months, lambda value: f"{value:,.2f} €")).partition(">")[2]
    assert str(trend(months, str)).count("<text") == 14
    assert str(trend([], str)).count("<text") == 0


def test_bars_below_zero_hang_from_it() -> None:
    """A balance of minus one and one of plus one are of the same height, and meet at zero."""
    picture = str(trend([Figure("2026-01", 1.0, 5), Figure("2026-02", -1.0, 5)], str))
    (upper, lower) = (
        tuple(map(float, one)) for one in re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', picture)
    )
    assert upper[1] == lower[1] > 0
    assert sum(upper) == pytest.approx(lower[0])


def test_a_column_without_anything_in_it_is_not_shown(studio: Studio) -> None:
    """Of three posts there is no interval in any month, so the table has no column for one; of eight there is."""
    append(studio.state, 3)
    assert "Interval (90" not in studio.page("kpis/likes.md")
    append(studio.state, 8)
    assert "Interval (90" in studio.page("kpis/likes.md")


def test_numbers_are_counted_once_for_each_state_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build asks nothing; an import or a damaged cache makes it count again."""
    append(tmp_path, 3)
    found = read_figures(tmp_path, ZONE, NOW)
    assert found["likes"][-1] == Figure("2026-10", 6.0, 3)  # of three posts there is no interval
    counted: list[int] = []
    real = measuring.count

    def count(store: Store, period: Period, zone: ZoneInfo) -> Figures:
        counted.append(1)
        return real(store, period, zone)

    monkeypatch.setattr(measuring, "count", count)
    assert read_figures(tmp_path, ZONE, NOW) == found
    assert counted == []
    (tmp_path / "cache" / NAME).write_text("{")
    assert read_figures(tmp_path, ZONE, NOW) == found
    append(tmp_path, 4)
    read_figures(tmp_path, ZONE, NOW)
    assert counted == [1, 1]


@pytest.mark.parametrize(
    ("now", "first", "end"), [((2026, 11, 21), "2026-04", "2026-11"), ((2026, 1, 1), "2025-06", "2026-01")]
)
def test_only_months_that_are_over_count(now: tuple[int, int, int], first: str, end: str) -> None:
    """A month that has just begun would look like a fall."""
    period = last_months(ZONE, datetime(*now, 12, tzinfo=UTC))
    assert (f"{period.start:%Y-%m}", f"{period.end:%Y-%m}") == (first, end)


def test_every_key_figure_answers_one_question() -> None:
    """None stands twice in the dictionary and none is missing; what has no question would be asked last."""
    every = [kpi.name for kpis in questions().values() for kpi in kpis]
    assert sorted(every) == sorted(KPIS)
    assert "more" not in questions()


def test_the_dictionary_is_looked_up_by_other_names(studio: Studio) -> None:
    """People who say impressions or bookmarks find views and saves; what was never counted comes last and says so."""
    append(studio.state, 8)
    page = studio.page("kpis/index.md")
    assert re.search(r'data-find-text="[^"]*\bviews\b[^"]*\bimpressions\b', page)
    assert re.search(r'data-find-text="[^"]*\bsaves\b[^"]*\bbookmarks\b', page)
    assert page.index(">Applause per post<") < page.index(">Comments<")
    assert page.count("data-find-group") == len(questions())


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("sum(likes)", "Likes"),
        ("sum(interactions) / sum(views)", "Interactions \N{DIVISION SIGN} Views"),
        ("sum(likes) / posts", "Likes \N{DIVISION SIGN} Posts"),
        ("(sum(positive) - sum(negative)) / sum(classified)", ""),
        ("quantile(response_time, 0.9)", ""),
    ],
)
def test_a_formula_is_said_in_words(formula: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums and quotients; longer ones stay formulas."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    assert say_formula(formula) == said


def test_a_key_figure_says_who_asks_for_it(studio: Studio) -> None:
    """Goals of the strategy and of campaigns, and the others that answer the same question."""
    append(studio.state, 8)
    studio.write(
        "guidelines/strategy.md", "---\ngoals:\n  - {metric: likes, target: 50, channel: mastodon}\n---\n# Plan\n"
    )
    studio.write("content/campaigns/abo.md", "---\ntitle: Abo\ngoals:\n  - {metric: likes, target: 9}\n---\n")
    page = studio.page("kpis/likes.md")
    asked = page.partition('id="goals"')[2].partition("</section>")[0]
    assert ": 50, Mastodon" in asked
    assert 'href="../../campaigns/abo/">Abo</a>: 9' in asked
    assert 'href="../comments/"' in page.partition('id="related"')[2]
