"""[matomo] in leitstand.toml: which website's statistics are fetched."""

from __future__ import annotations

import pytest

from toolkit.importers.kinds import matomo as kind
from toolkit.settings import MatomoSite, read_settings
from toolkit.settings.matomo import REPORTS, USUAL

BASE = 'format = 1\n[workspace]\nid = "a"\n'


def test_without_the_table_nothing_is_fetched() -> None:
    """Who has no Matomo writes nothing."""
    settings, problems = read_settings(BASE)
    assert settings is not None
    assert (settings.matomo, problems) == (None, [])


@pytest.mark.parametrize(
    "server", ["https://stats.example.com", "https://stats.example.com/", "https://stats.example.com/index.php"]
)
def test_a_website_is_named(server: str) -> None:
    """However people copy the address; the usual reports are fetched unless others are named."""
    settings, problems = read_settings(f'{BASE}[matomo]\nserver = "{server}"\nsite = 3\n')
    assert problems == []
    assert settings is not None
    assert settings.matomo == MatomoSite("https://stats.example.com", 3, USUAL)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('server = "stats.example.com"\nsite = 1', "leitstand.toml:5:1: server must be the address of your Matomo"),
        ('server = "https://me:word@stats.example.com"\nsite = 1', "leitstand.toml:5:1: server must be the address"),
        ('server = "https://stats.example.com/?token_auth=a"\nsite = 1', "leitstand.toml:5:1: server must be the address"),
        ('server = "https://stats.example.com"\nsite = 0', "leitstand.toml:6:1: site must be the number"),
        ('server = "https://stats.example.com"', "leitstand.toml:4:1: site must be the number"),
        ('server = "https://stats.example.com"\nsite = 1\nreports = ["VisitsSummary.gte"]', "leitstand.toml:7:1: "),
        ('server = "https://stats.example.com"\nsite = 1\ntoken = "a"', "leitstand.toml:7:1: no token here, this file is in git: set LEITSTAND_TOKEN_MATOMO"),
    ],
)  # fmt: skip
def test_mistakes_are_said_where_they_stand(lines: str, said: str) -> None:
    """Each names its line; an address with a password or a token is none, because this file is in git."""
    settings, problems = read_settings(f"{BASE}[matomo]\n{lines}\n")
    assert settings is None
    assert [str(problem)[: len(said)] for problem in problems] == [said]


def test_every_report_is_one_that_the_importer_explains() -> None:
    """The importer's documentation names each module whose reports can be fetched."""
    for report in REPORTS:
        assert report.partition(".")[0] in (kind.__doc__ or "")
