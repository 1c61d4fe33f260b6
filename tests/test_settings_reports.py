"""[reports] in leitstand.toml: files beside the page, and who gets a report by mail."""

from __future__ import annotations

from datetime import time

import pytest

from toolkit.settings import ReportPolicy, read_settings

BASE = 'format = 1\n[workspace]\nid = "a"\n[people.mai]\nname = "Mai"\nroles = ["community"]\n'


def test_without_the_table_a_report_is_a_page() -> None:
    """Nothing is made beside it, and nobody is written to."""
    settings, problems = read_settings(BASE)
    assert settings is not None
    assert problems == []
    assert settings.reports == ReportPolicy((), ())
    assert (settings.reports.automatic, settings.reports.day, settings.reports.at) == (("monthly",), 2, time(6))


def test_what_comes_by_itself_and_when() -> None:
    """Names, a day that every month has, and a time; an empty list means none."""
    table = '[reports]\nautomatic = ["monthly", "channel"]\nday = 28\ntime = "23:30"\n'
    settings, problems = read_settings(BASE + table)
    assert settings is not None
    assert problems == []
    assert settings.reports == ReportPolicy((), (), ("monthly", "channel"), 28, time(23, 30))
    settings, _problems = read_settings(BASE + "[reports]\nautomatic = []\n")
    assert settings is not None
    assert settings.reports.automatic == ()


def test_people_and_roles_get_it() -> None:
    """A key of [people] and a role are both taken, in the order in which they are named."""
    settings, problems = read_settings(BASE + '[reports]\nformats = ["pdf", "xlsx"]\nmail = ["manager", "mai"]\n')
    assert settings is not None
    assert problems == []
    assert settings.reports == ReportPolicy(("pdf", "xlsx"), ("manager", "mai"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('formats = ["pfd"]', "leitstand.toml:8:1: unknown format 'pfd'; did you mean 'pdf'?"),
        ('mail = ["mia"]', "leitstand.toml:8:1: unknown person or role 'mia'; did you mean 'mai'?"),
        ("day = 29", "leitstand.toml:8:1: day must be between 1 and 28"),
        ("day = true", "leitstand.toml:8:1: day must be a whole number"),
        ('time = "6:00"', 'leitstand.toml:8:1: time must be a time such as "06:00"'),
        ('time = "24:00"', 'leitstand.toml:8:1: time must be a time such as "06:00"'),
        ('time = "06:00+02:00"', 'leitstand.toml:8:1: time must be a time such as "06:00"'),
        ('automatic = "monthly"', "leitstand.toml:8:1: automatic must be a list of texts"),
        ('mails = ["mai"]', "leitstand.toml:8:1: unknown key 'mails'; did you mean 'mail'?"),
    ],
)
def test_a_slip_is_told_at_its_line(line: str, said: str) -> None:
    """With what was probably meant."""
    settings, problems = read_settings(f"{BASE}[reports]\n{line}\n")
    assert settings is None
    assert [f"{one.path}:{one.span.line}:{one.span.col}: {one.message}" for one in problems] == [said]


@pytest.mark.parametrize(("line", "wanted"), [("", None), ('handover = "monday"', 0), ('handover = "friday"', 4)])
def test_the_day_of_the_hand_over(line: str, wanted: int | None) -> None:
    """A weekday by its name; none unless it is named."""
    settings, problems = read_settings(f"{BASE}[reports]\n{line}\n")
    assert settings is not None
    assert (problems, settings.reports.handover) == ([], wanted)


def test_no_other_day() -> None:
    """A slip is answered with the nearest name."""
    _settings, problems = read_settings(f'{BASE}[reports]\nhandover = "mondy"\n')
    assert [one.span.line for one in problems] == [8]
    assert "monday" in problems[0].message
