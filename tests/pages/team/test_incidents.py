"""While an incident is open or publishing stands still every page says so; people outside read no names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from toolkit.community.crisis.incident import Deed, Entry, Incident
from toolkit.community.crisis.keeping import change_incident, create_incident
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)
PLAN = """---
title: Rückruf
owner: wiebke
levels:
  - {level: 3, when: {score: 4, words: [Rückruf*]}, owner: wiebke, backup: jule, first_response: PT30M, pause: [all]}
do_not: [löschen]
---
# Drehbuch: Rückruf

Ablauf: 0171 anrufen.
"""


def incident() -> Incident:
    return Incident(
        id="2026-11-21-rueckruf",
        path="content/incidents/2026-11-21-rueckruf.md",
        playbook="rueckruf",
        title="Rückruf <b>Kanne</b>",
        level=3,
        declared=NOW - timedelta(hours=1),
        declared_by="wiebke",
        reason="Henkel <script>bricht</script>",
        owner="wiebke",
        backup="jule",
        first_due=NOW + timedelta(minutes=30),
        entries=(Entry(NOW - timedelta(hours=1), "wiebke", Deed.DECLARED, "level 3: <script>x</script>"),),
    )


def pages(studio: Studio, *, partner: bool = False) -> dict[str, Page]:
    found = render_site(studio.gather(NOW, partner=partner))
    return {path: page for path, page in found.items() if isinstance(page, Page)}


def test_no_page_cries_without_a_reason(studio: Studio) -> None:
    """Without incident and pause there is no banner and no page of incidents."""
    studio.post()
    assert not any("ls-banner" in page.text or path.startswith("incidents/") for path, page in pages(studio).items())


def test_every_page_says_that_an_incident_is_open(studio: Studio, outline: type[Outline]) -> None:
    """Level, who leads and what is owed by when stand on top of each page, handbook and generated ones, below front matter."""
    studio.post()
    studio.write("guidelines/krise.md", "---\ntitle: Krise\nowner: wiebke\n---\n# Krise\n")
    create_incident(studio.root, incident(), ["LinkedIn anhalten"])
    found = pages(studio)
    assert all("Crisis, level 3" in page.text for page in found.values())
    assert "Wiebke Thomsen leads" in found["index.md"].text
    assert "first response by 12:30" in found["index.md"].text
    assert found["handbook/krise.md"].text.startswith("---\ntitle: Krise\n")
    for page in found.values():
        seen = outline(page.html or "")
        assert seen.open == []
        assert "script" not in seen.tags
        if page.html is not None:
            assert "\n" not in page.html


def test_an_incident_has_a_page(studio: Studio) -> None:
    """Timeline, deadlines, the list and the talk afterwards; markup of people stays text."""
    create_incident(studio.root, incident(), ["LinkedIn anhalten"])
    text = pages(studio)["incidents/2026-11-21-rueckruf.md"].text
    assert "LinkedIn anhalten" in text
    assert "&lt;script&gt;bricht" in text
    assert "first response: " in text
    assert "Saturday, 21 November 2026, 11:00" in text


def test_what_is_to_do_stands_as_boxes_to_tick(studio: Studio) -> None:
    """Open and done are told to eyes and ears; brackets inside a line stay what they are."""
    create_incident(studio.root, incident(), ["Stop LinkedIn [x] and [ ]", "Stop the ads"])
    path = studio.root / "content/incidents/2026-11-21-rueckruf.md"
    path.write_text(path.read_text().replace("[ ] Stop the ads", "[x] Stop the ads"))
    text = pages(studio)["incidents/2026-11-21-rueckruf.md"].text
    box = r'<li class="ls-todo"><span class="ls-tick">(?:<i [^>]*></i>)?<span class="ls-sr">(\w+)</span></span>'
    assert re.findall(box + r"([^<]+)", text) == [("open", "Stop LinkedIn [x] and [ ]"), ("done", "Stop the ads")]


def test_a_closed_incident_is_history(studio: Studio) -> None:
    """No banner any more; its page and the index stay."""
    create_incident(studio.root, incident(), [])
    change_incident(studio.root, incident(), [], {"closed": NOW.isoformat()})
    found = pages(studio)
    assert not any("ls-banner" in page.text for page in found.values())
    assert "closed, level 3" in found["incidents/index.md"].text


def test_a_pause_is_told_on_every_page(studio: Studio) -> None:
    """Also without an incident."""
    studio.post()
    studio.write("content/pause.yml", "- {scope: all, reason: Sturm, owner: wiebke}\n")
    assert all("Publishing is paused" in page.text for page in pages(studio).values())


def test_an_incident_that_cannot_be_read_is_told(studio: Studio) -> None:
    """It could be the open one."""
    studio.write("content/incidents/kaputt.md", "---\nlevel: [\n---\n")
    assert "content/incidents/kaputt.md:" in pages(studio)["index.md"].text


def test_people_outside_read_no_names(studio: Studio) -> None:
    """Neither incident, nor reason, nor plan, nor pages marked internal; that publishing is paused they do read."""
    studio.write("content/pause.yml", "- {scope: all, reason: Henkel, owner: wiebke}\n")
    studio.write("guidelines/crisis/rueckruf.md", PLAN)
    studio.write(
        "guidelines/telefon.md", "---\ntitle: Telefon\nowner: jule\ninternal: true\n---\n# Telefon\n\n0171 222\n"
    )
    create_incident(studio.root, incident(), [])
    shown = pages(studio, partner=True)
    everything = "\n".join(page.text for page in shown.values())
    assert all("Publishing is paused" in page.text for page in shown.values())
    for secret in ("Henkel", "Kanne", "0171", "Wiebke Thomsen leads"):
        assert secret not in everything
    assert "for people of the house alone" in shown["handbook/telefon.md"].text
    assert "0171" in pages(studio)["handbook/telefon.md"].text


def test_a_playbook_shows_its_levels(studio: Studio, outline: type[Outline]) -> None:
    """Who leads, who else, how soon, and what proposes it stand above the runbook."""
    studio.write("guidelines/crisis/rueckruf.md", PLAN)
    text = pages(studio)["handbook/crisis/rueckruf.md"].text
    table = text[text.index("<table") : text.index("</table>")]
    for words in ("score from 4", "one with: Rückruf*", "Wiebke Thomsen, else Jule Hansen", "30 min", "everything"):
        assert words in table
    # On a phone, where the head is not shown, each cell says what it is.
    assert '<td data-label="First response" role="cell">30 min</td>' in table
    assert text.index("# Drehbuch") < text.index("<table") < text.index("Ablauf")
    assert outline(table + "</table>").open == []
