"""The site shows experiments and posting times: what may be said and no more, and counts them once."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import exp
from pathlib import Path
from random import Random

import pytest

from toolkit.experiments import Signed, read_experiment, register
from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.pages.gather import Sources, gather
from toolkit.pages.paths import EXPERIMENTS, TIMES
from toolkit.pages.rendering import render_site
from toolkit.pages.tried import NAME
from toolkit.pages.view import Page
from toolkit.source import apply_edits

TOML = """format = 1
[workspace]
id = "try"
languages = ["en"]
[people.ines]
name = "Ines"
[accounts.mastodon]
network = "mastodon"
"""
POST = "---\nuid: {uid}\ntitle: {title}\nstatus: ready\npublish: {day} 10:00\nchannels: [mastodon]\nlabels: [{label}]\n---\nText\n"
TRIAL = """---
title: Question <or> statement
owner: ines
hypothesis: A question brings more.
metric: interactions
arms:
  - {name: question, label: ask}
  - {name: statement, label: tell}
start: 2026-09-01
stop: 2026-10-31
planned: 10
decision: We ask.
---
Why we do it.
"""
NOW = datetime.fromisoformat("2026-11-21T12:00:00+01:00")
PATH = "content/experiments/question.md"


def uid(number: int) -> str:
    return f"01JDK3V7Q2M8X4T6R9A0B1C{number:03}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Forty posts, ten of each arm among them with a factor of four between them, the rest every day of a year."""
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/experiments").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML)
    one, _problems = read_experiment(PATH, TRIAL.encode())
    assert one is not None
    edit = register(one, (), Signed("ines", datetime.fromisoformat("2026-08-30T09:00:00+02:00")))
    assert edit is not None
    (tmp_path / PATH).write_text(apply_edits(TRIAL, [edit]))
    chance, rows = Random(3), []
    for number in range(80):
        at = datetime.fromisoformat("2026-05-01T08:00:00+00:00") + timedelta(days=2 * number)
        label = ("ask" if number % 2 else "tell") if 63 <= number < 83 else "other"
        text = POST.format(uid=uid(number), title=f"Post {number}", day=f"{at:%Y-%m-%d}", label=label)
        (tmp_path / f"content/posts/p{number}.md").write_text(text)
        likes = round(50 * (4 if label == "ask" else 1) * exp(chance.gauss(0, 0.4)))
        rows.append(Observation(uid(number), "mastodon", "likes", likes, at + timedelta(days=7), at, "test", "one"))
    open_store(tmp_path / "state").append(rows, imported_at=NOW)
    return tmp_path


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


def test_a_changed_design_is_shown(root: Path) -> None:
    """Eight instead of ten planned posts make a winner, and the page says that nobody gave a reason."""
    path = root / PATH
    path.write_text(path.read_text().replace("planned: 10", "planned: 8"))
    page = site(root)["experiments/question.md"]
    assert "“question” does better" in page
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
    post = root / "content/posts/p70.md"
    post.write_text(post.read_text().replace("labels: [tell]", "labels: [other]"))
    assert "(n = 9 and 7 of 10)" in site(root)["experiments/question.md"]


def test_without_numbers_there_is_the_design(root: Path) -> None:
    """Before anything was counted the page shows what is planned."""
    (root / "elsewhere").mkdir()
    environ = {"LEITSTAND_STATE_DIR": str(root / "elsewhere")}
    pages = render_site(gather(Sources(root, NOW, environ)))
    page = pages["experiments/question.md"]
    assert isinstance(page, Page)
    assert "Nothing has been counted yet." in page.text
    assert TIMES not in pages
