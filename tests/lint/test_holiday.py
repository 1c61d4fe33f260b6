from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.model import Severity
from toolkit.planning import region_complaint, special_days
from toolkit.workspace import DayKind

HEAD = "---\nchannels: [mastodon]\n"


def region(desk: Desk, code: str, more: str = "", interface: str = "de") -> None:
    text = SETTINGS.replace(
        'languages = ["de", "en"]', f'languages = ["de", "en"]\ninterface = "{interface}"\nregion = "{code}"'
    )
    desk.settings(text + more)


@pytest.mark.parametrize(
    ("code", "when", "interface", "said"),
    [
        ("DE-SH", "2026-12-25 09:00", "de", "2026-12-25: Erster Weihnachtstag (DE-SH)"),
        ("DE-SH", "2026-12-25 09:00", "en", "2026-12-25: Christmas Day (DE-SH)"),
        ("DE-BY", "2027-01-06 09:00", "de", "2027-01-06: Heilige Drei Könige (DE-BY)"),
        ("AT", "2026-12-08 09:00", "de", "2026-12-08: Mariä Empfängnis (AT)"),
        ("CH-ZH", "2027-05-01 09:00", "de", "2027-05-01: Tag der Arbeit (CH-ZH)"),
        ("GB-SCT", "2026-11-30 09:00", "en", "2026-11-30: Saint Andrew's Day (GB-SCT)"),
    ],
)
def test_public_holidays_of_the_region_are_hints(desk: Desk, code: str, when: str, interface: str, said: str) -> None:
    """The day's name comes in the workspace's own language, for any country and part of it."""
    region(desk, code, interface=interface)
    assert desk.messages("holiday", f"{HEAD}publish: «{when}»\n---\n") == [said]
    assert [problem.severity for problem in desk.check("holiday")] == [Severity.HINT]


def test_holidays_of_other_regions_are_days_like_any(desk: Desk) -> None:
    """Epiphany is a holiday in Bavaria and none in Schleswig-Holstein."""
    region(desk, "DE-SH")
    assert desk.messages("holiday", f"{HEAD}publish: 2027-01-06 09:00\n---\n") == []
    desk.settings(SETTINGS)
    assert desk.messages("holiday", f"{HEAD}publish: 2026-12-25 09:00\n---\n") == []


@pytest.mark.parametrize(("year", "good_friday", "first", "second"), [
    (2025, "2025-04-18", "2025-11-16", "2025-11-23"),
    (2026, "2026-04-03", "2026-11-15", "2026-11-22"),
    (2027, "2027-03-26", "2027-11-14", "2027-11-21"),
    (2028, "2028-04-14", "2028-11-19", "2028-11-26"),
])  # fmt: skip
def test_german_days_of_mourning(year: int, good_friday: str, first: str, second: str) -> None:
    """Good Friday, Volkstrauertag and Totensonntag as the calendars of these years print them."""
    days = special_days("DE-SH", (year,))
    found = [day.isoformat() for day, specials in days.items() if any(one.kind is DayKind.MOURNING for one in specials)]
    assert found == [good_friday, first, second]


def test_only_what_sells_is_warned_about_on_days_of_mourning(desk: Desk) -> None:
    """Pillars, labels and campaigns say what is advertising; the rest may go out, except that Good Friday is a holiday."""
    region(desk, "DE-SH", '\n[check.holiday]\ncommercial = ["produkt", "werbung"]\n')
    mourning = f"{HEAD}publish: {{when}}\n{{key}}\n---\n"
    for key in ("pillar: produkt", "labels: [x, werbung]"):
        (message,) = desk.messages("holiday", mourning.format(when="«2026-11-22 10:00»", key=key))
        assert message.endswith(": no advertising; choose another day")
        assert desk.check("holiday")[0].severity is Severity.WARNING
    assert desk.messages("holiday", mourning.format(when="2026-11-22 10:00", key="pillar: wissen")) == []
    assert desk.messages("holiday", mourning.format(when="«2027-03-26 10:00»", key="pillar: wissen")) == [
        "2027-03-26: Karfreitag (DE-SH)"
    ]


def test_without_a_list_every_post_may_sell(desk: Desk) -> None:
    """A house that has not said what advertising is hears of every post on such a day."""
    region(desk, "DE")
    assert len(desk.messages("holiday", f"{HEAD}publish: «2026-11-22 10:00»\n---\n")) == 1
    region(desk, "DE", "\n[check.holiday]\nmourning = false\n")
    assert desk.messages("holiday", f"{HEAD}publish: 2026-11-22 10:00\n---\n") == []


def test_the_account_s_own_day_counts(desk: Desk) -> None:
    """Midnight in Berlin is still the day before in New York: the offset decides, on the account's clock."""
    region(desk, "DE-SH", '\n[accounts.us]\nnetwork = "mastodon"\ntimezone = "America/New_York"\n')
    sample = "---\nchannels: [{account}]\npublish: {when}\n---\n"
    assert desk.messages("holiday", sample.format(account="us", when="2026-12-25 00:30+01:00")) == []
    assert len(desk.messages("holiday", sample.format(account="mastodon", when="«2026-12-25 00:30+01:00»"))) == 1


def test_school_holidays_are_asked_for(desk: Desk) -> None:
    """They are published by the ministries; the first and the last day belong to them."""
    region(desk, "DE-SH")
    assert desk.messages("holiday", f"{HEAD}publish: 2026-12-22 09:00\n---\n") == []
    region(desk, "DE-SH", "\n[check.holiday]\nschool = true\n")
    sample = f"{HEAD}publish: {{when}}\n---\n"
    assert desk.messages("holiday", sample.format(when="«2026-12-21 09:00»")) == [
        "2026-12-21: Weihnachtsferien (DE-SH)"
    ]
    assert desk.messages("holiday", sample.format(when="2026-12-20 09:00")) == []


def test_where_school_holidays_are_unknown_the_house_is_told(desk: Desk) -> None:
    """Switzerland's are not in the package: a hint at the switch says where to write them."""
    region(desk, "CH-ZH", "\n[check.holiday]\nschool = true\n")
    (problem,) = desk.check("holiday")
    assert str(problem) == (
        f"leitstand.toml:{problem.span.line}:1: the school holidays of CH-ZH are not known;"
        " write them into content/occasions/*.yml (holiday)"
    )
    assert desk.load().tree.read("leitstand.toml").decode().splitlines()[problem.span.line - 1] == "school = true"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("QQ", "nobody knows the holidays of QQ; see ISO 3166, such as DE or AT"),
        ("DE-XX", "DE has no part XX; known: DE-BB, DE-BE"),
    ],
)
def test_an_unknown_region_is_an_error_in_the_settings(desk: Desk, code: str, said: str) -> None:
    """The code has the right form, but nobody knows it: said at the key, and no post is blamed."""
    region(desk, code)
    desk.post(f"{HEAD}publish: 2026-12-25 09:00\n---\n")
    (problem,) = desk.check("holiday")
    assert problem.message.startswith(said)
    assert (problem.path, problem.severity) == ("leitstand.toml", Severity.ERROR)
    assert region_complaint(code) == problem.message


OCCASIONS = """occasions:
  - {name: Betriebsferien, from: 2026-12-28, until: 2027-01-03, kind: public}
  - {name: Gedenktag der Werft, from: 2019-02-29, kind: mourning}
  - {name: Schalttag, from: 2024-02-29, kind: mourning, yearly: true}
  - {name: Hafengeburtstag, from: 2027-05-07, until: 2027-05-09}
"""


def test_days_of_the_house_s_own(desk: Desk) -> None:
    """Own holidays count without any region, over the turn of the year, and leap days only in leap years."""
    desk.write("content/occasions/haus.yml", OCCASIONS.replace("2019-02-29", "2019-02-28"))
    sample = f"{HEAD}publish: {{when}}\n---\n"
    for when in ("2026-12-28 09:00", "2027-01-03 23:59"):
        assert desk.messages("holiday", sample.format(when=f"«{when}»")) == [f"{when[:10]}: Betriebsferien"]
    for when in ("2027-01-04 09:00", "2027-05-08 09:00", "2027-02-28 09:00", "2027-03-01 09:00"):
        assert desk.messages("holiday", sample.format(when=when)) == []
    assert len(desk.messages("holiday", sample.format(when="«2028-02-29 09:00»"))) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OCCASIONS, "3:39 from must be a date such as 2026-12-01, not '2019-02-29'"),
        ("occasions:\n  - {name: X, from: 2026-12-28, until: 2026-12-01}\n", "2:40 2026-12-01 is before 2026-12-28"),
        (
            "occasions:\n  - {name: X, from: 2026-12-28, until: 2126-12-28}\n",
            "2:40 longer than a year; is the year right?",
        ),
        ("occasions:\n  - {name: X, from: 2026-12-28, kind: ferien}\n", "2:39 kind must be one of public, school"),
        ("occasion: []\n", "1:1 unknown key 'occasion'; did you mean 'occasions'?"),
        ("- Ostern\n", "1:1 keys and values are wanted here, such as owner: anna"),
        ("occasions: [\n", "2:1 indentation, brackets or quotes do not match"),
    ],
)
def test_what_cannot_be_read_is_said_where_it_stands(desk: Desk, text: str, said: str) -> None:
    """A wrong day, a period backwards, an unknown key, YAML that is none."""
    desk.write("content/occasions/haus.yml", text)
    found = [f"{one.span.line}:{one.span.col} {one.message}" for one in desk.check() if "occasions" in one.path]
    assert found
    assert found[0].startswith(said)


def test_a_post_that_comes_again_is_told_of_the_days_that_matter(desk: Desk) -> None:
    """Every Friday, and one of them is Christmas Day: said at the rule."""
    region(desk, "DE-SH")
    sample = f"{HEAD}publish: 2026-12-04 09:00\nrepeat: «FREQ=WEEKLY;COUNT=5»\n---\n"
    desk.post(sample)
    assert [problem.message for problem in desk.check("holiday", now=datetime(2026, 11, 1, tzinfo=UTC))] == [
        "2026-12-25: Erster Weihnachtstag (DE-SH)",
        "2027-01-01: Neujahr (DE-SH)",
    ]


def test_a_day_may_be_special_twice() -> None:
    """Good Friday is a public holiday, part of the school holidays, and a day of mourning."""
    kinds = [special.kind for special in special_days("DE-SH", (2026,))[date(2026, 4, 3)]]
    assert kinds == [DayKind.PUBLIC, DayKind.SCHOOL, DayKind.MOURNING]
