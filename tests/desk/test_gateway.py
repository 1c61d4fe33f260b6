from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

import pytest

from tests.desk.client import ORIGIN, Client, open_desk
from tests.desk.conftest import PEOPLE
from toolkit.desk import gateway
from toolkit.desk.app import make_app
from toolkit.desk.areas import ENDPOINTS
from toolkit.desk.audit import read_deeds
from toolkit.desk.endpoint import Endpoint, Page, Redirect, Visit
from toolkit.desk.guard import CONTENT_POLICY
from toolkit.desk.house import House
from toolkit.desk.limits import CHANGES
from toolkit.desk.permissions import USUAL, Permission
from toolkit.desk.request import MOST_FIELDS
from toolkit.desk.wording import _crisis_words, _inbox_words, _post_words, say_action
from toolkit.errors import InboxError, MissingError, NetworkError, StateError, UsageError

P: Final = Permission
SECRET: Final = "Frau Schmidt aus Kiel ist verärgert."


@dataclass
class Bell:
    """An endpoint that notes who rang; the text of a form decides how it ends."""

    rung: list[Visit] = field(default_factory=list)

    def ring(self, visit: Visit) -> Redirect:
        if "changed" in visit.form.get("text", ""):
            raise InboxError("it was changed meanwhile")
        if "gone" in visit.form.get("text", ""):
            raise MissingError("there is no bell any more")
        if "wrong" in visit.form.get("text", ""):
            raise UsageError("this text cannot be used")
        if "network" in visit.form.get("text", ""):
            raise NetworkError("mastodon does not answer")
        self.rung.append(visit)
        return Redirect("/", "it is rung")

    def look(self, visit: Visit) -> Page:
        if visit.path["id"] == "NONE":
            raise UsageError("there is no bell NONE")
        return Page("problem.html", {"sentence": "", "status": 200, "typed": {}, "back": ""})

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        return (
            *ENDPOINTS,
            Endpoint("GET", "/bell/{id}", P.READ, self.look),
            Endpoint("POST", "/bell/{id}", P.ANSWER, self.ring, action="ring the bell"),
        )


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def client(house: House, bell: Bell) -> Client:
    """At a desk with a bell, signed in as somebody who may ring it."""
    return open_desk(house, bell.endpoints).sign_in("carla")


def deeds(house: House) -> list[tuple[str, str, str, str]]:
    with house.book(read_only=True) as store:
        found = read_deeds(store)
    return [(one.person, one.action, one.subject, one.outcome) for one in found if one.action != "sign in"]


def test_a_change_is_made_once_told_once_and_written_down(client: Client, bell: Bell, house: House) -> None:
    """A form leads on by 303, its notice stands on the next page and on no other, the audit has who, what, on what."""
    done = client.post("/bell/01ABC", {"text": SECRET})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert [visit.form for visit in bell.rung] == [{"text": SECRET}]
    assert ["it is rung" in client.get("/").text for _look in range(2)] == [True, False]
    assert deeds(house) == [("carla", "ring the bell", "01ABC", "done")]


def test_a_slip_can_be_mended_where_it_is_told(client: Client) -> None:
    """What a person typed stands in a field however short it is; what the page carried along stays unseen."""
    again = client.post("/bell/01ABC", {"text": "wrong", "url": "htp:/slip", "version": "7"}).text
    assert re.search(r'<textarea[^>]*name="url"[^>]*>\s*htp:/slip', again)
    assert '<input type="hidden" name="version" value="7">' in again


def test_the_answer_to_a_form_can_be_loaded_again(house: House) -> None:
    """An address that only takes forms leads to the page with the form, near or further above; strangers see no more."""
    desk = open_desk(house)
    for path, page in (
        ("/inbox/01ABC/reply", "/inbox/01ABC"),
        ("/replies/01ABC/approve", "/replies"),
        ("/approvals/01ABC/back", "/approvals/01ABC"),
        ("/pause/resume", "/pause"),
    ):
        answer = desk.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert desk.get("/inbox/%5C%5Cevil.example/reply").status_code == 404


def test_htmx_is_led_on_without_a_redirect(client: Client) -> None:
    """For htmx the way on is a header, which it follows by itself and swaps the main part."""
    done = client.post("/bell/01ABC", {}, ("hx-request", "true"), ("hx-target", "main"))
    assert done.status_code == 200
    assert '"path": "/"' in done.headers["hx-location"]


@pytest.mark.parametrize(("text", "status"), [("gone", 404), ("changed", 409), ("wrong", 422), ("network", 502)])
def test_what_was_typed_is_not_lost(text: str, status: int, client: Client, house: House) -> None:
    """An error is a page with its sentence and all that was typed, escaped; the audit has no word of it."""
    typed = f"<b>{text}</b> und noch viel mehr, was jemand auf dem Telefon getippt hat {{{{7*7}}}}"
    page = client.post("/bell/01ABC", {"text": typed, "version": "7"})
    assert page.status_code == status
    assert f"&lt;b&gt;{text}&lt;/b&gt; und noch viel mehr" in page.text
    assert "{{7*7}}" in page.text
    assert ">Text</label>" in page.text
    assert '<input type="hidden" name="version" value="7">' in page.text
    ((person, _action, _subject, outcome),) = deeds(house)
    assert person == "carla"
    assert outcome.startswith("failed-")
    assert text not in outcome


def test_for_htmx_an_error_is_a_notice(client: Client) -> None:
    """Htmx gets the sentence alone, for the notices, and leaves the form as it is."""
    part = client.post("/bell/01ABC", {"text": "wrong"}, ("hx-request", "true"))
    assert part.status_code == 422
    assert "this text cannot be used" in part.text
    assert "<html" not in part.text


def test_what_is_not_there_is_404(client: Client) -> None:
    """A page of an unknown thing is 404 with its sentence; so is an address that nobody knows."""
    missing = client.get("/bell/NONE")
    assert missing.status_code == 404
    assert "there is no bell NONE" in missing.text
    nowhere = client.get("/nowhere")
    assert nowhere.status_code == 404
    assert 'href="/"' in nowhere.text
    assert "Areas" in nowhere.text


@pytest.mark.parametrize(
    ("referer", "way"),
    [
        (f"{ORIGIN}/bell/01ABC?stage=open", "/bell/01ABC?stage=open"),
        ("https://elsewhere.example/bell/01ABC", ""),
        (f"{ORIGIN}//elsewhere.example", ""),
        (f"{ORIGIN}/bell/01XYZ", ""),  # the address that is posted to is no page to go back to
        ("http://[", ""),
    ],
)
def test_who_comes_second_is_led_back_to_the_page(client: Client, referer: str, way: str) -> None:
    """What was changed meanwhile has to be looked at: the page that the form stood on is one press away, and no other site."""
    page = client.post("/bell/01XYZ", {"text": "changed"}, ("referer", referer))
    assert page.status_code == 409
    assert re.findall(r'href="([^"]*)" class="button', page.text) == [one for one in (way, "/") if one]


@pytest.mark.parametrize(
    "headers",
    [
        [("origin", "https://evil.example")],
        [("origin", "null")],
        [("origin", "http://127.0.0.1:8001")],
        [("origin", "http://localhost:8000")],
        [("origin", ORIGIN), ("origin", "https://evil.example")],
        [("origin", ORIGIN), ("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("sec-fetch-site", "none")],
        [],
    ],
)
def test_a_form_from_elsewhere_does_nothing(
    headers: list[tuple[str, str]], client: Client, bell: Bell, house: House
) -> None:
    """With a good cookie and even a good token, what the browser says comes from elsewhere is refused and noted."""
    answer = client.ask("POST", "/bell/01ABC", form={"csrf": client.csrf}, headers=headers)
    assert answer.status_code == 403
    assert not bell.rung
    assert deeds(house) == [("carla", "ring the bell", "01ABC", "refused-origin")]


def test_a_token_is_good_for_its_own_session(client: Client, bell: Bell, house: House) -> None:
    """No token, an invented one, another person's, one's own of another browser: none rings the bell."""
    other, again = (open_desk(house, bell.endpoints).sign_in(name) for name in ("mara", "carla"))
    for token in ("", "0" * 64, "ü", other.csrf, again.csrf):
        assert client.post("/bell/01ABC", {"csrf": token}).status_code == 403
    assert not bell.rung
    assert client.post("/bell/01ABC").status_code == 303


def test_a_form_after_the_session_says_so_and_keeps_the_text(client: Client, bell: Bell) -> None:
    """Who is not signed in any more is not sent away without what they typed."""
    client.cookies = {}
    page = client.post("/bell/01ABC", {"text": SECRET})
    assert page.status_code == 401
    assert "Schmidt" in page.text
    assert not bell.rung


def test_only_plain_forms_are_read(client: Client, bell: Bell) -> None:
    """JSON, multipart, too many fields, broken UTF-8: nothing of it reaches a page."""
    own = [("origin", ORIGIN), ("x-csrf-token", client.csrf)]
    form = [("content-type", "application/x-www-form-urlencoded")]
    many = "&".join(f"a{number}=1" for number in range(MOST_FIELDS + 1)).encode()
    statuses = [
        client.ask("POST", "/bell/1", headers=[*own, ("content-type", "application/json")], content=b"{}").status_code,
        client.ask(
            "POST", "/bell/1", headers=[*own, ("content-type", "multipart/form-data; boundary=x")], content=b"--x--"
        ).status_code,
        client.ask("POST", "/bell/1", headers=[*own, *form], content=many).status_code,
        client.ask("POST", "/bell/1", headers=[*own, *form], content=b"a=%ff").status_code,
        client.ask("POST", "/bell/1", headers=[*own, *form], content="a=ü".encode()).status_code,
    ]
    assert statuses == [415, 415, 400, 400, 400]
    assert not bell.rung


def test_a_get_never_changes_anything(client: Client, bell: Bell) -> None:
    """What a POST does, a GET with the same values does not; HEAD neither."""
    assert client.get(f"/bell/01ABC?csrf={client.csrf}&text=x").status_code == 200
    assert client.ask("HEAD", "/bell/01ABC").status_code == 200
    assert not bell.rung


def test_a_flood_of_one_session_is_slowed_down(client: Client, bell: Bell, house: House) -> None:
    """More forms than a person sends are refused with the seconds to wait; others work on."""
    statuses = [client.post("/bell/01ABC").status_code for _form in range(CHANGES.burst + 3)]
    assert statuses == [303] * CHANGES.burst + [429] * 3
    last = client.post("/bell/01ABC")
    assert int(last.headers["retry-after"]) >= 1
    assert open_desk(house, bell.endpoints).sign_in("carla").post("/bell/01ABC").status_code == 303


POSTS: Final = [one for one in ENDPOINTS if one.method == "POST"]
PAGES: Final = [one for one in ENDPOINTS if one.method == "GET"]


@pytest.mark.parametrize("person", [*PEOPLE, "nora"])
def test_no_role_does_what_it_may_not(person: str, house: House) -> None:
    """Every address of the desk, asked by every role: it runs exactly where the role has its permission."""
    rung: list[str] = []

    def watched(one: Endpoint) -> Endpoint:
        def run(_visit: Visit) -> Page | Redirect:
            rung.append(f"{one.method} {one.path}")
            return (
                Redirect("/")
                if one.method == "POST"
                else Page("problem.html", {"sentence": "", "status": 200, "typed": {}, "back": ""})
            )

        return replace(one, run=run)

    role = PEOPLE[person][1] if person in PEOPLE else ""
    may = USUAL.get(role, frozenset()) | ({P.APPROVE} if role == "manager" else set())
    endpoints = [watched(one) for one in ENDPOINTS]
    client = open_desk(house, endpoints)
    client.sign_in(person) if may else _sign_in_blind(client, person)
    rung.clear()
    for one in endpoints:
        client.desk.gateway.limits._buckets.clear()
        path = one.path.replace("{", "").replace("}", "").replace(":path", "")
        answer = client.post(path) if one.method == "POST" else client.get(path)
        allowed = one.permission in may
        assert (answer.status_code < 400) is allowed, (one.method, one.path, answer.status_code)
        if not allowed:
            assert answer.status_code == 403
            assert f"this needs the permission {one.permission}" in answer.text
    assert rung == [f"{one.method} {one.path}" for one in endpoints if one.permission in may]


def _sign_in_blind(client: Client, person: str) -> None:
    """Somebody who sees no page finds the token where a thief of the cookie would: they compute it."""
    from toolkit.desk.links import make_link
    from toolkit.desk.sessions import Session

    house = client.desk.door.house
    with house.book() as store:
        token = make_link(store, person, house.settings.desk, house.now())
    assert client.post(f"/login/{token}").status_code == 303
    cookie = client.cookies[client.desk.door.cookie]
    client.csrf = Session(person, house.now(), house.now(), cookie).csrf


def test_a_refusal_names_who_may(house: House) -> None:
    """Who may not is told whom to ask."""
    page = open_desk(house).sign_in("carla").get("/audit")
    assert page.status_code == 403
    assert "Mara Manager, Otto Operator" in page.text


def test_the_audit_holds_ids_and_no_texts(client: Client, house: House) -> None:
    """What stands in an address and is no id is not written down."""
    client.post("/bell/Frau+Schmidt%C3%A4", {"text": SECRET})
    client.post("/bell/01ABC", {"text": SECRET})
    assert [subject for _person, _action, subject, _outcome in deeds(house)] == ["01ABC", ""]
    assert "Schmidt" not in open_desk(house).sign_in("mara").get("/audit").text


def test_what_was_done_and_cannot_be_written_down_is_told(
    client: Client, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk under the audit takes back nothing and hides nothing: the person reads that no line was written."""

    def fail(_store: object, _deed: object) -> None:
        raise StateError("the disk is full")

    monkeypatch.setattr(gateway, "write_deed", fail)
    assert client.post("/bell/01ABC").status_code == 303
    assert len(bell.rung) == 1
    assert "could not be written down: the disk is full" in client.get("/").text


@pytest.mark.parametrize("action", sorted({one.action for one in ENDPOINTS if one.action}))
def test_every_action_has_words(action: str) -> None:
    """What the audit keeps as a key, people read as a sentence; a new action is given its words here."""
    assert action in {*_inbox_words(), *_post_words(), *_crisis_words()}
    assert say_action(action)[0].isalpha()


def test_outcomes_have_words(client: Client, house: House) -> None:
    """The page says why something was refused or not done, and never a name of our code."""
    client.post("/bell/01ABC", {"text": "changed"})
    client.post("/bell/01ABC", {"csrf": ""})
    client.get("/audit")
    page = open_desk(house).sign_in("mara").get("/audit").text
    for words in (
        "not done: somebody had changed it meanwhile",
        "refused: a form of another session",
        "refused: no permission",
    ):
        assert words in page
    assert "InboxError" not in page


def test_a_defect_of_ours_shows_nothing_of_us(house: House) -> None:
    """An error that nobody foresaw is a sentence with the place of a log: no traceback, no text of anybody's, sealed."""

    def fail(visit: Visit) -> Page:
        raise RuntimeError(f"cannot fold {SECRET} for {visit.person}")

    left: list[Exception] = []

    def leave(error: Exception) -> str:
        left.append(error)
        return "/var/log/leitstand.log"

    every = (*ENDPOINTS, Endpoint("GET", "/broken", P.READ, fail))
    client = open_desk(house, every).sign_in("carla")
    client.app = make_app(client.desk, every, defect=leave)
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "a defect of ours" in answer.text
    assert "/var/log/leitstand.log" in answer.text
    assert "Schmidt" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    assert [type(error) for error in left] == [RuntimeError]
