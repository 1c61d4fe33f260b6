"""`leitstand explain`: the word of a person leads to what it means."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.probe import PROBE
from toolkit.cli import VERBS, execute
from toolkit.cli.explain.finding import find_topics, is_sure
from toolkit.cli.explain.topics import Kind, Topic, all_topics
from toolkit.cli.explain.vocabulary import said_for
from toolkit.kpis import KPIS
from toolkit.ledger import State
from toolkit.lint import RULES
from toolkit.messages import speaking
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


def test_a_slip_of_the_fingers_is_no_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt word gets the names that are near and no explanation; exit code 1 says so to a program."""
    assert execute(["explain", "engagment", "rates", "-w", str(folder)], EN) == 1
    said = capsys.readouterr().out
    assert said.startswith("'engagment rates' is not known here; near: engagement_rate_")
    assert said.count("\n") == 1
    found = explained(folder, capsys, "engagment", "rates", code=1)
    assert found["sure"] is False
    assert "text" not in found
    assert {topic["kind"] for topic in found["near"]} == {"kpi"}  # type: ignore[attr-defined]
    assert execute(["explain", "wibble", "-w", str(folder)], EN) == 2
    assert "'wibble'" in capsys.readouterr().err


# What an editor or a social media manager types → what it should lead to. Few of them stand in the word lists as they
# are here: they are inflected, put together, or part of a question.
ASKED = {
    "de": """
        Hashtags = rule hashtag-case; Wie viele Hashtags? = rule hashtag-case; Sendeplätze = rule posting-slot
        Was ist ein Slot? = rule posting-slot; freie Sendeplätze = rule posting-slot; Freigaben = rule approval
        Beitragsfreigabe = rule approval; Freigabeprozess = rule approval; warum rot = command check
        Warum ist das rot? = command check; Störer = rule contrast; was bedeutet angehalten = state held
        Warum ist mein Beitrag angehalten? = state held; Mein Post ist nicht rausgegangen = command status
        Wer darf freigeben? = setting policy.approvers; Alternativtexte = rule alt-text
        Bildbeschreibungen = rule alt-text; Reichweiten = kpi reach; Was ist Reichweite? = kpi reach
        Interaktionsraten = kpi engagement_rate_followers; Impressionen = kpi views; Kampagnen = rule campaign
        Themensäulen = rule pillar-mix; Redaktionspläne = command plan; Dienstplan = rule duty
        Zeitumstellung = rule publish-time; Text zu lang = rule length; zu viele Zeichen = rule length
        Influencer-Kooperation = rule sponsored; Werbekennzeichnung = rule sponsored; gendern = rule gender-form
        duzen oder siezen = rule address; Experimente = rule experiment; A/B-Tests = rule experiment
        Wie plane ich ein Experiment? = rule experiment; Entwürfe = state draft; Entwuerfe = state draft
        was tun bei einem Shitstorm = command crisis; Krisenplan = rule playbook; Direktnachrichten = command inbox
        Beschwerden = command inbox; Monatsberichte = command report; Kennzahlen = command kpi
        beste Uhrzeit zum Posten = command learn; Konkurrenz = command competitors; Ideenliste = rule idea
        Anlässe = command occasions; gesperrte Themen = rule no-go; Wie lösche ich einen Beitrag? = command retract
        Rechtschreibfehler = rule spelling; Urlaubsvertretung = setting people.deputy; Bildrechte = rule rights
        Videountertitel = rule media-captions; Wer ist zuständig? = key owner; Zielgruppen = rule social-media-plan
        Feiertage = rule holiday; Entscheidungen = rule decision; Newsletter-Öffnungsrate = kpi open_rate
        Was heißt verpasst? = state missed; Trends = command research; Serien = key repeat
    """,
    "en": """
        how many hashtags = rule hashtag-case; posting slots = rule posting-slot; who can approve = command approve
        four eyes principle = rule approval; why is it red = command check; why is my post stuck = state held
        what does held mean = state held; my post was rejected = state failed; scheduled posts = state planned
        image descriptions = rule alt-text; engagement rates = kpi engagement_rate_followers
        what is share of voice = kpi share_of_voice; content pillars = rule pillar-mix; typos = rule spelling
        how do I delete a post = command retract; best time to post = command learn; stories = rule media-fit
        influencers = rule sponsored; deadline = key due; direct messages = command inbox; drafts = state draft
        monthly reports = command report; audiences = rule social-media-plan; retweets = kpi shares
    """,
}
NONSENSE = """
    asdfgh, qwertz, Quastenflosser, Kuchen, Regenschirm, Wetter, Wetterbericht, Blumenkohl, Lokomotive, Zahnarzttermin, xyzzy,
    wibble, banana, photosynthesis, bicycle, quantum physics, le renard, fromage, mañana, спасибо, 日本語, 12345, ???,
    Fensterputzer, Steuererklärung, Wie backe ich einen Kuchen?, how to cook rice, lorem ipsum dolor, Dampfschifffahrt,
    Kartoffelsalat, the quick brown fox, Fahrplan, Bildschirm, Tischkalender, Zeitung, Bundeskanzler
"""


@pytest.mark.parametrize("language", ["de", "en"])
def test_everyday_words_lead_where_they_should(language: str) -> None:
    """Of the words and questions of everyday work, nine in ten and more find what they mean, and are sure of it."""
    with speaking(language):
        topics = all_topics(None, "")
        pairs = [line.rpartition(" = ")[::2] for line in re.split(r";|\n", ASKED[language]) if line.strip()]
        answers = {asked.strip(): find_topics(asked, topics) for asked, _meant in pairs}
    missed = {
        asked.strip(): [f"{guess.topic.kind} {guess.topic.name}" for guess in answers[asked.strip()][:3]]
        for asked, meant in pairs
        if not is_sure(answers[asked.strip()])
        or meant.strip() != "{0.kind} {0.name}".format(answers[asked.strip()][0].topic)
    }
    assert len(missed) * 10 <= len(pairs), missed


@pytest.mark.parametrize("language", ["de", "en"])
def test_nonsense_has_no_answer(language: str) -> None:
    """What has nothing to do with the matter is not explained by something that is only spelled alike."""
    with speaking(language):
        topics = all_topics(None, "")
        assert {word: found for word in NONSENSE.split(",") if (found := find_topics(word, topics))} == {}


def test_the_words_lead_to_things_that_there_are() -> None:
    """Each line of the word lists is about a topic, and no word stands for two."""
    names = {f"{topic.kind} {topic.name}" for topic in all_topics(None, "")}
    assert set(said_for()) <= names
    every = Counter(said for words in said_for().values() for said in {word.casefold() for word in words})
    assert [word for word, times in every.items() if times > 1] == []


def test_a_page_of_the_handbook_is_an_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A word that heads a page of the house's handbook leads to it, with its opening words."""
    page = folder / "guidelines/merch.md"
    page.write_text("# Merch: cups and bags\n\nTwo posts a month.\nNot more.\n\n## Where\n\nShop.\n", encoding="utf-8")
    found = explained(folder, capsys, "merch")
    assert (found["kind"], found["more"]) == ("page", "guidelines/merch.md")
    assert found["text"] == "Two posts a month.\nNot more."


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
