"""Free slots are filled with drafts and ideas, and every choice has its reasons."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.brand import NOW, brand, fence, fill_days, post
from toolkit.model import Status
from toolkit.planning import duty_of, is_open, slots, waiting
from toolkit.planning.candidates import Source
from toolkit.planning.suggesting import Suggested
from toolkit.planning.weighing import Ground
from toolkit.workspace import DayKind

FIRST, LAST = date(2026, 11, 21), date(2026, 12, 19)
BOTH = "channels: [mastodon, bluesky]\ntimes: [tue 08:00, thu 17:30]"
STRATEGY = """\
---
title: Strategie
audiences: [{name: fach, title: Die vom Fach}]
pillars: [{name: wissen, least: 40 %, most: 60 %}, {name: produkt, most: 40 %}, {name: handwerk, most: 40 %}]
channels: [{channel: mastodon, purpose: reden, audiences: [fach], weekly: 2}]
---
"""


def draft(**more: str) -> str:
    return post("", status="draft", **more)


def idea(name: str, **more: str) -> dict[str, str]:
    keys = {"id": name, "title": name, "status": "shortlisted", "channels": "[mastodon]", "pillar": "wissen", **more}
    return {
        f"content__ideas__{name}": "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\nx\n"
    }


def said(found: Suggested) -> list[tuple[str, str]]:
    return [(one.candidate.title, f"{one.places[0].wall.wall:%a %d %H:%M}") for one in found.suggestions]


def grounds(found: Suggested) -> set[Ground]:
    return {reason.ground for reason in found.suggestions[0].reasons}


def test_the_longest_silence_is_filled_first() -> None:
    """The first slot a week from the only post, for no rhythm is named; in a short span the farthest one."""
    workspace = brand({"A": post("2026-11-24 08:00"), "B": draft()})
    assert said(fill_days(workspace, FIRST, LAST)) == [("B", "Tue 01 08:00")]
    assert said(fill_days(workspace, FIRST, date(2026, 11, 26))) == [("B", "Thu 26 17:30")]


def test_a_rhythm_is_kept_from_the_near_end_on() -> None:
    """Two posts a week are planned: the first slots with half a week of silence around them, and each names the one before."""
    drafts = {name: draft(pillar="") for name in "BCD"}
    found = fill_days(brand({"A": post("2026-11-24 08:00"), **drafts}, guidelines__strategy=STRATEGY), FIRST, LAST)
    assert [when for _title, when in said(found)] == ["Tue 01 08:00", "Tue 08 08:00", "Tue 15 08:00"]
    silences = [reason.said for one in found.suggestions for reason in one.reasons if reason.ground is Ground.SILENCE]
    assert silences == [
        "nothing on mastodon since Tue 24 Nov",
        "nothing on mastodon since Tue 1 Dec",
        "nothing on mastodon since Tue 8 Dec",
    ]


def test_a_post_goes_to_its_other_channels_near_by() -> None:
    """One place for each channel, at once where their slots are the same; the feed, without slots, goes along."""
    workspace = brand({"B": draft(channels="mastodon, bluesky, feed")}, (BOTH,))
    (one,) = fill_days(workspace, FIRST, LAST).suggestions
    assert {place.account.name for place in one.places} == {"mastodon", "bluesky", "feed"}
    assert len({place.at for place in one.places}) == 1


def test_a_channel_without_a_free_slot_near_is_told() -> None:
    """Bluesky's only slot is taken by somebody else."""
    blocks = ("channels: [mastodon]\ntimes: [tue 08:00]", "channels: [bluesky]\ntimes: [1thu 08:00]")
    workspace = brand(
        {"A": post("2026-12-03 08:00", channels="bluesky"), "B": draft(channels="mastodon, bluesky")}, blocks
    )
    (one,) = fill_days(workspace, FIRST, LAST).suggestions
    assert one.without == ("bluesky",)


def test_what_is_written_goes_before_what_is_only_an_idea() -> None:
    """A draft, then the shortlisted idea, then a new one; dropped and planned ones never."""
    ideas = idea("new", status="new") | idea("short") | idea("gone", status="dropped") | idea("done", status="planned")
    found = fill_days(brand({"B": draft()}, **ideas), FIRST, LAST)
    assert {one.candidate.title for one in found.suggestions} == {"B", "short", "new"}
    only = fill_days(brand({"B": draft()}, **ideas), FIRST, date(2026, 11, 24))
    assert said(only) == [("B", "Tue 24 08:00")]
    assert Ground.WRITTEN in grounds(only)


def test_a_pillar_that_comes_too_short_goes_before_another() -> None:
    """The plan wants 40 % wissen; five posts have none of it, so the idea for it goes first and says why."""
    posts = {f"A{day}": post(f"2026-11-{day:02} 12:00", pillar="") for day in range(1, 6)}
    pages = {"guidelines__strategy": STRATEGY} | idea("a", pillar="handwerk") | idea("b", audience="fach")
    found = fill_days(brand(posts, **pages), FIRST, date(2026, 11, 24))
    assert said(found) == [("b", "Tue 24 08:00")]
    assert {Ground.PILLAR, Ground.AUDIENCE, Ground.SHORTLISTED, Ground.SILENCE} <= grounds(found)


def test_a_pillar_with_its_share_is_refused() -> None:
    """Half of the month is produkt already, the plan allows 40 %: the slot stays free and says so."""
    posts = {f"A{day}": post(f"2026-11-{day:02} 12:00", pillar="produkt") for day in range(1, 6)}
    workspace = brand(posts | {"B": draft(pillar="produkt")}, guidelines__strategy=STRATEGY)
    found = fill_days(workspace, FIRST, date(2026, 11, 26))
    assert found.suggestions == ()
    assert {one.why for one in found.unused if one.slot.account.name == "mastodon"} == {
        "produkt has its share of November 2026 already"
    }


def test_no_more_a_week_than_the_strategy_wants() -> None:
    """Two posts a week are planned on Mastodon: of five slots two are filled."""
    drafts = {name: draft(pillar="") for name in "BCDEFG"}
    block = "channels: [mastodon]\ntimes: [mon-fri 12:00]"
    workspace = brand(drafts, (block,), guidelines__strategy=STRATEGY)
    assert len(fill_days(workspace, date(2026, 11, 23), date(2026, 11, 29)).suggestions) == 2


def test_nobody_talks_where_nobody_answers() -> None:
    """Mai is there on Tuesdays only; Thursday's slots stay free, with the reason."""
    pages = {"guidelines__rollen": fence("duty", "roster: [{person: mai, hours: [tue 08:00-18:00]}]")}
    found = fill_days(brand({"B": draft(), "C": draft()}, **pages), FIRST, date(2026, 11, 30))
    assert said(found) == [("B", "Tue 24 08:00")]
    assert ("Thu", "nobody is on duty then") in {(f"{one.slot.day:%a}", one.why) for one in found.unused}
    assert "Mai is there to answer" in [reason.said for reason in found.suggestions[0].reasons]


def test_an_occasion_has_its_day() -> None:
    """An idea for a day comes on that day or on its eve, and never after it."""
    day = "occasions: [{name: Tag des Tees, from: 2026-12-10}]"
    made = idea("tee", source="occasion", origin="Tag des Tees")
    assert fill_days(brand({}, **made), FIRST, LAST).suggestions == ()
    found = fill_days(brand({}, occasions=day, **made), FIRST, LAST)
    assert said(found) == [("tee", "Thu 10 17:30")]
    assert Ground.OCCASION in grounds(found)


def test_a_campaign_has_its_days() -> None:
    """A draft of a campaign stays inside it, and names its phase."""
    campaign = "---\ntitle: Advent\nstart: 2026-11-29\nend: 2026-12-02\nphases: [{name: Auftakt, from: 2026-11-29, until: 2026-12-02}]\n---\n"
    workspace = brand({"B": draft(campaign="advent")}, content__campaigns__advent=campaign)
    found = fill_days(workspace, FIRST, LAST)
    assert said(found) == [("B", "Tue 01 08:00")]
    assert "Advent runs then, phase Auftakt" in [reason.said for reason in found.suggestions[0].reasons]


@pytest.mark.parametrize(
    "kept",
    [
        post("", status="ready"),
        post("", status="review", approved='[{by: mai, at: 2026-11-20T10:00:00+01:00, hash: "sha256:0"}]'),
        draft(options="{mastodon: {publish: 2026-12-05 10:00}}"),
        draft(channels=""),
        draft(due="2027-01-10"),
    ],
)
def test_what_is_left_alone(kept: str) -> None:
    """Ready and approved posts, one with a time of its own, one for nowhere, one that is not wanted before January."""
    assert fill_days(brand({"B": kept}), FIRST, LAST).suggestions == ()


def test_statements_for_a_crisis_are_left_alone() -> None:
    """They wait for the day on which they are needed."""
    playbook = "---\ntitle: Ausfall\nlevels: [{level: 1, holding: [H]}]\n---\n"
    workspace = brand({"H": post("", status="review")}, guidelines__crisis__ausfall=playbook)
    assert fill_days(workspace, FIRST, LAST).suggestions == ()


ACCOUNTS = st.lists(st.sampled_from(["mastodon", "bluesky", "york", "feed"]), min_size=1, max_size=4, unique=True)
TIMES = st.lists(
    st.tuples(
        st.sampled_from(["mon", "tue", "sat-sun", "mon-fri", "2wed"]), st.integers(0, 23), st.sampled_from([0, 30])
    ),
    min_size=1,
    max_size=4,
)
POSTS = st.lists(
    st.tuples(
        st.sampled_from(["", "next", "2026-12-08 12:00", "2026-12-25 09:00"]),
        st.sampled_from(list(Status)),
        ACCOUNTS,
        st.sampled_from(["wissen", "produkt", ""]),
        st.booleans(),
    ),
    max_size=10,
)
ROSTER = fence("duty", "roster: [{person: mai, hours: [mon-fri 06:00-20:00]}]\nunattended: [sun 00:00-24:00]")


@given(posts=POSTS, times=TIMES, start=st.integers(0, 400), days=st.integers(0, 40))
def test_whatever_the_plan_is(
    posts: list[tuple[str, Status, list[str], str, bool]], times: list[tuple[str, int, int]], start: int, days: int
) -> None:
    """No slot twice, none too close, quiet, or unattended; nothing that has a time or an approval moves; the same again."""
    listed = ", ".join(f'"{day} {hour:02}:{minute:02}"' for day, hour, minute in times)
    block = f"channels: [mastodon, bluesky, york]\ntimes: [{listed}]"
    approval = '[{by: mai, at: 2026-11-20T10:00:00+01:00, hash: "sha256:0"}]'
    files = {
        f"P{number}": post(when, status=status, channels=", ".join(names), pillar=pillar, approved=approval * approved)
        for number, (when, status, names, pillar, approved) in enumerate(posts)
    }
    workspace = brand(
        files, (block,), guidelines__rollen=ROSTER, guidelines__strategy=STRATEGY, **idea("x"), **idea("y")
    )
    first = FIRST + timedelta(days=start)
    found = fill_days(workspace, first, first + timedelta(days=days))
    assert _shape(found) == _shape(fill_days(workspace, first, first + timedelta(days=days)))
    distance = timedelta(minutes=workspace.settings.policy.distance)
    duty, by_path = duty_of(workspace), {one.path: one for one in workspace.posts}
    queued = [(turn.account.name, turn.slot.at) for turn in waiting(workspace, NOW) if turn.slot is not None]
    planned = [(slot.account.name, slot.due) for slot in slots(workspace) if slot.due is not None] + queued
    given_away = [(place.account.name, place.at) for one in found.suggestions for place in one.places]
    free = {(slot.account.name, slot.at) for slot in found.free}
    left = {(one.slot.account.name, one.slot.at) for one in found.unused}
    assert free == left | (free & set(given_away))  # every free slot is filled or told
    assert left.isdisjoint(given_away)
    for account in workspace.settings.accounts.values():
        new = sorted(at for name, at in given_away if name == account.name)
        old = [at for name, at in planned if name == account.name]
        assert all(later - earlier >= distance for earlier, later in pairwise(new))
        assert all(abs(one - other) >= distance for one in new for other in old)
        for at in new:
            local = at.astimezone(ZoneInfo(account.timezone or "Europe/Berlin"))
            assert is_open(local, account, workspace.settings)
            assert not duty.cover(at, account).missing
            assert at > NOW
    for one in found.suggestions:
        assert not any(special.kind is DayKind.PUBLIC for place in one.places for special in place.specials)
        if one.candidate.source is Source.POST:
            chosen = by_path[one.candidate.path]
            assert chosen.status is not Status.READY
            assert not chosen.approved
            assert chosen.publish is None
    assert len({one.candidate.key for one in found.suggestions}) == len(found.suggestions)


def test_what_a_limit_leaves_out_is_free() -> None:
    """Of two suggestions one is asked for: the other's slot stays free and says so."""
    found = fill_days(brand({"B": draft(), "C": draft()}, ("channels: [mastodon]\ntimes: [tue 08:00]",)), FIRST, LAST)
    assert [len(found.suggestions), len(found.unused), len(found.free)] == [2, 6, 8]
    first = found.first(1)
    assert [len(first.suggestions), len(first.unused), len(first.free)] == [1, 7, 8]
    assert "there is a suggestion for it; ask for more than 1" in {one.why for one in first.unused}


def test_ideas_that_weigh_alike_go_by_age() -> None:
    """Five ideas that differ in nothing but their names: the oldest ids go first, and none is lost or taken twice."""
    workspace = brand({}, **{key: text for name in "abcde" for key, text in idea(f"I{name}").items()})
    found = fill_days(workspace, FIRST, LAST)
    assert sorted(one.candidate.key for one in found.suggestions) == ["Ia", "Ib", "Ic", "Id", "Ie"]
    (only,) = fill_days(workspace, FIRST, date(2026, 11, 24)).suggestions
    assert only.candidate.key == "Ia"


def _shape(found: Suggested) -> list[object]:
    places = [[(place.account.name, place.at) for place in one.places] for one in found.suggestions]
    reasons = [[reason.said for reason in one.reasons] for one in found.suggestions]
    return [places, reasons, [(one.slot.at, one.slot.account.name, one.why) for one in found.unused]]
