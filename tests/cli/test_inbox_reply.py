"""`leitstand inbox reply`, `approve`, `drop`, `replies`, `suggest`: from a question to the yes."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import LISTENER, START, hear, said
from tests.community.replies.written import NOW
from tests.probe import person, settings
from toolkit.cli import execute
from toolkit.cli.inbox.writing import CUT, Sheet, write_in_editor
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.place import inbox_path
from toolkit.community.replies.book import Replies
from toolkit.community.replies.reply import ReplyState
from toolkit.database import Place
from toolkit.ledger import Planned, ledger_path, open_ledger
from toolkit.ledger.naming import row_name
from toolkit.model import MessageKind, Problem, Severity, Span

TOML = settings(
    person("mai", "Mai Pham", "community"),
    person("jo", "Jo Ahlers", "community"),
    person("tarek", "Tarek Demir", "manager"),
    rest="""\
[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example"
""",
)
RISK = """\
# Gefahr

```risk
risk: Scherben
level: 2
words: [Scherbe*, Splitter]
languages: [de]
owner: tarek
instead: Rückruf
good: ["Da war ein Splitter drin"]
bad: ["Da war Kaffee drin"]
```
"""
PAGE = "---\ntitle: Lieferverzug\nlanguage: de\n---\n# Lieferverzug\n\n> Dein Kaffee ist unterwegs, {vorname}.\n"
Verb = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "brand"
    (folder / "guidelines" / "replies").mkdir(parents=True)
    (folder / "leitstand.toml").write_text(TOML)
    (folder / "guidelines" / "risk.md").write_text(RISK)
    (folder / "guidelines" / "replies" / "lieferverzug.md").write_text(PAGE)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return folder


@pytest.fixture
def place(tmp_path: Path, root: Path) -> Place:  # the workspace that it belongs to
    """A question, a danger and a direct message."""
    place = Place(inbox_path(tmp_path / "state"))
    with open_inbox(place, now=START) as inbox:
        hear(
            inbox,
            said("c1", text="Wo bleibt mein Kaffee?"),
            said("s1", text="Da war ein Splitter drin!", author="@sam@far.example"),
            said("d1", kind=MessageKind.DIRECT, text="Hallo", author="@dora@far.example"),
        )
    return place


@pytest.fixture
def verb(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Verb:
    def run(*args: str, stdin: str = "") -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = execute(["inbox", *args, "-w", str(root), "--now", NOW.isoformat()], {"LEITSTAND_LANG": "en"})
        out = capsys.readouterr()
        return code, out.out + out.err

    return run


def conversation(place: Place, remote_id: str) -> str:
    """The id of the conversation with this message."""
    with open_inbox(place, now=NOW, read_only=True) as inbox:
        values = {"id": remote_id}
        (raw,) = inbox.store.read("SELECT conversation FROM entries WHERE remote_id = :id", values)
        return str(raw["conversation"])


def test_without_danger_the_author_s_yes_is_enough(place: Place, verb: Verb) -> None:
    """Written, checked and approved in one go; it goes out with the next publish, and the output says who reads it."""
    code, out = verb("reply", conversation(place, "c1"), "--by", "mai", "--text", "-", stdin="Er kommt morgen.\n")
    assert code == 0
    assert "approved, mastodon, public, mai" in " ".join(out.split())
    with open_inbox(place, now=NOW) as inbox:
        (reply,) = Replies(inbox).going()
    assert (reply.text, reply.approved_by, reply.approved) == ("Er kommt morgen.", "mai", True)


def test_danger_needs_somebody_else(place: Place, verb: Verb) -> None:
    """The author's own yes and a colleague's do not count; a manager's does."""
    _code, out = verb("reply", conversation(place, "s1"), "--by", "mai", "--text", "-", "--json", stdin="Oh nein!")
    told = json.loads(out)["reply"]
    assert (told["state"], told["approved_by"]) == ("review", "")
    assert verb("replies")[0] == 1
    for who, word in (("mai", "somebody else"), ("jo", "only manager")):
        code, out = verb("approve", told["id"], "--by", who)
        assert (code, word in out) == (1, True), out
    assert verb("approve", told["id"], "--by", "tarek")[0] == 0
    code, out = verb("replies", "--json")
    assert (code, [one["state"] for one in json.loads(out)]) == (0, ["approved"])


def test_an_app_in_another_language_hides_no_danger(place: Place, verb: Verb) -> None:
    """The network says English, the words are German: the danger is seen, and somebody else has to approve."""
    with open_inbox(place, now=NOW) as inbox:
        hear(inbox, said("s9", text="Schon wieder ein Splitter", author="@eve@far.example", language="en"))
    _code, out = verb("reply", conversation(place, "s9"), "--by", "mai", "--text", "-", "--json", stdin="Oh nein!")
    assert json.loads(out)["reply"]["state"] == "review"


def test_errors_are_told_by_place_and_nothing_is_lost(place: Place, verb: Verb) -> None:
    """An open placeholder keeps it a draft; written anew, the same draft goes on."""
    name = conversation(place, "c1")
    code, out = verb("reply", name, "--by", "mai", "--text", "-", stdin="Hallo {vorname}!")
    assert code == 1
    assert "reply:1:7: {vorname} is still open" in out
    with open_inbox(place, now=NOW) as inbox:
        (draft,) = Replies(inbox).open()
    assert (draft.state, draft.text) == (ReplyState.DRAFT, "Hallo {vorname}!")
    assert verb("reply", name, "--by", "mai", "--text", "-", stdin="Hallo Ada!")[0] == 0
    with open_inbox(place, now=NOW) as inbox:
        (again,) = Replies(inbox).open()
    assert (again.id, again.text) == (draft.id, "Hallo Ada!")


def test_the_second_is_told_the_first(place: Place, verb: Verb) -> None:
    """Jo reads what Mai has had approved, and hers waits."""
    name = conversation(place, "c1")
    verb("reply", name, "--by", "mai", "--text", "-", stdin="Er kommt morgen.")
    code, out = verb("reply", name, "--by", "jo", "--text", "-", stdin="Er kommt nie.")
    assert code == 1
    assert out.count("Er kommt morgen.") == 2
    with open_inbox(place, now=NOW) as inbox:
        assert {(one.author, one.state.value) for one in Replies(inbox).open()} == {
            ("mai", "approved"),
            ("jo", "review"),
        }


def test_a_newer_message_is_shown_before_the_yes(place: Place, verb: Verb) -> None:
    """The first yes shows what was said; the second is for the conversation as it is now."""
    _code, out = verb("reply", conversation(place, "s1"), "--by", "mai", "--text", "-", "--json", stdin="Oh nein!")
    name = json.loads(out)["reply"]["id"]
    with open_inbox(place, now=NOW) as inbox:
        hear(inbox, said("s2", answers="s1", minute=9, text="War nur Zucker", author="@sam@far.example"))
    code, out = verb("approve", name, "--by", "tarek")
    assert (code, "War nur Zucker" in out, "to be looked at again" in out) == (1, True, True)
    assert verb("approve", name, "--by", "tarek")[0] == 0


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("--private",), "answered in public"),
        (("--file", "missing.md"), "cannot read missing.md"),
        (("--file", "a.md", "--text", "Ja"), "not both"),
        (("--text", "-", "--by", "nobody"), "nobody"),
        (("--text", "-", "--after", "soon"), "--after needs a moment"),
        (("--suggestion", "9"), "suggestions"),
        ((), "--text"),
    ],
)
def test_what_cannot_be_done_says_what_can(place: Place, verb: Verb, args: tuple[str, ...], word: str) -> None:
    """Exit 2, a sentence, no traceback, nothing written."""
    by = () if "--by" in args else ("--by", "mai")
    code, out = verb("reply", conversation(place, "c1"), *by, *args, stdin="Ja")
    assert (code, word in " ".join(out.split())) == (2, True), out
    with open_inbox(place, now=NOW) as inbox:
        assert Replies(inbox).open() == []


def test_a_private_word_is_never_answered_in_public(place: Place, verb: Verb) -> None:
    """--public is refused there; as it is, it is private."""
    name = conversation(place, "d1")
    assert verb("reply", name, "--by", "mai", "--public", "--text", "-", stdin="Ja")[0] == 2
    code, out = verb("reply", name, "--by", "mai", "--text", "-", "--json", stdin="Ja")
    assert (code, json.loads(out)["reply"]["private"]) == (0, True)


def test_a_suggestion_says_where_it_comes_from_and_sends_nothing(place: Place, verb: Verb) -> None:
    """With its placeholders; without a terminal it does not even begin a reply."""
    name = conversation(place, "c1")
    code, out = verb("suggest", name, "--json")
    (found,) = json.loads(out)
    assert (code, found["source"], found["text"]) == (
        0,
        "guidelines/replies/lieferverzug.md:7",
        "Dein Kaffee ist unterwegs, {vorname}.",
    )
    assert verb("reply", name, "--by", "mai", "--suggestion", "1")[0] == 2
    with open_inbox(place, now=NOW) as inbox:
        assert Replies(inbox).open() == []


def test_what_is_dropped_is_over(place: Place, verb: Verb) -> None:
    """Once; a second time there is nothing to drop."""
    _code, out = verb("reply", conversation(place, "c1"), "--by", "mai", "--text", "-", "--json", stdin="Ja")
    name = json.loads(out)["reply"]["id"]
    assert verb("drop", name[-6:], "--by", "jo")[0] == 0
    assert verb("drop", name, "--by", "jo")[0] == 1
    assert verb("replies") == (0, "no reply is under way\n")


def problem(message: str) -> Problem:
    return Problem("reply", Span(1, 1, 1, 1), "test", Severity.ERROR, message)


def test_the_editor_opens_again_until_all_is_right(tmp_path: Path) -> None:
    """With what is wrong below the text; hashtags at the beginning of a line stay; the file is private and goes away."""
    seen: list[str] = []
    texts = ["#kaffee ist {da}", "#kaffee ist da"]
    files: list[Path] = []

    def launch(path: Path) -> None:
        seen.append(path.read_text("utf-8"))
        files.append(path)
        assert path.stat().st_mode & 0o777 == 0o600
        path.with_name(f"{path.name}~").write_text("an editor's copy")
        path.write_text(f"{texts[len(seen) - 1]}\n\n{CUT}\n# whatever {{was}} here\n", "utf-8")

    def check(text: str) -> list[Problem]:
        return [problem("open")] if "{" in text else []

    text, problems = write_in_editor(Sheet("Hallo", ("Ada: Wo?", "")), check, launch)
    assert (text, tuple(problems)) == ("#kaffee ist da", ())
    assert seen[0] == f"Hallo\n\n{CUT}\n# Ada: Wo?\n#\n"
    assert seen[1].startswith(f"#kaffee ist {{da}}\n\n{CUT}\n# 1:1: open\n#\n# Ada: Wo?")
    assert not any(one.exists() or one.with_name(f"{one.name}~").exists() for one in files)
    del tmp_path


def test_whoever_closes_it_unchanged_has_had_enough() -> None:
    """The errors come back with the text, and the editor is not opened for ever."""
    opened: list[Path] = []
    text, problems = write_in_editor(Sheet("{da}", ()), lambda _text: [problem("open")], opened.append)
    assert (text, len(problems), len(opened)) == ("{da}", 1, 1)


def test_a_file_goes_away_when_the_editor_fails() -> None:
    """Nothing of what customers wrote lies about."""
    opened: list[Path] = []

    def launch(path: Path) -> None:
        opened.append(path)
        raise OSError("no editor")

    with pytest.raises(OSError, match="no editor"):
        write_in_editor(Sheet("", ()), lambda _text: [], launch)
    assert not opened[0].exists()


def test_a_handbook_that_cannot_be_read_is_no_excuse(place: Place, root: Path, verb: Verb) -> None:
    """While a block about dangers is broken nobody knows the risk: somebody else has to approve."""
    (root / "guidelines" / "risk.md").write_text(RISK.replace("level: 2", "level: high"))
    _code, out = verb("reply", conversation(place, "c1"), "--by", "mai", "--text", "-", "--json", stdin="Ja")
    assert json.loads(out)["reply"]["state"] == "review"


def test_listener_is_the_account(place: Place) -> None:
    """The account of these tests is the one that heard."""
    with open_inbox(place, now=NOW, read_only=True) as inbox:
        found = inbox.conversation(conversation(place, "c1"), now=NOW)
    assert found.account_id == LISTENER.account_id


def test_the_log_names_a_reply(place: Place, verb: Verb, tmp_path: Path) -> None:
    """A reply has no file: lists of rows name it by the end of its id, as `inbox replies` does."""
    verb("reply", conversation(place, "c1"), "--by", "mai", "--text", "-", stdin="Ja")
    with open_inbox(place, now=NOW) as inbox:
        (reply,) = Replies(inbox).going()
    with open_ledger(ledger_path(tmp_path / "state"), now=NOW) as ledger:
        ledger.bind([(reply.account_id, "mastodon", "mastodon")], START)
        planned = Planned(reply.id, reply.account_id, "mastodon", "mastodon", "", NOW, "w", "UTC", "t", action="answer")
        ledger.plan([planned], NOW)
        (row,) = ledger.rows()
    assert row_name(row) == f"reply {reply.id[-6:]} → mastodon"


def test_a_conversation_shows_its_replies(place: Place, verb: Verb) -> None:
    """`inbox show` lists each with its state and its words, for people and for programs."""
    name = conversation(place, "s1")
    verb("reply", name, "--by", "mai", "--text", "-", stdin="Das tut uns leid.")
    code, out = verb("show", name)
    assert (code, "waits for approval, mastodon, public, mai" in out, "  Das tut uns leid." in out) == (0, True, True)
    told = json.loads(verb("show", name, "--json")[1])["replies"]
    assert [(one["state"], one["text"]) for one in told] == [("review", "Das tut uns leid.")]
