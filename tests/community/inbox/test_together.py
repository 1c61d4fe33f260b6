"""Several at one inbox: two machines that fetch, a person who decides while messages come in."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.community.inbox.inboxes import LISTENER, START, all_of, hear, said, the_only
from tests.community.inbox.test_gathering import WORLD
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.gathering import GATHER
from toolkit.database import Place
from toolkit.errors import InboxError
from toolkit.model import Message


def at_once(*works: Callable[[], None]) -> None:
    """Each in a thread of its own; what one raises is raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        start.wait(30)
        try:
            work()
        except BaseException as error:  # noqa: BLE001  # raised below
            raised.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if raised:
        raise raised[0]


def test_machines_that_hear_the_same_store_it_once(place: Place) -> None:
    """Four of them, message by message, in different orders: every message once, every conversation once."""
    open_inbox(place, now=START).close()

    def fetch(messages: list[Message]) -> Callable[[], None]:
        def work() -> None:
            with open_inbox(place, now=START) as inbox:
                for message in messages:
                    inbox.gather(LISTENER, [message], START)

        return work

    world = list(WORLD)
    at_once(fetch(world), fetch(world[::-1]), fetch(world[10:] + world[:10]), fetch(world[5:] + world[:5]))
    with open_inbox(place, now=START) as inbox:
        found = [[entry.message.remote_id for entry in inbox.entries(one)] for one in all_of(inbox)]
    assert sorted(one for some in found for one in some) == sorted({message.remote_id for message in WORLD})
    assert len(found) == 9


def test_who_comes_second_is_told_and_changes_nothing(inbox: Inbox) -> None:
    """Two people saw the same version; one of them decides, the other looks again."""
    hear(inbox, said("c1"))
    seen = the_only(inbox)
    inbox.assign(seen, "mai", "mai", START)
    with pytest.raises(InboxError, match="was changed meanwhile"):
        inbox.set_stage(seen, Stage.DONE, "jo", START)
    now = the_only(inbox, Stage.OPEN)
    assert (now.assignee, [act.what for act in inbox.acts(now)]) == ("mai", ["assigned"])


def test_a_new_message_counts_as_a_change(inbox: Inbox) -> None:
    """Whoever calls it done without having seen the last message is told so."""
    hear(inbox, said("c1"))
    seen = the_only(inbox)
    hear(inbox, said("c2", minute=1, answers="c1"))
    with pytest.raises(InboxError, match="was changed meanwhile"):
        inbox.set_stage(seen, Stage.DONE, "jo", START)


def test_a_decision_is_not_written_over_by_what_comes_in(place: Place) -> None:
    """A message is being gathered: the decision waits, and then either counts or is told to look again."""
    with open_inbox(place, now=START) as inbox, open_inbox(place, now=START) as desk:
        hear(inbox, said("c1"))
        seen = the_only(inbox)
        outcome: list[str] = []

        def decide() -> None:
            try:
                desk.assign(seen, "mai", "mai", START)
                outcome.append("assigned")
            except InboxError:
                outcome.append("told")

        thread = threading.Thread(target=decide)
        with inbox.store.transaction(GATHER) as transaction:
            transaction.run("UPDATE conversations SET version = version + 1")
            if place.shared:
                thread.start()
                thread.join(0.3)
                assert thread.is_alive()
        if not place.shared:  # an SQLite connection belongs to its thread
            decide()
        else:
            thread.join(30)
        assert outcome == ["told"]
        assert the_only(inbox).assignee == ""
