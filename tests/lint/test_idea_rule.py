"""The rule about ideas."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.lint.conftest import Desk
from toolkit.model import Severity

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
ID = "01JDK3V7Q2M8X4T6R9A0B1C2D4"
POST = f"---\nuid: {UID}\ntitle: A\nchannels: [mastodon]\nidea: {ID}\n---\nText\n"


def write(desk: Desk, name: str, keys: str) -> None:
    desk.write(f"content/ideas/{name}.md", f"---\n{keys}---\nText\n")


def said(desk: Desk, now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)) -> list[str]:
    """File, line, column, severity and message of what the rule says."""
    return [
        f"{one.path.rpartition('/')[2]}:{one.span.line}:{one.span.col} {one.severity} {one.message}"
        for one in desk.check("idea", now=now)
    ]


def test_an_idea_and_its_post_that_name_each_other_are_right(desk: Desk) -> None:
    """So is one that nobody has decided about."""
    desk.write("content/posts/a.md", POST)
    write(desk, "a", f"id: {ID}\nstatus: planned\nby: redaktion\nposts: [{UID}]\n")
    write(desk, "b", "title: Ganz etwas anderes\nby: leitung\ngoal: engagement_rate_views\nchannels: [mastodon]\n")
    assert said(desk) == []


def test_names_of_nobody_are_told_where_they_stand(desk: Desk) -> None:
    """People, accounts, campaigns and KPIs are errors; what the strategy does not know is a warning."""
    desk.write(
        "guidelines/strategy.md",
        "---\nowner: leitung\npillars: [{name: produkt}]\naudiences: [{name: fach}]\n---\n# Strategie\n",
    )
    write(
        desk,
        "a",
        "by: redaktio\nowner: niemand\nchannels: [mastodon, mastadon]\ncampaign: x\ngoal: reech\npillar: product\naudience: fach\n",
    )
    assert [one.partition(";")[0] for one in said(desk)] == [
        "a.md:2:5 error unknown person 'redaktio'",
        "a.md:3:8 error unknown person 'niemand'",
        "a.md:4:22 error unknown account 'mastadon'",
        "a.md:5:11 error unknown campaign 'x'",
        "a.md:6:7 error unknown KPI 'reech'",
        "a.md:7:9 warning unknown pillar 'product'",
    ]


def test_a_decision_says_what_it_must(desk: Desk) -> None:
    """A dropped idea its reason, a planned one its posts."""
    write(desk, "a", "title: A\nstatus: dropped\n")
    write(desk, "b", "title: B\nstatus: planned\n")
    write(desk, "c", f"title: C\nstatus: planned\nposts: [{UID}]\n")
    assert said(desk) == [
        "a.md:3:9 error dropped without a reason; say why, so that nobody is asked the same again",
        "b.md:3:9 warning planned without a post; make one with: leitstand idea promote b",
        f"c.md:4:9 warning there is no post with the uid {UID}",
    ]


def test_a_way_that_leads_nowhere_is_told_at_both_ends(desk: Desk) -> None:
    """The post names an idea that is gone, that is dropped, or that does not know it; the idea a post that is another's."""
    desk.write("content/posts/a.md", POST)
    assert said(desk) == [
        f"a.md:5:7 warning there is no idea with the id {ID}; take the line out, or bring the idea's file back"
    ]
    write(desk, "b", f"id: {ID}\ntitle: B\n")
    assert said(desk) == [
        "a.md:5:7 warning content/ideas/b.md does not name this post; write its uid there among posts"
    ]
    write(desk, "b", f"id: {ID}\ntitle: B\nstatus: dropped\nreason: schon gesagt\nposts: [{UID}]\n")
    assert said(desk) == ["a.md:5:7 warning its idea was dropped: schon gesagt"]
    write(desk, "b", f"id: 01J\ntitle: B\nposts: [{UID}]\n")
    assert "b.md:4:9 warning content/posts/a.md does not name this idea; write there: idea: 01J" in said(desk)


def test_what_was_dropped_is_told_when_it_comes_back(desk: Desk) -> None:
    """With the reason of then; a twin that is open is a hint at the later one, and a copied id an error at both."""
    write(desk, "a", "title: Warum Bohnen zwei Wochen ruhen\nstatus: dropped\nreason: schon gesagt\n")
    write(desk, "b", f"id: {ID}\ntitle: Warum ruhen Bohnen zwei Wochen\n")
    write(desk, "c", f"id: {ID}\ntitle: Neu\nsource: inbox\norigin: '4711'\n")
    write(desk, "d", "title: Anders\nsource: inbox\norigin: '4711'\n")
    assert said(desk) == [
        "b.md:2:5 error another idea has this id; take it out of the copy",
        "b.md:3:8 warning was dropped before (content/ideas/a.md): schon gesagt",
        "c.md:2:5 error another idea has this id; take it out of the copy",
        "d.md:2:8 hint says the same as content/ideas/c.md",
    ]


def test_an_idea_that_waits_is_a_hint(desk: Desk) -> None:
    """From the 61st day on."""
    write(desk, "a", "title: A\ncreated: 2026-09-22\n")
    assert said(desk) == []
    write(desk, "a", "title: A\ncreated: 2026-09-21\n")
    assert said(desk) == ["a.md:3:10 hint has waited for 61 days; plan it or drop it with a reason"]
    assert {one.severity for one in desk.check("idea")} == {Severity.HINT}
