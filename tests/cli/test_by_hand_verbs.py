"""kit and confirm on a real workspace, with what publish, status, plan and log say about a person's post."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.terminal import Verbs
from toolkit.cli import execute
from toolkit.ledger import ledger_path, open_ledger

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]

[people.anna]
name = "Anna Beer"
roles = ["editor"]

[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"

[accounts.instagram]
network = "instagram"
id = "probe.kaffee"
title = "Instagram"
hand_off = true

[accounts.linkedin]
network = "linkedin"
id = "probe"
hand_off = true
"""
POST = """\
---
uid: {uid}
title: Tür 1
author: anna
status: {status}
publish: 2026-12-01 07:30
channels: [{channels}]
language: de
media:
  - file: media/tuer.png
    kind: photo
    alt: Eine Tür <steht> offen
options:
  instagram:
    link: https://example.com/winter
    media:
      - file: media/tuer.png
        kind: photo
        alt: Eine Tür <steht> offen
        crop: "4:5"
        focus: [1.0, 0.5]
---
Tür 1 ist auf.

---

Dahinter: <b>Licht</b> & Kaffee.

#Advent #Kaffee
"""
START, EARLY, DUE = "2026-11-28T06:00+01:00", "2026-11-30T20:00+01:00", "2026-12-01T07:30+01:00"
SOON, LATE = "2026-12-01T07:40+01:00", "2026-12-01T09:00+01:00"
URL = "https://www.instagram.com/p/abc/"


class Terminal(Verbs):
    """Verbs in a workspace with one post for people."""

    def post(self, channels: str = "instagram", status: str = "ready") -> None:
        self.write("content/posts/tuer.md", POST.format(uid=UID, channels=channels, status=status))

    def confirm(self, url: str, *options: str, code: int = 0, now: str = SOON) -> str:
        return self("confirm", "tuer", "instagram", url, *options, "--now", now, code=code)


@pytest.fixture
def verb(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A workspace whose one post is planned for Instagram."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(tmp_path / "brand", capsys)
    terminal.write("leitstand.toml", TOML)
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((1000, 1000)).save(picture, "PNG")
    terminal.write("content/media/tuer.png", picture.getvalue())
    terminal.post()
    terminal("publish", "--now", START)
    return terminal


def test_the_way_of_a_persons_post(verb: Terminal) -> None:
    """Planned, handed over, published, confirmed; status, plan and log say it in people's words, and nothing alarms."""
    assert "ready, by hand" in verb("plan", "--from", "2026-12-01", "--now", START)
    said = verb("publish", "--now", DUE)
    assert "· to be published by hand" in said
    status = verb("status", "--now", SOON)
    assert "1 to be published by hand" in status
    assert "held" not in status
    assert "(by 2026-12-01 08:30)" in status
    assert f"leitstand confirm {UID} instagram URL" in status
    assert "to be published by hand" in verb("plan", "--from", "2026-12-01", "--now", SOON)
    assert "✓ published by hand" in verb.confirm(URL, "--by", "anna")
    status = verb("status", "--now", LATE)
    assert "1 sent" in status
    log = verb("log", "tuer")
    assert "planned → to be published by hand" in log
    assert f"to be published by hand → published by hand  {URL} published by Anna Beer" in log
    (event,) = [json.loads(line) for line in verb("log", "--json").splitlines() if '"confirmed"' in line]
    assert (event["url"], event["detail"], event["by_hand"]) == (URL, "published by Anna Beer", True)
    assert event["at"].startswith("2026-12-01T06:40")


def test_a_forgotten_post_alarms_after_its_grace(verb: Terminal) -> None:
    """Nobody confirmed within the hour: status ends with 1 and says since when it was wanted."""
    verb("publish", "--now", DUE)
    assert verb.json("status", "--now", SOON)["alarming"] is False
    answer = verb.json("status", "--now", LATE, code=1)
    assert answer["attention"] == []
    (row,) = records(answer, "by_hand")
    assert (row["late"], row["until"]) == (True, "2026-12-01T07:30:00+00:00")
    assert "! to be published by hand" in verb("status", "--now", LATE, code=1)


def test_confirming_is_idempotent_and_final(verb: Terminal) -> None:
    """The same address once more changes nothing; another one is refused."""
    verb("publish", "--now", DUE)
    verb.confirm(URL)
    before = verb("log", "--json")
    verb.confirm(URL)
    assert verb("log", "--json") == before
    assert f"confirmed already, at {URL}" in verb.confirm("https://www.instagram.com/p/other/", code=1)


@pytest.mark.parametrize(
    "url",
    [
        "URL",
        "instagram.com/p/1",
        "ftp://example.com/1",
        "javascript:alert(1)",
        "https://",
        "https://a b/c",
        "https://[",
        "https://a.example/\x1b[31m",
        "",
    ],
)
def test_what_is_no_address_is_refused(verb: Terminal, url: str) -> None:
    """Only http and https lead to a post; nothing is written."""
    verb("publish", "--now", DUE)
    assert "is no address of a post" in verb.confirm(url, code=2)
    assert verb.json("status", "--now", SOON)["counts"]["held"] == 1  # type: ignore[index]


def test_wrong_names_get_suggestions(verb: Terminal) -> None:
    """An unknown post, channel or person is refused with what was probably meant."""
    verb("publish", "--now", DUE)
    assert "did you mean content/posts/tuer.md" in verb("confirm", "tur", "instagram", URL, code=2)
    assert "did you mean 'instagram'" in verb("confirm", "tuer", "instagrm", URL, code=2)
    assert "did you mean 'anna'" in verb.confirm(URL, "--by", "ana", code=2)
    assert "does not go to linkedin, but to: instagram" in verb("confirm", "tuer", "linkedin", URL, code=2)


def test_a_person_may_be_early_but_not_days(verb: Terminal) -> None:
    """Half a day before its time is fine, three days are not; at its time nobody is asked again."""
    assert "12 hours before" in verb.confirm(URL, now=START, code=1)
    verb.confirm(URL, now=EARLY)
    assert "nothing to do" in verb("publish", "--now", DUE)


def test_what_is_stopped_is_not_confirmed(verb: Terminal) -> None:
    """On hold or paused the receipt is refused, unless somebody says that it is out anyway."""
    verb("publish", "--now", DUE)
    said = verb("hold", "tuer", "--reason", "wrong price", "--now", SOON)
    assert "stopped: content/posts/tuer.md → instagram; tell whoever was about to publish it" in said
    assert "it must not be out: wrong price" in verb.confirm(URL, code=1)
    assert "goes on: content/posts/tuer.md → instagram" in verb("hold", "tuer", "--release", "--now", SOON)
    verb("pause", "--reason", "storm", "--by", "anna", "--now", SOON)
    assert "it must not be out: storm (all)" in verb.confirm(URL, code=1)
    verb.confirm(URL, "--anyway")


def test_what_leitstand_sends_is_not_confirmed_by_hand(verb: Terminal) -> None:
    """An account with a connection has `resolve`; so has a post whose time was over before."""
    verb.post("news, instagram")
    verb("publish", "--now", START)
    assert "news is not published by hand" in verb("confirm", "tuer", "news", URL, "--now", SOON, code=1)
    verb("publish", "--now", LATE, code=1)
    verb("resolve", "tuer", "instagram", "--drop", "--now", LATE)
    assert "instagram is skipped" in verb.confirm(URL, now=LATE, code=1)


def test_a_missed_post_can_still_be_confirmed(verb: Terminal) -> None:
    """The dispatcher slept, the person did not."""
    verb("publish", "--now", LATE, code=1)
    verb.confirm(URL, now=LATE)


def test_a_kit_is_a_folder_that_stands_alone(verb: Terminal, tmp_path: Path) -> None:
    """Page, cut picture with a good name, texts, alt text, address, deadline and command; nothing from elsewhere."""
    target = tmp_path / "phone"
    answer = verb.json("kit", "tuer", "--output", str(target), "--now", SOON)
    (kit,) = records(answer, "kits")
    assert kit["files"] == ["index.html", "media/tuer-1-instagram-1.jpg"]
    assert kit["confirm"] == f"leitstand confirm {UID} instagram URL"
    with Image.open(target / "media/tuer-1-instagram-1.jpg") as picture:
        assert picture.size == (800, 1000)
    html = (target / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="([^"]*)"', html) == ["media/tuer-1-instagram-1.jpg"] * 2
    texts = [unescape(one) for one in re.findall(r'id="copy-[\w-]+"[^>]*>([^<]*)<', html)]
    assert texts == [
        "Tür 1 ist auf.\n\nDahinter: Licht & Kaffee.\n\n#Advent #Kaffee",
        "Eine Tür <steht> offen",
        "https://example.com/winter",
        "#Advent #Kaffee",
        f"leitstand confirm {UID} instagram URL",
    ]
    for words in ("Tue 1 Dec, 2026: from 07:30 to 08:30 (CET, Europe/Berlin)", "probe.kaffee", 'lang="de"'):
        assert words in html


def test_a_kit_is_written_again_but_never_over_something_else(verb: Terminal, tmp_path: Path) -> None:
    """The same folder takes the new kit without the old one's files; a folder of other things is refused."""
    target = tmp_path / "kit"
    verb("kit", "tuer", "--output", str(target), "--now", SOON)
    verb.write(
        "content/posts/tuer.md",
        POST.format(uid=UID, channels="instagram", status="ready").replace("Tür 1\n", "Tür eins\n"),
    )
    verb("kit", "tuer", "--output", str(target), "--now", SOON)
    assert [path.name for path in (target / "media").iterdir()] == ["tuer-eins-instagram-1.jpg"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("Dear all")
    assert "holds something else" in verb("kit", "tuer", "--output", str(other), "--now", SOON, code=2)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_each_account_has_its_own_folder(verb: Terminal, tmp_path: Path) -> None:
    """Two accounts of people make two folders; the default place is the folder one stands in."""
    verb.post("instagram, linkedin, news")
    verb("kit", "tuer", "--now", SOON)
    assert sorted(path.name for path in (tmp_path / "kit-tuer-1").iterdir()) == ["instagram", "linkedin"]
    assert "news is not published by hand" in verb("kit", "tuer", "--channel", "news", code=2)
    assert "did you mean 'linkedin'" in verb("kit", "tuer", "--channel", "linkedn", code=2)


@pytest.mark.parametrize(
    ("status", "stopped", "words"),
    [("review", False, "The post is not ready yet."), ("ready", True, "Publishing is paused: storm")],
)
def test_a_kit_says_when_not_to_publish(verb: Terminal, tmp_path: Path, status: str, stopped: bool, words: str) -> None:
    """A kit of a post that is not ready, or paused, is written, but warns and ends with 1."""
    verb.post(status=status)
    if stopped:
        verb("pause", "--reason", "storm", "--by", "anna", "--now", SOON)
    said = verb("kit", "tuer", "--output", str(tmp_path / "kit"), "--now", SOON, code=1)
    assert f"Do not publish now. {words}" in said
    assert words in (tmp_path / "kit/index.html").read_text(encoding="utf-8")


def test_the_kit_shows_what_was_handed_over(verb: Terminal, tmp_path: Path) -> None:
    """A text or picture that changed afterwards is not slipped in; the kit says that there is a newer one."""
    verb("publish", "--now", DUE)
    verb.write(
        "content/posts/tuer.md",
        POST.format(uid=UID, channels="instagram", status="ready").replace("ist auf", "ist zu"),
    )
    said = verb("kit", "tuer", "--output", str(tmp_path / "kit"), "--now", SOON)
    assert "The file has changed since this was handed over" in said
    page = (tmp_path / "kit/index.html").read_text(encoding="utf-8")
    assert "ist auf" in page
    assert "ist zu" not in page
    verb("resolve", "tuer", "instagram", "--send-again", "--now", SOON)
    verb("publish", "--now", SOON)
    assert "changed" not in verb("kit", "tuer", "--output", str(tmp_path / "kit"), "--now", SOON)
    assert "ist zu" in (tmp_path / "kit/index.html").read_text(encoding="utf-8")


def test_preview_and_doctor_name_the_person(verb: Terminal) -> None:
    """Whoever looks at the post or at the accounts is told that a person publishes, and that no token is missing."""
    assert "published by hand, from the kit" in verb("preview", "tuer")
    assert "Instagram: a person publishes; no token needed" in run_doctor(verb)


def records(answer: dict[str, object], name: str) -> list[dict[str, object]]:
    """A list of objects in a verb's answer."""
    found = answer[name]
    assert isinstance(found, list)
    return found


def run_doctor(verb: Terminal) -> str:
    execute(["doctor", "-w", str(verb.root)], {"LEITSTAND_LANG": "en"})
    return verb.capsys.readouterr().out


def test_who_is_faster_than_the_second_hand_over_published_the_new_text(verb: Terminal) -> None:
    """Corrected, put back, and published before the next tick: the receipt keeps what the file says, not the old text."""
    verb("publish", "--now", DUE)
    verb.write(
        "content/posts/tuer.md",
        POST.format(uid=UID, channels="instagram", status="ready").replace("ist auf", "ist zu"),
    )
    verb("resolve", "tuer", "instagram", "--send-again", "--now", SOON)
    verb.confirm(URL)
    with open_ledger(
        ledger_path(verb.root.parent / "state"), now=datetime.fromisoformat(SOON), read_only=True
    ) as ledger:
        (row,) = ledger.rows()
    assert "ist zu" in row.rendition
    assert "ist auf" not in row.rendition
    assert row.by_hand


def test_what_may_be_out_is_not_offered_again(verb: Terminal, tmp_path: Path) -> None:
    """After a restore nobody knows whether a due post is out; its kit says so instead of asking for it."""
    copy = tmp_path / "backup.sqlite"
    verb("ledger", "backup", str(copy))
    verb("publish", "--now", DUE)
    verb("ledger", "restore", str(copy), "--now", SOON, code=1)
    said = verb("kit", "tuer", "--output", str(tmp_path / "kit"), "--now", SOON, code=1)
    assert "Do not publish now." in said
    assert "restored from a backup" in said
    verb.confirm(URL)


SERIES = """\
---
uid: {uid}
title: Jede Woche
author: anna
status: ready
publish: 2026-12-01 07:30
channels: [instagram]
language: de
repeat: FREQ=DAILY;COUNT=3
media:
  - file: media/tuer.png
    kind: photo
    alt: Eine Tür steht offen
---
Wie jeden Tag.

## @2026-12-02

Am zweiten Tag anders.
"""


WEEKLY = UID.replace("D3", "D4")
SECOND = "2026-12-02T07:40+01:00"


def series(verb: Terminal, *moments: str) -> None:
    """The post comes on three days, and what is due at each of these moments is handed over."""
    verb.write("content/posts/tuer.md", SERIES.format(uid=WEEKLY))
    for now in (START, *moments):
        verb("publish", "--now", now)


def addresses(verb: Terminal, uid: str = WEEKLY) -> dict[str, str]:
    """Day of each row of the post → where it is."""
    now = datetime.fromisoformat(SOON)
    with open_ledger(ledger_path(verb.root.parent / "state"), now=now, read_only=True) as ledger:
        return {row.occurrence: row.url for row in ledger.rows(uid=uid)}


def test_of_a_series_the_named_day_is_confirmed(verb: Terminal) -> None:
    """--day confirms that time and no other; a day that the series has not gets a suggestion."""
    series(verb, SOON, SECOND)
    several = "several times can be out, say which by --day: 2026-12-01, 2026-12-02"
    assert several in verb.confirm(URL, now=SECOND, code=2)
    assert "did you mean '2026-12-0" in verb.confirm(URL, "--day", "2026-12-20", code=2)
    verb.confirm(URL, "--day", "2026-12-02", now=SECOND)
    assert addresses(verb) == {"2026-12-01": "", "2026-12-02": URL, "2026-12-03": ""}


def test_alone_on_its_day_a_time_of_a_series_needs_no_name(verb: Terminal) -> None:
    """Only the first time can be out by now, so it is the one that is meant."""
    series(verb, SOON)
    verb.confirm(URL)
    assert addresses(verb) == {"2026-12-01": URL, "2026-12-02": "", "2026-12-03": ""}


def test_a_post_that_comes_once_has_no_days(verb: Terminal) -> None:
    """--day on a single post is refused with what to do instead, and nothing is written."""
    assert "this post comes once on instagram; leave --day away" in verb.confirm(URL, "--day", "2026-12-01", code=2)
    assert addresses(verb, UID) == {"": ""}


def test_the_kit_of_a_series_is_of_one_day(verb: Terminal, tmp_path: Path) -> None:
    """The kit shows the day's own text, and its command names the day; without --day it is the one handed over."""
    series(verb, SOON)
    (kit,) = json.loads(verb("kit", "tuer", "--day", "2026-12-02", "-o", str(tmp_path / "a"), "--json", "--now", SOON))[
        "kits"
    ]
    assert kit["texts"] == ["Am zweiten Tag anders."]
    assert kit["confirm"].endswith("instagram URL --day 2026-12-02")
    (first,) = json.loads(verb("kit", "tuer", "-o", str(tmp_path / "b"), "--json", "--now", SOON))["kits"]
    assert first["confirm"].endswith("instagram URL --day 2026-12-01")
    assert "did you mean" in verb("kit", "tuer", "--day", "2026-12-20", code=2)
    assert "--day 2026-12-01" in verb("status", "--now", SOON)
