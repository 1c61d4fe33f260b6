"""A month's posts and the shares of the plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from toolkit.strategy import Pillar, month_mix, posts_of_month
from toolkit.strategy.mix import FEW
from toolkit.workspace import load_workspace

if TYPE_CHECKING:
    from tests.strategy.conftest import Desk

PRODUKT = Pillar("produkt", "Produkt", 0.0, 0.3)
WISSEN = Pillar("wissen", "Wissen", 0.2, 1.0)


def test_shares_are_of_all_posts() -> None:
    """Posts with an unknown pillar or none count in the month, and are counted apart."""
    mix = month_mix((PRODUKT, WISSEN), ["produkt", "wissen", "wissen", "", "anderes"])
    assert [(part.count, part.share) for part in mix.parts] == [(1, 0.2), (2, 0.4)]
    assert (mix.total, mix.others, mix.broken) == (5, 2, ())


def test_a_bound_is_broken_by_a_whole_post() -> None:
    """Of ten posts at most 30 % are three; of seven they are three as well, not two point one."""
    ten = [month_mix((PRODUKT,), ["produkt"] * count + [""] * (10 - count)) for count in (3, 4)]
    seven = [month_mix((PRODUKT,), ["produkt"] * count + [""] * (7 - count)) for count in (3, 4)]
    assert [bool(one.broken) for one in (*ten, *seven)] == [False, True, False, True]


def test_few_posts_break_nothing() -> None:
    """The first posts of a month say nothing about its mix."""
    assert month_mix((PRODUKT,), ["produkt"] * (FEW - 1)).broken == ()
    assert month_mix((PRODUKT,), ["produkt"] * FEW).broken


def test_too_few_posts_of_a_pillar_are_told() -> None:
    """Of ten posts at least 20 % are two."""
    [part] = month_mix((WISSEN,), ["wissen", *[""] * 9]).broken
    assert (part.under, part.over, part.wanted) == (True, False, 2)


@given(st.lists(st.sampled_from(["produkt", "wissen", "", "anderes"]), max_size=60))
def test_every_post_counts_once(names: list[str]) -> None:
    """Parts and others are the month; a mix that keeps every bound exactly breaks none."""
    mix = month_mix((PRODUKT, WISSEN), names)
    assert sum(part.count for part in mix.parts) + mix.others == mix.total == len(names)
    for part in mix.broken:
        assert part.share > part.pillar.most or part.share < part.pillar.least


def test_a_month_has_its_posts_and_each_day_of_a_series(desk: Desk) -> None:
    """A post that comes again counts each time; one without a time or taken back does not."""
    head = "---\ntitle: A\nchannels: [mastodon]\npillar: wissen\n"
    desk.write("content/posts/a.md", f"{head}publish: 2026-12-01 07:30\nrepeat: FREQ=WEEKLY;COUNT=6\n---\nA\n")
    desk.write("content/posts/b.md", f"{head}publish: 2026-12-31 23:30\n---\nB\n")
    desk.write("content/posts/c.md", f"{head}---\nC\n")
    desk.write(
        "content/posts/d.md",
        f"{head}publish: 2026-12-02 07:30\nretract: {{channels: [mastodon], reason: falsch}}\n---\nD\n",
    )
    posts = load_workspace(desk.root).posts
    names = [post.path[-4:] for post in posts_of_month(posts, date(2026, 12, 15))]
    assert names == ["a.md"] * 5 + ["b.md"]
    assert [post.path[-4:] for post in posts_of_month(posts, date(2027, 1, 1))] == ["a.md"]
