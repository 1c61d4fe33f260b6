"""The crisis board over real files, a real ledger and a real inbox, through the real gateway."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.desk.client import Client
from tests.desk.crisis.incidents_of import hear, page, visit, write_post
from toolkit.alerts.oncall import CALLS
from toolkit.alerts.round import NOTES
from toolkit.community.crisis.reading import read_incidents
from toolkit.desk.crisis.board import show_board
from toolkit.desk.crisis.curve import draw_curve
from toolkit.desk.crisis.notices import find_notices
from toolkit.desk.crisis.sheet import show_incident
from toolkit.desk.house import House
from toolkit.dispatch.incidents import Watch
from toolkit.ledger import notes_of, open_ledger
from toolkit.model import SetClock
from toolkit.source import FolderTree

ID = "2026-11-21-recall"
HERE = f"/crisis/{ID}"


def declare(client: Client, level: int = 3, reason: str = "the handle breaks") -> None:
    """By the chief, as a form."""
    answer = client.sign_in("chefin").post("/crisis/declare/recall", {"level": level, "reason": reason})
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)


def wait(house: House, **length: float) -> None:
    assert isinstance(house.clock, SetClock)
    house.clock.moment += timedelta(**length)
    house.clock.seconds += timedelta(**length).total_seconds()


def file(house: House) -> str:
    return (house.root / f"content/incidents/{ID}.md").read_text(encoding="utf-8")


def seen(client: Client) -> str:
    found = re.search(r'id="seen-close" value="([^"]+)"', client.get(HERE).text)
    assert found is not None
    return found[1]


def propose(house: House) -> None:
    """A spike that the watcher of the dispatcher finds, with the real detector."""
    hear(house, "a splinter in it", 12, timedelta(minutes=2))
    with open_ledger(house.ledger_place, now=house.now()) as ledger:
        Watch(house.environ).look(house.workspace, ledger, house.now())


def test_the_board_shows_what_is_proposed_with_its_curve(house: House, client: Client) -> None:
    """Level, reason, curve and table; nothing of what people wrote; who may not declare is offered nothing."""
    propose(house)
    shown = client.sign_in("chefin").get("/crisis").text
    assert "Proposed: Recall, level 2" in shown
    assert "<svg" in shown
    assert "style=" not in shown.partition("<main")[2]
    assert "/crisis/declare/recall?level=2" in shown
    assert "splinter in it" not in shown
    watched = page(show_board(visit(house, "chefin"))).values["proposals"]
    assert isinstance(watched, tuple)
    curve = watched[0].curve
    # The last quarter of an hour is the loudest, and above what chance explains.
    assert curve.steps[0].count == 12
    assert curve.steps[0].loud
    assert not curve.steps[-1].loud
    assert curve.marks
    client.cookies.clear()
    assert "/crisis/declare/" not in client.sign_in("ada").get("/crisis").text


def test_the_board_looks_itself_when_no_daemon_has(house: House, client: Client) -> None:
    """What the inbox speaks for stands there at once, with the series that stand out; a calm house is told to be calm."""
    assert "All is quiet" in client.sign_in("chefin").get("/crisis").text
    hear(house, "a splinter in it", 12, timedelta(minutes=2))
    shown = client.get("/crisis").text
    assert "Proposed: Recall, level 2" in shown
    assert "tells of a danger: 12 in" in shown
    assert "All is quiet" not in shown


def test_nothing_counted_draws_no_curve(house: House) -> None:
    """A series without a step has no picture."""
    assert draw_curve([], house.now(), house.zone) is None


def test_plans_tell_what_is_overdue(client: Client) -> None:
    """The last drill, a drill that was due, a review that was due."""
    shown = client.sign_in("mai").get("/crisis").text
    for words in (
        "last drill 12 April 2026",
        "drill overdue since 12 October 2026",
        "review overdue since 10 November 2026",
    ):
        assert words in shown


def test_declaring_says_beforehand_what_it_does(house: House, client: Client) -> None:
    """What stands still, how many sends, who leads and is told, deadlines, statements; then it does exactly that."""
    shown = client.sign_in("chefin").get("/crisis/declare/recall?level=3").text
    for words in ("everything", "1 send is stopped", "Chief Manager, else Lead Manager", "30 min", "every 2 h"):
        assert words in shown
    assert "nobody can be reached by message" in shown
    assert "1 of 1 ready to be sent" in shown
    assert not (house.root / "content/incidents").exists()
    declare(client)
    assert "- scope: all" in (house.root / "content/pause.yml").read_text(encoding="utf-8")
    assert "| chefin | declared | level 3 (Crisis): the handle breaks" in file(house)


@pytest.mark.parametrize(
    ("form", "said"),
    [({"level": "3", "reason": " "}, "say why"), ({"level": "", "reason": "x"}, "choose a level")],
)
def test_slips_declare_nothing_and_lose_nothing(house: House, client: Client, form: dict[str, str], said: str) -> None:
    """What is missing is told, 422, and nothing is written."""
    answer = client.sign_in("chefin").post("/crisis/declare/recall", form)
    assert answer.status_code == 422
    assert said in answer.text
    assert not (house.root / "content/incidents").exists()


def test_the_second_who_declares_is_told(client: Client) -> None:
    """One plan has one open incident."""
    declare(client)
    answer = client.post("/crisis/declare/recall", {"level": 2, "reason": "x"})
    assert (answer.status_code, "is open already" in answer.text) == (422, True)


def test_the_page_tells_level_clock_and_what_nobody_does(house: House, client: Client) -> None:
    """Owed is the first response; half an hour later it is too late, in red."""
    declare(client)
    shown = client.get(HERE).text
    for words in ("Level 3", "30 min left", "first response", "delete, guess", "Paused: everything"):
        assert words in shown
    wait(house, minutes=45)
    assert "15 min too late" in client.get(HERE).text


def test_every_page_tells_that_a_crisis_runs(house: House, client: Client) -> None:
    """One notice for the incident and one for the pause, with where they are dealt with."""
    assert find_notices(house, house.now()) == ()
    declare(client)
    incident, pause = find_notices(house, house.now())
    assert (incident.tone, incident.href) == ("bad", HERE)
    assert "30 min left" in incident.words
    assert (pause.tone, pause.words, pause.href) == ("warn", "everything", "/pause")


def test_a_line_is_written_whatever_others_do(house: House, client: Client) -> None:
    """What was said in public keeps the deadline; an empty line is refused; markup stays text."""
    declare(client)
    assert client.post(f"{HERE}/log", {"text": "Sale <b>stopped</b>", "deed": "decision"}).status_code == 303
    client.post(f"{HERE}/log", {"text": "We look into it", "deed": "public"})
    assert client.post(f"{HERE}/log", {"text": "  ", "deed": "note"}).status_code == 422
    assert client.post(f"{HERE}/log", {"text": "x", "deed": "closed"}).status_code == 422
    shown = client.get(HERE).text
    assert "Sale &lt;b&gt;stopped&lt;/b&gt;" in shown
    assert "2 h left" in shown


def test_a_box_says_who_ticked_it_and_the_second_is_told(house: House, client: Client) -> None:
    """Ticked once, with name and time; ticking what is ticked is 409; it can be opened again."""
    declare(client)
    text = "paid ads and boosted posts: stop them in the ad accounts"
    assert client.post(f"{HERE}/tick", {"text": text, "done": "1"}).status_code == 303
    assert f"- [x] {text}" in file(house)
    assert "Chief Manager, 21.11. 12:00" in client.get(HERE).text
    assert client.post(f"{HERE}/tick", {"text": text, "done": "1"}).status_code == 409
    assert client.post(f"{HERE}/tick", {"text": text, "done": ""}).status_code == 303
    assert f"- [ ] {text}" in file(house)


def test_what_nobody_does_has_no_press_and_what_goes_out_leads_to_its_page(house: House, client: Client) -> None:
    """The do-nots stand above, not among the boxes; of a post that goes out all the same no command line is shown."""
    write_post(house.root, "bread", 3, "brot", "2026-11-21 13:30", body="There is bread today.")
    wait(house, seconds=5)
    client.sign_in("chefin")
    client.post("/crisis/declare/recall", {"level": 2, "reason": "x"})
    shown = client.get(HERE).text
    assert "delete, guess" in shown
    assert "Done: do not" not in shown
    assert 'news all the same: bread <a href="/posts/01JDK3V7Q2M8X4T6R9A0B1C2D3">' in shown
    living = shown.partition('id="live"')[2].partition('id="log-text"')[0]
    assert "leitstand hold" not in re.sub(r'value="[^"]*"', "", living)
    [item] = re.findall(r'name="text" value="(goes out[^"]*)"', shown)
    assert client.post(f"{HERE}/tick", {"text": item, "done": "1"}).status_code == 303
    assert f"- [x] {item}" in file(house)


def test_a_pause_is_called_what_people_call_it(house: House, client: Client) -> None:
    """Nowhere is a scope shown as files write it: in the alarm, before and after declaring, and when it ends."""
    client.sign_in("chefin")
    assert "label werbung" in client.get("/crisis/declare/recall").text
    client.post("/crisis/declare/recall", {"level": 2, "reason": "x"})
    [_incident, pause] = find_notices(house, house.now())
    assert pause.words == "label werbung"
    assert "Paused: label werbung" in client.get(HERE).text
    client.post(f"{HERE}/pause", {"end": "label:werbung"})
    assert "pause ended: label werbung" in client.get(HERE).text


def test_a_tick_by_htmx_leaves_the_rest_of_the_page_alone(client: Client) -> None:
    """Only the living part comes back, so that a line that is being typed stays."""
    declare(client)
    answer = client.post(
        f"{HERE}/tick", {"text": "do not: guess", "done": "1"}, ("hx-request", "true"), ("hx-target", "live")
    )
    assert answer.status_code == 200
    assert 'id="live"' in answer.text
    assert "log-text" not in answer.text
    part = client.get(HERE, ("hx-request", "true"), ("hx-target", "live")).text
    assert ('id="live"' in part, 'id="seen-close"' in part, "<html" in part) == (True, True, False)
    assert "Crisis, level 3" in client.get("/crisis/alarms").text


def test_a_statement_goes_the_way_from_check_to_said(house: House, client: Client) -> None:
    """Without a yes there is no press to say it; with it, it goes out once, by its own copy."""
    write_post(house.root, "holding", 1, "statement", body="We are looking into it.", by="")
    wait(house, seconds=5)
    declare(client)
    shown = client.get(HERE).text
    assert "it still needs the yes of Chief Manager" in shown
    assert "Say it now" not in shown
    digest = re.search(r'name="digest" value="([^"]+)"', shown)
    assert digest is not None
    stale = client.post(f"{HERE}/approve", {"post": "content/posts/holding.md", "digest": "sha256:0"})
    assert stale.status_code == 409
    form = {"post": "content/posts/holding.md", "digest": digest[1]}
    assert client.post(f"{HERE}/approve", form).status_code == 303
    assert "Say it now" in client.get(HERE).text
    assert client.post(f"{HERE}/say", {"post": "content/posts/holding.md"}).status_code == 303
    [made] = (house.root / "content/posts").rglob(f"{ID}-holding.md")
    assert "We are looking into it." in made.read_text(encoding="utf-8")
    assert file(house).count("| public |") == 1
    client.post(f"{HERE}/say", {"post": "content/posts/holding.md"})
    assert file(house).count("| public |") == 1


def test_what_is_no_statement_cannot_be_approved_here(client: Client) -> None:
    """Another post is refused, whoever asks."""
    declare(client)
    assert client.post(f"{HERE}/approve", {"post": "content/posts/cake.md", "digest": "x"}).status_code == 422


def test_the_switch_pauses_everything_and_ends_a_pause(house: House, client: Client) -> None:
    """Level 2 pauses a label; the switch stops all; ended is what was pressed and nothing else; both are written down."""
    declare(client, level=2)
    client.post(f"{HERE}/pause", {})
    with house.ledger(read_only=True) as ledger:
        assert not ledger.pauses(house.now())  # there was no ledger, so the file is all there is
    assert "- scope: all" in (house.root / "content/pause.yml").read_text(encoding="utf-8")
    client.post(f"{HERE}/pause", {"end": "all"})
    left = (house.root / "content/pause.yml").read_text(encoding="utf-8")
    assert "scope: all" not in left
    assert "label:werbung" in left
    assert client.post(f"{HERE}/pause", {"end": "all"}).status_code == 409
    assert "everything is paused" in file(house)
    assert "pause ended: everything" in file(house)


def test_who_comes_second_with_a_level_is_told(house: House, client: Client) -> None:
    """The level is changed for what was on the page; after somebody else's line it is 409 and nothing happens."""
    declare(client, level=2)
    old = seen(client)
    client.post(f"{HERE}/log", {"text": "somebody is hurt", "deed": "note"})
    form = {"level": "3", "reason": "hurt"}
    assert client.post(f"{HERE}/level", {**form, "seen": old}).status_code == 409
    assert "level: 2" in file(house)
    assert client.post(f"{HERE}/level", {**form, "seen": seen(client)}).status_code == 303
    assert "level: 3" in file(house)
    assert "- scope: all" in (house.root / "content/pause.yml").read_text(encoding="utf-8")


def test_a_call_is_taken_here_by_the_first(house: House, client: Client) -> None:
    """Who was called for it sees who has taken it; the second is told the name."""
    propose(house)
    declare(client)
    with open_ledger(house.ledger_place, now=house.now()) as ledger:
        memory = notes_of(ledger, NOTES, house.now)
        ring = (
            '{"id": "01J", "since": "s", "risk": 3, "raised": "2026-11-21T11:00:00Z", "by": "", "at": "", "ended": ""}'
        )
        memory.write(CALLS, f'{{"01J s": {ring}}}')
    assert "Nobody has taken it" in client.get(HERE).text
    assert client.post(f"{HERE}/take", {"call": "01J"}).status_code == 303
    assert "Chief Manager has taken it" in client.get(HERE).text
    client.cookies.clear()
    client.sign_in("mai").post(f"{HERE}/take", {"call": "01J"})
    assert "Chief Manager takes it already" in client.get(HERE).text


def test_the_end_needs_quiet_the_right_person_and_what_was_seen(house: House, client: Client) -> None:
    """Refused with why; a message about it begins the quiet anew; then closed, with numbers in the talk afterwards."""
    declare(client)
    wait(house, hours=23)
    hear(house, "a splinter again", 1, timedelta(minutes=1))
    client.cookies.clear()
    shown = client.sign_in("chefin").get(HERE).text
    assert "quiet for 0 min" in shown
    assert client.post(f"{HERE}/close", {"seen": seen(client)}).status_code == 422
    wait(house, hours=24, minutes=5)
    client.cookies.clear()
    refused = client.sign_in("mai").post(f"{HERE}/close", {"seen": seen(client)})
    assert (refused.status_code, "Chief Manager decides about the end" in refused.text) == (422, True)
    client.cookies.clear()
    assert client.sign_in("chefin").post(f"{HERE}/close", {"seen": "3-0-open"}).status_code == 409
    assert client.post(f"{HERE}/close", {"seen": seen(client)}).status_code == 303
    assert "| Messages | 1 message by 1 person |" in file(house)
    [closed] = read_incidents(FolderTree(house.root))[0]
    assert not closed.is_open
    shown = client.get(HERE).text
    assert "Write it down" not in shown
    assert "invites to talk about it" in shown
    assert client.post(f"{HERE}/log", {"text": "late", "deed": "note"}).status_code == 422


def test_an_analyst_reads_and_may_nothing_else(house: House, client: Client) -> None:
    """The page without a press; each deed is 403."""
    declare(client)
    client.cookies.clear()
    shown = client.sign_in("ada").get(HERE).text
    assert 'action="/crisis/' not in shown
    for deed in ("log", "tick", "say", "level", "pause", "take", "close", "approve"):
        assert client.post(f"{HERE}/{deed}", {}).status_code == 403
    assert file(house).count("\n- 2026") == 1


def test_a_broken_incident_file_hides_nothing(house: House, client: Client) -> None:
    """The board says which line is wrong; the notice on top says so, too."""
    declare(client)
    path = house.root / "content/incidents/2026-11-01-x.md"
    path.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert "content/incidents/2026-11-01-x.md:" in client.get("/crisis").text
    assert find_notices(house, house.now())[0].tone == "bad"


def test_an_unreadable_ledger_does_not_keep_anybody_from_the_page(house: House, client: Client) -> None:
    """The page says what is wrong, and shows level, clock and list."""
    declare(client)
    house.ledger_place.file.write_bytes(b"no database at all, but long enough to be looked at")
    shown = client.get(HERE).text
    assert "The ledger cannot be read" in shown
    assert "Level 3" in shown


def test_unknown_incidents_are_not_found(client: Client) -> None:
    """404 with the nearest name."""
    declare(client)
    assert client.get("/crisis/2026-11-21-recal").status_code == 404


def test_a_draft_of_the_talk_is_there_before_the_end(house: House, client: Client) -> None:
    """What would be written below the incident now, unwritten."""
    declare(client)
    before = file(house)
    draft = page(show_incident(visit(house, "mai", path={"id": ID}))).values["draft"]
    assert isinstance(draft, str)
    assert "What was too slow?" in draft
    assert file(house) == before


def test_the_frame_tells_it_on_other_pages_and_to_those_alone_who_are_signed_in(client: Client) -> None:
    """The day sheet has the line with its link; the sign-in page says nothing."""
    declare(client)
    shown = client.get("/").text
    assert f'<a href="{HERE}"><strong>Crisis, level 3: Recall, 2026-11-21</strong></a>' in shown
    client.cookies.clear()
    assert "Recall" not in client.get("/login").text


def test_the_switch_works_without_the_ledger_and_says_so(house: House, client: Client) -> None:
    """The file stops everything; that the ledger could not be told is told. A pause file that cannot be read is told with its place."""
    declare(client, level=2)
    house.ledger_place.file.write_bytes(b"no database at all, but long enough to be looked at")
    assert client.post(f"{HERE}/pause", {}).status_code == 303
    assert "everything is paused; not written down: " in client.get(HERE).text
    assert "- scope: all" in (house.root / "content/pause.yml").read_text(encoding="utf-8")
    (house.root / "content/pause.yml").write_text("- scope: [\n", encoding="utf-8")
    assert "content/pause.yml" in client.post(f"{HERE}/pause", {"end": "all"}).text
