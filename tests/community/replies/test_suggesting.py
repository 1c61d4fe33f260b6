"""Suggestions: the nearest with its source, in the language of the question, without whom an answer was for."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.community.inbox.inboxes import START, said
from tests.community.replies.written import NOW, approved, ask
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.forgetting import find_author, forget
from toolkit.community.replies.book import Replies
from toolkit.community.replies.canned import read_canned
from toolkit.community.replies.recalling import all_sources, pseudonymise
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.community.replies.suggesting import Shelf, Source
from toolkit.lint.rule import View
from toolkit.workspace import load_workspace

ROOT = Path(__file__).parents[3]
TOML = '[workspace]\nid = "probe"\nlanguages = ["de"]\n\n[people.mai]\nname = "Mai Pham"\n'
PAGE = """\
---
title: Lieferverzug
intent: lieferverzug
language: de
---
# Lieferverzug

> Das ist zu lange, {vorname}. Dein Paket
> ist unterwegs.
>
> {ich}

Nur bei Paketen.

> Zweite Vorlage.
"""


@pytest.fixture
def view(tmp_path: Path) -> View:
    root = tmp_path / "brand"
    (root / "guidelines" / "replies").mkdir(parents=True)
    (root / "leitstand.toml").write_text("format = 1\n" + TOML)
    (root / "guidelines" / "replies" / "lieferverzug.md").write_text(PAGE)
    return View(load_workspace(root), NOW)


def test_a_canned_reply_keeps_its_placeholders(view: View) -> None:
    """Wrapped lines are one paragraph; the page's own words say what it is about."""
    first, second = read_canned(view)
    assert first.text == "Das ist zu lange, {vorname}. Dein Paket ist unterwegs.\n\n{ich}"
    assert (first.line, first.title, first.language, second.text) == (8, "Lieferverzug", "de", "Zweite Vorlage.")
    assert "Nur bei Paketen." in first.about
    assert "unterwegs" not in first.about


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("Mein Paket ist seit einer Woche nicht da, wo bleibt die Lieferung?", "lieferverzug.md"),
        ("Wie kann ich mein Abo kündigen?", "kuendigung.md"),
        ("Ist da Milch oder Nuss drin? Ich habe eine Allergie", "allergene.md"),
        ("So viel Verpackung für eine Tüte Kaffee!", "verpackung.md"),
        ("Der Kaffee schmeckt mir gar nicht, viel zu sauer", "schmeckt-nicht.md"),
        ("Warum ist der Preis schon wieder gestiegen?", "preis.md"),
    ],
)
def test_the_sample_house_finds_the_page_that_fits(asked: str, page: str) -> None:
    """Questions as people ask them lead to the right canned reply first."""
    canned = read_canned(View(load_workspace(ROOT), NOW))
    shelf = Shelf.of(
        Source(f"{one.path}:{one.line}", one.title, one.language, one.text, f"{one.intent}\n{one.about}")
        for one in canned
    )
    found = shelf.suggest(asked, "de")
    assert found[0].source.name.startswith(f"guidelines/replies/{page}:"), [one.source.name for one in found]


def test_another_language_comes_after(view: View) -> None:
    """The same words in the language of the question come first."""
    del view
    shelf = Shelf.of([Source("en", "Versand", "en", "Versand Paket"), Source("de", "Versand", "de", "Versand Paket")])
    assert [one.source.name for one in shelf.suggest("Versand", "de")] == ["de", "en"]


def test_what_was_sent_is_suggested_without_whom_it_was_for(inbox: Inbox, view: View) -> None:
    """Names, handles, addresses and long numbers are placeholders; what is forgotten is suggested no more."""
    text = "Hallo Clara, @clara@far.example, deine Bestellung 4711-0815 geht an a.b@far.example. Mai"
    reply = approved(inbox, ask(inbox, "clara"), text)
    replies = Replies(inbox)
    replies.change(reply, replace(reply, language="de", state=ReplyState.SENT), "", "sent")
    sent = all_sources(replies, view)[-1]
    assert sent.name == f"reply {reply.id[-6:]}"
    assert sent.text == "Hallo {vorname}, {vorname}, deine Bestellung {nummer} geht an {mail}. {ich}"
    assert Shelf.of([sent]).suggest("Wo bleibt denn der Kaffee")[0].source == sent
    forget(inbox, None, find_author(inbox, "@clara@far.example"), NOW)
    assert len(all_sources(replies, view)) == 2


def test_a_draft_is_no_example(inbox: Inbox, view: View) -> None:
    """Only what went out is suggested."""
    approved(inbox, ask(inbox))
    assert len(all_sources(Replies(inbox), view)) == 2


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_no_name_stays(text: str, name: str, handle: str) -> None:
    """Whatever people are called, pseudonymising ends, and their name is not left as a word of its own."""
    message = said("c1", author=f"@{handle}@far.example", name=name)
    reply = Reply(
        "R", "C", "C", "a", "m", "c1", "s", f"{text} {name} {text}", "de", False, "mai", START, START, START
    )  # in order
    found = pseudonymise(reply, message)
    if len(name) >= 3 and name.isalpha() and name.casefold() not in "vorname nummer mail":
        assert f" {name} " not in f" {found} "


@given(st.lists(st.text(max_size=60), max_size=8), st.text(max_size=60))
def test_a_score_is_a_share(texts: list[str], asked: str) -> None:
    """Between 0 and 1, in order, whatever is written; a text is nearest to itself."""
    shelf = Shelf.of(Source(str(number), "", "", text) for number, text in enumerate(texts))
    scores = [one.score for one in shelf.suggest(asked, most=10)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_two_thousand_are_searched_at_once() -> None:
    """On a shelf that is ready an answer takes far less than 50 ms."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwz", k=chance.randint(4, 12))) for _ in range(4000)]
    texts = [" ".join(chance.choices(words, k=40)) for _ in range(2000)]
    shelf = Shelf.of(Source(str(number), "", "de", text) for number, text in enumerate(texts))
    best = min(_timed(shelf, texts[number]) for number in range(0, 2000, 200))
    assert best < 0.05
    assert shelf.suggest(texts[7], "de")[0].source.name == "7"


def _timed(shelf: Shelf, text: str) -> float:
    before = time.process_time()
    shelf.suggest(text, "de")
    return time.process_time() - before
