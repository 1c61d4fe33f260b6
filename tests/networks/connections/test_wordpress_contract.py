"""The WordPress line against what a real blog does not do on demand: lost answers, outages, limits, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.networks.connections.blog import LATER, NOW, PASSWORD, USER, Blog, error, lost, written
from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.lockouts import LOCKED, verdict
from tests.servers.pretend import DROP, PretendServer, Reply
from toolkit.errors import UsageError
from toolkit.model import Outcome, Presence, SetClock
from toolkit.networks.base import Action, Intent, Memory, Surroundings
from toolkit.networks.wordpress.connection import WordPressConnection, connect
from toolkit.networks.wordpress.slugs import post_slug, slugify, variants
from toolkit.settings import Account
from toolkit.web import Web, WebError

MEDIA = {"media/a.png": make_picture(), "media/b.png": make_picture("#abcdef")}
ATTACHED = (attach("media/a.png", MEDIA["media/a.png"], 'Tür "eins"'), attach("media/b.png", MEDIA["media/b.png"], "B"))
PUBLISH, UPLOAD, ME = "POST /wp/v2/posts", "POST /wp/v2/media", "GET /wp/v2/users/me"


@pytest.fixture
def blog(pretend: PretendServer) -> Blog:
    return Blog(pretend)


def open_line(
    blog: Blog, password: str = PASSWORD, identity: str = USER, notes: Memory | None = None
) -> WordPressConnection:
    account = Account("blog", "wordpress", identity, server=blog.server.address)
    web = Web(allowed_hosts=frozenset({blog.server.host_port}))
    around = Surroundings(web, SetClock(NOW), MEDIA.__getitem__, notes=notes or Memory())
    return connect(account, f"{USER}:{password}", around)


def make_post(words: str = "Hallo Welt", **options: object) -> Intent:
    account = Account("blog", "wordpress", USER)
    options = {"title": words, "html": f"<p>{words}</p>", **options}
    return make_intent(account, words, **options)  # type: ignore[arg-type]  # passed through


@pytest.mark.parametrize("pretty", [True, False])
def test_a_post_is_published_whatever_addresses_the_blog_has(blog: Blog, pretty: bool) -> None:
    """With /wp-json or with ?rest_route=: title, HTML, slug, status, both pictures; the arguments are documented ones."""
    blog.pretty = pretty
    intent = make_post(attachments=ATTACHED, fields={"excerpt": "Kurz", "comments": "closed", "sticky": "true"})
    answer = open_line(blog).send(intent)
    assert (answer.outcome, answer.remote_id, answer.reason) == (Outcome.ACCEPTED, "1", "")
    (post,) = blog.posts
    assert answer.url == post["link"]
    assert post["slug"] == post_slug(intent)
    assert (post["status"], post["excerpt"], post["comment_status"], post["sticky"]) == (
        "publish",
        "Kurz",
        "closed",
        True,
    )
    assert [medium["alt_text"] for medium in blog.media] == ['Tür "eins"', "B"]
    assert post["featured_media"] == 100
    figure = f'<figure><img src="{blog.server.address}/b.png" alt="B" class="wp-image-101"></figure>'
    assert post["content"] == {"raw": f"<p>Hallo Welt</p>\n{figure}"}


def test_a_lost_answer_is_unknown_and_the_slug_finds_the_post(blog: Blog) -> None:
    """The blog took the post and its answer was lost: unknown, found, and not sent a second time."""
    blog.publishing = lost
    line, intent = open_line(blog), make_post()
    assert line.send(intent).outcome is Outcome.UNKNOWN
    again = tried(intent, NOW)
    assert (line.find(again).presence, line.find(again).remote_id) == (Presence.FOUND, "1")
    assert (line.send(again).outcome, len(blog.posts)) == (Outcome.ACCEPTED, 1)


@pytest.mark.parametrize(
    "answer",
    [
        Reply(500, {"code": "internal_server_error", "message": "There has been a critical error."}),
        Reply(502, b"<h1>Bad Gateway</h1>"),
        Reply(201, b'<br />\n<b>Warning</b>: Undefined variable $x\n{"id": 5}'),
        Reply(201, {"ok": True}),
        Reply(302, b"", {"Location": "https://elsewhere.example/"}),
    ],
)
def test_a_strange_answer_after_publishing_is_unknown(blog: Blog, answer: Reply) -> None:
    """An error page, PHP's warnings in the JSON, a redirect: the post may be out, and is found."""
    blog.publishing = lambda _post: answer
    line, intent = open_line(blog), make_post()
    assert line.send(intent).outcome is Outcome.UNKNOWN
    assert line.find(tried(intent, NOW)).presence is Presence.FOUND


def test_what_the_blog_never_took_is_absent(blog: Blog) -> None:
    """The connection broke before the blog took anything: looked for, absent, and sent again once."""
    blog.instead[PUBLISH] = [DROP]
    line, intent = open_line(blog), make_post()
    assert line.send(intent).outcome is Outcome.UNKNOWN
    again = tried(intent, NOW)
    assert line.find(again).presence is Presence.ABSENT
    assert (line.send(again).outcome, len(blog.posts)) == (Outcome.ACCEPTED, 1)


def test_a_blog_that_cannot_be_read_proves_nothing(blog: Blog) -> None:
    """An outage while looking is no proof of absence."""
    line, intent = open_line(blog), tried(make_post(), NOW)
    blog.instead["GET /wp/v2/posts"] = [error(503, "maintenance", "Briefly unavailable.")]
    assert line.find(intent).presence is Presence.UNCLEAR
    blog.instead[ME] = [Reply(503, b"down")] * 2
    assert open_line(blog).find(intent).presence is Presence.UNCLEAR


def test_too_many_requests_are_sent_later(blog: Blog) -> None:
    """429 of the publishing request, and of one before it: later, at the time that the blog names."""
    for name in (PUBLISH, UPLOAD, ME):
        blog.instead[name] = [error(429, "too_many", "Slow down.", **{"Retry-After": "90"})]
        answer = open_line(blog).send(make_post(attachments=ATTACHED[:1]))
        assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(seconds=90)), name
    assert blog.posts == []


def test_a_refusal_is_in_the_blogs_own_words(blog: Blog) -> None:
    """What WordPress says, with its code and without its markup."""
    blog.instead[PUBLISH] = [error(403, "rest_cannot_publish", "Sorry, you <b>can&#8217;t</b> publish posts.")]
    answer = open_line(blog).send(make_post())
    assert (answer.outcome, answer.reason) == (
        Outcome.REFUSED,
        "403: Sorry, you can\u2019t publish posts. (rest_cannot_publish)",
    )


@pytest.mark.parametrize(("status", "outcome"), [(413, Outcome.REFUSED), (500, Outcome.LATER), (503, Outcome.LATER)])
def test_a_failed_upload_publishes_nothing(blog: Blog, status: int, outcome: Outcome) -> None:
    """Whatever goes wrong with a picture, nothing is out, and the file is named."""
    blog.instead[UPLOAD] = [Reply(status, b"<h1>no</h1>")]
    answer = open_line(blog).send(make_post(attachments=ATTACHED))
    assert (answer.outcome, answer.reason) == (outcome, f"a.png was not uploaded: HTTP {status}")
    assert blog.posts == []


def test_an_upload_is_used_again_after_a_retry(blog: Blog) -> None:
    """The post failed, its pictures did not: another process with the same notes uploads nothing twice."""
    notes, intent = Memory(), make_post(attachments=ATTACHED)
    blog.instead[PUBLISH] = [error(429, "too_many", "Slow down.")]
    assert open_line(blog, notes=notes).send(intent).outcome is Outcome.LATER
    assert open_line(blog, notes=notes).send(tried(intent, NOW)).outcome is Outcome.ACCEPTED
    assert len(blog.media) == 2
    other = replace(ATTACHED[0], alt="Anders beschrieben")
    open_line(blog, notes=notes).send(make_post("Noch einer", key="k2", attachments=(other,)))
    assert len(blog.media) == 3


def test_a_wrong_password_or_person_publishes_nothing_and_shows_nothing(blog: Blog) -> None:
    """Refused before anything is out; the password stands in no answer, no representation, no address."""
    wrong = open_line(blog, password="falsch geheim").send(make_post())
    assert (verdict(wrong), "401" in wrong.reason) == (LOCKED, True)
    other = open_line(blog, identity="leitung").send(make_post())
    assert (verdict(other), verdict(open_line(blog, identity="leitung").send(make_post()))) == (LOCKED, LOCKED)
    assert other.reason == "the token of blog belongs to 'redaktion', the account is 'leitung'"
    blog.me = {**blog.me, "capabilities": {"publish_posts": False}}
    line = open_line(blog)
    weak = line.send(make_post())
    assert (verdict(weak), "lacks the right publish_posts" in weak.reason) == (LOCKED, True)
    assert blog.posts == []
    shown = repr((wrong, other, weak, line)) + str([(request.path, request.query) for request in blog.server.requests])
    assert "geheim" not in shown
    assert PASSWORD not in shown


@pytest.mark.parametrize("identity", [USER, "7", "@redaktion", "Redaktion"])
def test_an_account_is_its_person_by_name_or_number(blog: Blog, identity: str) -> None:
    """Login or id; and with the blog behind it, so that two blogs' accounts differ."""
    assert open_line(blog, identity=identity).send(make_post()).outcome is Outcome.ACCEPTED
    full = f"{identity.lstrip('@')}@{blog.server.host_port}"
    assert open_line(blog, identity=full).send(make_post("Zwei", key="k2")).outcome is Outcome.ACCEPTED
    elsewhere = open_line(blog, identity=f"{USER}@other.example").send(make_post("Drei", key="k3"))
    assert verdict(elsewhere) == LOCKED


def test_what_is_no_wordpress_is_later(blog: Blog) -> None:
    """A page that is no JSON, wherever it is asked: nothing is published."""
    blog.server.routes = {"GET /*": lambda _request: Reply(200, b"<html>hello</html>", {"Content-Type": "text/html"})}
    answer = open_line(blog).send(make_post())
    assert answer.outcome is Outcome.LATER
    assert blog.server.sent("POST") == []


def test_a_slug_that_somebody_took_in_between_is_said(blog: Blog) -> None:
    """The blog made it -2: the post is out, and the answer says under which slug."""
    other = make_post("Anderer", key="other", fields={"slug": "aktion"})
    line, intent = open_line(blog), make_post(fields={"slug": "aktion"})
    blog.instead["GET /wp/v2/posts"] = [Reply(200, [])] * 2
    assert line.send(other).outcome is Outcome.ACCEPTED
    answer = line.send(intent)
    assert (answer.outcome, answer.reason) == (Outcome.ACCEPTED, "the blog made the slug aktion-2, not aktion")
    # Both have a slug that could be ours; what they say tells them apart.
    assert line.find(tried(intent, NOW)).remote_id == answer.remote_id
    assert line.find(tried(intent, NOW + LATER)).presence is Presence.ABSENT


def test_somebody_elses_post_is_not_taken_for_ours(blog: Blog) -> None:
    """The same slug, the same words, the same minute, and another author: not what we sent."""
    line, intent = open_line(blog), make_post(fields={"slug": "aktion"})
    line.send(intent)
    assert line.find(tried(intent, NOW)).presence is Presence.FOUND
    blog.posts[0]["author"] = 9
    assert line.find(tried(intent, NOW)).presence is Presence.ABSENT


def test_the_blogs_clock_may_be_wrong(blog: Blog) -> None:
    """An hour slow: the post seems older than the first try, and is found by the blog's own Date header."""
    blog.clock = NOW - timedelta(hours=1)
    blog.publishing = lost
    line, intent = open_line(blog), make_post(fields={"slug": "aktion"})
    assert line.send(intent).outcome is Outcome.UNKNOWN
    assert line.find(tried(intent, NOW)).presence is Presence.FOUND


def test_a_comment_whose_answer_was_lost_is_found(blog: Blog) -> None:
    """By its words, its place and its time; never written, it is absent; too fast, it is written later."""
    line = open_line(blog)
    comment = replace(make_post("Der <Link> & mehr", previous="1"), action=Action.COMMENT)
    assert line.find(tried(comment, NOW)).presence is Presence.ABSENT
    blog.instead["POST /wp/v2/comments"] = [error(400, "comment_flood", "You are posting too quickly.")]
    answer = line.send(comment)
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(minutes=1))
    blog.publishing = lost
    assert line.send(comment).outcome is Outcome.UNKNOWN
    seen = line.find(tried(comment, NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, "comment-1")
    assert line.find(tried(comment, NOW + LATER)).presence is Presence.ABSENT
    elsewhere = replace(comment, previous="comment-9")
    assert line.find(tried(elsewhere, NOW)).presence is Presence.UNCLEAR  # the comment that it answers is not there


@pytest.mark.parametrize(
    ("account", "token", "complaint"),
    [
        (Account("blog", "wordpress", USER), "a:b", "needs its blog"),
        (Account("blog", "wordpress", USER, server="http://blog.example.com"), "a:b", "use https://"),
        (
            Account("blog", "wordpress", USER, server="https://blog.example.com"),
            "geheimes",
            "USER:APPLICATION PASSWORD",
        ),
    ],
)
def test_an_account_that_would_show_its_password_is_not_opened(account: Account, token: str, complaint: str) -> None:
    """No address, no encryption, no password: a sentence with the remedy, without the token."""
    with pytest.raises(UsageError, match=complaint) as caught:
        connect(account, token, Surroundings(Web(), SetClock(NOW), MEDIA.__getitem__))
    assert "geheimes" not in str(caught.value)


def test_slugs_are_ours_and_stay(blog: Blog) -> None:
    """The same intent has the same slug, another occurrence another; letters as WordPress keeps them."""
    first = make_post("Größe & Maß: 50 %")
    assert post_slug(first) == post_slug(make_post("Größe & Maß: 50 %"))
    assert post_slug(first).startswith("groesse-mass-50-")
    assert post_slug(first) != post_slug(replace(first, key="another"))
    assert post_slug(make_post("2026", key="k")).startswith("2026-")
    assert post_slug(make_post("Привет")).startswith("post-")
    assert slugify("Äpfel & Öl__x") == "aepfel-oel-x"
    assert len(slugify("ä" * 500)) <= 80
    assert {"a", "a-2", "a__trashed"} <= set(variants("a"))


def test_views_are_counted_where_a_plugin_shows_them(blog: Blog) -> None:
    """As a field or in the meta, as number or digits; comments always; a post that is gone is left out."""
    line = open_line(blog)
    for number in range(4):
        line.send(make_post(f"Nummer {number}", key=f"k{number}"))
    blog.posts[0]["views"] = 120
    blog.posts[1]["meta"] = {"post_views_count": "7"}
    blog.posts[2]["views"] = {"today": 3}
    assert line.counts(["1", "2", "3", "4", "99"]) == {
        "1": {"comments": 0, "views": 120},
        "2": {"comments": 0, "views": 7},
        "3": {"comments": 0},
        "4": {"comments": 0},
    }
    blog.instead["GET /wp/v2/posts"] = [error(503, "maintenance", "Briefly unavailable.")]
    with pytest.raises(WebError, match="Briefly unavailable"):
        line.counts(["1"])


def test_all_comments_are_heard_but_spam_and_our_own(blog: Blog) -> None:
    """Page by page, the oldest first, held ones too; what came before `since` and what nobody should hear is not."""
    for number in range(1, 251):
        at = NOW - timedelta(minutes=number)
        status = {1: "spam", 2: "trash", 3: "hold"}.get(number, "approved")
        comment = {"id": number, "author": 7 if number == 4 else 0, "author_name": "G&auml;ste <b>x</b>", "parent": 0}
        comment |= {"status": status, "post": 1, "date_gmt": written(at), "link": f"https://blog.example/#{number}"}
        blog.comments.append({**comment, "content": {"rendered": f"<p>Nummer {number}<br />zwei &amp; drei</p>"}})
    blog.comments[9]["parent"] = 5
    heard = list(open_line(blog).listen(NOW - timedelta(minutes=240), ["1", "comment-3"]))
    assert [one.remote_id for one in heard] == [f"comment-{number}" for number in range(240, 2, -1) if number != 4]
    assert (heard[0].author, heard[0].text) == ("Gäste x", "Nummer 240\nzwei & drei")
    assert (heard[-1].below, heard[-1].answers) == ("1", "")
    assert next(one for one in heard if one.remote_id == "comment-10").answers == "comment-5"
    assert list(open_line(blog).listen(None, [])) == []


def test_terms_are_known_by_their_names(blog: Blog) -> None:
    """Whatever the case and however WordPress writes it; near ones are named; made only when asked for."""
    blog.terms = [{"id": 5, "name": "Kaffee &amp; Tee"}, {"id": 6, "name": "Advent 2025"}]
    line = open_line(blog)
    known = {"categories": "kaffee & TEE, Kaffee & Tee", "tags": " , "}
    assert line.send(make_post(fields=known)).outcome is Outcome.ACCEPTED
    assert blog.posts[0]["categories"] == [5]
    assert "tags" not in blog.posts[0]
    answer = line.send(make_post("Zwei", key="k2", fields={"tags": "Advent"}))
    assert (answer.outcome, answer.reason) == (
        Outcome.REFUSED,
        "the blog has no tag 'Advent' (but Advent 2025); make it there, or set create_terms: true",
    )
    wanted = {"tags": "Advent", "create_terms": "true"}
    assert line.send(make_post("Drei", key="k3", fields=wanted)).outcome is Outcome.ACCEPTED
    assert blog.posts[1]["tags"] == [52]
    # Somebody else made it between our look and our request.
    blog.instead["POST /wp/v2/tags"] = [
        Reply(400, {"code": "term_exists", "message": "Exists.", "data": {"term_id": 77}})
    ]
    wanted["tags"] = "Eben gemacht"
    assert line.send(make_post("Vier", key="k4", fields=wanted)).outcome is Outcome.ACCEPTED
    assert blog.posts[2]["tags"] == [77]
    blog.instead["POST /wp/v2/tags"] = [error(403, "rest_cannot_create", "Sorry, no.")]
    wanted["tags"] = "Verboten"
    refusal = line.send(make_post("Fünf", key="k5", fields=wanted))
    assert (refusal.outcome, refusal.reason) == (
        Outcome.REFUSED,
        "'Verboten' could not be made: 403: Sorry, no. (rest_cannot_create)",
    )
    assert len(blog.posts) == 3


def test_taking_back_says_what_the_blog_says(blog: Blog) -> None:
    """A lost answer is unknown; without a trash the remedy is named; a refusal is in the blog's words."""
    line = open_line(blog)
    line.send(make_post())
    name = "DELETE /wp/v2/posts/1"
    blog.instead[name] = [
        DROP,
        error(501, "rest_trash_not_supported", "The post does not support trashing."),
        error(403, "rest_cannot_delete", "Sorry, no."),
    ]
    assert line.delete("1").outcome is Outcome.UNKNOWN
    trash = line.delete("1")
    assert (trash.outcome, trash.reason.endswith("retract = delete deletes at once")) == (Outcome.REFUSED, True)
    assert line.delete("1").reason == "403: Sorry, no. (rest_cannot_delete)"
