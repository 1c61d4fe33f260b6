from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk.client import Client, open_desk
from tests.desk.conftest import write_settings
from toolkit.cli import execute
from toolkit.desk.audit import read_deeds
from toolkit.desk.house import House
from toolkit.desk.links import make_link
from toolkit.desk.schema import find_desk
from toolkit.model import SetClock
from toolkit.settings.desk import DeskPolicy


def link(house: House, person: str = "carla") -> str:
    with house.book() as store:
        return "/login/" + make_link(store, person, house.settings.desk, house.now())


def outcomes(house: House) -> list[str]:
    with house.book(read_only=True) as store:
        return [f"{deed.person} {deed.action} {deed.outcome}".strip() for deed in read_deeds(store)]


def test_a_link_signs_in_once(house: House, client: Client) -> None:
    """Looking at a link changes nothing; its button signs in; the second press is refused with the remedy, and noted."""
    path = link(house)
    for _look in range(3):
        assert "Sign in as Carla Community" in client.get(path).text
    assert client.cookies == {}
    came_in = client.post(path)
    assert (came_in.status_code, came_in.headers["location"]) == (303, "/")
    thief = open_desk(house)
    again = thief.post(path)
    assert again.status_code == 410
    assert "used already" in again.text
    assert "leitstand desk link" in again.text
    assert thief.cookies == {}
    assert outcomes(house) == ["carla sign in refused-link-used", "carla sign in done"]


def test_a_link_lasts_minutes(house: House, client: Client, clock: SetClock) -> None:
    """A minute before its time is over a link is good, a minute later it is not."""
    path = link(house)
    clock.moment += DeskPolicy().link - timedelta(minutes=1)
    assert client.get(path).status_code == 200
    clock.moment += timedelta(minutes=2)
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert client.cookies == {}


def test_nobody_is_signed_in_by_another_site(house: House, client: Client) -> None:
    """A page elsewhere that presses the button of its own link signs nobody in as somebody else, and uses nothing up."""
    path = link(house)
    for origin in ("https://evil.example", "null", "http://localhost:8000"):
        assert (
            client.ask("POST", path, headers=[("origin", origin), ("sec-fetch-site", "cross-site")]).status_code == 403
        )
    assert client.cookies == {}
    assert client.post(path).status_code == 303


def test_an_invented_link_says_nothing(client: Client) -> None:
    """Who guesses learns nothing about people, and is slowed down after ten."""
    answers = [client.get(f"/login/{'A' * 42}{n % 10}") for n in range(14)]
    assert [one.status_code for one in answers] == [410] * 10 + [429] * 4
    assert not any("Carla" in one.text for one in answers)
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_session_fixed_before_signing_in_is_worthless(house: House, client: Client) -> None:
    """A cookie that somebody planted is replaced by a new one at sign-in, and opens nothing."""
    name = client.desk.door.cookie
    client.cookies[name] = "planted"
    client.post(link(house))
    assert client.cookies[name] != "planted"
    thief = open_desk(house)
    thief.cookies[name] = "planted"
    assert thief.get("/").headers["location"] == "/login"


def test_two_cookies_of_one_name_count_for_nothing(house: House, client: Client) -> None:
    """A cookie tossed over ours from elsewhere signs nobody in as somebody else."""
    name = client.sign_in("carla").desk.door.cookie
    mine, other = client.cookies[name], open_desk(house).sign_in("mara").cookies[name]
    client.cookies = {}
    both = client.get("/", ("cookie", f"{name}={mine}; {name}={other}"))
    assert both.headers["location"] == "/login"


def test_the_cookie_is_for_browsers_of_this_desk_alone(house: House, client: Client) -> None:
    """No script reads it, no other site sends it; over HTTPS no other host can set it."""
    plain = client.post(link(house)).headers["set-cookie"]
    assert plain.startswith("leitstand-8000=")
    assert plain.endswith("; Path=/; HttpOnly; SameSite=Strict")
    secure = open_desk(
        house, address=replace(client.desk.door.address, origins=frozenset({"https://desk.example.com"}))
    )
    cookie = secure.post(link(house)).headers["set-cookie"]
    assert cookie.startswith("__Host-leitstand=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict; Secure")


def test_only_hashes_are_kept(house: House, client: Client) -> None:
    """Whoever reads the database's files finds no link and no session that would let them in."""
    path = link(house)
    client.sign_in("carla")
    place = find_desk(house.state, house.ledger_place, house.settings)
    kept = b"".join(file.read_bytes() for file in place.file.parent.glob("desk.sqlite*"))
    assert path.removeprefix("/login/").encode() not in kept
    assert client.cookies[client.desk.door.cookie].encode() not in kept
    assert place.file.stat().st_mode & 0o077 == 0


def test_a_session_ends_when_nobody_is_there(client: Client, clock: SetClock) -> None:
    """Two hours without a request end it; a page that looks by itself does not keep it alive; requests do, for twelve hours."""
    client.sign_in("carla")
    for _hour in range(11):
        clock.moment += timedelta(hours=1)
        assert client.get("/").status_code == 200
    clock.moment += timedelta(hours=1, minutes=1)
    assert client.get("/").headers["location"] == "/login"
    client.sign_in("carla")
    for _half in range(3):
        clock.moment += timedelta(minutes=39)
        assert client.get("/pulse").status_code == 200
    clock.moment += timedelta(minutes=39)
    assert client.get("/pulse").status_code == 401
    assert client.get("/").headers["location"] == "/login"


def test_whoever_leaves_the_team_is_out_at_once(root: Path, client: Client, clock: SetClock) -> None:
    """A person struck off leitstand.toml has no session with the next request, and one without roles may nothing."""
    client.sign_in("carla")
    assert client.get("/").status_code == 200
    before = (root / "leitstand.toml").read_text()
    (root / "leitstand.toml").write_text(before.replace('["community"]', "[]"))
    clock.seconds += 2
    assert client.get("/").status_code == 403
    (root / "leitstand.toml").write_text(before.replace("[people.carla]", "[people.karla]"))
    clock.seconds += 2
    assert client.get("/").headers["location"] == "/login"
    (root / "leitstand.toml").write_text(before)
    clock.seconds += 2
    assert client.get("/").headers["location"] == "/login"


def test_signing_out_ends_the_session_itself(house: House, client: Client) -> None:
    """After signing out the cookie is gone, and one who kept it is not let in."""
    client.sign_in("carla")
    kept = dict(client.cookies)
    out = client.post("/logout")
    assert out.headers["location"] == "/login"
    assert "Max-Age=0" in out.headers["set-cookie"]
    thief = open_desk(house)
    thief.cookies = kept
    assert thief.get("/").headers["location"] == "/login"


@pytest.mark.parametrize("whom", ["carla", ""])
def test_the_verb_ends_sessions_and_links(
    whom: str,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`leitstand desk logout` signs a person, or everybody, out of a running desk, links included."""
    house = client.desk.door.house
    client.sign_in("carla")
    other = open_desk(house).sign_in("mara")
    path = link(house)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(house.state))
    arguments = ["desk", "logout", "-w", str(house.root), *(["--person", whom] if whom else [])]
    assert execute(arguments, {"LEITSTAND_LANG": "en"}) == 0
    assert capsys.readouterr().out.strip() == ("1 session ended" if whom else "2 sessions ended")
    assert client.get("/").headers["location"] == "/login"
    assert other.get("/").status_code == (200 if whom else 303)
    assert open_desk(house).post(path).status_code == 410


def test_a_link_in_a_mail_leads_on(client: Client) -> None:
    """Browsers hold a strict cookie back when another site leads here: a page that asks again sends it."""
    from_mail = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]
    first = client.get("/audit", *from_mail)
    assert first.status_code == 200
    assert '<meta http-equiv="refresh" content="0">' in first.text
    assert client.get("/audit", ("sec-fetch-site", "same-origin")).headers["location"] == "/login"


def test_a_broken_settings_file_blinds_nobody(root: Path, client: Client, clock: SetClock) -> None:
    """While leitstand.toml cannot be used, the desk goes on with what it said before, and says so on every page."""
    client.sign_in("mara")
    write_settings(root, "[policy]\nlate = 'whenever'\n")
    clock.seconds += 2
    page = client.get("/")
    assert page.status_code == 200
    assert "cannot be used as it is now" in page.text
    assert "late must be one of" in page.text
    write_settings(root)
    clock.seconds += 2
    assert "cannot be used" not in client.get("/").text
