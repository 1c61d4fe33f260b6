"""The page for addresses that do not exist."""

from __future__ import annotations

import pytest

from toolkit.pages.build.missing import say_missing

THEME = "<body><h1>404 - Not found</h1></body>"


@pytest.mark.parametrize(
    ("base", "plain", "target"),
    [("/", True, "/calendar/"), ("/social/", True, "/social/calendar/"), ("/", False, "/calendar/index.html")],
)
def test_it_leads_on_from_wherever_it_is_seen(base: str, plain: bool, target: str) -> None:
    """Its links begin at the site's root, since nobody knows at which address it is shown."""
    said = say_missing(THEME, base, directory_urls=plain)
    assert "404" not in said
    assert f'href="{target}"' in said
    assert 'id="content"' in said


def test_a_theme_with_its_own_words_keeps_them() -> None:
    """Only what Material says is replaced."""
    own = "<body><h1>Lost?</h1></body>"
    assert say_missing(own, "/", directory_urls=True) == own
