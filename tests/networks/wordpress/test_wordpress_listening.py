"""What a blog shows on demand only: unreadable comments, guests' marks, old conversations, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.networks.connections.blog import NOW, USER, Blog, error, lost, written
from tests.networks.connections.makers import make_intent, make_picture, tried
from tests.servers.pretend import PretendServer
from toolkit.model import Message, MessageKind, Outcome, Presence, SetClock, Showing
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.wordpress.connection import WordPressConnection, connect
from toolkit.settings import Account
from toolkit.web import Web, WebError

COMMENTS = "GET /wp/v2/comments"
MEDIA = {"media/a.png": make_picture()}
US = 7


@pytest.fixture
def blog(pretend: PretendServer) -> Blog:
    return Blog(pretend)


def open_line(blog: Blog) -> WordPressConnection:
    account = Account("blog", "wordpress", USER, server=blog.server.address)
    web = Web(allowed_hosts=frozenset({blog.server.host_port}))
    return connect(account, f"{USER}:abcd EFGH 1234", Surroundings(web, SetClock(NOW), MEDIA.__getitem__))


def say(blog: Blog, number: int, text: str, parent: int = 0, **more: object) -> None:
    """A comment below the post 1, `number` minutes before now."""
    comment = {"id": number, "author": 0, "author_name": "Anna", "parent": parent, "status": "approved", "post": 1}
    comment |= {"date_gmt": written(NOW - timedelta(minutes=number)), "link": f"https://blog.example/#{number}"}
    blog.comments.append({**comment, "content": {"rendered": f"<p>{text}</p>"}, **more})


def question() -> Message:
    """A message as it was heard."""
    return Message("comment-9", "blog", MessageKind.COMMENT, "Anna", "Offen?", NOW, below="1")


def answer(text: str = "Ja, ab neun") -> Intent:
    """Our answer to it."""
    intent = make_intent(Account("blog", "wordpress", USER), text, key="answer:1")
    return replace(intent, action=Action.ANSWER, target="comment-9", answers=question())


def test_pages_with_comments_that_we_may_not_read_are_not_the_last(blog: Blog) -> None:
    """A page on which comments are left out is followed by the next one."""
    for number in range(1, 151):
        say(blog, number, f"Nummer {number}", unreadable=number < 60)
    assert len(list(open_line(blog).listen(None, ["1"]))) == 91


def test_our_answers_are_told_from_our_first_comments(blog: Blog) -> None:
    """Ours below somebody else's are answers, however old that is; ours below the post or below ours are not."""
    say(blog, 900, "Alte Frage")
    say(blog, 5, "Mehr dazu", author=US)
    say(blog, 4, "Und noch mehr", parent=5, author=US)
    say(blog, 3, "Gern", parent=900, author=US)
    say(blog, 2, "Nachtrag", parent=3, author=US)
    say(blog, 1, "An jemanden, den wir nicht sehen", parent=77, author=US)
    heard = list(open_line(blog).listen(NOW - timedelta(minutes=10), ["1"]))
    assert [(one.text, one.answers) for one in heard if one.own] == [
        ("Gern", "comment-900"),
        ("Nachtrag", "comment-3"),
        ("An jemanden, den wir nicht sehen", "comment-77"),
    ]
    assert [one.text for one in heard if not one.own] == []


def test_people_are_told_apart_by_what_the_blog_shows(blog: Blog) -> None:
    """Users by their number, guests by the mark of their picture, others by nothing but their name."""
    mark = "0c7e6a405862e402eb76a70f8a26fc73"
    say(blog, 3, "Eins", author=12)
    say(blog, 2, "Zwei", author_avatar_urls={"24": f"https://secure.gravatar.com/avatar/{mark}?s=24&d=mm&r=g"})
    say(blog, 1, "Drei", author_avatar_urls={"24": "https://secure.gravatar.com/avatar/?s=24"})
    heard = list(open_line(blog).listen(None, ["1"]))
    assert [(one.author_id, one.name) for one in heard] == [("12", "Anna"), (f"guest-{mark}", "Anna"), ("", "Anna")]


def test_what_waits_for_moderation_leads_to_where_it_is_approved(blog: Blog) -> None:
    """The address of a held comment is the page of the blog that approves it."""
    say(blog, 9, "Offen?", status="hold")
    (held,) = open_line(blog).listen(None, ["1"])
    assert held.url == f"{blog.server.address}/wp-admin/comment.php?action=approve&c=9"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("hold", "the blog does not show the comment (hold); approve it there, then answer it"),
        ("spam", "the blog does not show the comment (spam); approve it there, then answer it"),
        ("trash", "the message is not there any more, so it cannot be answered"),
    ],
)
def test_what_the_blog_does_not_show_is_not_answered(blog: Blog, status: str, words: str) -> None:
    """Nothing is written, and nothing of a stranger's is approved in passing."""
    say(blog, 9, "Offen?", status=status)
    refusal = open_line(blog).send(answer())
    assert (refusal.outcome, refusal.reason) == (Outcome.REFUSED, words)
    assert len(blog.comments) == 1


def test_a_lost_answer_is_found_even_when_the_question_is_deleted(blog: Blog) -> None:
    """Below the message while it is there; afterwards the blog has moved it up, and it is found by its words."""
    say(blog, 1, "Ja, ab neun", parent=8, author=US)
    say(blog, 9, "Offen?")
    line = open_line(blog)
    assert line.find(tried(answer(), NOW)).presence is Presence.ABSENT  # the same words, to somebody else
    blog.publishing = lost
    assert line.send(answer()).outcome is Outcome.UNKNOWN
    seen = line.find(tried(answer(), NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, "comment-3")
    assert line.send(tried(answer(), NOW)).remote_id == "comment-3"
    del blog.comments[:2]
    blog.comments[0]["parent"] = 0
    assert line.find(tried(answer(), NOW)).presence is Presence.FOUND
    assert line.find(tried(answer("Anderes"), NOW)).presence is Presence.ABSENT
    unplaced = replace(answer(), answers=replace(question(), below=""))
    assert line.find(tried(unplaced, NOW)).presence is Presence.UNCLEAR


def test_only_what_the_blog_says_is_gone_is_gone(blog: Blog) -> None:
    """Deleted and in the trash; what it hides or cannot tell is not."""
    say(blog, 1, "da")
    say(blog, 2, "weg", status="trash")
    say(blog, 3, "Werbung", status="spam")
    blog.instead["GET /wp/v2/comments/5"] = [error(403, "rest_cannot_read", "Sorry.")]
    line = open_line(blog)
    assert line.gone([f"comment-{number}" for number in range(1, 6)]) == {"comment-2", "comment-4"}
    blog.instead["GET /wp/v2/comments/4"] = [error(500, "internal", "Oops.")]
    with pytest.raises(WebError, match="Oops"):
        line.gone(["comment-4"])


def test_a_comment_that_waits_for_moderation_says_so(blog: Blog) -> None:
    """It is held; the others are shown."""
    say(blog, 1, "Hallo", status="hold")
    say(blog, 2, "Moin")
    assert [(one.text, one.showing) for one in open_line(blog).listen(None, ["1"])] == [
        ("Moin", Showing.SHOWN), ("Hallo", Showing.HELD),
    ]  # fmt: skip
