"""The team's pages: who answers for what, the review calendar, the decision log."""

from __future__ import annotations

import pytest

from tests.pages.conftest import SETTINGS, Studio
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site
from toolkit.pages.team.people import initials

BRIEFING = (
    "---\ntitle: Advent\nowner: jule\nvalid_from: 2026-11-01\nvalid_until: 2026-12-24\nnext_review: 2026-11-10\n"
    "escalate:\n  - {what: Ein Paket ist weg, to: wiebke}\n---\n# Advent\n"
)
DECISIONS = (
    "decisions:\n"
    "  - {id: a, at: '2026-11-02T10:15:00+01:00', by: wiebke, status: accepted, summary: Donnerstags später, evidence: n = 84,"
    " report: 'https://example.com/r'}\n"
    "  - {id: b, at: '2025-12-31T23:30:00+00:00', by: jule, status: rejected, summary: Dreimal täglich, reason: Niemand da,"
    " report: 'javascript:alert(1)'}\n"
)


def fill(studio: Studio) -> None:
    away = SETTINGS.replace(
        'name = "Jule Hansen"',
        'name = "Jule Hansen"\ndeputy = "wiebke"\nabsences = [{ from = 2026-11-20, to = 2026-11-23 }]',
    )
    studio.write("leitstand.toml", away)
    studio.write("guidelines/briefings/advent.md", BRIEFING)
    studio.write("guidelines/zeiten.md", f"---\ntitle: Zeiten\nowner: jule\n{DECISIONS}---\n# Zeiten\n")
    studio.write("guidelines/frei.md", "---\ntitle: Frei\nowner: wiebke\nnext_review: 2027-02-01\n---\n# Frei\n")
    studio.write("content/campaigns/advent.md", "---\ntitle: Adventszeit\nowner: wiebke\n---\n")


def test_each_person_has_what_front_matter_gives_them(studio: Studio) -> None:
    """With the way to it, who stands in today, and the ways to calendar, decisions and briefings."""
    fill(studio)
    text = studio.page("team/index.md")
    jule, wiebke = text[text.index('id="jule"') : text.index('id="wiebke"')], text[text.index('id="wiebke"') :]
    assert "away; Wiebke Thomsen stands in" in jule
    assert "Briefings: 1" in jule
    assert "Takes over: 1" in wiebke
    for target in ("jule/", "wiebke/", "reviews/", "decisions/"):
        assert f'href="{target}"' in text


def test_the_calendar_leads_with_what_is_late(studio: Studio) -> None:
    """Then month by month; the deputy does what the absent cannot; pages without a day stand below."""
    fill(studio)
    text = studio.page("team/reviews.md")
    order = [
        text.index(word)
        for word in ("Overdue", "10 November 2026", "December 2026", "February 2027", "nobody means to read")
    ]
    assert order == sorted(order)
    assert "1 review is overdue" in text
    assert "Wiebke Thomsen for Jule Hansen" in text
    assert text.index("Zeiten") > order[-1]


def test_decisions_are_logged_by_the_house_s_own_clock(studio: Studio) -> None:
    """The latest first; half past eleven at night in London is next year here; an address leads there, words do not."""
    fill(studio)
    text = studio.page("team/decisions.md")
    assert text.index("Donnerstags später") < text.index("Dreimal täglich")
    assert ">2026</h2>" in text
    assert "2025" not in text.replace("2025-12-31T23:30:00+00:00", "")
    assert "1 January 2026" in text
    assert 'href="https://example.com/r"' in text
    assert 'href="javascript' not in text
    assert 'href="../../handbook/zeiten/"' in text


def test_a_workspace_without_people_has_no_team(studio: Studio) -> None:
    """And no calendar without days."""
    settings = SETTINGS[: SETTINGS.index("[people.jule]")] + SETTINGS[SETTINGS.index("[accounts.mastodon]") :]
    studio.write("leitstand.toml", settings)
    assert not [path for path in studio.render() if path.startswith("team/")]


def test_a_person_s_page_leads_to_what_is_theirs(studio: Studio) -> None:
    """What they own, what of theirs goes out next, what they look at again, whom they stand in for, and who for them."""
    fill(studio)
    studio.post(title="Tür 1")
    jule, wiebke = studio.page("team/jule.md"), studio.page("team/wiebke.md")
    assert "away; Wiebke Thomsen stands in" in jule
    assert '<a href="../../handbook/zeiten/">Zeiten</a>' in jule
    assert '<a href="../../posts/2026/12/tuer-1/">Tür 1</a>' in jule
    assert "Tür 1" not in wiebke
    assert '<a href="../../campaigns/advent/">Adventszeit</a>' in wiebke
    assert "Ein Paket ist weg" in wiebke
    assert "1 February 2027" in wiebke
    assert "Stands in for" in wiebke
    assert 'href="../../feeds/calendar/person-wiebke.ics"' in wiebke
    assert "feeds/calendar/person-wiebke.ics" in studio.render()
    assert '<a href="../jule/" class="ls-person">Jule Hansen</a>' in wiebke


def test_a_manager_s_page_says_what_waits_for_their_yes(studio: Studio) -> None:
    """By when it is needed; whoever has no say about posts has no such box."""
    settings = SETTINGS.replace(
        'id = "@nordlicht@social.example.com"', 'id = "@nordlicht@social.example.com"\napprovals = 1'
    )
    studio.write("leitstand.toml", settings)
    studio.post(title="Tür 1")
    text = studio.page("team/wiebke.md")
    assert text.index("Waits for a yes") < text.index("Tür 1") < text.index("needed by Tue 1 Dec, 07:30")
    assert "Waits for a yes" not in studio.page("team/jule.md")


def test_people_outside_see_nobody_s_page(studio: Studio) -> None:
    """Neither the team nor an address of anybody."""
    settings = SETTINGS.replace('roles = ["editor"]', 'roles = ["editor"]\nemail = "jule@nordlicht.example.com"')
    studio.write("leitstand.toml", settings)
    pages = render_site(studio.gather(partner=True))
    assert not [path for path in pages if path.startswith("team/")]
    assert not [path for path, page in pages.items() if isinstance(page, Page) and "jule@" in page.text]


def test_somebody_called_like_a_page_of_ours_steps_aside(studio: Studio) -> None:
    """A person with the key `reviews` does not take the review calendar's place."""
    studio.write("leitstand.toml", SETTINGS.replace("[people.jule]", "[people.reviews]"))
    studio.write("guidelines/frei.md", "---\ntitle: Frei\nowner: wiebke\nnext_review: 2027-02-01\n---\n# Frei\n")
    pages = studio.render()
    assert {"team/reviews.md", "team/reviews-person.md"} <= pages.keys()


@pytest.mark.parametrize(
    ("name", "said"), [("Jule Hansen", "JH"), ("Jan von der Au", "JA"), ("Mai", "M"), ("7", ""), ("", "")]
)
def test_initials_are_those_of_the_first_and_last_name(name: str, said: str) -> None:
    """Two letters at most; what is no letter gives none."""
    assert initials(name) == said
