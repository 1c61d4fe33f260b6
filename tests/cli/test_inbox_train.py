"""`inbox label --sounds` and `inbox train`: what the team says of messages is kept without names, and teaches the model."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import LISTENER, START, all_of, said
from toolkit.cli import execute
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.place import inbox_path
from toolkit.database import Place
from toolkit.sentiment import CLASSES, Sentiment, add_correction, read_corrections

TOML = """\
format = 1

[workspace]
id = "probe"

[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example"
"""
WORDS = {
    Sentiment.POSITIVE: "Crema steht bei der Oma am Hafen",
    Sentiment.NEGATIVE: "Brühgruppe tropft heute im Laden",
    Sentiment.NEUTRAL: "welche Körnung nehmt ihr mit dem Sieb",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return tmp_path


def run(root: Path, *words: str) -> int:
    return execute(["inbox", *words, "-w", str(root)], {"LEITSTAND_LANG": "en"})


def test_a_word_on_how_it_sounds_is_kept_without_names(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last message of theirs is the one; its order changes at once, and no handle stands in the labels."""
    place = Place(inbox_path(root / "state"))
    told = [
        said("c1", text="Die Brühgruppe tropft schon wieder, @nordlicht"),
        said("c2", answers="c1", minute=9, own=True, text="Schade!"),
    ]
    with open_inbox(place, now=START) as inbox:
        inbox.gather(LISTENER, told, START + timedelta(minutes=10))
        [one] = all_of(inbox)
    assert run(root, "label", short(one.id), "--sounds", "negative", "--json") == 0
    capsys.readouterr()
    [correction], problems = read_corrections(root / "state")
    assert not problems
    assert (correction.label, correction.language) == (Sentiment.NEGATIVE, "de")
    assert "tropft" in correction.text
    assert "nordlicht" not in correction.text
    with open_inbox(place, now=START, read_only=True) as inbox:
        assert all_of(inbox)[0].negative == 1.0
    assert run(root, "label", short(one.id), "--sounds", "angry") == 2
    assert "negative, neutral, positive" in capsys.readouterr().err
    assert run(root, "label", short(one.id)) == 2


def test_labels_teach_a_model_of_ones_own_and_the_shipped_one_comes_back(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too few are told and change nothing; enough make a model whose figures are shown; --shipped takes it away."""
    assert run(root, "train") == 1
    assert capsys.readouterr().out.startswith("0 labels for de;")
    for number in range(120):
        sort = CLASSES[number % 3]
        add_correction(root / "state", f"{WORDS[sort]} Nummer {'abcdefghij'[number % 10]}{number}", sort, "de", START)
    assert run(root, "train", "--json") == 0
    [trained] = json.loads(capsys.readouterr().out)["trained"]
    assert trained["labels"] == 120
    assert trained["replaced"]
    assert trained["after"]["macro_f1"] > trained["before"]["macro_f1"]
    assert run(root, "train", "--shipped") == 0
    assert "de: the shipped model is in use again" in capsys.readouterr().out
    assert run(root, "train", "--shipped") == 0
    assert "nothing changes" in capsys.readouterr().out
