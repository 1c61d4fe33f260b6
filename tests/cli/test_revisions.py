"""correct and retract on a real workspace with a feed: asked for in the file, approved, done by the next tick."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_publishing_verbs import BEFORE, DUE, LATE, TOML, UID, Terminal, verb

__all__ = ["verb"]
APPROVALS = """
[people.maria]
roles = ["manager"]

[policy]
approvals = 1
"""


def feed(tmp_path: Path) -> str:
    (found,) = (tmp_path / "state/feeds").glob("*.json")
    return found.read_text("utf-8")


@pytest.fixture
def published(verb: Terminal) -> Terminal:
    """The post is out on the feed, with the approval that the house wants."""
    (verb.root / "leitstand.toml").write_text(TOML + APPROVALS, "utf-8")
    verb("approve", UID, "--by", "maria", "--now", BEFORE)
    verb("publish", "--now", BEFORE)
    verb("publish", "--now", DUE)
    return verb


def test_a_correction_waits_for_its_approval(published: Terminal, tmp_path: Path) -> None:
    """The published text changes once the new one is approved, at the place where it stands."""
    said = published("correct", UID, "--reason", "Falsche Tür", "--now", LATE)
    assert "news  the text there is replaced  https://example.com/feeds/" in said
    path = published.root / "content/posts/tuer.md"
    path.write_text(path.read_text("utf-8").replace("Tür 1 ist auf.", "Tür 2 ist auf."), "utf-8")
    assert "void" in published("publish", "--now", LATE, code=1)
    assert "Tür 1" in feed(tmp_path)
    published("approve", UID, "--by", "maria", "--now", LATE)
    assert "(edit:1)" in published("publish", "--now", LATE)
    assert "Tür 2" in feed(tmp_path)
    assert published("publish", "--now", LATE) == "nothing to do\n"
    assert published.json("correct", UID, "--reason", "noch einmal", "--now", LATE)["number"] == 2


def test_what_is_taken_back_is_gone_also_during_a_pause(published: Terminal, tmp_path: Path) -> None:
    """A crisis pause stops posts, not their retraction."""
    published("retract", UID, "--reason", "Rückruf", "--now", LATE)
    published("approve", UID, "--by", "maria", "--now", LATE)
    published("pause", "--reason", "Krise", "--by", "maria", "--now", LATE)
    assert "(retract)" in published("publish", "--now", LATE)
    assert "Tür 1" not in feed(tmp_path)
    rows = published.json("status", "--now", LATE)
    assert rows


def test_nothing_is_corrected_that_is_not_published(verb: Terminal) -> None:
    """The file of a post that is not out is simply changed; the sentence says so."""
    said = verb("correct", UID, "--reason", "x", "--now", BEFORE, code=2)
    assert "nothing of content/posts/tuer.md is published" in said
    assert "correction" not in (verb.root / "content/posts/tuer.md").read_text("utf-8")


def test_a_channel_that_the_post_does_not_have_is_named(published: Terminal) -> None:
    """A typo gets the nearest name."""
    assert "news" in published("retract", UID, "newz", "--reason", "x", "--now", LATE, code=2)


HANDS = """
[accounts.bilder]
network = "instagram"
id = "nordlicht"
hand_off = true
"""


def test_a_person_confirms_a_correction_at_the_same_address(verb: Terminal) -> None:
    """What was published by hand is corrected by hand; the same address then confirms the correction."""
    (verb.root / "leitstand.toml").write_text(TOML + HANDS, "utf-8")
    verb.post("bilder")
    url = "https://www.instagram.com/p/1"
    verb("publish", "--now", BEFORE)
    verb("publish", "--now", DUE)
    verb("confirm", UID, "bilder", url, "--now", DUE)
    said = verb("correct", UID, "--reason", "Falsche Tür", "--now", LATE)
    assert "a person does it there and confirms" in said
    assert "no approval is needed here" in said
    assert "correct it there by hand: https://www.instagram.com/p/1" in verb("publish", "--now", LATE)
    assert "(edit:1)" in verb("confirm", UID, "bilder", url, "--now", LATE)
    assert verb("publish", "--now", LATE) == "nothing to do\n"


def test_the_kit_holds_the_first_comment(verb: Terminal) -> None:
    """Whoever publishes by hand copies it from the kit."""
    (verb.root / "leitstand.toml").write_text(TOML + HANDS, "utf-8")
    verb.post("bilder")
    path = verb.root / "content/posts/tuer.md"
    text = path.read_text("utf-8").replace(
        "language: de", "language: de\noptions: {bilder: {first_comment: '#kaffee'}}"
    )
    path.write_text(text, "utf-8")
    verb("publish", "--now", BEFORE)
    kits = verb.json("kit", UID, "--output", str(verb.root.parent / "kit"), "--now", BEFORE)["kits"]
    assert isinstance(kits, list)
    assert [kit["first_comment"] for kit in kits] == [["#kaffee"]]


def test_a_correction_of_nothing_is_refused_where_nobody_would_approve_it(verb: Terminal, tmp_path: Path) -> None:
    """Who forgot to save is told so; changed texts go out, also back to what was sent first."""
    path = verb.root / "content/posts/tuer.md"
    verb("publish", "--now", BEFORE)
    verb("publish", "--now", DUE)
    said = verb("correct", UID, "--reason", "Falsche Tür", "--now", LATE, code=2)
    assert "says what is published already" in said
    assert "correction" not in path.read_text("utf-8")
    for old, new in (("Tür 1 ist auf.", "Tür 2 ist auf."), ("Tür 2 ist auf.", "Tür 1 ist auf.")):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        verb("correct", UID, "--reason", "Falsche Tür", "--now", LATE)
        verb("publish", "--now", LATE)
        assert new in feed(tmp_path)
