"""The model of posts: what it takes out, what it cannot tell apart, and how sure it is."""

from __future__ import annotations

from math import log, sqrt
from random import Random

import numpy as np
import pytest
from scipy.stats import ttest_ind

from toolkit.kpis import contrast
from toolkit.kpis.contrast import Model, Row


def simple(seed: int, n: int = 60, effect: float = 0.0) -> list[Row]:
    chance = Random(seed)
    return [
        Row(chance.gauss(effect if number % 2 else 0.0, 1.0), {"half": "odd" if number % 2 else "even"})
        for number in range(n)
    ]


def test_two_groups_alone_are_welch_s_test() -> None:
    """With nothing else known, difference, error and p are those of the t test for unequal spreads."""
    rows = simple(1, 61, 0.5)
    first = [row.lift for row in rows if row.groups["half"] == "odd"]
    second = [row.lift for row in rows if row.groups["half"] == "even"]
    found = {one.group: one for one in Model(rows).groups("half")}
    assert found["odd"].value == pytest.approx(np.mean(first) - np.mean(second))
    assert found["odd"].value == pytest.approx(-found["even"].value)
    error = sqrt(np.var(first, ddof=1) / len(first) + np.var(second, ddof=1) / len(second))
    assert found["odd"].error == pytest.approx(error)
    assert found["odd"].p == pytest.approx(ttest_ind(first, second, equal_var=False).pvalue, rel=0.02)
    assert (found["odd"].n, found["odd"].others) == (30, 31)


def test_a_weekday_is_not_praised_for_its_pillar() -> None:
    """Mondays are full of the good pillar: alone they look better, with the pillar known there is nothing left."""
    chance = Random(7)
    rows = []
    for number in range(400):
        monday = number % 2 == 0
        good = chance.random() < (0.9 if monday else 0.1)
        groups = {"weekday": "1" if monday else "2", "pillar": "good" if good else "dull"}
        rows.append(Row(chance.gauss(log(2) if good else 0.0, 0.4), groups))
    alone = [Row(row.lift, {"weekday": row.groups["weekday"]}) for row in rows]
    assert Model(alone).groups("weekday")[0].p < 1e-6
    known = {one.group: one for kind in ("weekday", "pillar") for one in Model(rows).groups(kind)}
    assert known["1"].p > 0.05
    assert known["good"].value == pytest.approx(log(2), abs=0.15)


def test_what_always_comes_together_is_not_told_apart() -> None:
    """Every film is of one pillar and the pillar has nothing else: neither is called the reason."""
    chance = Random(3)
    rows = [
        Row(chance.gauss(0, 1), {"pillar": "a" if number % 2 else "b", "format": "film" if number % 2 else "photo"})
        for number in range(100)
    ]
    assert Model(rows).groups("pillar") == []
    assert Model(rows).groups("format") == []


def test_a_trait_is_compared_among_posts_whose_text_is_known() -> None:
    """Posts without a file are neither with nor without a hashtag, and their level is not the hashtag's."""
    chance = Random(11)
    rows = []
    for number in range(240):
        known = number % 3 != 0
        has = known and chance.random() < 0.5
        lift = chance.gauss((0.5 if has else 0.0) + (0.0 if known else 2.0), 0.5)
        rows.append(Row(lift, {"told": "yes" if known else ""}, frozenset(["tag"] if has else []) if known else None))
    found = Model(rows).trait("hashtag", "tag")
    assert found is not None
    assert found.n + found.others == 160
    assert found.value == pytest.approx(0.5, abs=0.15)
    assert Model(rows).trait("hashtag", "other") is None


def test_few_posts_say_nothing() -> None:
    """Groups below eight posts, and models with hardly more posts than columns, have no answer."""
    assert Model(simple(1, 20)).groups("half") == []
    rows = simple(2, 60)
    odd_one = [Row(row.lift, {"half": "rare" if number < 7 else "usual"}) for number, row in enumerate(rows)]
    assert Model(odd_one).groups("half") == []


def test_a_small_group_that_scatters_more_raises_no_alarm() -> None:
    """Ten wild posts among two hundred calm ones, no difference: at the 1 % level at most 2.5 % of 400 draws speak."""
    loud = 0
    for seed in range(400):
        chance = Random(seed)
        rows = [
            Row(chance.gauss(0, 2.0 if number < 10 else 0.5), {"g": "wild" if number < 10 else "calm"})
            for number in range(210)
        ]
        loud += Model(rows).groups("g")[0].p < 0.01
    assert loud <= 10


def test_many_posts_cost_no_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit the answer is the same but for the degrees of freedom."""
    rows = simple(5, 300, 0.3)
    exact = Model(rows).groups("half")[0]
    monkeypatch.setattr(contrast, "MANY", 100)
    quick = Model(rows).groups("half")[0]
    assert quick.value == exact.value
    assert quick.error == pytest.approx(exact.error)
    assert quick.freedom == 298
    assert exact.freedom == pytest.approx(298, rel=0.02)
