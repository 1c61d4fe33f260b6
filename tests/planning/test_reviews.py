"""Everything that somebody looks at again, in one calendar."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from toolkit.planning.reviews import Look, find_reviews, find_undated, select
from toolkit.workspace import Workspace, load_workspace

TODAY = date(2026, 11, 21)
FILES = {
    "leitstand.toml": 'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n'
    '[check.handbook-review]\nexempt = ["guidelines/alt/*"]\n',
    "guidelines/stimme.md": "---\ntitle: Stimme\nowner: anna\nnext_review: 2026-11-20\n---\n"
    "```no-go\ntopic: Sturm\nwords: [Sturm]\nreason: Flut\nuntil: 2026-12-05\nowner: ben\n```\n"
    "```claim\nclaim: Gas\nwords: [Gas]\nproof: Ordner\nuntil: 2027-03-31\nowner: ben\n```\n"
    "```claim\nclaim: Klima\nwords: [Klima]\nowner: ben\n```\n",
    "guidelines/ohne.md": "---\ntitle: Ohne Tag\nowner: anna\n---\n",
    "guidelines/alt/alt.md": "---\nowner: anna\nnext_review: 2020-01-01\n---\n",
    "guidelines/erzeugt.md": "# Erzeugt\n",
    "guidelines/briefings/advent.md": "---\ntitle: Advent\nowner: ben\nnext_review: 2027-01-10\n"
    "valid_from: 2026-11-01\nvalid_until: 2026-12-24\n---\n",
    "guidelines/crisis/rueckruf.md": "---\ntitle: Rückruf\nowner: ben\nnext_review: 2027-01-10\ndrill_next: 2026-10-12\n---\n",
    "content/posts/a.md": "---\ntitle: A\nauthor: anna\nowner: ben\nmedia:\n"
    "  - {file: media/x.jpg, alt: x, until: 2026-12-31}\n  - {order: Foto, alt: y}\n---\n",
    "content/posts/b.md": "---\ntitle: B\nauthor: anna\nmedia:\n"
    "  - {file: media/x.jpg, alt: x, people: true, consent: {proof: 14, until: 2026-11-30}}\n---\n",
}


def load(root: Path) -> Workspace:
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return load_workspace(root)


def test_everything_with_a_day_is_in_the_calendar(tmp_path: Path) -> None:
    """In the order of days, with who does it and the line; a medium once, with its first end; no exempt page."""
    found = [
        (one.day.isoformat(), one.look, one.owner, f"{one.path}:{one.line}") for one in find_reviews(load(tmp_path))
    ]
    assert found == [
        ("2026-10-12", Look.DRILL, "ben", "guidelines/crisis/rueckruf.md:5"),
        ("2026-11-20", Look.PAGE, "anna", "guidelines/stimme.md:4"),
        ("2026-11-30", Look.RIGHTS, "anna", "content/posts/b.md:5"),
        ("2026-12-05", Look.TOPIC, "ben", "guidelines/stimme.md:10"),
        ("2026-12-24", Look.BRIEFING, "ben", "guidelines/briefings/advent.md:6"),
        ("2027-01-10", Look.PAGE, "ben", "guidelines/briefings/advent.md:4"),
        ("2027-01-10", Look.PAGE, "ben", "guidelines/crisis/rueckruf.md:4"),
        ("2027-03-31", Look.PROOF, "ben", "guidelines/stimme.md:17"),
    ]


def test_what_waits_stays_and_what_ended_goes(tmp_path: Path) -> None:
    """A page and a drill wait for somebody, however long; what ends by itself is told for two weeks more."""
    reviews = find_reviews(load(tmp_path))
    near = select(reviews, TODAY, timedelta(days=14))
    assert [one.look for one in near] == [Look.DRILL, Look.PAGE, Look.RIGHTS, Look.TOPIC]
    assert [one.look for one in near if one.overdue(TODAY)] == [Look.DRILL, Look.PAGE]
    later = select(reviews, date(2026, 12, 20), timedelta(days=1))
    assert [one.look for one in later] == [Look.DRILL, Look.PAGE]
    assert not next(one for one in near if one.look is Look.PAGE).overdue(date(2026, 11, 20))


def test_pages_without_a_day_are_named(tmp_path: Path) -> None:
    """Neither generated nor exempt ones."""
    assert [page.path for page in find_undated(load(tmp_path))] == ["guidelines/ohne.md"]
