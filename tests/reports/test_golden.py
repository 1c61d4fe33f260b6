"""The channel report on the research data set says what its authors published, and what three other computations found."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.kpis import compare
from toolkit.reports.blocks import Chart, Paragraph, Table
from toolkit.reports.channel import ChannelReport, open_report
from toolkit.reports.formats import rank_formats, values_of

TOML = """
format = 1
[workspace]
id = "cosmetics"
languages = ["en"]
[accounts.facebook]
network = "facebook"
"""


@pytest.fixture(scope="module")
def report(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ChannelReport:
    """The file of 2014 imported as anybody would, and December's report over the twelve months."""
    root = tmp_path_factory.mktemp("cosmetics")
    (root / "leitstand.toml").write_text(TOML)
    data = shared_data / "facebook_metrics" / "dataset_Facebook.csv"
    environ = {"LEITSTAND_LANG": "en", "LEITSTAND_STATE_DIR": str(root / "state")}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LEITSTAND_STATE_DIR", str(root / "state"))
        assert execute(["import", str(data), "--account", "facebook", "-w", str(root)], environ) == 0
    return open_report(
        str(root), str(root / "state"), "2014-12", now="2026-11-21T12:00:00+01:00", language="en", measure="consumers"
    )


def test_status_posts_are_first_and_videos_too_few(report: ChannelReport) -> None:
    """Status (text) has the highest median; seven videos have a higher one and are not ranked; the paper says the same."""
    first, *others = rank_formats(report.scope, "consumers", "facebook").standings
    assert (first.format, first.n, first.median) == ("text", 45, 1599)
    assert [(one.format, one.n, one.median) for one in others] == [
        ("photo", 426, 528.5),
        ("link", 22, 205),
        ("video", 7, 1643),
    ]
    assert [one.enough for one in others] == [True, True, False]


def test_the_difference_is_no_chance(report: ChannelReport) -> None:
    """Mann-Whitney between status and photo, and Kruskal-Wallis over all, as other programs computed them."""
    values, subjects = values_of(report.scope, "consumers", "facebook"), report.scope.subjects
    groups = {
        form: [value for uid, value in values.items() if subjects[uid].format == form] for form in ("text", "photo")
    }
    found = compare(groups["text"], groups["photo"])
    assert found.p == pytest.approx(1.8e-13, rel=0.05)
    assert rank_formats(report.scope, "consumers", "facebook").p == pytest.approx(3.5e-17, rel=0.05)


def test_the_page_says_it(report: ChannelReport) -> None:
    """The section leads with the finding, says "n = 7, not enough", and its chart leaves the videos out."""
    section = report.formats()
    assert section is not None
    lead = next(block for block in section.blocks if isinstance(block, Paragraph) and block.kind == "lead")
    assert (
        "“text” has the highest median with 1,599 (n = 45); the difference to each other format is reliable."
        in lead.text
    )
    assert "Not enough posts: video (n = 7)." in lead.text
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["text", "photo", "link", "video"]
    assert "n = 7, not enough" in table.rows[-1]
    chart = next(block for block in section.blocks if isinstance(block, Chart))
    assert "video<" not in chart.svg


def test_medians_of_the_page(report: ChannelReport) -> None:
    """Five hundred posts, and the published medians of reach and views; 499 and 496 posts have likes and shares."""
    for name, middle in (("reach", 5281), ("views", 9051), ("engaged_users", 625.5), ("consumers", 551.5)):
        values = sorted(values_of(report.scope, name, "facebook").values())
        assert len(values) == 500
        assert (values[249] + values[250]) / 2 == middle
    assert [len(values_of(report.scope, name, "facebook")) for name in ("likes", "shares")] == [499, 496]
