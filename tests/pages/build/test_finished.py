"""A page of the navigation of which nothing changed is not laid out again, and nothing that may change it is overlooked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2
import pytest

from tests.pages.build.conftest import CONFIG, MakeSite, fill
from tests.pages.build.test_warm import CHANGES, HANDBOOK, tree

if TYPE_CHECKING:
    from tests.pages.conftest import Studio


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The title of every page that goes through the theme."""
    found: list[str] = []
    plain = jinja2.Template.render

    def render(template: jinja2.Template, *given: object, **more: object) -> str:
        if template.name == "main.html":
            context: dict[str, Any] = dict(*given, **more)
            found.append(context["page"].title)
        return plain(template, *given, **more)

    monkeypatch.setattr(jinja2.Template, "render", render)
    return found


def test_only_a_page_that_changed_is_laid_out(
    studio: Studio, png: bytes, make_site: MakeSite, laid_out: list[str]
) -> None:
    """Of an edited handbook its page and the book; with another title in the navigation all pages, for it stands on all."""
    fill(studio, png)
    make_site()
    first = len(laid_out)
    laid_out.clear()
    make_site()
    frames = [*laid_out]
    assert len(frames) < first - 6
    assert len(set(frames)) == 1, "only frames of pages outside of the navigation"
    laid_out.clear()
    HANDBOOK["handbook text"](studio)
    make_site()
    more = [*laid_out]
    for frame in frames:
        more.remove(frame)
    assert "Voice" in more
    assert len(more) < 6
    laid_out.clear()
    HANDBOOK["handbook title"](studio)
    make_site()
    assert len(laid_out) == first


def test_search_finds_what_was_not_laid_out(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """The words of pages that stay are in the index as they were, beside those of a page that changed."""
    fill(studio, png)
    before = tree(make_site())
    HANDBOOK["handbook text"](studio)
    after = tree(make_site())
    texts = b"".join(data for path, data in after.items() if path.startswith("search/texts/"))
    assert b"Back to" in texts
    assert {path for path in before if path.startswith("search/texts/")} == {
        path for path in after if path.startswith("search/texts/")
    }


@pytest.mark.parametrize("more", ["hooks: [hook.py]\n", ""])
def test_what_others_do_to_pages_is_done_each_time(
    studio: Studio, png: bytes, make_site: MakeSite, laid_out: list[str], more: str
) -> None:
    """A hook, or templates of the house's own, may say the hour: no page stays as it was."""
    fill(studio, png)
    studio.write("hook.py", "def on_post_page(output, **_):\n    return output\n")
    studio.write("overrides/main.html", '{% extends "base.html" %}')
    config = CONFIG if more else CONFIG.replace("theme: material", "theme: {name: material, custom_dir: overrides}")
    make_site(config + more)
    first = len(laid_out)
    laid_out.clear()
    make_site(config + more)
    assert len(laid_out) == first


def test_a_page_that_somebody_edited_in_the_site_is_laid_out(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """What the last build wrote is known by size and time; anything else is written anew."""
    fill(studio, png)
    folder = make_site()
    whole = tree(folder)
    (folder / "handbook/voice/index.html").write_text("x", encoding="utf-8")
    (folder / "handbook/index.html").unlink()
    CHANGES["text"](studio)
    CHANGES["title"](studio)
    mended = tree(make_site())
    assert mended["handbook/voice/index.html"] == whole["handbook/voice/index.html"]
    assert mended["handbook/index.html"] == whole["handbook/index.html"]
