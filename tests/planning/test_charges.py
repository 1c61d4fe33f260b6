"""Who answers for what, read where it stands."""

from __future__ import annotations

from pathlib import Path

from toolkit.planning.charges import Kind, find_charges
from toolkit.workspace import load_workspace

FILES = {
    "leitstand.toml": 'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n',
    "guidelines/stimme.md": "---\ntitle: Stimme\nowner: anna\n---\n"
    "```no-go\ntopic: Sturm\nwords: [Sturm]\nreason: Flut\nowner: ben\n```\n"
    "```claim\nclaim: Gas\nwords: [Gas]\nproof: Ordner\nowner: ben\n```\n"
    "```claim\nclaim: Klima\nwords: [Klima]\nowner: ben\n```\n",
    "guidelines/niemand.md": "---\ntitle: Niemand\n---\n",
    "guidelines/briefings/advent.md": "---\ntitle: Advent\nowner: ben\nvalid_from: 2026-11-01\nvalid_until: 2026-12-24\n"
    "escalate:\n  - {what: Ein Paket ist weg, to: anna}\n---\n",
    "guidelines/crisis/rueckruf.md": "---\ntitle: Rückruf\nowner: ben\nlevels:\n  - {level: 1, owner: anna, backup: ben}\n---\n",
    "content/campaigns/advent.md": "---\ntitle: Adventszeit\nowner: ben\n---\n",
    "content/occasions/tage.yml": "occasions:\n  - {name: Nikolaus, from: 2026-12-06, owner: anna}\n",
    "content/ideas/a.md": "---\ntitle: Offen\nby: ben\n---\n",
    "content/ideas/b.md": "---\ntitle: Fort\nby: ben\nstatus: dropped\nreason: r\n---\n",
    "content/posts/a.md": "---\ntitle: Entwurf\nauthor: anna\nowner: ben\nstatus: draft\n---\n",
    "content/posts/b.md": "---\ntitle: Fertig\nauthor: anna\nstatus: ready\n---\n",
}


def test_everything_that_names_a_person_is_found_once(tmp_path: Path) -> None:
    """By kind; a claim without a proof, a dropped idea and a ready post are nobody's work any more."""
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    found = [(one.person, one.kind, one.title) for one in find_charges(load_workspace(tmp_path))]
    assert found == [
        ("anna", Kind.CRISIS, "Rückruf, level 1"),
        ("ben", Kind.CRISIS, "Rückruf, level 1, stands in"),
        ("anna", Kind.ESCALATION, "Ein Paket ist weg"),
        ("ben", Kind.CAMPAIGN, "Adventszeit"),
        ("ben", Kind.BRIEFING, "Advent"),
        ("ben", Kind.PAGE, "Rückruf"),
        ("anna", Kind.PAGE, "Stimme"),
        ("ben", Kind.PROOF, "Gas"),
        ("ben", Kind.TOPIC, "Sturm"),
        ("anna", Kind.OCCASION, "Nikolaus"),
        ("ben", Kind.IDEA, "Offen"),
        ("ben", Kind.POST, "Entwurf"),
    ]
