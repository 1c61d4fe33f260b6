"""The whole way to a blog and a list: post file, ledger, dispatcher, line; lost answers, refusals, and SIGKILL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.dispatch.dying import tick_and_die
from tests.networks.connections.blog import PASSWORD as BLOG_PASSWORD
from tests.networks.connections.blog import USER, Blog, lost
from tests.networks.connections.makers import make_picture
from tests.servers.pretend import DROP, PretendServer
from tests.servers.smtp import HANG_UP, PASSWORD, MailServer, run_smtp
from tests.servers.smtp import USER as MAIL_USER
from tests.servers.wordpress import WordPress
from toolkit.dispatch import publish_due
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.model import SetClock
from toolkit.networks.jsonvalues import fields, items, text

SETTINGS = """\
format = 1

[workspace]
id = "probe"
timezone = "UTC"

[people.redaktion]
roles = ["editor"]

[accounts.blog]
network = "wordpress"
id = "redaktion"
server = "{blog}"
"""
MAIL = """
[accounts.brief]
network = "newsletter"
id = "liste@example.com"
server = "{mail}"
options = {{ from = "Nordlicht <post@example.com>" }}
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür {number}
author: redaktion
status: ready
publish: {publish}
channels: [{channels}]
language: de
media:
  - file: media/tuer.png
    alt: Eine Hand öffnet die Tür
options:
  blog: {{comments: open, first_comment: "Mehr: https://example.com/{number}"}}
---
Tür {number} ist **auf**: [Zum Shop](https://example.com/{number})
"""


class House:
    """A workspace with its ticks."""

    def __init__(self, root: Path, settings: str, tokens: Mapping[str, str], number: int = 1) -> None:
        self.root = root
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.environ = {"LEITSTAND_STATE_DIR": str(root / "state")}
        self.environ |= {f"LEITSTAND_TOKEN_{name.upper()}": token for name, token in tokens.items()}
        (root / "content" / "media").mkdir(parents=True)
        (root / "content" / "posts").mkdir()
        (root / "leitstand.toml").write_text(settings, encoding="utf-8")
        (root / "content" / "media" / "tuer.png").write_bytes(make_picture())
        due = self.now - timedelta(minutes=2)
        post = POST.format(publish=f"{due:%Y-%m-%d %H:%M}", channels=", ".join(tokens), number=number)
        (root / "content" / "posts" / "tuer.md").write_text(post, encoding="utf-8")
        # The first tick of a new account takes what is past as history; it happened before the post was due.
        self.tick(-24 * 60)

    def tick(self, *minutes: int) -> None:
        for minute in minutes:
            clock = SetClock(self.now + timedelta(minutes=minute))
            publish_due(self.root, clock=clock, environ=self.environ)

    def rows(self) -> dict[tuple[str, str], tuple[State, str]]:
        """Account and action → state and reason."""
        with open_ledger(ledger_path(self.root / "state"), now=self.now, read_only=True) as ledger:
            return {(row.account, str(row.action)): (row.state, row.reason) for row in ledger.rows()}

    def states(self) -> dict[tuple[str, str], State]:
        return {key: state for key, (state, _reason) in self.rows().items()}


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with run_smtp(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        yield server


@pytest.fixture
def blog(pretend: PretendServer) -> Blog:
    return Blog(pretend, clock=datetime.now(UTC))


@pytest.fixture
def house(tmp_path: Path, blog: Blog, mail: MailServer) -> House:
    settings = SETTINGS.format(blog=blog.server.address) + MAIL.format(mail=mail.url)
    return House(tmp_path / "house", settings, {"blog": f"{USER}:{BLOG_PASSWORD}", "brief": f"{MAIL_USER}:{PASSWORD}"})


DONE = {("blog", "post"): State.CONFIRMED, ("blog", "comment"): State.CONFIRMED, ("brief", "post"): State.CONFIRMED}


def test_a_post_goes_to_blog_and_list_once(house: House, blog: Blog, mail: MailServer) -> None:
    """Post, picture, first comment and mail are out, each once, and stay so through later ticks."""
    house.tick(0, 4, 8)
    assert house.states() == DONE, house.rows()
    assert (len(blog.posts), len(blog.media), len(blog.comments), len(mail.mails)) == (1, 1, 1, 1)
    assert blog.comments[0]["post"] == 1
    assert str(mail.mail()["Subject"]) == "Tür 1"


@pytest.mark.parametrize("failure", ["lost", "never arrived"])
def test_a_blog_whose_answer_was_lost_has_the_post_once(house: House, blog: Blog, failure: str) -> None:
    """Taken and the answer lost, or never taken: later ticks end with one post and one comment, confirmed."""
    if failure == "lost":
        blog.publishing = lost
    else:
        blog.instead["POST /wp/v2/posts"] = [DROP]
    house.tick(0)
    blog.publishing = None
    house.tick(4, 8, 12)
    assert house.states() == DONE, house.rows()
    assert (len(blog.posts), len(blog.media), len(blog.comments)) == (1, 1, 1)


def test_a_mail_that_may_be_out_is_held_for_a_person(house: House, mail: MailServer) -> None:
    """The server hung up after the final dot: held, and never sent a second time by itself."""
    mail.answers["DOT"] = HANG_UP
    house.tick(0)
    mail.answers.clear()
    house.tick(4, 8, 60, 24 * 60)
    state, reason = house.rows()["brief", "post"]
    assert state is State.HELD, reason
    assert len(mail.mails) == 1


def test_a_mail_server_that_is_busy_or_away_is_asked_again(house: House, mail: MailServer) -> None:
    """Greylisted, then hung up before the dot, then taken: one mail."""
    mail.answers["RCPT"] = "451 4.7.1 Greylisted"
    house.tick(0)
    assert house.rows()["brief", "post"] == (State.PLANNED, "451 4.7.1 Greylisted")
    mail.answers = {"DATA": HANG_UP}
    house.tick(6)
    assert house.states()["brief", "post"] is State.PLANNED
    mail.answers = {}
    house.tick(12)
    assert house.states()["brief", "post"] is State.CONFIRMED
    assert len(mail.mails) == 1


def test_no_password_is_in_the_ledger(house: House, blog: Blog, mail: MailServer) -> None:
    """Neither after a success nor after a refusal, in no file of the state."""
    mail.answers["MAIL"] = f"550 no {PASSWORD}"
    house.tick(0, 4)
    assert house.states()["brief", "post"] is State.FAILED
    data = b"".join(path.read_bytes() for path in (house.root / "state").rglob("*") if path.is_file())
    assert b"550 no" in data
    assert PASSWORD.encode() not in data
    assert BLOG_PASSWORD.encode() not in data


# After the claim, after the intent, after the answer, after the record; of the post, then of its first comment.
KILLS = [("C1", 1), ("C2", 1), ("C4", 1), ("C5", 1), ("C2", 2), ("C4", 2)]


@pytest.mark.wordpress
@pytest.mark.storm
@pytest.mark.parametrize(("point", "time"), KILLS)
def test_a_kill_at_any_point_leaves_one_post_in_a_real_blog(
    tmp_path: Path, wordpress: WordPress, point: str, time: int
) -> None:
    """A tick is killed by SIGKILL; later ticks bring post, picture and comment out, once, on a real WordPress."""
    number = KILLS.index((point, time)) + 1
    token = f"redaktion:{wordpress.tokens['redaktion']}"
    house = House(tmp_path, SETTINGS.format(blog=wordpress.url), {"blog": token}, number)
    tick_and_die(tmp_path, house.now, house.environ, (point, time))
    house.tick(6, 9, 12, 15)
    assert set(house.states().values()) == {State.CONFIRMED}, house.rows()
    asked = {"search": f"Tür {number} ist", "status": "any,trash"}
    (post,) = items(wordpress.call("GET", "/wp/v2/posts", params=asked))
    assert text(fields(post)["title"], "rendered") == f"Tür {number}"
    assert fields(post)["featured_media"]
    comments = items(wordpress.call("GET", "/wp/v2/comments", params={"post": str(fields(post)["id"])}))
    assert [f"https://example.com/{number}" in text(fields(one)["content"], "rendered") for one in comments] == [True]
