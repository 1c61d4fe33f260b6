"""Saying yes and no at the desk, and that it counts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.desk.client import Client, open_desk
from tests.desk.posts.brand_of import DUE, START, UID, Brand
from toolkit.desk.endpoint import Page, Redirect
from toolkit.desk.posts.approvals import approve, send_back, show_approval, show_approvals
from toolkit.errors import UsageError
from toolkit.ledger import State, read_approvals

HERE = f"/approvals/{UID}"
HASH = re.compile(r'name="hash" value="(sha256:[0-9a-f]+)"')


def shown_hash(client: Client) -> str:
    found = HASH.search(client.get(HERE).text)
    assert found is not None
    return found[1]


def test_what_waits_is_listed_with_who_can_say_yes(brand: Brand, maria: Client) -> None:
    """Title, author, moment and the people who can still approve stand in the list; the page has each preview."""
    page = maria.get("/approvals")
    assert page.status_code == 200
    for words in ("Tür 1", "by Anna Autorin", "1 December 2026, 07:30", "you can say yes"):
        assert words in page.text
    assert "Preview for news" in maria.get(HERE).text
    assert "unser Winterröster" in maria.get(HERE).text


def test_a_yes_at_the_desk_sends_the_post(brand: Brand, maria: Client) -> None:
    """Approve with one press, and the next tick sends what it held back before."""
    brand.tick(START)
    brand.tick(DUE)
    assert brand.row().state is State.PLANNED
    answer = maria.post(f"{HERE}/approve", {"hash": shown_hash(maria)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/approvals")
    assert "Tür 1: approved" in maria.get("/approvals").text
    brand.tick(DUE)
    assert brand.row().state is State.CONFIRMED


def test_what_stops_a_post_is_told_with_who_and_why(brand: Brand, maria: Client, carla: Client) -> None:
    """Somebody who is asked for a yes sees the hold or pause that stands in its way."""
    carla.post(f"/posts/{UID}/hold", {"reason": "Lieferung kommt nicht"})
    assert "Paused: post Tür 1 · Lieferung kommt nicht (Carla Community)" in maria.get(HERE).text
    maria.post(f"/posts/{UID}/release")
    maria.post("/pause", {"scope": "channel:news", "reason": "Rückruf"})
    assert "Paused: channel news · Rückruf (Maria Managerin)" in maria.get(HERE).text


def test_a_second_press_is_told_and_writes_nothing(brand: Brand, maria: Client) -> None:
    """Pressed twice there is one row, and the second press is answered like the first."""
    form = {"hash": shown_hash(maria)}
    for _press in range(2):
        assert maria.post(f"{HERE}/approve", form).status_code == 303
    with brand.ledger() as ledger:
        assert [row.person for row in read_approvals(ledger, UID)] == ["maria"]
    assert "you had said so already" in maria.get("/approvals").text


def test_changed_meanwhile_is_refused_and_shows_what_changed(brand: Brand, maria: Client) -> None:
    """The yes is for what was shown; after a change nothing is written and the new words are marked."""
    seen = shown_hash(maria)
    brand.change("unser Winterröster", "unser neuer Winterröster")
    answer = maria.post(f"{HERE}/approve", {"hash": seen})
    assert answer.status_code == 409
    assert "Changed since you looked" in answer.text
    assert re.search(r"<ins>.*neuer", answer.text)
    assert shown_hash(maria) != seen
    with brand.ledger() as ledger:
        assert read_approvals(ledger, UID) == []
    assert maria.post(f"{HERE}/approve", {"hash": shown_hash(maria)}).status_code == 303


def test_two_persons_at_once(brand: Brand, maria: Client) -> None:
    """One sends back what the other approves in the same moment: both words stand, and it goes nowhere."""
    chef = open_desk(brand.house).sign_in("chef")
    seen = shown_hash(maria)
    assert maria.post(f"{HERE}/approve", {"hash": seen}).status_code == 303
    assert chef.post(f"{HERE}/back", {"hash": seen, "note": "Das Datum stimmt nicht"}).status_code == 303
    brand.tick(START)
    brand.tick(DUE)
    assert brand.row().state is State.PLANNED
    assert "Das Datum stimmt nicht" in maria.get("/approvals").text


def test_sent_back_it_waits_for_its_author(brand: Brand, maria: Client) -> None:
    """The note stands at the post; after a change the post waits for a yes again, with the difference to what was seen."""
    maria.post(f"{HERE}/back", {"hash": shown_hash(maria), "note": "Bitte mit Preis"})
    assert "sent back, waits for its author" in maria.get("/approvals").text
    assert "Bitte mit Preis" in maria.get(f"/posts/{UID}").text
    brand.change("Winterröster", "Winterröster für 9 Euro")
    brand.wait()
    page = maria.get(HERE).text
    assert "Changed since Maria Managerin sent it back" in page
    assert re.search(r"<ins>.*für 9 Euro", page)
    assert "sent back, waits for its author" not in maria.get("/approvals").text


def test_a_no_without_words_is_refused_and_nothing_is_lost(brand: Brand, maria: Client) -> None:
    """A note of blanks is no note: 422, and the page is there again."""
    answer = maria.post(f"{HERE}/back", {"hash": shown_hash(maria), "note": "  "})
    assert answer.status_code == 422
    assert "say what is to be changed" in answer.text


def test_the_community_manager_looks_and_cannot_press(brand: Brand, carla: Client) -> None:
    """Without the permission there is no button, and a press that is made all the same writes nothing."""
    page = carla.get(HERE).text
    assert "Approve what is shown here" not in page
    assert carla.post(f"{HERE}/approve", {"hash": brand.hash()}).status_code == 403
    with brand.ledger() as ledger:
        assert read_approvals(ledger, UID) == []


def test_the_author_cannot_approve(brand: Brand, maria: Client) -> None:
    """Whoever wrote it sees why there is no button."""
    brand.change("author: anna", "author: maria")
    brand.wait()
    assert "maria is the author" in maria.get(HERE).text
    answer = maria.post(f"{HERE}/approve", {"hash": brand.hash()})
    assert answer.status_code == 422
    assert "maria is the author" in answer.text


def test_errors_of_the_file_stand_beside_and_stop_the_yes(brand: Brand, maria: Client) -> None:
    """What the check finds is shown before anybody presses; with an error nobody can."""
    brand.change("channels: [news]", "channels: [news, nirgends]")
    brand.wait()
    page = maria.get(HERE).text
    assert "nirgends" in page
    assert "nobody can approve it" in page
    assert maria.post(f"{HERE}/approve", {"hash": brand.hash()}).status_code == 422


def test_what_is_published_from_a_branch_is_told_apart(brand: Brand, maria: Client) -> None:
    """Where a branch is published and says something else yet, who approves the folder's version reads so."""
    git(brand.root, "init", "-q", "-b", "main")
    toml = (brand.root / "leitstand.toml").read_text("utf-8")
    brand.write("leitstand.toml", toml + '\n[publish]\nref = "main"\n')
    git(brand.root, "add", ".")
    git(brand.root, "commit", "-q", "-m", "Door one")
    brand.wait()
    assert "says something else about this post yet" not in maria.get(HERE).text
    brand.change("unser Winterröster", "unser neuer Winterröster")
    brand.wait()
    page = maria.get(HERE).text
    assert "main, from which posts are published, says something else about this post yet" in page
    assert "Changed since what is published" in page


def git(root: Path, *args: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *who, *args], cwd=root, check=True, timeout=30)


def test_a_post_that_is_gone(brand: Brand, maria: Client) -> None:
    """An address of a post that there is none answers 404 with a sentence."""
    answer = maria.get("/approvals/NOWHERE")
    assert answer.status_code == 404
    assert "there is no post NOWHERE any more" in answer.text


def test_endpoints_are_plain_functions(brand: Brand) -> None:
    """Without HTTP: a visit goes in, a page or a redirect comes out, a post that there is none is a `UsageError`."""
    assert isinstance(show_approvals(brand.visit()), Page)
    with pytest.raises(UsageError):
        show_approval(brand.visit(uid="NOWHERE"))
    refused = send_back(brand.visit(uid=UID, form={"hash": "sha256:0", "note": "x"}))
    assert isinstance(refused, Page)
    assert refused.status == 409
    assert isinstance(approve(brand.visit(uid=UID, form={"hash": brand.hash()})), Redirect)
