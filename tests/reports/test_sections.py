"""The monthly report's sections: true to the planted effects, honest about what is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Protocol

import pytest

from toolkit.experiments.counted import Numbers, lifts_of
from toolkit.kpis import KPIS, result_of
from toolkit.kpis.contrast import Contrast
from toolkit.kpis.groups import GroupLift
from toolkit.kpis.period import ripe_year
from toolkit.kpis.rated import make_model, rate_results
from toolkit.learning.times import read_times
from toolkit.messages import speak
from toolkit.metrics import open_store
from toolkit.reports.blocks import Block, Cell, Chart, Commentary, Folded, Points, Section, Table
from toolkit.reports.compared import where_compared
from toolkit.reports.monthly import MonthlyReport, open_report
from toolkit.reports.quality import deliveries
from toolkit.reports.stage import find_stage
from toolkit.reports.strengths import strengths_section
from toolkit.research import share_of_voice

SECTIONS = ("summary", "figures", "channels", "over_time", "tops_and_flops", "strengths", "posting_times", "progress", "competitors", "quality", "method")  # fmt: skip


class Filled(Protocol):
    """What the fixture of that name gives."""

    root: object
    state: object


def open_month(filled: Filled, month: str, now: str = "2026-11-21T19:00:00+01:00") -> MonthlyReport:
    return open_report(str(filled.root), str(filled.state), month, now=now, language="en")


@pytest.fixture(scope="module")
def october(filled: Filled) -> MonthlyReport:
    return open_month(filled, "2026-10")


def words(section: Section) -> str:
    """The section as somebody hears it: text of the HTML, alternative texts of the charts."""
    return unescape(" ".join(" ".join(map(_heard, section.blocks)).split()))


def _heard(block: Block) -> str:
    if isinstance(block, Chart):
        return block.alt
    return block.text if isinstance(block, Commentary) else re.sub(r"<[^>]+>", " ", block.to_html())


def _html(block: Block) -> str:
    """The HTML of a block that has some."""
    assert not isinstance(block, Chart | Commentary)
    return block.to_html()


def test_the_summary_is_five_sentences(october: MonthlyReport) -> None:
    """Below the stage: results, audience, best and weakest post, shop and campaigns, and a recommendation in the end."""
    section = october.summary()
    assert _html(section.blocks[1]).count("<li>") == 5
    assert "Recommendation: plan more of “wissen”" in words(section), "the planted best pillar"
    assert "“service”" in words(section), "the planted worst pillar"


def test_planted_weekday_and_part_of_day_are_found(october: MonthlyReport) -> None:
    """Posting times name what was planted, and nothing that was not, as the best."""
    text = words(october.posting_times())
    assert "Monday to Friday, morning (00:00 to 10:00) brings" in text
    single = text.split("By itself makes a difference: ")[1].split(" Bar")[0]
    assert "morning" in single.split("evening")[0]
    days = {one.group: one for one in october.posts.groups.values() if one.kind == "weekday"}
    assert max(days.values(), key=lambda one: one.value).group == "2", "the planted Tuesday"
    assert not [day for day, one in days.items() if one.reliable and day != "2"]


def test_the_report_says_what_the_command_says(filled: Filled, october: MonthlyReport) -> None:
    """Each cell of the report's chart, and each group of its tables, has the numbers of `leitstand learn` at that moment."""
    seen = datetime.fromisoformat("2026-11-08T00:00:00+01:00")
    numbers = Numbers(open_store(Path(str(filled.state))), october.scope.subjects, october.scope.zone, seen)
    together = read_times(numbers, {})[0].times
    assert together.compared > 1
    text = words(october.posting_times())
    assert "leitstand learn times --now 2026-11-08T00:00+01:00" in text
    (chart,) = [block for block in october.posting_times().blocks if isinstance(block, Chart)]
    assert chart.table is not None
    assert len(chart.table.rows) == len(together.cells) == 8
    for cell, row in zip(together.cells, chart.table.rows, strict=True):
        assert isinstance(row[1], Cell)
        assert row[1].exact == cell.factor
        if cell.low is not None:
            assert row[2] == f"{cell.low:.2f}× to {cell.high:.2f}×"  # noqa: RUF001  # the sign for times
    posts = rate_results(lifts_of(numbers, "interactions", ripe_year(seen)))
    told = dict.fromkeys((post.uid for post in october.scope.workspace.posts), frozenset[str]())
    for one in make_model(posts, told).groups("weekday"):
        found = october.posts.groups["weekday", one.group]
        assert found.contrast is not None
        assert found.contrast.value == pytest.approx(one.value)
        assert found.contrast.reach() == pytest.approx(one.reach())


def test_planted_pillars_are_ranked(october: MonthlyReport) -> None:
    """The groups' lifts order the pillars as planted: wissen first, service last, both reliable."""
    groups = {one.group: one for one in october.posts.groups.values() if one.kind == "pillar"}
    ranked = sorted(groups, key=lambda name: -groups[name].factor)
    assert (ranked[0], ranked[-1]) == ("wissen", "service")
    assert groups["wissen"].reliable
    assert groups["service"].reliable


def test_the_bad_week_is_seen(october: MonthlyReport) -> None:
    """The week in which everything was planted to fall is the lowest of visits and orders."""
    charts = [block for block in october.over_time().blocks if isinstance(block, Chart)]
    assert "Visits and Orders lowest in the week of 12 Oct 2026" in charts[-1].alt
    assert "Orders lowest in the week of 12 Oct 2026" in charts[-1].alt


def test_missing_is_no_data_and_never_zero(october: MonthlyReport) -> None:
    """What nobody delivers is called so: reach everywhere, likes of a newsletter, all of a silent account."""
    assert "No data: " in words(october.figures())
    assert "Reach" in words(october.figures()).split("No data: ")[1]
    channels = words(october.channels())
    assert re.search(r"newsletter [^x]*– – 2,", channels), "no interactions, no rate, but followers"  # noqa: RUF001  # a dash, as tables have it
    assert "No data: silent." in channels
    assert "Reach no data 100" in words(october.progress())


def test_an_account_whose_exports_stopped_makes_the_report_provisional(filled: Filled) -> None:
    """The quality page names the account and its last count, and the summary says why the report is not final."""
    november = open_month(filled, "2026-11")
    assert "Provisional: the month is not over; the counts of November 2026 from x have not arrived." in words(
        november.quality()
    )
    silent = next(one for one in deliveries(november.scope) if one.channel == "x")
    assert silent.last is not None
    assert silent.last.date() == date(2026, 10, 30)


def test_an_account_that_stopped_is_no_loss_of_followers(filled: Filled) -> None:
    """Followers are compared over the accounts that both months know, so the month without x's export does not fall."""
    november = {one.kpi.name: one for one in open_month(filled, "2026-11").compared}["followers"]
    assert (november.month.n, november.previous.n) == (3, 4)
    assert november.month.value is not None
    assert november.previous.value is not None
    assert november.month.value < november.previous.value
    assert november.on_previous is not None
    assert november.on_previous > 0


def test_a_complete_month_is_final(filled: Filled) -> None:
    """A month that all exports cover and whose posts are old enough is not provisional."""
    report = open_month(filled, "2026-08")
    assert find_stage(report.scope).final
    assert words(report.summary()).startswith("Final: ")


def test_tops_are_above_and_flops_below_what_is_usual(october: MonthlyReport) -> None:
    """A top has a factor over one, a flop below, each post stands in one list only, with its usual count beside it."""
    ranked = october.posts.ranked()
    lifts = [post.lift or 0 for post in ranked]
    assert lifts == sorted(lifts, reverse=True)
    assert len({post.uid for post in ranked}) == len(ranked)
    text = words(october.tops_and_flops())
    assert "usual" in text


def test_what_reads_as_usual_is_no_flop(filled: Filled) -> None:
    """Every factor among the tops is shown as more than one, every one among the flops as less."""
    for month in ("2026-06", "2026-09", "2026-10"):
        for block in open_month(filled, month).tops_and_flops().blocks:
            if isinstance(block, Table) and block.caption in {"Tops", "Flops"}:
                shown = [float(cell.text.rstrip("×")) for row in block.rows if isinstance(cell := row[4], Cell)]  # noqa: RUF001  # the sign for times
                assert shown
                assert all(factor > 1 if block.caption == "Tops" else factor < 1 for factor in shown), month


def test_a_factor_over_its_format_is_not_made_of_the_format(october: MonthlyReport) -> None:
    """What is usual in channel and format is the baseline already."""
    (folded,) = [block for block in october.tops_and_flops().blocks if isinstance(block, Folded)]
    assert "format" not in folded.table.head
    assert {"pillar", "weekday", "rest"} <= set(folded.table.head)


def test_money_is_no_strength_of_posts(october: MonthlyReport) -> None:
    """That bought reach reliably brings more stands in the table and is no finding about the posts."""
    groups = {
        ("paid", "paid"): GroupLift("paid", "paid", 24, Contrast("paid", "paid", 24, 99, 0.53, 0.05, 80), 1.7, 0.001),
        ("pillar", "wissen"): GroupLift(
            "pillar", "wissen", 24, Contrast("pillar", "wissen", 24, 99, 0.53, 0.05, 80), 1.7, 0.001
        ),
    }
    assert all(one.reliable for one in groups.values())
    section = strengths_section(october.scope, october.compared, replace(october.posts, groups=groups))
    lists = " ".join(_html(block) for block in section.blocks if isinstance(block, Points))
    assert "“wissen” reliably brings 1.7×" in lists  # noqa: RUF001  # the sign for times
    assert "reach bought" not in lists
    assert "reach bought" in words(section)


def test_the_own_rate_is_the_key_figure(october: MonthlyReport) -> None:
    """The table of brands, the report on competitors and the key figures have one number for one thing."""
    scope = october.scope
    tracked = where_compared(scope)
    rows = [row for row in scope.rows("engagement_rate_followers", scope.period()) if row.channel in tracked]
    figure = result_of(KPIS["engagement_rate_followers"], rows).value
    assert figure
    (own,) = [voice for voice in share_of_voice(scope.engine, scope.period()) if not voice.brand]
    assert own.rate == figure
    assert scope.wording.percent(figure, 2) in words(october.competitors())


def test_voices_are_those_of_the_reports_channels(filled: Filled) -> None:
    """A report on one channel says one share of voice: that of its key figure."""
    report = open_report(
        str(filled.root), str(filled.state), "2026-10", now="2026-11-21T19:00:00+01:00", language="en", channels=["mastodon"]
    )  # fmt: skip
    figure = next(one.month.value for one in report.compared if one.kpi.name == "share_of_voice")
    assert figure
    assert f"Probe & Söhne {report.scope.wording.percent(figure)}" in words(report.competitors())


def test_definitions_do_not_contradict_the_age(filled: Filled) -> None:
    """A report at three days says three days, and nowhere seven."""
    report = open_report(
        str(filled.root), str(filled.state), "2026-10", now="2026-11-21T19:00:00+01:00", language="en", age=72.0
    )
    text = words(report.method())
    assert "each counts as it stood 3 days after publication" in text
    assert "seven days" not in text


def test_campaign_goals_say_what_is_attributed(october: MonthlyReport) -> None:
    """A goal out of reach is missed once the campaign is over; orders count when the campaign's links brought them."""
    text = words(october.progress())
    assert "Herbst Interactions, mastodon" in text
    assert re.search(r"mastodon \d+ 100,000 \d% reached 100% – goal missed", text)  # noqa: RUF001  # a dash, as tables have it
    assert re.search(r"Herbst Orders \d+ 200", text)


def test_a_month_without_data_says_so(filled: Filled) -> None:
    """Two years earlier there is nothing: every section is made, none shows a number."""
    report = open_month(filled, "2024-03")
    assert words(report.summary()).startswith("There is no data for March 2024.")
    assert words(report.competitors()) == "No data about competitors in this month."
    assert "n = 0" in words(report.tops_and_flops())
    for name in SECTIONS:
        assert getattr(report, name)().blocks, name
    assert not [block for block in report.over_time().blocks if isinstance(block, Chart)]


def test_a_report_of_one_channel(filled: Filled) -> None:
    """Only the named account is looked at."""
    report = open_report(
        str(filled.root),
        str(filled.state),
        "2026-10",
        now="2026-11-21T19:00:00+01:00",
        language="en",
        channels=["bluesky"],
    )
    assert {post.channel for post in report.posts.year} == {"bluesky"}
    assert "mastodon" not in words(report.channels())


def test_a_report_as_of_an_earlier_day_knows_less(filled: Filled) -> None:
    """What was observed after `now` plays no part."""
    early = open_month(filled, "2026-10", now="2026-10-15T12:00:00+02:00")
    late = open_month(filled, "2026-10")
    assert len(early.posts.month) < len(late.posts.month)
    assert "the month is not over" in words(early.quality())


def test_every_chart_has_a_text_and_no_fixed_ink(october: MonthlyReport) -> None:
    """Charts say in words what they show, keep their text as text, and take their colours from the reader's ground."""
    charts = [block for name in SECTIONS for block in getattr(october, name)().blocks if isinstance(block, Chart)]
    assert len(charts) == 6
    for chart in charts:
        assert len(chart.alt) > 40
        assert "chart" not in chart.alt.casefold(), "it says what is seen, not what kind of picture it is"
        assert chart.table is not None
        assert len(chart.table.rows) > 2
        assert "<text" in chart.svg
        assert "var(--text)" in chart.svg
        assert "prefers-color-scheme:dark" in chart.svg
        assert "#0000" not in chart.svg
        assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", chart.svg)


def test_the_same_data_give_the_same_bytes(filled: Filled, october: MonthlyReport) -> None:
    """Run again, every section has the same HTML and the same SVG."""
    again = open_month(filled, "2026-10")
    for name in SECTIONS:
        assert getattr(again, name)() == getattr(october, name)(), name


def test_german_writes_numbers_as_germans_do(filled: Filled) -> None:
    """In German, thousands have points and per cent a space."""
    report = open_report(str(filled.root), str(filled.state), "2026-10", now="2026-11-21T19:00:00+01:00", language="de")
    try:
        assert re.search(r"\d\.\d{3}", words(report.figures()))
        assert "\N{NO-BREAK SPACE}%" in _html(report.figures().blocks[0])
    finally:
        speak("en")
