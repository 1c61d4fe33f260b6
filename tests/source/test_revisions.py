"""The history of a real repository, read at once."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from toolkit.source.revisions import group_revisions, read_revisions, read_rule_days

if TYPE_CHECKING:
    from pathlib import Path

RULE = "# Wörter\n\n```rule\nid: {name}\nextends: existence\ntokens: [x]\n```\n"


def git(folder: Path, *args: str, name: str = "Jule Hansen") -> str:
    identity = ("-c", f"user.name={name}", "-c", "user.email=jule@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def save(folder: Path, sentence: str, **files: str) -> None:
    for stem, text in files.items():
        path = folder / f"guidelines/{stem}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", sentence)


def test_every_commit_that_touched_a_file_is_its_history(tmp_path: Path) -> None:
    """Newest first, through renames, with whoever wrote it and the first line of what they said."""
    git(tmp_path, "init", "-q")
    save(tmp_path, "Wörter\n\nmehr dazu", woerter="# Wörter\n\nViele Zeilen,\ndamit ein Umzug\nzu sehen ist.\n")
    save(tmp_path, "Recht", recht="# Recht\n")
    git(tmp_path, "mv", "guidelines/woerter.md", "guidelines/wortliste.md")
    save(tmp_path, "Umbenannt \x1e\x1f <b>")
    save(tmp_path, "Anderes unter dem alten Namen", woerter="# Neu\n")
    (tmp_path / "toolkit.txt").write_text("nicht dabei", encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Woanders")
    revisions = read_revisions(tmp_path)
    assert [one.sentence for one in revisions] == [
        *("Anderes unter dem alten Namen", "Umbenannt \x1e\x1f <b>", "Recht", "Wörter")
    ]
    assert revisions[0].name == "Jule Hansen"
    assert revisions[0].email == "jule@example.com"
    assert revisions[0].at.tzinfo is not None
    found = group_revisions(revisions)
    assert {path: [one.sentence for one in ones] for path, ones in found.items()} == {
        "guidelines/wortliste.md": ["Umbenannt \x1e\x1f <b>", "Wörter"],
        "guidelines/recht.md": ["Recht"],
        "guidelines/woerter.md": ["Anderes unter dem alten Namen"],
    }


def test_a_workspace_below_its_repository_has_its_own_paths(tmp_path: Path) -> None:
    """Paths are those of the workspace, and what lies beside it is not its history."""
    git(tmp_path, "init", "-q")
    save(tmp_path / "brand", "Unter der Marke", ton="# Ton\n")
    save(tmp_path, "Daneben", recht="# Recht\n")
    (one,) = read_revisions(tmp_path / "brand")
    assert [file.path for file in one.files] == ["guidelines/ton.md"]


def test_nothing_is_known_without_git_and_at_the_edge_of_a_clone(tmp_path: Path) -> None:
    """A folder without commits has no history; the oldest commit of an incomplete clone did not add what it holds."""
    assert read_revisions(tmp_path) == ()
    assert read_rule_days(tmp_path) == {}
    assert read_revisions(tmp_path / "missing") == ()
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q")
    assert read_revisions(origin) == ()
    save(origin, "Alt", alt=RULE.format(name="alt"))
    save(origin, "Neu", neu=RULE.format(name="neu"))
    save(origin, "Neuer", neu=RULE.format(name="neuer"))
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{origin}", "short")
    assert [one.sentence for one in read_revisions(tmp_path / "short")] == ["Neuer"]
    assert set(read_rule_days(tmp_path / "short")) == {"neuer"}
    assert set(read_rule_days(origin)) == {"alt", "neu", "neuer"}


def test_a_rule_is_as_old_as_its_first_commit(tmp_path: Path) -> None:
    """A rule that moved to another page is not younger for it; a commit that HEAD does not have yet is read later."""
    git(tmp_path, "init", "-q")
    save(tmp_path, "Regel", woerter=RULE.format(name="duzen"))
    first = read_rule_days(tmp_path)["duzen"]
    save(tmp_path, "Umzug", woerter="# Wörter\n", ton=RULE.format(name='"duzen"'))
    save(tmp_path, "Noch eine", recht=RULE.format(name="anzeige"))
    days = read_rule_days(tmp_path)
    assert days["duzen"] == first
    assert days["anzeige"] >= first
