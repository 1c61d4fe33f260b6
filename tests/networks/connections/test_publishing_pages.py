"""The whole way to LinkedIn and X: post file, ledger, dispatcher, line; and networks that lose what they were told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.networks.connections.makers import make_picture
from tests.networks.connections.pretend_linkedin import PAGE, TOKEN, PretendLinkedIn, duplicate, error
from tests.networks.connections.pretend_x import DUPLICATE, ME, PretendX, problem
from tests.networks.connections.pretend_x import TOKEN as X_TOKEN
from tests.servers.pretend import PretendServer, Reply, Route
from toolkit.dispatch import publish_due
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.model import SetClock

SETTINGS = """\
format = 1

[workspace]
id = "probe"
timezone = "UTC"

[people.redaktion]
roles = ["editor"]

[accounts.linkedin]
network = "linkedin"
id = "{page}"
server = "{server}"

[accounts.x]
network = "x"
id = "@nordlichtkaffee"
server = "{server}"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
author: redaktion
status: ready
publish: {publish}
channels: [linkedin, x]
language: de
media:
  - file: media/tuer.png
    alt: Eine Hand öffnet die Tür
---
Tür 1 ist **auf** (heute): [Zum Shop](https://example.com/1)

---

Und zum Zweiten, #Kaffee.
"""
# What looks for a post go to.
LOOKS = {"linkedin": {"GET /rest/posts"}, "x": {f"GET /2/users/{ME}/tweets"}}
DONE = {("linkedin", 0): State.CONFIRMED, ("x", 0): State.CONFIRMED, ("x", 1): State.CONFIRMED}


class Company:
    """A workspace with a page on LinkedIn and an account on X, and its ticks."""

    def __init__(self, root: Path, server: PretendServer) -> None:
        self.root = root
        self.linkedin, self.x = PretendLinkedIn(server), PretendX(server)
        self.now = datetime.now(UTC).replace(microsecond=0)
        (root / "content" / "media").mkdir(parents=True)
        (root / "content" / "posts").mkdir()
        (root / "leitstand.toml").write_text(SETTINGS.format(page=PAGE, server=server.address), encoding="utf-8")
        (root / "content" / "media" / "tuer.png").write_bytes(make_picture())
        due = self.now - timedelta(minutes=2)
        post = POST.format(publish=f"{due:%Y-%m-%d %H:%M}")
        (root / "content" / "posts" / "tuer.md").write_text(post, encoding="utf-8")
        # The first tick of a new account takes what is past as history; it happened before the post was due.
        self.tick(-24 * 60)

    def tick(self, minutes: int) -> None:
        environ = {
            "LEITSTAND_STATE_DIR": str(self.root / "state"),
            "LEITSTAND_TOKEN_LINKEDIN": TOKEN,
            "LEITSTAND_TOKEN_X": X_TOKEN,
        }
        publish_due(self.root, clock=SetClock(self.now + timedelta(minutes=minutes)), environ=environ)

    def blind(self, network: str, after_tick: int) -> dict[str, Route]:
        """After a tick the network cannot be read any more; returns what answered until then."""
        self.tick(after_tick)
        routes = self.linkedin.server.routes
        looks = {name: routes[name] for name in LOOKS[network]}
        routes.update(dict.fromkeys(looks, lambda _request: problem(503, "over capacity")))
        return looks

    def states(self) -> dict[tuple[str, int], State]:
        with open_ledger(ledger_path(self.root / "state"), now=self.now, read_only=True) as ledger:
            return {(row.account, row.part): row.state for row in ledger.rows()}


@pytest.fixture
def company(tmp_path: Path, pretend: PretendServer) -> Company:
    return Company(tmp_path, pretend)


@pytest.mark.parametrize("failure", ["accept", "lose", "drop"])
def test_each_part_is_published_once_whatever_becomes_of_the_answer(company: Company, failure: str) -> None:
    """Accepted, accepted with a lost answer, lost on the way: later ticks end with one post each, all confirmed."""
    company.linkedin.answers, company.x.answers = [failure], [failure]
    for minutes in (0, 4, 8, 12):
        company.tick(minutes)
    assert company.states() == DONE
    (post,) = company.linkedin.posts.values()
    assert post["commentary"] == (
        "Tür 1 ist auf \\(heute\\): Zum Shop: https://example.com/1\n\nUnd zum Zweiten, {hashtag|\\#|Kaffee}."
    )
    second, first = company.x.posts
    assert second["referenced_tweets"] == [{"type": "replied_to", "id": first["id"]}]
    assert (company.linkedin.problems, company.x.problems) == ([], [])
    assert len(company.linkedin.files) == 1
    assert len(company.x.files) == 1, "the retry used the upload of the first try"


@pytest.mark.parametrize("network", ["linkedin", "x"])
@pytest.mark.parametrize("failure", ["lose", "drop"])
def test_a_look_that_fails_sends_nothing_again(company: Company, network: str, failure: str) -> None:
    """The answer is lost and so is the first look: the next one finds the post, or proves that it is not there."""
    pretend = company.linkedin if network == "linkedin" else company.x
    pretend.answers = [failure]
    looks = company.blind(network, after_tick=0)
    company.tick(4)
    assert company.states()[network, 0] is State.UNKNOWN
    assert len(pretend.posts) == (failure == "lose")
    pretend.server.routes.update(looks)
    for minutes in (8, 12):
        company.tick(minutes)
    assert company.states() == DONE
    assert (len(company.linkedin.posts), len(company.x.posts)) == (1, 2)


@pytest.mark.parametrize("network", ["linkedin", "x"])
@pytest.mark.parametrize("failure", ["lose", "drop"])
def test_what_cannot_be_read_back_is_a_persons_to_decide(company: Company, network: str, failure: str) -> None:
    """Every look fails: nothing is sent again, not even when looks work again; after "send again" it is, once."""
    pretend = company.linkedin if network == "linkedin" else company.x
    pretend.answers = [failure]
    looks = company.blind(network, after_tick=0)
    out = int(failure == "lose")
    for minutes in range(4, 64, 10):
        company.tick(minutes)
        assert company.states()[network, 0] in (State.UNKNOWN, State.HELD)
        assert len(pretend.posts) == out
    pretend.server.routes.update(looks)
    company.tick(70)
    assert company.states()[network, 0] is State.HELD
    assert len(pretend.posts) == out
    with open_ledger(ledger_path(company.root / "state"), now=company.now) as ledger:
        (held,) = ledger.rows(states=(State.HELD,))
        assert ledger.resolve_again(held, company.now + timedelta(minutes=71))
    company.tick(72)
    company.tick(76)
    assert company.states()[network, 0] is State.CONFIRMED
    parts = 2 if network == "x" else 1
    assert len(pretend.posts) == out + parts


def test_a_busy_network_is_asked_again_when_it_says(company: Company) -> None:
    """429 puts the part off until the time that the network names, and not longer."""
    reset = str(int((company.now + timedelta(minutes=6)).timestamp()))
    company.linkedin.answers = [Reply(429, {"message": "throttled"}, {"Retry-After": "300"})]
    company.x.answers = [Reply(429, {"detail": "Rate limit exceeded"}, {"x-rate-limit-reset": reset})]
    company.tick(0)
    company.tick(4)
    assert set(company.states().values()) == {State.PLANNED}
    company.tick(7)
    assert company.states() == DONE


def test_a_refusal_fails_the_part_in_the_networks_words(company: Company) -> None:
    """What was refused is not tried again, and what follows it in a thread is not sent."""
    company.linkedin.answers = [error(403, "Unpermitted fields present")]
    company.x.answers = [problem(403, "You are not permitted to perform this action.")]
    company.tick(0)
    company.tick(8)
    assert company.states()[("linkedin", 0)] is State.FAILED
    assert company.states()[("x", 0)] is State.FAILED
    with open_ledger(ledger_path(company.root / "state"), now=company.now, read_only=True) as ledger:
        reasons = {row.account: row.reason for row in ledger.rows() if row.part == 0}
    assert reasons == {
        "linkedin": "403: Unpermitted fields present",
        "x": "403: You are not permitted to perform this action.",
    }
    assert (company.linkedin.posts, company.x.posts) == ({}, [])


def test_a_duplicate_that_cannot_be_seen_is_held_with_the_reason(company: Company) -> None:
    """A ghost that LinkedIn names and a text that X does not show: a person decides, and is told why."""
    company.linkedin.answers = [duplicate("urn:li:share:7431329065766260736")]
    company.x.answers = [DUPLICATE]
    company.tick(0)
    company.tick(8)
    with open_ledger(ledger_path(company.root / "state"), now=company.now, read_only=True) as ledger:
        rows = {row.account: row for row in ledger.rows() if row.part == 0}
    assert {row.state for row in rows.values()} == {State.HELD}
    assert "urn:li:share:7431329065766260736, which does not exist" in rows["linkedin"].reason
    assert "it cannot be found there" in rows["x"].reason
    assert (company.linkedin.posts, company.x.posts) == ({}, [])


def test_no_token_stands_in_the_state(company: Company) -> None:
    """Ledger, notes and sessions hold what was published, not what it was published with."""
    company.linkedin.answers, company.x.answers = ["lose"], [problem(500, f"token {X_TOKEN}")]
    for minutes in (0, 4, 8):
        company.tick(minutes)
    written = b"".join(path.read_bytes() for path in (company.root / "state").rglob("*") if path.is_file())
    assert b"Und zum Zweiten" in written
    assert TOKEN.encode() not in written
    assert X_TOKEN.encode() not in written
