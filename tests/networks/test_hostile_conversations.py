"""Hearing and answering against a network gone mad: answers of the wrong shape, seeded, thousands of them.

``LEITSTAND_FUZZ_SEEDS=100:400 pytest tests/networks/test_hostile_conversations.py`` tries other seeds.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from tests.networks import test_hostile_answers as hostile
from tests.networks.connections.makers import make_intent
from tests.networks.test_hostile_answers import CANARY, FIRST, LAST, NOW, make_line
from toolkit.errors import NetworkError
from toolkit.model import Answer, Message, MessageKind, Sighting
from toolkit.networks.base import Action, Intent, Listening, Rechecking
from toolkit.web import WebError

# network → the id of what is answered
HEARD: Final = {
    "mastodon": "1",
    "bluesky": "at://did:plc:abcdefghijklmnopqrstuvwy/app.bsky.feed.post/3jzfcijpj2z2a",
    "wordpress": "comment-1",
    "facebook": "104_1",
    "instagram": "1",
    "threads": "1",
    "linkedin": "urn:li:comment:(urn:li:share:1,2)",
    "x": "1",
}
# Where a comment is no post.
POSTS: Final = {"wordpress": "1", "linkedin": "urn:li:share:1"}
NAMES: Final = (
    "descendants", "ancestors", "notifications", "status", "in_reply_to_id", "in_reply_to_account_id",
    "mentions", "filtered", "emojis", "quote", "quoted_status", "spoiler_text", "edited_at",
    "media_attachments", "followers_count", "statuses_count", "display_name", "thread", "replies",
    "replyCount", "post", "posts", "author", "record", "reply", "root", "parent", "embed", "images",
    "external", "convos", "messages", "members", "lastMessage", "sender", "sentAt", "profiles", "viewer",
    "indexedAt", "reason", "reasonSubject", "author_name", "date_gmt", "author_avatar_urls",
    "created_time", "from", "replied_to", "timestamp", "username", "attachment", "image", "src", "paging",
    "cursors", "after", "next", "review_text", "open_graph_story", "reviewer", "is_reply_owned_by_me",
    "commentUrn", "parentComment", "commentsSummary", "aggregatedTotalComments", "lastModified", "actor",
    "includes", "media_keys", "media_key", "public_metrics", "in_reply_to_user_id", "errors", "resource_id",
)  # fmt: skip


@pytest.fixture(autouse=True)
def more_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names that conversations have besides those of posts."""
    monkeypatch.setattr(hostile, "KEYS", (*hostile.KEYS, *NAMES))


def answers(network: str, dice: random.Random) -> tuple[object, Intent]:
    account, line = make_line(network, dice)
    kind = dice.choice((MessageKind.COMMENT, MessageKind.DIRECT))
    message = Message(HEARD[network], network, kind, "@b@x.example", "?", NOW, thread="c1")
    intent = make_intent(account, "Hallo", "Zwei")
    return line, replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


@pytest.mark.parametrize("network", HEARD)
def test_no_answer_breaks_a_conversation(network: str) -> None:
    """Whatever comes back is messages, an answer, a sighting, or an error that says why; never a secret."""
    for seed in range(FIRST, LAST):
        dice = random.Random(f"{network} talks {seed}")  # repeatable, not secret
        line, intent = answers(network, dice)
        assert isinstance(line, Listening)
        assert isinstance(line, Rechecking)
        earlier = replace(intent, first_tried_at=NOW - timedelta(minutes=10))
        for said in (line.send(intent), line.send(earlier), line.find(earlier)):  # type: ignore[attr-defined]  # every line can
            assert isinstance(said, Answer | Sighting), (network, seed)
            assert CANARY not in repr(said), (network, seed)
        posts = [POSTS.get(network, intent.target)]
        asked: list[Callable[[], object]] = [
            lambda line=line, posts=posts: list(line.listen(None, posts)),  # type: ignore[misc]  # bound at once
            lambda line=line, posts=posts: list(line.listen(NOW, posts)),  # type: ignore[misc]  # bound at once
            lambda line=line, posts=posts: line.gone([*posts, "2"]),  # type: ignore[misc]  # bound at once
        ]
        for ask in asked:
            try:
                ask()
            except (WebError, NetworkError) as error:
                assert CANARY not in str(error), (network, seed)  # noqa: PT017  # it may be raised, it need not
