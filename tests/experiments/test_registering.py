"""A registered design cannot be changed unseen: before the first post freely, afterwards with a reason that stays."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experiments import trial
from tests.experiments.trial import BEFORE, PATH, Out, design, post_file, read
from toolkit.errors import UsageError
from toolkit.experiments.fingerprint import Standing, fingerprint, standing
from toolkit.experiments.labelling import label_edit
from toolkit.experiments.marks import marks_of
from toolkit.experiments.past import changed_keys
from toolkit.experiments.power import Prospect
from toolkit.experiments.registering import Signed, register
from toolkit.experiments.results import first_post
from toolkit.model import Post
from toolkit.settings import Settings
from toolkit.source import apply_edits, read_post

SETTINGS = Settings("try", "Try", "Europe/Berlin")
FILE = design("Why: because.\n", planned="10   # of each")
AFTER = Signed("ines", datetime(2026, 10, 12, 9, tzinfo=UTC))


def post(labels: str = "labels: [ask]") -> Post:
    text = post_file(Out(1, "2026-10-05", 0)).replace("labels: []", labels)
    found, _problems = read_post("content/posts/a.md", text.encode(), SETTINGS)
    assert found is not None
    return found


def registered(text: str, signed: Signed = BEFORE, why: str = "") -> str:
    """Registered while a post of an arm goes out on the fifth of October."""
    return trial.registered(text, first_post(read(text), marks_of([post()])), signed, why)


def where(text: str) -> Standing:
    found = read(text)
    return standing(found, first_post(found, marks_of([post()])))


def test_a_registration_stays_until_the_design_changes() -> None:
    """Registered before the first post; another title or a comment changes nothing, another number does."""
    assert where(FILE) is Standing.OPEN
    text = registered(FILE)
    assert where(text) is Standing.REGISTERED
    assert text.startswith(FILE.split("---\nWhy", maxsplit=1)[0])
    assert where(text.replace("title: Question or", "title: A question or")) is Standing.REGISTERED
    assert where(text.replace("planned: 10", "planned: 10.0".replace(".0", ""))) is Standing.REGISTERED
    assert where(text.replace("planned: 10", "planned: 5")) is Standing.CHANGED
    assert registered(text) == text


def test_before_the_first_post_it_may_change() -> None:
    """Registering again replaces the record, and nothing has to be explained."""
    text = registered(registered(FILE).replace("planned: 10", "planned: 20"))
    assert where(text) is Standing.REGISTERED
    assert text.count("registered:") == 1
    assert "changes:" not in text


def test_afterwards_only_with_a_reason() -> None:
    """Without one it is refused; with one the first record stays and the change stands beside it, one below the other."""
    changed = registered(FILE).replace("stop: 2026-10-31", "stop: 2026-11-15")
    with pytest.raises(UsageError, match="--why"):
        registered(changed, AFTER)
    text = registered(changed, AFTER, "A week of holidays.")
    assert where(text) is Standing.EXPLAINED
    again = registered(text.replace("planned: 10", "planned: 12"), AFTER, "Two more fit in: really.")
    assert where(again) is Standing.EXPLAINED
    assert [one.why for one in read(again).changes] == ["A week of holidays.", "Two more fit in: really."]
    assert read(again).registered == read(changed).registered


def test_what_was_known_then_is_kept() -> None:
    """The posts it takes and the chance of the planned ones stand beside the fingerprint, which they do not change."""
    edit = register(read(FILE), None, BEFORE, prospect=Prospect(34, 0.236))
    assert edit is not None
    found = read(apply_edits(FILE, [edit]))
    assert found.registered is not None
    assert (found.registered.needed, found.registered.chance) == (34, 0.24)
    assert found.registered.hash == fingerprint(read(FILE))


def test_who_registers_after_the_first_post_is_late() -> None:
    """And it is said."""
    assert where(registered(FILE, AFTER)) is Standing.LATE


def test_a_block_of_lines_is_replaced_as_a_whole() -> None:
    """A record that somebody wrote in lines leaves nothing behind."""
    lines = "registered:\n  at: 2026-09-20T09:00:00+02:00\n  by: ines\n  hash: sha256:0\ndecision:"
    text = registered(FILE.replace("decision:", lines))
    assert where(text) is Standing.REGISTERED
    assert "sha256:0\n" not in text
    assert read(text).decision == "We ask."


@pytest.mark.parametrize("value", ["", " {}", " []"])
def test_empty_keys_are_filled(value: str) -> None:
    """`registered:` and `changes:` that stand there empty are used."""
    text = FILE.replace(
        "decision:",
        f"registered:{'' if value == ' []' else value}\nchanges:{'' if value == ' {}' else value}\ndecision:",
    )
    first = registered(text)
    assert where(first) is Standing.REGISTERED
    assert where(registered(first.replace("planned: 10", "planned: 9"), AFTER, "Why not")) is Standing.EXPLAINED


@given(st.sampled_from(["hypothesis", "decision", "pool"]), st.text(st.characters(codec="utf-8"), max_size=20))
def test_every_word_of_the_design_counts(key: str, value: str) -> None:
    """The fingerprint is another exactly when the design is, however it is spaced."""
    one = read(FILE)
    other = replace(one, **{key: value})  # type: ignore[arg-type]  # a text
    same = " ".join(value.split()) == " ".join(getattr(one, key).split()) if key != "pool" else value == one.pool
    assert (fingerprint(other) == fingerprint(one)) == same


def git(folder: Path, *args: str) -> None:
    who = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


def test_the_repository_tells_what_was_changed(tmp_path: Path) -> None:
    """The registered version is found in the history, and each key is shown as it was and as it is."""
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    git(tmp_path, "init", "-q")
    text = registered(FILE)
    for version in (FILE, text, text.replace("planned: 10", "planned: 5")):
        path.write_text(version)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "a version")
    (difference,) = changed_keys(tmp_path, read(path.read_text()))
    assert (difference.key, difference.before, difference.after) == ("planned", "10", "5")
    assert changed_keys(tmp_path.parent, read(path.read_text())) == ()


@pytest.mark.parametrize(
    ("labels", "after"),
    [
        ("labels: [one, two]  # why", "labels: [one, two, try-it]  # why"),
        ("labels: []", "labels: [try-it]"),
        ("labels:", "labels: [try-it]"),
        ("labels: one", "labels: [one, try-it]"),
        (
            "labels:\n  - one\n  - two  # last\nlanguage: de",
            "labels:\n  - one\n  - two  # last\n  - try-it\nlanguage: de",
        ),
        ("language: de", "language: de\nlabels: [try-it]"),
    ],
)
def test_a_label_is_one_word_more(labels: str, after: str) -> None:
    """Wherever labels stand, nothing but the word is added, and the post has it."""
    before = post(labels)
    edit = label_edit(before, "try-it")
    assert edit is not None
    text = apply_edits(before.source.text, [edit])
    assert text == before.source.text.replace(labels, after)
    again, problems = read_post("content/posts/a.md", text.encode(), SETTINGS)
    assert problems == []
    assert again is not None
    assert again.labels == (*before.labels, "try-it")
    assert label_edit(again, "try-it") is None
