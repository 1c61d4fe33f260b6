"""A post that stands still says so on its own page: why, by whom, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

PAGE = "posts/2026/12/tuer-1.md"
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"


@pytest.mark.parametrize("scope", [f"post:{UID}", "channel:mastodon", "all"])
def test_a_held_post_says_why(studio: Studio, scope: str) -> None:
    """Reason, person and end of the pause stand above the previews, escaped, and once for all channels."""
    studio.post(channels="mastodon, bluesky")
    studio.write(
        "content/pause.yml",
        f'- {{scope: "{scope}", reason: "Rückruf <2211>", owner: jule, until: 2026-12-24T08:00+01:00}}\n',
    )
    text = studio.page(PAGE)
    for words in ("This post is held", "Rückruf &lt;2211&gt;", "Jule Hansen, until Thursday, 24 December 2026, 08:00"):
        assert text.count(words) == 1, words
    assert text.index("This post is held") < text.index("ls-card")


def test_people_outside_are_told_no_reason(studio: Studio) -> None:
    """A partner's page names neither the reason nor the person."""
    studio.post()
    studio.write("content/pause.yml", f'- {{scope: "post:{UID}", reason: Rückruf, owner: jule}}\n')
    page = render_site(studio.gather(partner=True))[PAGE]
    assert isinstance(page, Page)
    assert "Rückruf" not in page.text
    assert "This post is held" not in page.text


def test_what_does_not_stand_still_says_nothing(studio: Studio) -> None:
    """A pause of another channel, and one that is over, hold no post."""
    studio.post()
    studio.write(
        "content/pause.yml",
        "- {scope: channel:bluesky, reason: Rückruf}\n- {scope: all, reason: Rückruf, until: 2026-01-01T08:00+01:00}\n",
    )
    text = studio.page(PAGE)
    assert "This post is held" not in text
    assert "Rückruf" not in text
