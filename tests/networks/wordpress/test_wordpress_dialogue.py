"""A conversation on a real WordPress: a visitor comments, we hear and answer in the right thread. Once, also after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.networks.connections.makers import make_intent, tried
from tests.networks.connections.test_wordpress_server import accepted, account_of, make_post, open_line
from tests.servers.wordpress import WordPress
from toolkit.model import Message, Outcome, Presence
from toolkit.networks.base import Action, Intent
from toolkit.networks.jsonvalues import fields, items

pytestmark = pytest.mark.wordpress
VISIT = """
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
update_option('comment_previously_approved', 0); // a name that is new to the blog needs no approval
add_filter('wp_is_comment_flood', '__return_false', 99); // several visitors write within fifteen seconds
$made = wp_handle_comment_submission(array('comment_post_ID' => '{post}', 'author' => '{name}', 'url' => '',
  'email' => '{name}@example.com', 'comment' => '{words}', 'comment_parent' => '{parent}'));
if (is_wp_error($made)) {{ fwrite(STDERR, $made->get_error_message()); exit(1); }}
if ('{status}') wp_set_comment_status($made->comment_ID, '{status}');
echo $made->comment_ID;
"""


def visit(blog: WordPress, post: str, words: str, *, name: str = "Gast", parent: str = "0", status: str = "") -> str:
    """What a visitor writes in the blog's own form; its remote id."""
    code = VISIT.format(post=post, words=words, name=name, parent=parent, status=status)
    return f"comment-{blog.php(code).strip()}"


def publish(blog: WordPress, words: str) -> str:
    """A post of ours; its remote id."""
    return accepted(open_line(blog).send(make_post(blog, words))).remote_id


def hear(blog: WordPress, post: str, text: str = "") -> Message:
    """What we hear somebody else say below the post."""
    heard = open_line(blog).listen(datetime.now(UTC) - timedelta(minutes=5), [post])
    (message,) = [one for one in heard if text in one.text and not one.own]
    return message


def answer(blog: WordPress, message: Message, words: str) -> Intent:
    """Our intent to answer."""
    intent = make_intent(account_of(blog), words, key=f"answer:{message.remote_id}")
    return replace(intent, action=Action.ANSWER, target=message.remote_id, answers=message)


def below(blog: WordPress, post: str) -> list[tuple[str, str, str]]:
    """Every comment below the post, as the blog itself tells: its number, what it answers, who wrote it."""
    told = items(blog.call("GET", "/wp/v2/comments", params={"post": post, "order": "asc", "status": "any"}))
    return [(str(raw["id"]), str(raw["parent"]), str(raw["author_name"])) for raw in map(fields, told)]


def number(remote_id: str) -> str:
    """The blog's own number of a comment."""
    return remote_id.removeprefix("comment-")


def test_a_visitor_is_heard_and_answered_in_the_thread(wordpress: WordPress) -> None:
    """The answer stands below the comment, by our user; it is heard as our own, and so is nothing else of ours."""
    post = publish(wordpress, "Verkostung am Samstag")
    question = visit(wordpress, post, "Wann geht es los?", name="Mai")
    message = hear(wordpress, post)
    assert (message.remote_id, message.author, message.text) == (question, "Mai", "Wann geht es los?")
    assert message.author_id.startswith("guest-")
    line = open_line(wordpress)
    sent = accepted(line.send(answer(wordpress, message, "Um neun & mit Musik")))
    assert sent.reason == ""
    assert below(wordpress, post)[1:] == [(number(sent.remote_id), number(question), "redaktion")]
    inner = visit(wordpress, post, "Danke!", name="Mai", parent=number(sent.remote_id))
    deeper = hear(wordpress, post, "Danke!")
    assert (deeper.remote_id, deeper.answers, deeper.author_id) == (inner, sent.remote_id, message.author_id)
    accepted(line.send(answer(wordpress, deeper, "Bis Samstag")))
    heard = line.listen(datetime.now(UTC) - timedelta(minutes=5), [post])
    assert [(one.text, one.answers) for one in heard if one.own] == [
        ("Um neun & mit Musik", question),
        ("Bis Samstag", inner),
    ]


CHILD = """
import os, signal, sys
from tests.networks.connections.test_wordpress_server import open_line
from tests.networks.wordpress.test_wordpress_dialogue import answer, hear
from tests.servers.wordpress import WordPress
import toolkit.networks.wordpress.api as api

inner = api.Web.request

def request(self, method, url, **more):
    reply = inner(self, method, url, **more)
    if method == "POST":
        os.kill(os.getpid(), signal.SIGKILL)
    return reply

api.Web.request = request
blog = WordPress(sys.argv[1], None, "", {"redaktion": sys.argv[2]})
open_line(blog).send(answer(blog, hear(blog, sys.argv[3]), "Mitten im Schreiben"))
"""


def test_a_process_that_died_before_the_reply_left_one_answer(wordpress: WordPress, tmp_path: Path) -> None:
    """SIGKILL after the blog took it: the next process finds it below the comment and writes no second."""
    post = publish(wordpress, "Hört uns jemand?")
    visit(wordpress, post, "Ich!")
    message, begun = hear(wordpress, post), datetime.now(UTC)
    script = tmp_path / "child.py"
    script.write_text(textwrap.dedent(CHILD))
    died = subprocess.run(
        [sys.executable, str(script), wordpress.url, wordpress.tokens["redaktion"], post],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    intent = tried(answer(wordpress, message, "Mitten im Schreiben"), begun)
    line = open_line(wordpress)
    seen = line.find(intent)
    assert (seen.presence, seen.reason) == (Presence.FOUND, "")
    assert accepted(line.send(intent)).remote_id == seen.remote_id
    assert len(below(wordpress, post)) == 2
    assert line.find(tried(answer(wordpress, message, "Nie geschrieben"), begun)).presence is Presence.ABSENT


def test_what_waits_for_moderation_is_heard_and_approved_before_it_is_answered(wordpress: WordPress) -> None:
    """Its address leads to where a person approves it; until then an answer is refused, afterwards it is written."""
    post = publish(wordpress, "Neu im Sortiment")
    held = visit(wordpress, post, "Woher kommt er?", status="hold")
    message = hear(wordpress, post)
    assert message.url == f"{wordpress.url}/wp-admin/comment.php?action=approve&c={number(held)}"
    line, intent = open_line(wordpress), answer(wordpress, message, "Aus Äthiopien")
    refusal = line.send(intent)
    assert (refusal.outcome, "approve it there" in refusal.reason) == (Outcome.REFUSED, True)
    wordpress.call("POST", f"/wp/v2/comments/{number(held)}", json={"status": "approved"})
    accepted(line.send(intent))
    assert hear(wordpress, post).url != message.url


def test_spam_is_not_heard_and_what_is_deleted_is_gone(wordpress: WordPress) -> None:
    """Trash and deletion are gone, spam is not; who wrote to a post that is gone cannot be answered."""
    post = publish(wordpress, "Aufräumen")
    shown, spam, trash, deleted = (visit(wordpress, post, f"Wort {one}", name=f"Gast{one}") for one in range(4))
    messages = list(open_line(wordpress).listen(None, [post]))
    assert [one.remote_id for one in messages] == [shown, spam, trash, deleted]
    wordpress.call("POST", f"/wp/v2/comments/{number(spam)}", json={"status": "spam"})
    wordpress.call("DELETE", f"/wp/v2/comments/{number(trash)}")
    wordpress.call("DELETE", f"/wp/v2/comments/{number(deleted)}", params={"force": "true"})
    line = open_line(wordpress)
    assert [one.remote_id for one in line.listen(None, [post])] == [shown]
    assert line.gone([one.remote_id for one in messages]) == {trash, deleted}
    refusal = line.send(answer(wordpress, messages[-1], "Hallo?"))
    assert (refusal.outcome, refusal.reason) == (
        Outcome.REFUSED,
        "the message is not there any more, so it cannot be answered",
    )
