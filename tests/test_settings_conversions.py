"""[conversions] in leitstand.toml: what counts as a lead or a download, and whose discount codes."""

from __future__ import annotations

import pytest

from toolkit.settings import ConversionPolicy, read_settings

BASE = 'format = 1\n[workspace]\nid = "a"\n'


def test_without_the_table_the_usual_events_count() -> None:
    """Google Analytics' own names need no setting."""
    settings, problems = read_settings(BASE)
    assert settings is not None
    assert problems == []
    assert settings.conversions == ConversionPolicy()
    assert settings.conversions.metric("Generate_Lead") == "leads"
    assert settings.conversions.metric("file_download") == "downloads"
    assert settings.conversions.metric("scroll") == ""


def test_pages_and_codes_are_named() -> None:
    """A page counts whatever its query is, and a code in any case."""
    table = '[conversions]\nleads = ["/danke"]\ndownloads = ["/preise.pdf"]\ncodes = {ADVENT10 = "advent-2026"}\n'
    settings, _problems = read_settings(BASE + table)
    assert settings is not None
    assert settings.conversions.metric("/danke?utm_source=x") == "leads"
    assert settings.conversions.metric("/Danke") == ""
    assert settings.conversions.metric("generate_lead") == ""
    assert settings.conversions.codes == {"advent10": "advent-2026"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('leads = "/danke"', "leitstand.toml:5:1: leads must be a list of texts"),
        ('leads = ["/a"]\ndownloads = ["/a"]', "leitstand.toml:6:1: /a cannot be both a lead and a download"),
        ("codes = {A = 1}", "leitstand.toml:5:1: A must name a campaign"),
        ("lead = []", "leitstand.toml:5:1: unknown key 'lead'; did you mean 'leads'?"),
    ],
)
def test_mistakes_are_said_where_they_stand(line: str, said: str) -> None:
    """Each mistake names its line and the remedy."""
    settings, problems = read_settings(f"{BASE}[conversions]\n{line}\n")
    assert settings is None
    assert [str(problem)[: len(said)] for problem in problems] == [said]
