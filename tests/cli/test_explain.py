"""`leitstand explain`: the word of a person leads to what it means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.probe import PROBE
from toolkit.cli import VERBS, execute
from toolkit.cli.explain.finding import find_topics, is_sure
from toolkit.cli.explain.topics import Kind, Topic, all_topics
from toolkit.kpis import KPIS
from toolkit.ledger import State
from toolkit.lint import RULES
from toolkit.networks import NETWORKS

EN = {"LEITSTAND_LANG": "en"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose handbook has a rule of its own."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "leitstand.toml").write_text(PROBE, encoding="utf-8")
    page = tmp_path / "guidelines/voice.md"
    page.parent.mkdir()
    page.write_text(
        "# Voice\n\n```rule\nid: no-hurry\nextends: existence\nmessage: Nobody hurries.\nlevel: warning\ntokens: [hurry]\n"
        "good: [Come in.]\nbad: [Hurry up.]\n```\n",
        encoding="utf-8",
    )
    return tmp_path


def explained(folder: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, object]:
    assert execute(["explain", *words, "-w", str(folder), "--json"], EN) == code
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("word", "kind", "name"),
    [
        ("alt-text", "rule", "alt-text"),
        ("Alt Text", "rule", "alt-text"),
        ("too long", "rule", "length"),
        ("content/posts/a.md:7:1: warning: 12 min after another post (distance)", "rule", "distance"),
        ("no-hurry", "rule", "no-hurry"),
        ("held", "state", "held"),
        ("stuck", "state", "held"),
        ("sent", "state", "confirmed"),
        ("read-back", "state", "read-back"),
        ("reach", "kpi", "reach"),
        ("impressions", "kpi", "views"),
        ("policy.approvals", "setting", "policy.approvals"),
        ("approvals", "setting", "policy.approvals"),
        ("grace", "key", "grace"),
        ("Mastodon", "network", "mastodon"),
        ("retract", "command", "retract"),
    ],
)
def test_the_word_is_found(folder: Path, capsys: pytest.CaptureFixture[str], word: str, kind: str, name: str) -> None:
    """Names, people's words, printed states and whole lines of `check` are all understood, and the answer is sure."""
    found = explained(folder, capsys, word)
    assert (found["kind"], found["name"], found["sure"]) == (kind, name, True)
    assert found["text"]


def test_a_slip_of_the_fingers_is_a_guess(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt word is answered with what comes nearest, marked as a guess, and exit code 1 says so to a program."""
    found = explained(folder, capsys, "engagment", "rates", code=1)
    assert found["sure"] is False
    assert str(found["name"]).startswith("engagement")
    assert execute(["explain", "wibble", "-w", str(folder)], EN) == 2
    assert "'wibble'" in capsys.readouterr().err


def test_the_rule_of_the_house_names_its_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that stands in the handbook leads to the page that explains it."""
    assert explained(folder, capsys, "no-hurry")["more"] == "guidelines/voice.md"
    assert execute(["explain", "no-hurry", "-w", str(folder)], EN) == 0
    assert "More: guidelines/voice.md" in capsys.readouterr().out


def test_it_speaks_the_language_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In German the German word is understood, and outside of any workspace, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEITSTAND_LANG", "de")
    assert execute(["explain", "angehalten"], {"LEITSTAND_LANG": "de"}) == 0
    titles = {topic.name: topic.title for topic in all_topics(None, "")}
    assert titles["held"] == "angehalten"


def test_everything_that_has_a_name_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """No rule, state, key figure, network or command is missing, each name of a kind is one topic, and none is empty."""
    topics = all_topics(None, "")
    names = {(topic.kind, topic.name) for topic in topics}
    assert len(names) == len(topics)
    wanted = {
        Kind.RULE: RULES,
        Kind.STATE: [state.value for state in State],
        Kind.KPI: KPIS,
        Kind.NETWORK: NETWORKS,
        Kind.COMMAND: VERBS,
    }
    assert {(kind, name) for kind, known in wanted.items() for name in known} <= names
    assert [topic.name for topic in topics if not topic.text.strip()] == []
    for topic in topics:
        assert is_sure(found := find_topics(topic.name, topics)), topic.name
        assert found[0].score == 1.0


TOPICS = [Topic(Kind.STATE, "held", "angehalten", "Nobody but a person can tell.", ("stuck",))]


@given(st.text(max_size=60))
def test_any_word_has_an_answer_or_none(word: str) -> None:
    """Whatever somebody types, nothing breaks, and scores lie between nothing and sure."""
    assert all(0 < guess.score <= 1 for guess in find_topics(word, TOPICS))
