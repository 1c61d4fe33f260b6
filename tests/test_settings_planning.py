"""[windows], the region and what the rules about when and what demand."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.settings import CheckPolicy, HolidayPolicy, Settings, read_settings
from toolkit.settings.windows import read_hours

HEAD = 'format = 1\n[workspace]\nid = "probe"\n'
ACCOUNTS = '[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.werkstatt]\nnetwork = "linkedin"\n'


def read(text: str) -> Settings:
    settings, problems = read_settings(HEAD + text)
    assert (settings is not None, problems) == (True, [])
    assert settings is not None
    return settings


def complaints(text: str) -> list[str]:
    return [str(problem) for problem in read_settings(HEAD + text)[1]]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_nothing_is_demanded_by_default() -> None:
    """Without tables there are no windows, no region, and nothing is required of posts, media and pages."""
    settings = read("")
    assert (settings.windows, settings.region, settings.checks) == ({}, "", CheckPolicy())


def test_the_account_wins_over_its_network_and_that_over_all() -> None:
    """The window of an account is its own, else its network's, else everybody's."""
    text = f'{ACCOUNTS}[windows.all]\ntimes = ["mo-so"]\n[windows.linkedin]\ntimes = ["Mo-Fr 08:00-18:00"]\nreason = "Büro"\n'
    settings = read(text)
    names = [settings.window(account) for account in settings.accounts.values()]
    assert [window and (window.name, window.reason) for window in names] == [("all", ""), ("linkedin", "Büro")]
    own = read(text + '[windows.werkstatt]\ntimes = ["sat"]\n')
    window = own.window(own.accounts["werkstatt"])
    assert window is not None
    assert window.name == "werkstatt"


@pytest.mark.parametrize(
    ("said", "inside", "outside"),
    [
        ("mon-fri 08:00-18:00", ["2026-11-23 08:00", "2026-11-27 17:59"], ["2026-11-23 18:00", "2026-11-28 09:00"]),
        ("sa,so 10:00-14:00", ["2026-11-28 10:00", "2026-11-29 13:59"], ["2026-11-30 10:00"]),
        ("fri-mon", ["2026-11-27 00:00", "2026-11-30 23:59"], ["2026-12-01 00:00", "2026-11-26 23:59"]),
        ("09:00-24:00", ["2026-11-28 23:59"], ["2026-11-28 08:59"]),
        ("fr 22:00-02:00", ["2026-11-27 23:00", "2026-11-28 01:59"], ["2026-11-27 01:00", "2026-11-28 22:30"]),
    ],
)
def test_spans(said: str, inside: list[str], outside: list[str]) -> None:
    """Days run on over the weekend, hours over midnight; the end of a span no longer belongs to it."""
    hours = read_hours(said)
    assert hours is not None
    assert [hours.contains(wall(moment)) for moment in (*inside, *outside)] == [True] * len(inside) + [False] * len(
        outside
    )


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(said: str) -> None:
    """Any text is a span with days, or none."""
    hours = read_hours(said)
    assert hours is None or hours.days <= set(range(7))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[windows.masto]\ntimes = ["mon"]', "unknown account or network 'masto'; did you mean 'mastodon'?"),
        ('[windows.all]\ntimes = ["always"]', "a time is written like \"mon-fri 08:00-18:00\", not 'always'"),
        ('[windows.all]\ntimes = ["mon 8-18"]', "a time is written like \"mon-fri 08:00-18:00\", not 'mon 8-18'"),
        ('[windows.all]\ntimes = ["mon 08:00-25:00"]', "a time is written like"),
        ("[windows.all]", 'times is missing, such as ["mon-fri 08:00-18:00"]'),
        ('[windows.all]\ntimes = ["mon"]\nhours = "9-17"', "unknown key 'hours'"),
        ('[check.rights]\nrequired = ["licence", "credits"]', "unknown key 'credits'; did you mean 'credit'?"),
        ('[check.strategy]\nrequired = ["goals"]', "unknown key 'goals'; did you mean 'goal'?"),
        ("[check.holidays]\npublic = true", "unknown key 'holidays'; did you mean 'holiday'?"),
        ('[check.holiday]\nschool = "yes"', "school must be true or false"),
        ("[policy]\ncampaign_distance = -1", "campaign_distance must not be negative"),
    ],
)
def test_what_cannot_be_meant_is_an_error(text: str, said: str) -> None:
    """Each complaint names the key and what to write."""
    (problem,) = complaints(ACCOUNTS + text)
    assert said in problem


def test_the_region_is_a_code() -> None:
    """A name in words is refused, with examples."""
    assert read('region = "DE-SH"').region == "DE-SH"
    (problem,) = complaints('region = "Schleswig-Holstein"')
    assert problem == 'leitstand.toml:4:1: region is a code of ISO 3166 such as "DE-SH", "AT" or "CH-ZH" (settings)'


def test_the_policies_are_read() -> None:
    """What the tables say is what the rules get."""
    checks = read(
        '[check.holiday]\nschool = true\ncommercial = ["produkt"]\n[check.rights]\nrequired = ["credit"]\n'
        '[check.strategy]\nrequired = ["pillar"]\n[check.handbook-review]\nexempt = ["guidelines/referenz/*"]\n'
    ).checks
    holiday = HolidayPolicy(public=True, school=True, mourning=True, commercial=frozenset({"produkt"}))
    assert checks == CheckPolicy(holiday, ("credit",), ("pillar",), ("guidelines/referenz/*",))
