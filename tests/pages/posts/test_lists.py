from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pages.conftest import Studio


def test_a_months_list_can_be_filtered(studio: Studio) -> None:
    """Each row carries its channels, state and people, below a bar that offers just these."""
    studio.post(channels="mastodon, bluesky")
    text = studio.page("posts/2026-12.md")
    assert "data-filter-bar" in text
    listed = text.partition("data-filter>")[2] or text.partition('data-filter="')[2]
    assert 'data-f-channel="bluesky mastodon"' in listed
    assert 'data-f-status="ready"' in listed
    assert 'data-f-person="jule"' in listed


def test_posts_without_a_moment_can_be_filtered_when_they_are_many(studio: Studio) -> None:
    """Three drafts need no filter, eight do; an empty month promises nothing to choose."""
    for number in range(3):
        studio.post(path=f"{number}.md", uid=f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}", publish="", status="draft")
    assert "data-filter-bar" not in studio.page("posts/index.md")
    for number in range(3, 8):
        studio.post(path=f"{number}.md", uid=f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}", publish="", status="draft")
    text = studio.page("posts/index.md")
    assert "data-filter-bar" in text
    assert text.count('data-f-status="draft"') == 8
    assert "data-filter-bar" not in studio.page("posts/2026-11.md")
