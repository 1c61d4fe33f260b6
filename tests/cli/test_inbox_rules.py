"""`leitstand inbox rules`: what the handbook says of triage, and whether it does."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.triage.desks import NOW, Brand, rule
from toolkit.cli import execute
from toolkit.cli.inbox.rules import list_rules, show_rule, try_all
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import find_inbox
from toolkit.errors import UsageError
from toolkit.model import Message, MessageKind
from toolkit.workspace import load_workspace, state_dir

ROOT = Path(__file__).parents[2]


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Brand:
    """A brand with two rules and a danger, told in English."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    made = Brand(tmp_path / "brand")
    made.block("risk", "risk: Glas\nlevel: 3\nwords: [Splitter]\ngood: [Splitter]\n")
    made.block("triage", rule("praise", "{words: [danke], question: false}", "{points: -1}", good="[Danke!]"))
    late = "{labels: [order], first_response: PT1H30M, stop: true}"
    made.block("triage", rule("order", "{words: [Paket*]}", late, good="[Pakete]", more="order: 1\nwhy: Ware\n"))
    return made


def test_rules_are_listed_in_their_order(brand: Brand, capsys: pytest.CaptureFixture[str]) -> None:
    """As lines for people with page and line, and as records for programs."""
    assert list_rules(workspace=brand.root) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "triage  order  (guidelines/answers.md:19)  words: Paket* → labels: order; first_response: PT1H30M; stop: true"
    )
    assert lines[1].endswith("words: danke; question: false → points: -1")
    assert lines[2] == "risk    Glas  (guidelines/answers.md:4)  words: Splitter → risk: 3"
    assert list_rules(workspace=brand.root, as_json=True) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["name"] for record in records] == ["order", "praise", "Glas"]
    assert records[1]["if"] == {"words": ["danke"], "question": False}


def test_one_rule_with_its_examples(brand: Brand, capsys: pytest.CaptureFixture[str]) -> None:
    """What it is for and what not; a name that nobody has is answered with the one that was meant."""
    assert show_rule("order", workspace=brand.root) == 0
    said = capsys.readouterr().out
    assert "order  (guidelines/answers.md:19)\n  Ware\nif:\n  words: Paket*\nthen:\n  labels: order\n" in said
    assert "for: Pakete\nnot for: b\n" in said
    with pytest.raises(UsageError, match="did you mean 'order'"):
        show_rule("ordre", workspace=brand.root)


def test_rules_that_do_what_they_say(brand: Brand, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0, and how much was tried."""
    assert try_all(workspace=brand.root) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "2 rules and 1 danger, 5 examples tried\n")


def test_everything_that_is_wrong_is_told(brand: Brand, capsys: pytest.CaptureFixture[str]) -> None:
    """A block that cannot be read, an example that comes out otherwise, a rule that is never reached: exit 1."""
    brand.block("triage", "rule: half\nif: {question: true}\nthen: {points: 1}\ngood: [Wann?]\n")
    brand.block("triage", rule("hidden", "{words: [Paketbote]}", "{points: 1}", good="[Paketbote]"))
    brand.block("triage", rule("wrong", "{words: [Tee]}", "{points: 1}", good="[Kaffee]"))
    assert try_all(workspace=brand.root) == 1
    out = capsys.readouterr().out
    assert "guidelines/answers.md:29:7: bad is missing" in out
    assert "hidden is never reached: order (guidelines/answers.md:19) comes first" in out
    assert "wrong is not for its good example “Kaffee”" in out
    assert try_all(workspace=brand.root, as_json=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["rules"], found["dangers"], len(found["problems"])) == (4, 1, 4)


def test_the_rules_of_this_repository_s_house_do_what_they_say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample handbook's own examples."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    assert try_all(workspace=ROOT, as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["rules"] >= 8
    assert found["dangers"] >= 5
    assert found["examples"] >= 25


def test_rules_hang_on_the_verb_inbox(brand: Brand, capsys: pytest.CaptureFixture[str]) -> None:
    """`leitstand inbox rules test` runs, and its help is told in the spoken language."""
    environ = {"LEITSTAND_LANG": "en"}
    assert execute(["inbox", "rules", "test", "-w", str(brand.root)], environ) == 0
    assert "5 examples tried" in capsys.readouterr().err
    assert execute(["inbox", "rules", "--help"], environ) == 0
    assert "Try the rules with their own examples" in capsys.readouterr().out


def test_a_conversation_says_why_it_is_urgent(
    brand: Brand, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part of the sum, the weightiest first, and until when an answer is promised."""
    brand.block("hours", "hours: [mon-fri 08:00-18:00]\nfirst_response: PT2H\n")
    environ = {"LEITSTAND_LANG": "en", "LEITSTAND_STATE_DIR": str(tmp_path / "state")}
    monkeypatch.setenv("LEITSTAND_STATE_DIR", environ["LEITSTAND_STATE_DIR"])
    where = ["-w", str(brand.root), "--now", NOW.isoformat()]
    settings = load_workspace(brand.root).settings
    at = NOW - timedelta(hours=1)
    said = Message("1", "toots", MessageKind.COMMENT, "@kim@example.org", "Splitter?", at, answers="p", below="p")
    with open_inbox(find_inbox(state_dir(brand.root, settings, environ), settings, environ), now=NOW) as inbox:
        (name,) = inbox.gather(Listener("mastodon:us", "toots", {}), [said], NOW).conversations
    assert execute(["inbox", "show", name, *where], environ) == 0
    out = capsys.readouterr().out
    why = out[out.index("urgency") :].splitlines()
    assert why == [
        "urgency 6.5",
        "  +5.0  danger, class 3: Glas",
        "  +1.0  asks a question",
        "  +0.5  has waited for 50 percent of the promised time",
        "an answer is promised until 2026-11-24 13:00",
    ]
    assert execute(["inbox", "show", name, "--json", *where], environ) == 0
    found = json.loads(capsys.readouterr().out)["triage"]
    assert (found["score"], found["risk"], found["parts"][0]["source"]) == (6.5, 3, "risk")
