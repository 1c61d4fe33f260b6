"""Stopping a part of publishing at the desk, and going on without a burst."""

from __future__ import annotations

from tests.desk.client import Client
from tests.desk.posts.brand_of import DUE, OTHER, START, UID, Brand, later
from toolkit.ledger import State

WHY = {"scope": "all", "reason": "Rückruf der Charge 2211"}


def approve_all(brand: Brand, maria: Client) -> None:
    for uid in (UID, OTHER):
        maria.post(f"/approvals/{uid}/approve", {"hash": brand.hash(uid)})


def test_a_pause_is_in_force_at_once_and_says_who(brand: Brand, maria: Client, carla: Client) -> None:
    """The page tells scope, reason, person and what it stops; the tick sends nothing and the file has it, too."""
    brand.post(uid=OTHER, title="Tür 2", publish="2026-12-01 08:00")
    brand.wait()
    approve_all(brand, maria)
    brand.tick(START)
    assert carla.post("/pause", WHY).status_code == 303
    page = carla.get("/pause").text
    for words in ("Paused: everything", "Rückruf der Charge 2211", "Carla Community", "stops 2 sends"):
        assert words in page
    assert "Rückruf" in (brand.root / "content/pause.yml").read_text("utf-8")
    brand.tick(DUE)
    assert brand.row().state is not State.CONFIRMED


def test_after_a_pause_nothing_goes_out_in_a_burst(brand: Brand, maria: Client) -> None:
    """What fell due meanwhile is missed; ending the pause leads there, and the tick after it sends nothing."""
    brand.post(uid=OTHER, title="Tür 2", publish="2026-12-01 07:40")
    brand.wait()
    approve_all(brand, maria)
    brand.tick(START)
    maria.post("/pause", WHY)
    brand.tick(later(15))
    answer = maria.post("/pause/resume", {"scope": "all"})
    assert answer.headers["location"] == "/posts?view=open"
    told = maria.get("/posts?view=open").text
    assert "ended: everything" in told
    assert "2 sends missed their time" in told
    brand.tick(later(16))
    assert [brand.row(uid=uid).state for uid in (UID, OTHER)] == [State.MISSED, State.MISSED]


def test_pressing_twice_pauses_once_and_ends_once(brand: Brand, maria: Client) -> None:
    """The second press of either finds it done."""
    for _press in range(2):
        assert maria.post("/pause", WHY).status_code == 303
    with brand.ledger() as ledger:
        assert len(ledger.pauses(START)) == 1
    for _press in range(2):
        assert maria.post("/pause/resume", {"scope": "all"}).status_code == 303
    assert "that is not paused any more" in maria.get("/pause").text


def test_a_pause_without_a_reason_keeps_what_was_typed(brand: Brand, maria: Client) -> None:
    """Refused with a sentence; scope and end are still in the form; nothing is paused."""
    answer = maria.post("/pause", {"scope": "channel:news", "reason": " ", "until": "2026-12-24T18:00"})
    assert answer.status_code == 422
    assert "a pause needs a reason" in answer.text
    assert 'value="channel:news" selected' in answer.text
    assert 'value="2026-12-24T18:00"' in answer.text
    with brand.ledger() as ledger:
        assert ledger.pauses(START) == []


def test_what_would_stop_nothing_is_refused(brand: Brand, maria: Client) -> None:
    """A scope that there is none, and an end in the past."""
    assert maria.post("/pause", WHY | {"scope": "channel:nirgends"}).status_code == 422
    assert maria.post("/pause", WHY | {"scope": "everything"}).status_code == 422
    assert maria.post("/pause", WHY | {"until": "2025-01-01T10:00"}).status_code == 422


def test_one_channel_is_paused_until_an_hour(brand: Brand, maria: Client) -> None:
    """Only that channel, only until then, and what is allowed goes out all the same."""
    brand.change("language: de", "language: de\nlabels: [krise]")
    brand.wait()
    maria.post(f"/approvals/{UID}/approve", {"hash": brand.hash()})
    brand.tick(START)
    form = {"scope": "channel:news", "reason": "Umbau", "until": "2026-12-01T09:00", "allow": "krise, replies"}
    maria.post("/pause", form)
    page = maria.get("/pause").text
    assert "Paused: channel news" in page
    assert "krise, replies" in page
    brand.tick(DUE)
    assert brand.row().state is State.CONFIRMED


def test_what_no_pause_reaches_is_a_list_to_work_through(brand: Brand, maria: Client) -> None:
    """Paid ads and the planners of networks are named, since nothing here can stop them."""
    page = maria.get("/pause").text
    assert "Paid ads" in page
    assert "planner: insta" in page


def test_a_broken_pause_file_is_told(brand: Brand, maria: Client) -> None:
    """It counts as paused for all; the page says where the slip is, and a pause pressed now is still in force."""
    brand.tick(START)
    brand.write("content/pause.yml", "- scope: [\n")
    assert "content/pause.yml:" in maria.get("/pause").text
    assert maria.post("/pause", WHY).status_code == 303
    with brand.ledger() as ledger:
        assert len(ledger.pauses(START)) == 1


def test_what_goes_out_next_is_not_what_is_on_hold(brand: Brand, maria: Client) -> None:
    """Who thinks about a pause reads what would really go out first."""
    brand.post(uid=OTHER, title="Tür 2", publish="2026-12-01 08:00")
    brand.wait()
    assert "Next: Tuesday, 1 December 2026, 07:30: Tür 1" in maria.get("/pause").text
    maria.post(f"/posts/{UID}/hold", {"reason": "Foto fehlt"})
    assert "Next: Tuesday, 1 December 2026, 08:00: Tür 2" in maria.get("/pause").text
