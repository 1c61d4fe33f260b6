"""A drill proves that a playbook works, and finds what does not; the workspace stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_crisis import House, house

__all__ = ["house"]  # the fixture


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file outside of the state."""
    files = (path for path in root.rglob("*") if path.is_file() and "state" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def with_blog(root: Path) -> None:
    """An account that publishes by itself and without approvals: the pause is tried on it."""
    toml = root / "leitstand.toml"
    more = '[accounts.blog]\nnetwork = "mastodon"\nid = "@x@social.example"\n[state]'
    toml.write_text(toml.read_text(encoding="utf-8").replace("[state]", more), encoding="utf-8")
    plan = root / "guidelines/crisis/rueckruf.md"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace("  - level: 3\n", "  - level: 3\n    when: {score: 4, words: [Rückruf*]}\n"), encoding="utf-8"
    )


def drill(house: House, *more: str, code: int = 0) -> str:
    return house("12:00", "crisis", "drill", "rueckruf", *more, code=code)


def test_a_plan_that_works_passes_and_nothing_changes(house: House) -> None:
    """From the proposal to the talk afterwards, with the proof that the pause is what stops the planted post."""
    with_blog(house.root)
    before = snapshot(house.root)
    shown = drill(house)
    for said in (
        "✓ before them nothing was proposed",
        "✓ the numbers propose level 3",
        "✓ without a pause the planted post would go out: blog",
        "✓ chefin leads today",
        "✓ out during the pause: content/posts/2026/11/2026-11-22-rueckruf-halteaussage.md on news",
        "✓ nothing that is paused went out",
        "✓ the all-clear is refused",
        "✓ chefin gives the all-clear",
        "the drill went without a fault",
    ):
        assert said in shown
    assert "| First response | after 15 min, in time |" in shown
    assert snapshot(house.root) == before


def test_only_the_day_is_written(house: House) -> None:
    """`--write` puts drill_last into the playbook and changes nothing else."""
    with_blog(house.root)
    before = snapshot(house.root)
    drill(house, "--write")
    after = snapshot(house.root)
    page = "guidelines/crisis/rueckruf.md"
    assert after.pop(page).replace(b"drill_last: 2026-11-22\n", b"") == before.pop(page)
    assert after == before


def test_a_statement_that_nobody_approved_fails_the_drill(house: House) -> None:
    """Exit 1, the remedy, and no day is written."""
    with_blog(house.root)
    path = house.root / "content/posts/halteaussage.md"
    path.write_text(path.read_text(encoding="utf-8").replace("gerade", "jetzt"), encoding="utf-8")
    shown = drill(house, "--write", code=1)
    assert "✗ content/posts/halteaussage.md is not approved as it is now" in shown
    assert "drill_last" not in (house.root / "guidelines/crisis/rueckruf.md").read_text(encoding="utf-8")


def test_a_pause_that_lets_things_out_fails_the_drill(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the pause not written, the rehearsal would say what went out: the proof can fail."""
    with_blog(house.root)
    monkeypatch.setattr("toolkit.simulation.drill.add_pause", lambda *_args: None)
    [line] = [line for line in drill(house, code=1).splitlines() if "✗ went out all the same" in line]
    assert "content/posts/leitstand-drill.md blog" in line


def test_a_plan_that_nothing_proposes_is_told(house: House) -> None:
    """A level without triggers cannot be proposed by numbers."""
    assert "✗ the numbers propose no level" in drill(house, code=1)
