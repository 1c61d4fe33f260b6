"""guidelines/strategy.md as programs read it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.strategy import Audience, Cost, Pillar, Product, Purpose, Rival, Value
from toolkit.strategy.reading import _PERCENT
from toolkit.workspace import Goal

if TYPE_CHECKING:
    from tests.strategy.conftest import Desk

WHOLE = """title: Strategie
owner: tarek
reviewed: 2026-09-01
next_review: 2027-01-15
goals:
  - {metric: orders, target: 340, baseline: 300, deadline: 2026-12-31}
products:
  - {name: Herbststurm, about: Kakao, price: "10,90 €", since: 2026-09-01, until: 2026-10-31}
values:
  - {name: Ehrlich, means: Wir zeigen auch Fehler}
audiences:
  - {name: neugierige, title: Die Neugierigen, wants: Herkunft}
pillars:
  - {name: produkt, title: Produkt, least: 10, most: 30 %, about: sagt was es gibt, owner: tarek}
  - {name: wissen}
channels:
  - {channel: mastodon, purpose: das Gespräch, audiences: [neugierige], weekly: 4.5}
competitors:
  - {name: Elbkaffee, why: gute Fotos}
budget:
  - {for: Fotos, amount: 2400, year: 2026, owner: tarek}
  - {for: Anzeigen, amount: 100.50, year: 2026}
currency: EUR
"""
CLAIMS = """# Strategie

```claim
claim: Gasverbrauch
words: [weniger Gas]
proof: Zählerstände
until: 2027-03-31
owner: tarek
```

```claim
claim: Umwelt
words: [klimaneutral*]
owner: tarek
```
"""


def test_a_whole_plan_is_read(desk: Desk) -> None:
    """Every list of the page becomes nouns; what is left out has its default."""
    plan = desk.plan(WHOLE)
    assert plan.problems == ()
    assert plan.goals == (Goal("orders", 340, "", 300, date(2026, 12, 31)),)
    season = (date(2026, 9, 1), date(2026, 10, 31))
    assert plan.products == (Product("products.0", "Herbststurm", "Kakao", "10,90 €", *season),)
    assert plan.values == (Value("values.0", "Ehrlich", "Wir zeigen auch Fehler"),)
    assert plan.audiences == (Audience("audiences.0", "neugierige", "Die Neugierigen", "Herkunft"),)
    produkt = Pillar("produkt", "Produkt", 0.1, 0.3, "pillars.0", "sagt was es gibt", "tarek")
    assert plan.pillars == (produkt, Pillar("wissen", "wissen", 0.0, 1.0, "pillars.1"))
    assert plan.channels == (Purpose("channels.0", "mastodon", "das Gespräch", ("neugierige",), 4.5),)
    assert plan.competitors == (Rival("competitors.0", "Elbkaffee", "gute Fotos"),)
    assert plan.budget[0] == Cost("budget.0", "Fotos", 2400, 2026, "tarek")
    assert (plan.spending(2026), plan.spending(2027), plan.currency) == (2500.5, 0, "EUR")
    assert (plan.owner, plan.reviewed, plan.next_review) == ("tarek", date(2026, 9, 1), date(2027, 1, 15))


def test_names_lead_to_their_entries(desk: Desk) -> None:
    """Others ask for a pillar, an audience or a channel by its name; nobody's name leads nowhere."""
    plan = desk.plan(WHOLE)
    assert plan.pillar("produkt") is plan.pillars[0]
    assert plan.audience("neugierige") is plan.audiences[0]
    assert plan.purpose("mastodon") is plan.channels[0]
    assert (plan.pillar("x"), plan.audience("x"), plan.purpose("x")) == (None, None, None)


def test_products_have_a_season(desk: Desk) -> None:
    """First and last day belong to it."""
    product = desk.plan(WHOLE).products[0]
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 10, 31), date(2026, 11, 1)]
    assert [product.sold(day) for day in days] == [False, True, True, False]


def test_claims_are_those_of_the_handbook(desk: Desk) -> None:
    """A claim with a proof is permitted to the last day of the proof; one without never."""
    desk.plan(WHOLE, CLAIMS)
    plan = desk.read()
    assert [one.name for one in plan.claims] == ["Gasverbrauch", "Umwelt"]
    assert [one.name for one in plan.permitted(date(2027, 3, 31))] == ["Gasverbrauch"]
    assert plan.permitted(date(2027, 4, 1)) == ()


def test_a_workspace_without_a_plan_is_told_to_write_one(desk: Desk) -> None:
    """A handbook without the page: nothing in the plan, and one warning with the way to a page; without a handbook none."""
    assert desk.read().problems == ()
    desk.write("guidelines/referenz.md", "# Made by a program\n")
    assert desk.read().problems == ()
    desk.write("guidelines/index.md", "---\ntitle: Handbuch\n---\n# Handbuch\n")
    plan = desk.read()
    assert (plan.written, plan.pillars, plan.goals) == (False, (), ())
    [problem] = plan.problems
    assert (problem.path, problem.severity) == ("guidelines/strategy.md", "warning")
    assert "leitstand new --strategy TITLE" in problem.message


def test_prose_alone_is_no_plan_for_programs(desk: Desk) -> None:
    """A page without front matter is told once."""
    desk.write("guidelines/strategy.md", "# Strategie\n\nWir rösten.\n")
    plan = desk.read()
    assert not plan.written
    assert len(plan.problems) <= 1


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("pilars: []\n", "2:1 "),
        ("pillars: viele\n", "2:10 pillars must be a list"),
        ("pillars:\n  - {title: Produkt}\n", "3:13 name is missing"),
        ("pillars:\n  - {name: a, most: viel}\n", "3:21 most must be a share in per cent"),
        ("pillars:\n  - {name: a, most: 130 %}\n", "3:21 most must be a share in per cent"),
        ("pillars:\n  - {name: a, least: 40, most: 30}\n", "3:32 most is less than least"),
        ("pillars:\n  - {name: a}\n  - {name: a}\n", "4:12 a stands here twice"),
        ("pillars:\n  - {name: a, least: 60}\n  - {name: b, least: 60}\n", "3:3 the smallest shares"),
        ("pillars:\n  - {name: a, most: 40}\n  - {name: b, most: 40}\n", "3:3 the largest shares"),
        ("channels:\n  - {channel: mastodon}\n", "3:15 purpose is missing"),
        ("channels:\n  - {channel: mastodon, purpose: x, weekly: oft}\n", "3:45 weekly must be a number"),
        ("budget:\n  - {for: Fotos, amount: -3, year: 2026}\n", "3:26 amount must be a number"),
        ("products:\n  - {name: a, since: 2026-12-01, until: 2026-11-01}\n", "3:41 2026-11-01 is before 2026-12-01"),
    ],
)
def test_what_cannot_be_used_is_told_where_it_stands(desk: Desk, front: str, said: str) -> None:
    """One slip, one problem, at its line and column."""
    [problem] = desk.said(front)
    assert problem.startswith(said)


def test_a_bad_entry_hides_no_other(desk: Desk) -> None:
    """What can be read is read."""
    plan = desk.plan("pillars:\n  - {titel: x}\n  - {name: wissen}\naudiences:\n  - {name: alle}\n")
    assert [one.name for one in plan.pillars] == ["wissen"]
    assert [one.name for one in plan.audiences] == ["alle"]
    assert plan.problems


@given(st.floats(0, 100).map(lambda number: round(number, 2)), st.sampled_from(["", "%", " %"]))
def test_shares_are_written_as_people_write_them(number: float, sign: str) -> None:
    """With a point or a comma, with or without the sign, near or away from it."""
    for written in (f"{number}{sign}", f"{number}{sign}".replace(".", ",")):
        match = _PERCENT.fullmatch(written)
        assert match is not None
        assert float(match[1].replace(",", ".")) == number
