"""The page of posting slots: who waits, what could fill the free ones and why, what stays free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

PAGE = "calendar/slots.md"
BLOCK = "---\ntitle: Times\n---\n# Times\n\n```slots\nchannels: [mastodon]\ntimes: [tue 08:00]\nnote: <b>Roastery</b>\n```\n"
IDEA = "---\nid: I1\ntitle: Cups & saucers\nstatus: shortlisted\nchannels: [mastodon]\n---\nWhich?\n"


def test_waiting_suggested_and_free(studio: Studio) -> None:
    """A post that waits has the first slot, the shortlisted idea the next one, and two stay free."""
    studio.write("guidelines/times.md", BLOCK)
    studio.write("content/ideas/cups.md", IDEA)
    studio.post(publish="next")
    text = studio.page(PAGE)
    assert "3 free slots until Sat 19 Dec" in text
    waiting = text[text.index('id="waiting"') : text.index('id="suggestions"')]
    assert "Tue 24 Nov, 08:00" in waiting
    assert 'href="../../posts/2026/12/tuer-1/"' in waiting
    suggestions = text[text.index('id="suggestions"') : text.index('id="unused"')]
    assert "Tue 1 Dec, 08:00" in suggestions
    assert "Cups &amp; saucers" in suggestions
    assert 'href="../../ideas/cups/"' in suggestions
    assert "nothing on Mastodon since Tue 24 Nov" in suggestions
    unused = text[text.index('id="unused"') :]
    assert [day in unused for day in ("Tue 1 Dec", "Tue 8 Dec", "Tue 15 Dec")] == [False, True, True]
    assert "&lt;b&gt;Roastery&lt;/b&gt;" in unused
    assert 'href="slots/"' in studio.page("calendar/index.md")


def test_there_is_none_without_slots_or_for_people_outside(studio: Studio) -> None:
    """Nothing to show, and nothing that is only ours."""
    studio.post()
    assert PAGE not in studio.render()
    assert "slots/" not in studio.page("calendar/index.md")
    studio.write("guidelines/times.md", BLOCK)
    assert PAGE in studio.render()
    assert PAGE not in render_site(studio.gather(partner=True))
