"""Who waits for the next free slot gets one: the oldest first, and nobody twice."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.planning.brand import NOW, SETTINGS, brand, post
from toolkit.planning import slots, waiting
from toolkit.workspace import Workspace

BOTH = "channels: [mastodon, bluesky]\ntimes: [tue 08:00, thu 17:30]"


def served(workspace: Workspace) -> list[tuple[str, str, str]]:
    return [
        (turn.post.uid, turn.account.name, "" if turn.slot is None else f"{turn.slot.wall.wall:%a %d %H:%M}")
        for turn in waiting(workspace, NOW)
    ]


def test_first_come_first_served() -> None:
    """Uids are in the order of making, so B, made first, goes first, whatever its path."""
    workspace = brand({"C": post(), "B": post(), "D": post(status="review")})
    assert served(workspace) == [
        ("B", "mastodon", "Tue 24 08:00"),
        ("C", "mastodon", "Thu 26 17:30"),
        ("D", "mastodon", "Tue 01 08:00"),
    ]


def test_drafts_are_not_served() -> None:
    """Nobody knows when a draft will be ready, so it keeps no slot from others."""
    assert served(brand({"A": post(status="draft"), "B": post()})) == [("B", "mastodon", "Tue 24 08:00")]


def test_a_slot_that_is_taken_is_not_free() -> None:
    """A dated post near a slot takes it, and so does one that has its slot written down."""
    near = post("2026-11-24 08:20")
    given = post(slots="{mastodon: 2026-11-26 17:30}")
    assert served(brand({"A": near, "B": given, "C": post()})) == [("C", "mastodon", "Tue 01 08:00")]


def test_what_is_written_is_kept() -> None:
    """A post with its slot waits no more, and goes out then; a channel that came later waits alone."""
    workspace = brand({"A": post(slots="{mastodon: 2026-11-26 17:30}", channels="mastodon, bluesky")}, (BOTH,))
    assert [(slot.account.name, slot.due is not None) for slot in slots(workspace)] == [
        ("mastodon", True),
        ("bluesky", False),
    ]
    assert served(workspace) == [("A", "bluesky", "Tue 24 08:00")]


def test_a_channel_without_slots_goes_along() -> None:
    """The feed has no slots of its own: it takes the moment of the post's first channel, now or written before."""
    assert served(brand({"A": post(channels="feed, mastodon")})) == [
        ("A", "mastodon", "Tue 24 08:00"),
        ("A", "feed", "Tue 24 08:00"),
    ]
    later = post(channels="feed, mastodon", slots="{mastodon: 2026-11-26 17:30}")
    assert served(brand({"A": later})) == [("A", "feed", "Thu 26 17:30")]
    assert served(brand({"A": post(channels="feed")})) == [("A", "feed", "")]


def test_slots_kept_for_a_pillar() -> None:
    """Others pass them by."""
    block = "channels: [mastodon]\ntimes: [tue 08:00]\npillars: [produkt]"
    free = "channels: [mastodon]\ntimes: [wed 08:00]"
    workspace = brand({"A": post(), "B": post(pillar="produkt")}, (block, free))
    assert served(workspace) == [("A", "mastodon", "Wed 25 08:00"), ("B", "mastodon", "Tue 24 08:00")]


def test_advertising_passes_days_of_mourning_by() -> None:
    """On Totensonntag only what does not advertise has a slot."""
    settings = SETTINGS + '[check.holiday]\ncommercial = ["produkt"]\n'
    sundays = "channels: [mastodon]\ntimes: [sun 12:00]"
    workspace = brand({"A": post(pillar="produkt"), "B": post()}, (sundays,), settings=settings)
    assert served(workspace) == [("A", "mastodon", "Sun 29 12:00"), ("B", "mastodon", "Sun 22 12:00")]


def test_a_campaign_keeps_its_distance() -> None:
    """Two posts of one campaign lie three hours apart, others half an hour."""
    settings = SETTINGS + "campaign_distance = 180\n"
    settings = settings.replace("distance = 30", "distance = 30", 1)
    block = "channels: [mastodon]\ntimes: [tue 08:00, tue 09:00, tue 12:00]"
    workspace = brand({"A": post(campaign="x"), "B": post(campaign="x"), "C": post()}, (block,), settings=settings)
    assert [slot for _uid, _account, slot in served(workspace)] == ["Tue 24 08:00", "Tue 24 12:00", "Tue 24 09:00"]


def test_approvals_need_a_day() -> None:
    """A slot within the hour is too soon, and one within the day where people have to approve it."""
    block = "channels: [mastodon]\ntimes: [sat 12:30, sat 13:30, mon 11:30]"
    assert served(brand({"A": post()}, (block,))) == [("A", "mastodon", "Sat 21 13:30")]
    careful = SETTINGS.replace("[policy]", "[policy]\napprovals = 1")
    assert served(brand({"A": post()}, (block,), settings=careful)) == [("A", "mastodon", "Mon 23 11:30")]


WISHES = st.lists(
    st.tuples(
        st.sampled_from(["next", "next", "2026-12-01 08:10", "2026-11-26 17:30"]),
        st.lists(st.sampled_from(["mastodon", "bluesky", "york", "feed"]), min_size=1, max_size=4, unique=True),
        st.sampled_from(["wissen", "produkt"]),
        st.sampled_from(["", "advent"]),
    ),
    min_size=1,
    max_size=9,
)


@given(wishes=WISHES)
def test_a_queue_is_fair(wishes: list[tuple[str, list[str], str, str]]) -> None:
    """Nobody shares a slot or stands too close, and who comes later changes nothing for those before."""
    settings = SETTINGS + "campaign_distance = 180\n"
    blocks = (BOTH, "channels: [mastodon]\ntimes: [fri 12:00, fri 13:00]\npillars: [produkt]")
    files = {
        f"P{number}": post(when, channels=", ".join(names), pillar=pillar, campaign=campaign)
        for number, (when, names, pillar, campaign) in enumerate(wishes)
    }
    workspace = brand(files, blocks, settings=settings)
    turns = waiting(workspace, NOW)
    taken = [(slot.account.name, slot.post.campaign, slot.due) for slot in slots(workspace) if slot.due is not None]
    for turn in turns:
        if turn.slot is None:
            continue
        for account, campaign, at in taken:
            if account == turn.account.name:
                least = 180 if campaign and campaign == turn.post.campaign else 30
                assert abs(turn.slot.at - at) >= timedelta(minutes=least)
        taken.append((turn.account.name, turn.post.campaign, turn.slot.at))
    dated = {name: text for name, text in files.items() if "publish: next" not in text}
    for count in range(len(files)):
        fewer = brand(dated | dict(list(files.items())[:count]), blocks, settings=settings)
        assert served(fewer) == served(workspace)[: len(served(fewer))]
