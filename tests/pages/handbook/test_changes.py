"""What stands below a page and on the page of all changes, from a real history."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from toolkit.pages.handbook.changes import handbook_changes
from toolkit.pages.handbook.colophon import feedback_address, new_issue
from toolkit.pages.handbook.files import read_page
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site
from toolkit.pages.view import Site
from toolkit.settings.forge import ForgePlace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.conftest import Outline, Studio

VOICE = "---\ntitle: Stimme\nowner: wiebke\nreviewed: 2026-05-01\nnext_review: {due}\n---\n# Stimme\n\n{text}\n"


def tell(studio: Studio) -> None:
    """Give two people addresses."""
    text = (studio.root / "leitstand.toml").read_text(encoding="utf-8")
    text = text.replace('roles = ["editor"]', 'roles = ["editor"]\nemail = "Jule@example.com"')
    studio.write("leitstand.toml", text.replace('roles = ["manager"]', 'roles = ["manager"]\nemail = "w@example.com"'))


def test_changes_are_told_with_pages_and_people(
    studio: Studio, save: Callable[..., None], outline: type[Outline]
) -> None:
    """Newest first, by month; a moved page is linked as it is called today, one that is gone is named and not linked."""
    tell(studio)
    save("2026-09-30", "Angefangen", stimme=VOICE.format(due="2026-12-01", text="lang genug\nfür git\n"), alt="# Alt\n")
    save("2026-10-02", "Du statt Sie <b>", stimme=VOICE.format(due="2026-12-01", text="Du."))
    (studio.root / "guidelines/alt.md").unlink()
    (studio.root / "guidelines/stimme.md").rename(studio.root / "guidelines/ton.md")
    save("2026-11-03", "Umgezogen", mail="gone@example.com", **{"referenz/befehle": "# Made\n"})
    site = Site(studio.gather())
    changes = handbook_changes(site)
    assert [(one.sentence, one.who) for one in changes] == [
        *(("Umgezogen", "jh"), ("Du statt Sie <b>", "Jule Hansen"), ("Angefangen", "Jule Hansen"))
    ]
    assert [(one.title, one.path) for one in changes[0].pages] == [("alt.md", ""), ("Stimme", "handbook/ton.md")]
    assert [one.path for one in changes[1].pages] == ["handbook/ton.md"]
    text = studio.page("handbook/changes.md")
    assert re.findall(r'<h2 id="([^"]+)"', text) == ["2026-11", "2026-10", "2026-09"]
    assert 'href="../ton/">Stimme</a>' in text
    assert "<s>alt.md</s>" in text
    assert "<b>" not in text
    assert outline(text).open == []


def test_a_page_says_when_it_changed_and_what_is_late(studio: Studio, save: Callable[..., None]) -> None:
    """Below a page: the last five changes, how late its review is, and where to say what is wrong."""
    tell(studio)
    for number in range(1, 8):
        save(f"2026-10-0{number}", f"Satz {number}", stimme=VOICE.format(due="2026-11-19", text=f"Text {number}"))
    text = studio.page("handbook/stimme.md")
    below = text[text.index('class="ls-review"') :]
    assert "2 days late" in below
    assert "7 changes" in below
    assert "Changed on 7 October 2026" in below
    assert [number for number in range(1, 8) if f"Satz {number}<" in below] == [3, 4, 5, 6, 7]
    assert 'href="../changes/"' in below
    assert 'href="mailto:w@example.com?subject=' in below


def test_people_outside_are_told_neither_history_nor_addresses(studio: Studio, save: Callable[..., None]) -> None:
    """No sentence, no name and no address of whoever wrote it reaches a partner's site."""
    tell(studio)
    save("2026-10-02", "Geheimer Satz", stimme=VOICE.format(due="2026-12-01", text="Du."))
    pages = render_site(studio.gather(partner=True))
    assert "handbook/changes.md" not in pages
    said = "".join(page.text for page in pages.values() if isinstance(page, Page))
    for words in ("Geheimer Satz", "example.com?", "mailto"):
        assert words not in said


def test_what_is_not_in_git_has_no_page_of_changes(studio: Studio) -> None:
    """Without a history nothing is claimed, and nothing links there."""
    studio.write("guidelines/stimme.md", VOICE.format(due="2026-12-01", text="Du."))
    pages = studio.render()
    assert "handbook/changes.md" not in pages
    page = pages["handbook/stimme.md"]
    assert isinstance(page, Page)
    assert "changes" not in page.text


def test_feedback_goes_where_the_settings_say(studio: Studio) -> None:
    """The forge's own form with title and address of the page; GitLab calls its fields otherwise; on premises, too."""
    studio.write("guidelines/stimme.md", VOICE.format(due="2026-12-01", text="Du."))
    site = Site(studio.gather())
    file = read_page("guidelines/stimme.md", site.workspace.tree.read("guidelines/stimme.md"))
    assert feedback_address(site, file) == ""
    forge = ForgePlace("github", "nordlicht/social", "https://git.example.com/api/v3")
    site.settings = replace(site.settings, forge=forge, url="https://brand.example.com")
    found = urlsplit(feedback_address(site, file))
    assert f"{found.scheme}://{found.netloc}{found.path}" == "https://git.example.com/nordlicht/social/issues/new"
    asked = parse_qs(found.query)
    assert asked["title"] == ["Handbook: Stimme"]
    assert asked["body"][0].startswith("https://brand.example.com/handbook/stimme/")
    assert new_issue(ForgePlace("github", "a/b", "https://api.github.com"), "t", "x").startswith(
        "https://github.com/a/b/issues/new?"
    )
    lab = urlsplit(new_issue(ForgePlace("gitlab", "a/b/c", "https://gitlab.com/api/v4"), "A & B", "x"))
    assert lab.path == "/a/b/c/-/issues/new"
    assert parse_qs(lab.query) == {"issue[title]": ["A & B"], "issue[description]": ["x"]}
