"""The WordPress line on a real WordPress: publish, find, edit, comment, hear, count, take back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.networks.connections.blog import ARGUMENTS
from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.wordpress import WordPress
from toolkit.model import Answer, Message, Outcome, Presence, SystemClock
from toolkit.networks.base import Action, Intent, Memory, Surroundings
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.wordpress.connection import WordPressConnection, connect
from toolkit.networks.wordpress.slugs import post_slug
from toolkit.settings import Account
from toolkit.web import Web

pytestmark = pytest.mark.wordpress
MEDIA = {"media/tuer.png": make_picture(), "media/zwei.png": make_picture("#654321")}
FIRST = attach("media/tuer.png", MEDIA["media/tuer.png"], 'Eine "Tür" & mehr')
SECOND = attach("media/zwei.png", MEDIA["media/zwei.png"], "Zwei")


def account_of(blog: WordPress, **options: str) -> Account:
    return Account("blog", "wordpress", "redaktion", server=blog.url, options=options)


def open_line(
    blog: WordPress, person: str = "redaktion", token: str = "", notes: Memory | None = None, **options: str
) -> WordPressConnection:
    web = Web(allowed_hosts=frozenset({blog.host_port}))
    account = replace(account_of(blog, **options), id=person)
    around = Surroundings(web, SystemClock(), MEDIA.__getitem__, notes=notes or Memory())
    return connect(account, f"{person}:{token or blog.tokens[person]}", around)


def make_post(blog: WordPress, words: str, **options: object) -> Intent:
    """An intent as the renderer makes it: its HTML beside its text, its own key and title."""
    options = {
        "key": f"01JDK3V7Q2M8X4T6R9A0B1C2D3:::post:{words}",
        "title": words,
        "html": f"<p>{words}</p>",
        **options,
    }
    return make_intent(account_of(blog), words, **options)  # type: ignore[arg-type]  # passed through


def accepted(answer: Answer) -> Answer:
    assert answer.outcome is Outcome.ACCEPTED, answer.reason
    return answer


def slugs(blog: WordPress) -> list[str]:
    """The slugs of all posts, whatever their status."""
    params = {"status": "any,trash", "per_page": "100"}
    return [text(post, "slug") for post in items(blog.call("GET", "/wp/v2/posts", params=params))]


@pytest.fixture(params=["plain", "pretty"])
def permalinks(request: pytest.FixtureRequest, wordpress: WordPress) -> Iterator[str]:
    """The blog's addresses: ``?p=1``, then ``/slug/``; plain afterwards."""
    structure = "global $wp_rewrite; $wp_rewrite->set_permalink_structure('{}'); $wp_rewrite->flush_rules();"
    wordpress.php(structure.format("/%postname%/" if request.param == "pretty" else ""))
    yield request.param
    wordpress.php(structure.format(""))


def test_a_post_with_everything(wordpress: WordPress, permalinks: str) -> None:
    """Title, HTML, excerpt, terms by name, both pictures with their alt texts: read back by another hand."""
    wordpress.call("POST", "/wp/v2/categories", json={"name": f"Kaffee & Tee {permalinks}"})
    wanted = {
        "categories": f"Kaffee & Tee {permalinks}",
        "tags": "Neu, Röstung",
        "create_terms": "true",
        "excerpt": "Kurz",
        "comments": "open",
    }
    html = (
        '<p>Hinter <strong>Tür 1</strong>:<br>\n<a href="https://example.com/?a=1&amp;b=2">Shop</a> &#91;gallery]</p>'
    )
    intent = make_post(wordpress, f"Ganz {permalinks}", html=html, fields=wanted, attachments=(FIRST, SECOND))
    answer = accepted(open_line(wordpress).send(intent))
    assert answer.reason == ""
    assert (post_slug(intent) in answer.url) == (permalinks == "pretty")
    post = fields(wordpress.call("GET", f"/wp/v2/posts/{answer.remote_id}", params={"context": "edit"}))
    assert text(post["title"], "raw") == f"Ganz {permalinks}"
    assert text(post["excerpt"], "raw") == "Kurz"
    assert (post["status"], post["slug"], post["comment_status"]) == ("publish", post_slug(intent), "open")
    assert text(post["content"], "raw").startswith(html)
    shown = text(post["content"], "rendered")
    assert "&#91;gallery]" in shown  # readers see the bracket; no gallery is made
    assert '<a href="https://example.com/?a=1&amp;b=2">' in shown
    assert shown.count("<br") == 1
    assert 'alt="Zwei"' in shown
    featured = wordpress.call("GET", f"/wp/v2/media/{post['featured_media']}")
    assert text(featured, "alt_text") == 'Eine "Tür" & mehr'
    named = {
        text(term, "name")
        for kind in ("categories", "tags")
        for term in items(wordpress.call("GET", f"/wp/v2/{kind}", params={"post": answer.remote_id}))
    }
    assert named == {f"Kaffee &amp; Tee {permalinks}", "Neu", "Röstung"}


def test_a_category_that_is_not_there_publishes_nothing(wordpress: WordPress) -> None:
    """Without `create_terms`, a name that the blog does not know is refused before anything is out."""
    intent = make_post(wordpress, "Falsch einsortiert", fields={"categories": "Gibt es nicht"})
    answer = open_line(wordpress).send(intent)
    assert answer.outcome is Outcome.REFUSED
    assert "no category 'Gibt es nicht'" in answer.reason
    assert post_slug(intent) not in slugs(wordpress)


def test_a_post_is_found_after_the_process_was_killed_before_it_could_record(
    wordpress: WordPress, tmp_path: Path
) -> None:
    """A child publishes and is killed by SIGKILL before anything is noted; the slug finds the one post, and no second is sent."""
    begun = datetime.now(UTC)
    script = tmp_path / "child.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, signal, sys
            from tests.networks.connections.test_wordpress_server import make_post, open_line
            from tests.servers.wordpress import WordPress
            blog = WordPress(sys.argv[1], None, "", {"redaktion": sys.argv[2]})
            open_line(blog).send(make_post(blog, "Vor dem Absturz"))
            os.kill(os.getpid(), signal.SIGKILL)
            """
        )
    )
    child = subprocess.run(
        [sys.executable, str(script), wordpress.url, wordpress.tokens["redaktion"]],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    intent = tried(make_post(wordpress, "Vor dem Absturz"), begun)
    line = open_line(wordpress)
    seen = line.find(intent)
    assert (seen.presence, seen.reason) == (Presence.FOUND, "")
    assert accepted(line.send(intent)).remote_id == seen.remote_id
    assert slugs(wordpress).count(post_slug(intent)) == 1
    assert line.find(tried(make_post(wordpress, "Nie gesendet"), begun)).presence is Presence.ABSENT


def test_a_post_in_the_trash_is_found_and_not_sent_again(wordpress: WordPress) -> None:
    """Somebody threw the post away before we looked: it was out, and it does not come back by itself."""
    begun, line = datetime.now(UTC), open_line(wordpress)
    intent = make_post(wordpress, "Weggeworfen")
    sent = accepted(line.send(intent))
    wordpress.call("DELETE", f"/wp/v2/posts/{sent.remote_id}")
    seen = line.find(tried(intent, begun))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, sent.remote_id)


def test_two_posts_with_our_slug_are_for_a_person(wordpress: WordPress) -> None:
    """The blog appends -2 to the slug of a double; both are seen, and nothing more is sent."""
    begun, line = datetime.now(UTC), open_line(wordpress)
    intent = make_post(wordpress, "Doppelt")
    accepted(line.send(intent))
    body = {"title": "Doppelt", "content": "<p>Doppelt</p>", "status": "publish", "slug": post_slug(intent)}
    assert text(wordpress.call("POST", "/wp/v2/posts", json=body), "slug") == f"{post_slug(intent)}-2"
    assert line.find(tried(intent, begun)).presence is Presence.UNCLEAR
    assert line.send(tried(intent, begun)).outcome is Outcome.LATER
    assert line.send(intent).outcome is Outcome.DUPLICATE


def test_a_slug_of_the_authors_is_told_from_somebody_elses(wordpress: WordPress) -> None:
    """A chosen slug that is taken is refused; after an unknown outcome only the post that says the same is ours."""
    begun, line = datetime.now(UTC), open_line(wordpress)
    chosen = {"slug": "advents-aktion"}
    other = {"title": "Altes", "content": "Altes", "status": "publish", "slug": "advents-aktion"}
    wordpress.call("POST", "/wp/v2/posts", json=other)
    intent = make_post(wordpress, "Neues „Zitat“ -- ja", fields=chosen)
    answer = line.send(intent)
    assert answer.outcome is Outcome.REFUSED
    assert "'advents-aktion' belongs to" in answer.reason
    assert line.find(tried(intent, begun)).presence is Presence.ABSENT
    # A try that was sent and whose answer was lost ends up as -2.
    ours = {"title": "Neues „Zitat“ -- ja", "content": intent.content.html, "status": "publish", **chosen}
    lost = fields(wordpress.call("POST", "/wp/v2/posts", json=ours))
    seen = line.find(tried(intent, begun))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, str(lost["id"]))
    late = line.find(tried(intent, datetime.now(UTC) + timedelta(minutes=3)))
    assert late.presence is Presence.ABSENT


def test_an_edit_keeps_the_address_and_the_picture(wordpress: WordPress) -> None:
    """Title, text and terms are new, the address and the uploaded picture are the old ones; twice is once."""
    line = open_line(wordpress)
    intent = make_post(wordpress, "Mit Fehlr", attachments=(FIRST,))
    sent = accepted(line.send(intent))
    before = fields(wordpress.call("GET", f"/wp/v2/posts/{sent.remote_id}"))
    corrected = make_post(wordpress, "Ohne Fehler", attachments=(FIRST,))
    for _time in range(2):
        assert accepted(line.edit(sent.remote_id, corrected)).url == sent.url
    after = fields(wordpress.call("GET", f"/wp/v2/posts/{sent.remote_id}"))
    assert text(after["title"], "rendered") == "Ohne Fehler"
    assert (after["slug"], after["featured_media"]) == (before["slug"], before["featured_media"])
    gone = open_line(wordpress).edit("999999", corrected)
    assert (gone.outcome, gone.reason) == (Outcome.REFUSED, "the post is not there any more")


def test_a_retracted_post_is_in_the_trash_or_gone(wordpress: WordPress) -> None:
    """Taken back: in the trash; with `retract: delete` it is gone. To take back what is gone is accepted."""
    line = open_line(wordpress)
    kept = accepted(line.send(make_post(wordpress, "In den Papierkorb")))
    for _time in range(2):
        accepted(line.delete(kept.remote_id))
    trashed = fields(wordpress.call("GET", f"/wp/v2/posts/{kept.remote_id}", params={"context": "edit"}))
    assert trashed["status"] == "trash"
    final = open_line(wordpress, retract="delete")
    gone = accepted(final.send(make_post(wordpress, "Ganz weg")))
    for _time in range(2):
        accepted(final.delete(gone.remote_id))
    assert gone.remote_id not in line.counts([gone.remote_id, kept.remote_id])
    assert line.counts([kept.remote_id]) == {}


def test_comments_are_written_found_heard_and_counted(wordpress: WordPress) -> None:
    """A first comment and an answer are ours; a stranger's is heard although it is held, and our own are not."""
    begun, line = datetime.now(UTC), open_line(wordpress)
    post = accepted(line.send(make_post(wordpress, "Sagt was", fields={"comments": "open"})))
    first = make_post(wordpress, "3 < 4 & <Name>: https://example.com/a?b=1&c=2", previous=post.remote_id)
    first = replace(first, action=Action.COMMENT)
    assert line.find(tried(first, begun)).presence is Presence.ABSENT
    written = accepted(line.send(first))
    assert written.remote_id.startswith("comment-")
    shown = fields(wordpress.call("GET", f"/wp/v2/comments/{written.remote_id.removeprefix('comment-')}"))
    assert "3 &lt; 4 &amp; &lt;Name&gt;" in text(shown["content"], "rendered")
    assert line.send(first).outcome is Outcome.DUPLICATE
    assert accepted(line.send(tried(first, begun))).remote_id == written.remote_id
    code = (
        "echo wp_insert_comment(array('comment_post_ID' => {}, 'comment_author' => 'Gast', 'comment_approved' => 0,"
        " 'comment_content' => 'Wann <b>offen</b>?', 'comment_author_email' => 'gast@example.com'));"
    )
    stranger = wordpress.php(code.format(post.remote_id)).strip()
    (message,) = line.listen(begun - timedelta(seconds=5), [post.remote_id])
    assert (message.author, message.text, message.below) == ("Gast", "Wann offen?", post.remote_id)
    assert isinstance(message, Message)
    assert list(line.listen(datetime.now(UTC) + timedelta(hours=1), [post.remote_id])) == []
    wordpress.call("POST", f"/wp/v2/comments/{stranger}", json={"status": "approved"})
    reply = make_post(wordpress, "Ab neun!", previous=message.remote_id)
    answered = accepted(line.send(replace(reply, action=Action.COMMENT)))
    raw = fields(wordpress.call("GET", f"/wp/v2/comments/{answered.remote_id.removeprefix('comment-')}"))
    assert (str(raw["parent"]), str(raw["post"])) == (stranger, post.remote_id)
    assert line.counts([post.remote_id, message.remote_id]) == {
        post.remote_id: {"comments": 3},
        message.remote_id: {"comments": 1},
    }
    accepted(line.delete(answered.remote_id))
    assert line.counts([post.remote_id]) == {post.remote_id: {"comments": 2}}


def test_closed_comments_are_refused_in_the_blogs_own_words(wordpress: WordPress) -> None:
    """The blog says that comments are closed; nothing is written."""
    line = open_line(wordpress)
    post = accepted(line.send(make_post(wordpress, "Ohne Worte", fields={"comments": "closed"})))
    comment = replace(make_post(wordpress, "Doch", previous=post.remote_id), action=Action.COMMENT)
    answer = line.send(comment)
    assert (answer.outcome, answer.reason) == (
        Outcome.REFUSED,
        "403: Sorry, comments are closed for this item. (rest_comment_closed)",
    )


def test_a_wrong_password_and_a_wrong_person_publish_nothing(wordpress: WordPress) -> None:
    """A password that the blog does not know, somebody else's, and a contributor's: refused, nothing is out, no secret shown."""
    before = slugs(wordpress)
    intent = make_post(wordpress, "Als wer?")
    wrong = open_line(wordpress, token="wrong wrong").send(intent)
    assert verdict(wrong) == LOCKED
    assert wrong.reason.startswith("the blog does not accept the token of blog: 401")
    assert "wrong wrong" not in wrong.reason
    web = Web(allowed_hosts=frozenset({wordpress.host_port}))
    around = Surroundings(web, SystemClock(), MEDIA.__getitem__)
    other = connect(account_of(wordpress), f"praktikum:{wordpress.tokens['praktikum']}", around).send(intent)
    assert other.reason == "the token of blog belongs to 'praktikum', the account is 'redaktion'"
    weak = open_line(wordpress, "praktikum").send(intent)
    assert (verdict(weak), "lacks the right publish_posts" in weak.reason) == (LOCKED, True)
    assert slugs(wordpress) == before


def test_an_upload_is_used_again_as_long_as_the_blog_has_it(wordpress: WordPress) -> None:
    """The same picture with the same words is uploaded once for two posts; deleted in the blog, it is uploaded anew."""
    notes = Memory()
    line = open_line(wordpress, notes=notes)

    def featured(words: str) -> object:
        sent = accepted(line.send(make_post(wordpress, words, attachments=(FIRST,))))
        return fields(wordpress.call("GET", f"/wp/v2/posts/{sent.remote_id}"))["featured_media"]

    first = featured("Bild eins")
    assert featured("Bild zwei") == first
    wordpress.call("DELETE", f"/wp/v2/media/{first}", params={"force": "true"})
    assert featured("Bild drei") != first


def test_the_pretend_blog_knows_only_what_a_real_one_documents(wordpress: WordPress) -> None:
    """Every argument that the contract tests allow stands in the real blog's own description of its routes."""
    routes = fields(fields(wordpress.call("GET", "/wp/v2"))["routes"])
    for name, arguments in ARGUMENTS.items():
        method, route = name.split(" ")
        fitting = [one for one in items(fields(routes[route])["endpoints"]) if method in items(fields(one)["methods"])]
        documented = {argument for endpoint in fitting for argument in fields(fields(endpoint)["args"])}
        assert arguments <= documented, name
