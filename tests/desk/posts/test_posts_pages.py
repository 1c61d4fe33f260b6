"""What goes out and what became of it: stopping, deciding, publishing by hand."""

from __future__ import annotations

import io
import re

from PIL import Image

from tests.desk.client import Client, open_desk
from tests.desk.posts.brand_of import DUE, START, UID, Brand, later
from toolkit.ledger import Row, State

POST = f"/posts/{UID}"
SEEN = re.compile(r'name="row" value="(\d+)"><input type="hidden" name="version" value="([0-9a-f]+)"')


def approved(brand: Brand, maria: Client) -> None:
    maria.post(f"/approvals/{UID}/approve", {"hash": brand.hash()})


def seen(client: Client, path: str = "/posts?view=open") -> dict[str, str]:
    """What a form about the row carries."""
    found = SEEN.search(client.get(path).text)
    assert found is not None
    return {"row": found[1], "version": found[2]}


def in_doubt(brand: Brand) -> Row:
    """The row after a sender died in the middle: nobody knows whether it is out."""
    brand.tick(START)
    row = brand.row()
    with brand.ledger() as ledger:
        mine = ledger.begin(row, DUE, rendition="{}", hashes=["sha256:0"], commit="")
        assert mine is not None
        ledger.doubt(mine, DUE, "the network answered 502")
    brand.clock.moment = later(1)
    return brand.row()


def test_the_coming_days_are_told_with_states(brand: Brand, maria: Client) -> None:
    """A planned post stands under its day with its channel and what keeps it."""
    brand.tick(START)
    page = maria.get("/posts?view=coming").text
    assert "Tuesday, 1 December 2026" in page
    assert "Approval missing" in page
    approved(brand, maria)
    assert "Approval missing" not in maria.get("/posts?view=coming").text


def test_a_held_post_is_really_not_sent(brand: Brand, maria: Client, carla: Client) -> None:
    """Stop answers "stopped", the following tick sends nothing, and let go it goes out."""
    approved(brand, maria)
    brand.tick(START)
    answer = carla.post(f"{POST}/hold", {"reason": "Lieferung kommt nicht"})
    assert answer.status_code == 303
    page = carla.get(POST).text
    assert "stopped: content/posts/C2D3.md → news" in page
    assert "Lieferung kommt nicht (Carla Community)" in page
    brand.tick(DUE)
    assert brand.row().state is State.PLANNED
    carla.post(f"{POST}/release")
    brand.tick(later(2))
    assert brand.row().state is State.CONFIRMED


def test_a_post_under_coming_that_no_tick_has_planned_yet_is_stopped(brand: Brand, maria: Client) -> None:
    """What the list calls coming is not called unplanned when it is stopped; and it is not sent."""
    approved(brand, maria)
    assert "Tür 1" in maria.get("/posts?view=coming").text
    assert maria.post(f"{POST}/hold", {"reason": "Lieferung kommt nicht"}).status_code == 303
    assert "stopped: it will not be sent" in maria.get(POST).text
    brand.tick(START)
    brand.tick(DUE)
    assert brand.row().state is State.PLANNED


def test_a_hold_that_comes_too_late_says_what_was_sent(brand: Brand, maria: Client) -> None:
    """After the tick the answer is not "stopped" but what is out."""
    approved(brand, maria)
    brand.tick(START)
    brand.tick(DUE)
    maria.post(f"{POST}/hold")
    assert "too late: content/posts/C2D3.md → news sent" in maria.get(POST).text


def test_nobody_holds_what_does_not_exist(brand: Brand, maria: Client) -> None:
    """A hold of a uid that there is none is refused, and none is written."""
    assert maria.post("/posts/NOWHERE/hold").status_code == 404
    with brand.ledger() as ledger:
        assert ledger.pauses(START) == []


def test_a_missed_post_is_sent_when_a_person_says_so(brand: Brand, maria: Client) -> None:
    """Missed, it says so and goes nowhere; "send now" sends it with the next tick; a second press changes nothing."""
    brand.tick(START)
    brand.tick(later(70))
    assert brand.row().state is State.MISSED
    approved(brand, maria)
    form = seen(maria)
    assert "is not sent later by itself" in maria.get("/posts").text
    for _press in range(2):
        assert maria.post(f"{POST}/resolve", {**form, "do": "again"}).status_code == 303
    brand.tick(later(71))
    assert brand.row().state is State.CONFIRMED


def test_a_missed_post_takes_the_new_time_of_its_file(brand: Brand, maria: Client) -> None:
    """With another time in its file the press plans it for then: the next tick moves it and sends nothing."""
    brand.tick(START)
    brand.tick(later(70))
    brand.change("2026-12-01 07:30", "2026-12-02 09:00")
    brand.wait()
    approved(brand, maria)
    assert "Plan for the new time" in maria.get("/posts").text
    maria.post(f"{POST}/resolve", {**seen(maria), "do": "again"})
    brand.tick(later(72))
    row = brand.row()
    assert (row.state, row.wall) == (State.PLANNED, "2026-12-02 09:00")


def test_dropped_it_is_never_sent_and_can_come_back(brand: Brand, maria: Client) -> None:
    """Drop ends it; the post's page takes that back."""
    approved(brand, maria)
    brand.tick(START)
    brand.clock.moment = later(70)
    maria.post("/pause", {"scope": "all", "reason": "Rückruf"})
    brand.tick(later(70))
    maria.post("/pause/resume", {"scope": "all"})
    maria.post(f"{POST}/resolve", {**seen(maria), "do": "drop"})
    brand.tick(later(75))
    assert brand.row().state is State.SKIPPED
    assert maria.post(f"{POST}/resolve", {**seen(maria, POST), "do": "again"}).status_code == 303
    assert brand.row().state is State.PLANNED


def test_of_an_unknown_one_the_doubt_is_said(brand: Brand, maria: Client) -> None:
    """Who wants to send again what may be out reads first that people may see it twice."""
    in_doubt(brand)
    page = maria.get("/posts").text
    assert "Perhaps it is out already" in page
    assert "people will see it twice" in page


def test_it_is_out_with_its_address(brand: Brand, maria: Client) -> None:
    """The address is written down as the receipt; twice is once; what is no address is refused."""
    in_doubt(brand)
    form = seen(maria)
    assert maria.post(f"{POST}/resolve", {**form, "do": "out", "url": "javascript:alert(1)"}).status_code == 422
    assert brand.row().state is State.UNKNOWN
    for _press in range(2):
        answer = maria.post(f"{POST}/resolve", {**form, "do": "out", "url": "https://example.com/1"})
        assert answer.status_code == 303
    assert (brand.row().state, brand.row().url) == (State.CONFIRMED, "https://example.com/1")


def test_of_two_who_decide_the_second_is_told(brand: Brand, maria: Client, carla: Client) -> None:
    """Both saw the same row; the first drops it, the second's "send again" changes nothing and says so."""
    in_doubt(brand)
    form = seen(maria)
    assert carla.post(f"{POST}/resolve", {**form, "do": "drop"}).status_code == 303
    answer = maria.post(f"{POST}/resolve", {**form, "do": "again"})
    assert answer.status_code == 409
    assert "was faster" in answer.text
    assert brand.row().state is State.SKIPPED


def test_a_row_of_another_post_is_refused(brand: Brand, maria: Client) -> None:
    """The form's row has to be the address's post; numbers that are none are no defect."""
    in_doubt(brand)
    form = seen(maria)
    assert maria.post("/posts/OTHER/resolve", {**form, "do": "drop"}).status_code == 422
    for row in ("", "-1", "9" * 40, "x"):
        assert maria.post(f"{POST}/resolve", {**form, "row": row, "do": "drop"}).status_code == 422
    assert brand.row().state is State.UNKNOWN


def test_a_hand_off_has_its_kit_and_takes_the_link(brand: Brand, maria: Client, carla: Client) -> None:
    """Due, the kit stands under "by hand" with text and picture; the link confirms it, once."""
    brand.post("insta")
    brand.picture()
    brand.wait()
    approved(brand, maria)
    brand.tick(START)
    brand.tick(DUE)
    listed = carla.get("/posts?view=hands").text
    assert "Publish it by hand" in listed
    for page in (listed, carla.get("/").text):
        assert "leitstand kit" not in page
    assert "to be published by hand" in carla.get("/").text
    kit = carla.get(f"{POST}/kit/insta").text
    assert "Hinter Tür 1: unser Winterröster." in kit
    saved = re.search(rf'href="({POST}/kit/insta/[^"]+)"', kit)
    assert saved is not None
    file = carla.get(saved[1])
    assert "attachment" in file.headers["content-disposition"]
    assert Image.open(io.BytesIO(file.content)).format == "JPEG"
    form = seen(carla, f"{POST}/kit/insta") | {"url": "https://www.instagram.com/p/1"}
    for _press in range(2):
        assert carla.post(f"{POST}/confirm", form).status_code == 303
    assert (brand.row("insta").state, brand.row("insta").url) == (State.CONFIRMED, "https://www.instagram.com/p/1")


def test_a_paused_hand_off_is_confirmed_only_when_somebody_insists(brand: Brand, maria: Client) -> None:
    """What must not be out is refused; who says that it is out all the same writes the truth down."""
    brand.post("insta")
    brand.wait()
    approved(brand, maria)
    brand.tick(START)
    brand.tick(DUE)
    maria.post(f"{POST}/hold", {"reason": "Rückruf"})
    assert "Do not publish now." in maria.get(f"{POST}/kit/insta").text
    form = seen(maria, f"{POST}/kit/insta") | {"url": "https://www.instagram.com/p/1"}
    assert maria.post(f"{POST}/confirm", form).status_code == 422
    assert maria.post(f"{POST}/confirm", {**form, "anyway": "1"}).status_code == 303
    assert brand.row("insta").state is State.CONFIRMED


def test_the_picture_is_shown_as_it_is_cut(brand: Brand, maria: Client) -> None:
    """The preview's picture is ours, small, of the type that it says, and no other file can be asked for."""
    brand.picture()
    brand.wait()
    found = maria.get(f"{POST}/picture/news/0")
    assert found.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(found.content)).size == (900, 675)
    for number in ("1", "99999", "x", "..%2F..%2Fleitstand.toml"):
        assert maria.get(f"{POST}/picture/news/{number}").status_code == 404


def test_what_people_wrote_stays_text(brand: Brand, maria: Client) -> None:
    """Markup in a title or a text is shown as written on every page."""
    brand.change("title: Tür 1", "title: <script>alert(1)</script>")
    brand.change("unser Winterröster", "<img src=x onerror=alert(1)>")
    brand.wait()
    brand.tick(START)
    for path in ("/approvals", f"/approvals/{UID}", "/posts?view=coming", POST):
        page = maria.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_post_whose_file_is_gone_is_told_by_the_ledger(brand: Brand, maria: Client) -> None:
    """The page stays, with the log; a uid that nobody knows is 404."""
    brand.tick(START)
    (brand.root / "content/posts/C2D3.md").unlink()
    brand.wait()
    page = maria.get(POST)
    assert page.status_code == 200
    assert "Its file is gone" in page.text
    assert maria.get("/posts/NOWHERE").status_code == 404


def test_what_is_due_and_kept_back_says_why(brand: Brand, maria: Client) -> None:
    """Not sent for want of a yes, it stands first with the reason, and goes by itself once it has one."""
    brand.tick(START)
    brand.tick(DUE)
    page = maria.get("/posts").text
    assert "Due, and kept back" in page
    assert "needs 1 approval (manager), has 0" in page
    approved(brand, maria)
    brand.tick(later(1))
    assert "Due, and kept back" not in maria.get("/posts?view=open").text


def test_a_file_that_cannot_be_read_is_not_called_gone(brand: Brand, maria: Client) -> None:
    """The page of its post says what is wrong with it, with line and column."""
    brand.tick(START)
    brand.change("title: Tür 1", "title: [")
    brand.wait()
    page = maria.get(POST).text
    assert "Its file cannot be read" in page
    assert "content/posts/C2D3.md:" in page


def test_who_may_only_look_has_no_buttons(brand: Brand) -> None:
    """Without the right to publish nothing can be pressed, and a press made all the same changes nothing."""
    brand.write(
        "leitstand.toml",
        (brand.root / "leitstand.toml").read_text("utf-8") + '[people.ana]\nname = "Ana"\nroles = ["analyst"]\n',
    )
    brand.wait()
    in_doubt(brand)
    ana = open_desk(brand.house).sign_in("ana")
    page = ana.get("/posts?view=open").text
    assert "It may be out" in page
    assert "Drop" not in page
    row = brand.row()
    assert ana.post(f"{POST}/resolve", {"row": str(row.id), "version": "", "do": "drop"}).status_code == 403
    assert ana.post(f"{POST}/hold").status_code == 403


def test_every_address_answers_in_german(brand: Brand, maria: Client) -> None:
    """No page of posts breaks in the other language."""
    brand.tick(START)
    german = ("accept-language", "de")
    for path in (
        "/approvals",
        f"/approvals/{UID}",
        "/posts?view=open",
        "/posts?view=hands",
        "/posts?view=out",
        POST,
        "/pause",
    ):
        assert maria.get(path, german).status_code == 200, path
