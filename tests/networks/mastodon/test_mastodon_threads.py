"""Which statuses are messages, where they belong, and what a poll of the network costs."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from tests.networks.connections.pretend import NOW, Pretend
from tests.networks.mastodon.conftest import ALICE, BOB, CARL, by, told
from toolkit.model import Message, MessageKind

NOTES = "GET /api/v1/notifications"
OWN = "GET /api/v1/accounts/7/statuses"


def context(number: object) -> str:
    return f"GET /api/v1/statuses/{number}/context"


def listen(place: Pretend, *posts: str, since: int | None = None) -> dict[str, Message]:
    """What is heard, by id; `since` in seconds after NOW."""
    begun = None if since is None else NOW + timedelta(seconds=since)
    return {one.remote_id: one for one in place.line().listen(begun, posts)}


def test_our_answers_to_others_are_ours_and_our_posts_are_no_messages(place: Pretend) -> None:
    """A later part, a first comment and a correction answer ourselves; the second part of an answer is one, too."""
    post = by(ALICE, 1)
    part, comment = by(ALICE, 2, post), by(ALICE, 3, post)
    asked = by(BOB, 4, part)
    answer = by(ALICE, 5, asked)
    more = by(ALICE, 6, answer)
    place.on(context(1), {"ancestors": [], "descendants": [part, comment, asked, answer, more]})
    heard = listen(place, "1", "2")
    assert {number: one.own for number, one in heard.items()} == {"4": False, "5": True, "6": True}
    assert {one.below for one in heard.values()} == {"2"}, "the nearest of the posts"
    assert {one.thread for one in heard.values()} == {"1"}
    assert (heard["5"].kind, heard["5"].author_id, heard["5"].reach) == (MessageKind.COMMENT, "7", None)
    assert not place.asked(context(2)), "the first part's context had it all"


def test_what_we_answered_elsewhere_is_heard_with_what_it_answers(place: Pretend) -> None:
    """An answer to a mention, written in the app: found among our own statuses; a post of that time is not."""
    asked = by(BOB, 4)
    answer = by(ALICE, 5, asked)
    place.on(NOTES, [told("mention", asked)], [])
    place.on(OWN, [by(ALICE, 7), by(ALICE, 6, answer), answer, by(ALICE, 3, by(ALICE, 2))], [])
    heard = listen(place)
    assert {number: (one.own, one.kind, one.answers) for number, one in heard.items()} == {
        "4": (False, MessageKind.MENTION, ""),
        "5": (True, MessageKind.MENTION, "4"),
        "6": (True, MessageKind.MENTION, "5"),
    }
    assert {one.thread for one in heard.values()} == {"4"}


def test_a_direct_conversation_is_who_takes_part_in_it(place: Pretend) -> None:
    """Theirs and ours have one thread, whoever is mentioned in which order; somebody more is another conversation."""
    asked = by(BOB, 4, visibility="direct", mentions=[ALICE])
    answer = by(ALICE, 5, asked, visibility="direct", mentions=[BOB])
    three = by(CARL, 6, visibility="direct", mentions=[BOB, ALICE])
    place.on(NOTES, [told("mention", three), told("mention", asked)], [])
    place.on(OWN, [answer], [])
    heard = listen(place)
    assert {number: (one.kind, one.thread) for number, one in heard.items()} == {
        "4": (MessageKind.DIRECT, "direct:8"),
        "5": (MessageKind.DIRECT, "direct:8"),
        "6": (MessageKind.DIRECT, "direct:8,9"),
    }
    assert heard["5"].own


def test_a_quote_is_a_mention_below_what_it_quotes(place: Pretend) -> None:
    """As the servers from 4.5 on tell it; a boost says nothing and is no message."""
    ours = by(ALICE, 1)
    quote = by(BOB, 4, quote={"state": "accepted", "quoted_status": ours})
    place.on(NOTES, [told("quote", quote), told("reblog", by(ALICE, 1))], [])
    heard = listen(place)
    assert [(one.remote_id, one.kind, one.below) for one in heard.values()] == [("4", MessageKind.MENTION, "1")]


def test_an_answer_below_a_post_nobody_asked_about_is_a_comment(place: Pretend) -> None:
    """Old posts are commented, too; an answer to our answer in somebody else's thread is a mention."""
    asked = by(BOB, 2)
    answer = by(ALICE, 3, asked)
    place.on(NOTES, [told("mention", by(BOB, 5, by(ALICE, 1))), told("mention", by(BOB, 4, answer))], [])
    place.on(OWN, [answer], [])
    heard = listen(place)
    assert (heard["5"].kind, heard["5"].below) == (MessageKind.COMMENT, "1")
    assert (heard["4"].kind, heard["4"].below) == (MessageKind.MENTION, "")


def test_what_the_accounts_filters_hide_is_not_heard(place: Pretend) -> None:
    """A filter that hides is obeyed; one that warns is the reader's, and the text is heard."""
    hiding, warning = ({"filter": {"id": "1", "filter_action": action}} for action in ("hide", "warn"))
    place.on(context(1), {"descendants": [by(BOB, 2, filtered=[hiding]), by(BOB, 3, filtered=[warning])]})
    assert set(listen(place, "1")) == {"3"}


def test_an_edited_message_comes_again(place: Pretend) -> None:
    """What was written before and changed since is heard once more, with the moment of the change."""
    changed = (NOW + timedelta(seconds=60)).isoformat()
    place.on(context(1), {"descendants": [by(BOB, 2, edited_at=changed), by(BOB, 3)]})
    heard = listen(place, "1", since=30)
    assert [(one.remote_id, one.edited_at) for one in heard.values()] == [("2", NOW + timedelta(seconds=60))]


def test_a_server_that_shows_one_row_is_asked_for_the_next(place: Pretend) -> None:
    """Answers to answers are heard there as well; only of what says that it was answered, and not without end."""
    post = by(ALICE, 1)
    asked = by(BOB, 2, post, replies_count=1)
    answer = by(ALICE, 3, asked, replies_count=1)
    place.on(context(1), {"descendants": [asked, by(CARL, 5, post)]})
    place.on(context(2), {"descendants": [answer]})
    place.on(context(3), {"descendants": [by(BOB, 4, answer)]})
    heard = listen(place, "1")
    assert {number: one.below for number, one in heard.items()} == dict.fromkeys("2345", "1")
    assert not place.asked(context(5))
    place.on(context(3), {"descendants": [by(BOB, 4, answer, replies_count=1)]})
    place.on(context(4), {"descendants": [by(BOB, 4, answer, replies_count=1)]})
    assert set(listen(place, "1")) == set("2345")


def test_a_huge_thread_is_read_in_one_question(place: Pretend) -> None:
    """4,000 answers, each below the one before, and a ring that a broken server made: both end."""
    above = by(ALICE, 1)
    row = []
    for number in range(2, 4002):
        above = by(BOB, number, above)
        row.append(above)
    place.on(context(1), {"descendants": row})
    heard = listen(place, "1")
    assert len(heard) == 4000
    assert {(one.below, one.thread) for one in heard.values()} == {("1", "1")}
    first, second = by(ALICE, 2), by(ALICE, 3)
    first["in_reply_to_id"], second["in_reply_to_id"] = "3", "2"
    place.on(context(1), {"descendants": [first, second]})
    assert listen(place, "1") == {}


def test_a_quiet_poll_costs_one_question_per_post_and_three(place: Pretend) -> None:
    """Who we are, the notifications that matter, our own statuses; likes are not asked for, strangers are."""
    place.on(context(1), {"descendants": []})
    listen(place, "1", since=0)
    assert len(place.requests) == 4
    asked = place.asked(NOTES)[0].url.params
    assert asked.get_list("types[]") == ["mention", "quote"]
    assert asked["include_filtered"] == "true"


@pytest.mark.parametrize("gone", [404, 410])
def test_gone_is_what_the_server_says_is_gone(place: Pretend, gone: int) -> None:
    """Deleted is gone; what may not be read, or cannot be read now, is not known, and not gone."""
    place.on("GET /api/v1/statuses", [by(BOB, 1)])
    for number, code in {2: gone, 3: 401, 4: 403, 5: 500, 6: 503, 7: 200}.items():
        place.on(f"GET /api/v1/statuses/{number}", httpx.Response(code, json=by(BOB, number)))
    assert place.line().gone(map(str, range(1, 8))) == {"2"}
    assert not place.asked("GET /api/v1/statuses/1"), "it was there among the others"


def test_older_servers_are_asked_one_by_one(place: Pretend) -> None:
    """Without the question for many, each is asked for; a server that wants patience ends it with its answer."""
    place.on("GET /api/v1/statuses/2", by(BOB, 2))
    assert place.line().gone(["1", "2", "2"]) == {"1"}
    place.on("GET /api/v1/statuses", httpx.Response(429, headers={"Retry-After": "7"}))
    with pytest.raises(Exception, match="429"):
        place.line().gone(["1", "2"])
    assert place.line().gone([]) == frozenset()


def test_a_stranger_cannot_say_what_is_gone(place: Pretend) -> None:
    """Somebody else's token is shown less; it would take private messages for deleted ones."""
    place.on("GET /api/v1/accounts/verify_credentials", {"id": "8", "username": "mallory"})
    with pytest.raises(Exception, match="'mallory', not to 'alice'"):
        place.line().gone(["1"])
