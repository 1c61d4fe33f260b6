"""`leitstand inbox` on a workspace with people, absences and a conversation or two."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.community.inbox.inboxes import LISTENER, START, all_of, said
from toolkit.cli import execute
from toolkit.cli.inbox.shown import inbox_table
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.place import inbox_path
from toolkit.database import Place
from toolkit.model import MessageKind
from toolkit.sentiment import Sentiment, add_correction

TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"

[people.mai]
name = "Mai Brandt"
roles = ["community"]
deputy = "jo"
absences = [{from = 2026-12-01, to = 2026-12-03}]

[people.jo]
name = "Jo Ahlers"

[people.solo]
name = "Solo"
absences = [{from = 2026-12-01, to = 2026-12-03}]

[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example"

[accounts.feed]
network = "feed"
id = "feed"
"""
NOW = (START + timedelta(hours=1)).isoformat()
Verb = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "brand"
    folder.mkdir()
    (folder / "leitstand.toml").write_text(TOML)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def place(tmp_path: Path, root: Path) -> Place:  # the workspace that it belongs to
    """An inbox with a comment and a direct message."""
    place = Place(inbox_path(tmp_path / "state"))
    with open_inbox(place, now=START) as inbox:
        told = [
            said("c1", text="Wo bleibt mein Kaffee?\nSeit Tagen nichts!", reach=1200),
            said("c2", answers="c1", minute=9, own=True, text="Wir schauen nach."),
            said("c3", answers="c2", minute=12, text="Danke\x1b[31m \u202egnirpS"),
            said("d1", kind=MessageKind.DIRECT, minute=30, author="@bob@far.example", text="Hallo"),
        ]
        inbox.gather(LISTENER, told, START + timedelta(minutes=40))
    return place


@pytest.fixture
def verb(root: Path, capsys: pytest.CaptureFixture[str]) -> Verb:
    """Runs ``inbox …`` and gives the exit code with what was said."""

    def run(*args: str, now: str = NOW) -> tuple[int, str]:
        code = execute(["inbox", *args, "-w", str(root), "--now", now], {"LEITSTAND_LANG": "en"})
        out = capsys.readouterr()
        return code, out.out + out.err

    return run


@pytest.fixture
def known(place: Place) -> list[Conversation]:
    with open_inbox(place, now=START, read_only=True) as inbox:
        return all_of(inbox)


def test_a_workspace_without_an_inbox_has_nothing_waiting(verb: Verb, tmp_path: Path) -> None:
    """And a look makes no file."""
    assert verb("list") == (0, "nothing waits for us\n")
    assert not (tmp_path / "state").exists()


def test_the_list_shows_whose_turn_it_is(verb: Verb, known: list[Conversation]) -> None:
    """What waits for us, with how long, the words of the stage and the beginning of the last message."""
    code, out = verb("list")
    assert code == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "id stage waits account who whose what"
    comment, direct = known
    assert lines[1] == f"{short(comment.id)} open 48 min mastodon @ada@far.example - Danke[31m gnirpS"
    assert lines[2] == f"{short(direct.id)} new 30 min mastodon @bob@far.example - Hallo"


@pytest.mark.parametrize("width", [30, 40, 60, 80, 200])
def test_an_id_is_never_cut(known: list[Conversation], width: int) -> None:
    """Whatever the terminal: it is what people copy; names and texts give way."""
    console = Console(width=width, file=StringIO())
    console.print(inbox_table([(one, "Wo bleibt mein Kaffee? Seit Tagen nichts!") for one in known], START, width))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]  # the file from above
    assert [line.split()[0] for line in lines[1:]] == [short(one.id) for one in known]
    assert max(map(len, lines)) <= width


def test_filters_choose(verb: Verb, known: list[Conversation]) -> None:
    """By stage, account, assignee, label; --all is everything, --limit says that there is more."""
    comment, direct = (short(one.id) for one in known)
    assert verb("done", comment)[0] == 0
    assert verb("label", direct, "+frage", "+x")[1] == f"{direct}: open, #frage, #x\n"
    assert verb("label", direct, "-x")[1] == f"{direct}: open, #frage\n"

    def listed(*options: str) -> list[str]:
        told = json.loads(verb("list", "--json", *options)[1])
        return [short(one["id"]) for one in told["conversations"]]

    assert listed() == [direct]
    assert listed("--all") == [direct, comment]
    assert listed("--stage", "done") == [comment]
    assert listed("--label", "frage") == [direct]
    assert listed("--label", "x") == []
    assert listed("--assignee", "-") == [direct]
    assert listed("--account", "feed") == []
    assert "… and more; --limit shows them" in verb("list", "--all", "--limit", "1")[1]


def test_show_tells_the_whole_conversation(verb: Verb, known: list[Conversation]) -> None:
    """Where it stands, what was said, notes and acts in their order; letters that command a terminal are left out."""
    comment = short(known[0].id)
    verb("note", comment, "Charge 2211, Lager weiß Bescheid", "--by", "jo")
    verb("open", comment, "--by", "jo")
    code, out = verb("show", comment.lower())
    assert code == 0
    assert out.splitlines()[:3] == [
        f"{known[0].id}  open  mastodon, comment",
        "Ada, @ada@far.example, 1200 followers",
        "below 01POST",
    ]
    assert "waits since 2026-12-01 09:12" in out
    assert "2026-12-01 09:00  Ada\n  Wo bleibt mein Kaffee?\n  Seit Tagen nichts!\n" in out
    assert "2026-12-01 09:09  we\n  Wir schauen nach.\n" in out
    assert "2026-12-01 10:00  note by jo: Charge 2211, Lager weiß Bescheid" in out
    assert "2026-12-01 10:00  jo: opened" in out
    assert "\x1b" not in out
    assert "\u202e" not in out
    told = json.loads(verb("show", comment, "--json")[1])
    assert [entry["own"] for entry in told["entries"]] == [False, True, False]
    assert [act["what"] for act in told["acts"]] == ["noted", "open"]
    assert told["version"] == 1


def test_the_deputy_takes_what_is_given_to_somebody_who_is_away(verb: Verb, known: list[Conversation]) -> None:
    """It is said, and stands in the log; somebody who is there takes it themselves; nobody at all is refused."""
    comment = short(known[0].id)
    code, out = verb("assign", comment, "mai", "--by", "jo")
    assert (code, out) == (0, f"{comment}: open, assigned to jo\nMai Brandt is away; Jo Ahlers stands in\n")
    assert "jo: assigned to jo (mai)" in verb("show", comment)[1]
    later = (START + timedelta(days=4)).isoformat()
    assert verb("assign", comment, "mai", now=later) == (0, f"{comment}: open, assigned to mai\n")
    assert verb("assign", comment, "-") == (0, f"{comment}: open\n")
    assert verb("assign", comment, "solo")[0] == 2
    code, out = verb("assign", comment, "mia")
    assert (code, "did you mean 'mai'?" in out) == (2, True)


@pytest.mark.parametrize(
    ("until", "moment"),
    [
        ("3h", "2026-12-01 13:00"),
        ("2d", "2026-12-03 10:00"),
        ("1w", "2026-12-08 10:00"),
        ("2026-12-02T08:00", "2026-12-02 08:00"),
    ],
)
def test_snoozing_takes_a_moment_or_a_span(verb: Verb, known: list[Conversation], until: str, moment: str) -> None:
    """On the workspace's own clock; afterwards it is open again."""
    direct = short(known[1].id)
    assert verb("snooze", direct, "--until", until) == (0, f"{direct}: snoozed until {moment}\n")
    assert direct not in verb("list")[1]
    assert direct in verb("list", "--stage", "snoozed")[1]
    assert direct in verb("list", now="2026-12-09T10:00:00+01:00")[1]


@pytest.mark.parametrize("until", ["2026-11-30T08:00", "tomorrow", "2026-12-02", "99999-01-01T00:00", "3x"])
def test_a_moment_that_is_none_is_refused(verb: Verb, known: list[Conversation], until: str) -> None:
    """With what it looks like."""
    assert verb("snooze", short(known[1].id), "--until", until)[0] == 2


def test_an_id_that_is_not_there_names_near_ones(verb: Verb, known: list[Conversation]) -> None:
    """One letter wrong, too short, more than one: each says what to do, and nothing is changed."""
    end = short(known[0].id)
    slip = end[:-1] + ("A" if end[-1] != "A" else "B")
    code, out = verb("done", slip)
    assert (code, f"near: {end}" in out) == (2, True)
    assert "at least 4 letters" in verb("done", "ABC")[1]
    assert "may be" in verb("done", known[0].id[:4])[1]
    assert verb("show", known[0].id)[0] == 0
    assert "there is no conversation '; DROP TABLE" in verb("show", "'; DROP TABLE x")[1]


@pytest.mark.parametrize("change", ["frage", "+", "+zwei worte", "+x;y"])
def test_a_label_that_is_none_is_refused(verb: Verb, known: list[Conversation], change: str) -> None:
    """Before anything is changed."""
    assert verb("label", short(known[0].id), change)[0] == 2


def test_who_the_author_is_stays_with_the_author(verb: Verb, known: list[Conversation], place: Place) -> None:
    """Marked in one conversation, known in the next; an unknown role is refused."""
    assert verb("mark", short(known[1].id), "press", "vip")[0] == 0
    assert verb("mark", short(known[1].id), "boss")[0] == 2
    with open_inbox(place, now=START, read_only=True) as inbox:
        assert inbox.roles(known[1]) == {"press", "vip"}
        assert inbox.roles(known[0]) == frozenset()


def test_forgetting_counts_first_and_reaches_everything(verb: Verb, known: list[Conversation], tmp_path: Path) -> None:
    """Messages, answers, notes, and what the team said about how the texts sound."""
    verb("note", short(known[1].id), "Bob Far rief an")
    add_correction(tmp_path / "state", "Hallo", Sentiment.NEUTRAL, "de", START)
    dry = json.loads(verb("forget", "bob@far.example", "--dry-run", "--json")[1])
    assert (dry["messages"], dry["conversations"], dry["remarks"], dry["dry_run"]) == (1, 1, 1, True)
    code, out = verb("forget", "@Bob@far.example")
    assert (code, out.startswith("forgotten: 1 message, in 1 conversation, 1 note")) == (0, True)
    assert "1 sentiment label\n" in out
    assert verb("forget", "bob@far.example") == (1, "nobody called bob@far.example has written\n")
    assert "(forgotten)" in verb("show", known[1].id)[1]
    assert known[0].author in verb("list")[1]


def test_review_names_what_is_over_and_what_cannot_go(verb: Verb, known: list[Conversation]) -> None:
    """Half a year later: what is done goes with the next fetch, what is not is listed."""
    verb("done", short(known[1].id))
    assert verb("review")[0] == 0
    code, out = verb("review", now="2027-07-01T00:00:00+02:00")
    assert (code, "1 conversation is over" in out, short(known[0].id) in out) == (1, True, True)
    told = json.loads(verb("review", "--json", now="2027-07-01T00:00:00+02:00")[1])
    assert (told["over"], [one["id"] for one in told["overdue"]]) == (1, [known[0].id])


def test_fetching_says_who_cannot_be_heard(verb: Verb, known: list[Conversation], tmp_path: Path) -> None:
    """Without a token the account is told with the reason; a feed hears nothing; what is over is forgotten."""
    verb("done", short(known[1].id))
    code, out = verb("fetch", now="2027-07-01T00:00:00+02:00")
    assert code == 1
    assert "! mastodon: " in out
    assert "- feed: Feed tells nothing of what people write" in out
    told = json.loads(verb("list", "--all", "--json", now="2027-07-01T00:00:00+02:00")[1])
    assert sorted(one["author"] for one in told["conversations"]) == ["", "@ada@far.example"]
    assert told["accounts"][0]["failures"] == 1
    assert b"bob@far" not in (tmp_path / "state" / "inbox.sqlite").read_bytes()


def test_rules_of_triage_are_below_the_inbox(verb: Verb, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`inbox rules list` says what decides."""
    assert execute(["inbox", "rules", "list", "-w", str(root)], {"LEITSTAND_LANG": "en"}) == 0
    assert "no rules" in capsys.readouterr().err


def test_a_slip_is_answered_with_the_word_that_was_meant(verb: Verb, known: list[Conversation]) -> None:
    """Stages and roles are named as people type them."""
    assert "did you mean 'new'?" in verb("list", "--stage", "nwe")[1]
    assert "did you mean 'press'?" in verb("mark", short(known[0].id), "pres")[1]
