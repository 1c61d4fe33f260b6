"""The site shows experiments and posting times: what may be said and no more, and counts them once."""

from __future__ import annotations

from datetime import datetime
from math import exp
from pathlib import Path
from random import Random

import pytest

from tests.experiments.trial import PATH, Out, day, design, make, registered
from toolkit.pages.gather import Sources, gather
from toolkit.pages.page import Page
from toolkit.pages.paths import EXPERIMENTS, TIMES
from toolkit.pages.rendering import render_site
from toolkit.pages.results.trying import NAME

NOW = datetime.fromisoformat("2026-11-21T12:00:00+01:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Eighty posts, every other day; the last of them in two arms with a factor of four between them."""
    return prepare(tmp_path)


def prepare(folder: Path, planned: str = "10") -> Path:
    chance, posts = Random(3), []
    for number in range(80):
        label = ("ask" if number % 2 else "tell") if number >= 63 else "other"
        value = round(50 * (4 if label == "ask" else 1) * exp(chance.gauss(0, 0.4)))
        posts.append(Out(number, day(2 * number, "2026-05-01"), value, label))
    text = design("Why we do it.\n", title="Question <or> statement", start="2026-09-01", planned=planned)
    return make(folder, posts, registered(text))


def site(root: Path, *, partner: bool = False) -> dict[str, str]:
    environ = {"LEITSTAND_STATE_DIR": str(root / "state")}
    pages = render_site(gather(Sources(root, NOW, environ, partner=partner)))
    return {path: page.text for path, page in pages.items() if isinstance(page, Page)}


def test_an_experiment_has_a_page(root: Path) -> None:
    """Its words, its arms, its registration, its posts; nobody wins with eight and nine of ten."""
    page = site(root)["experiments/question.md"]
    for said in (
        "Question &lt;or&gt; statement",
        "registered before the first post",
        "We ask.",
        "Why we do it.",
        "Ines",
    ):
        assert said in page
    assert "Over, and not enough posts to decide (n = 9 and 8 of 10)." in page
    assert "ls-range" in page
    assert "does better" not in page
    assert "How it was decided" in page
    assert "One comparison of two arms, by ranks (Mann-Whitney, two-sided, 5%), at one look" in page


def test_the_chance_to_find_it_is_the_calculated_one(root: Path) -> None:
    """What was asked for is no promise: the page says what the planned posts find, and how many it takes."""
    path = root / PATH
    path.write_text(path.read_text().replace("hash:", "needed: 34, chance: 0.24, hash:"))
    page = site(root)["experiments/question.md"]
    assert "24%, as calculated when it was registered; it takes 34 posts of each arm" in page
    assert "to be found in 80% of all experiments" in page


def test_what_happens_next_has_its_day(root: Path) -> None:
    """While it runs the page says how many posts are missing, until when, and what is done then."""
    early = datetime.fromisoformat("2026-10-01T12:00:00+02:00")
    pages = render_site(gather(Sources(root, early, {"LEITSTAND_STATE_DIR": str(root / "state")})))
    page = pages["experiments/question.md"]
    assert isinstance(page, Page)
    assert "Missing still: 4 posts of “question” and 5 posts of “statement”." in page.text
    assert "at the latest on 8 November 2026." in page.text
    assert "Then it is done as it was written down: We ask. Ines answers for it." in page.text
    assert "not counted yet" in page.text


def test_a_changed_design_is_shown(root: Path) -> None:
    """Eight instead of ten planned posts make no winner, and the page says that nobody gave a reason."""
    path = root / PATH
    path.write_text(path.read_text().replace("planned: 10", "planned: 8"))
    page = site(root)["experiments/question.md"]
    assert "Looked at afterwards, so nobody is called a winner: “question” brought " in page
    assert "changed after it was registered, without a word" in page


def test_posting_times_have_a_page(root: Path) -> None:
    """All channels and each, with too few posts in most cells."""
    page = site(root)[TIMES]
    assert "All channels together" in page
    assert "too few" in page


def test_outsiders_see_neither(root: Path) -> None:
    """Nothing of it is even read for people outside."""
    assert not {EXPERIMENTS, TIMES, "experiments/question.md"} & set(site(root, partner=True))


def test_it_is_counted_once(root: Path) -> None:
    """The second build takes what the first one kept; a damaged file is counted again; another label counts anew."""
    first = site(root)
    kept = root / "state/cache" / NAME
    before = kept.stat().st_mtime_ns
    assert site(root)["experiments/question.md"] == first["experiments/question.md"]
    assert kept.stat().st_mtime_ns == before
    kept.write_text("{")
    assert site(root)[TIMES] == first[TIMES]
    post = root / "content/posts/p070.md"
    post.write_text(post.read_text().replace("labels: [tell]", "labels: [other]"))
    assert "(n = 9 and 7 of 10)" in site(root)["experiments/question.md"]


def test_the_one_look_at_the_end_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the ranks said is kept with what was counted; the page of the second build is the first one's."""
    root = prepare(tmp_path, planned="8")
    first = site(root)
    assert "does better" in first["experiments/question.md"]

    def compare(*_values: object) -> None:
        pytest.fail("the arms are compared again")

    monkeypatch.setattr("toolkit.experiments.results.compare_ranks", compare)
    assert site(root)["experiments/question.md"] == first["experiments/question.md"]


def test_without_numbers_there_is_the_design(root: Path) -> None:
    """Before anything was counted the page shows what is planned."""
    (root / "elsewhere").mkdir()
    environ = {"LEITSTAND_STATE_DIR": str(root / "elsewhere")}
    pages = render_site(gather(Sources(root, NOW, environ)))
    page = pages["experiments/question.md"]
    assert isinstance(page, Page)
    assert "Nothing has been counted yet." in page.text
    assert TIMES not in pages
