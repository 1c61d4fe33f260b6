"""Names for new posts."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.workspace.naming import LONGEST, Names, mint_uid, slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Adventskalender, Tür 1", "adventskalender-tuer-1"),
        ("Größe & Maß: ÄÖÜ ẞ", "groesse-mass-aeoeue-ss"),
        ("Tu\u0308r 2", "tuer-2"),
        ("Crème brûlée, neu!", "creme-brulee-neu"),
        ("  ☕️🎄 ", "post"),
        ("../../etc/passwd", "etc-passwd"),
        (
            "Ein sehr langer Titel, der mitten in einem Wort abgeschnitten werden müsste",
            "ein-sehr-langer-titel-der-mitten-in-einem-wort-abgeschnitten",
        ),
        ("CON", "post-con"),
    ],
)
def test_titles_become_file_names(title: str, name: str) -> None:
    """Umlauts are spelled out, other marks dropped, and words are not cut."""
    assert slug(title) == name


@given(title=st.text(max_size=200))
def test_every_title_has_a_file_name(title: str) -> None:
    """Whatever the title holds, the name is short plain ASCII that every file system takes."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(title))
    assert len(slug(title)) <= LONGEST


def test_uids_sort_by_age() -> None:
    """A uid minted later sorts later, and two of one moment differ."""
    early, late = datetime(2026, 11, 21, 12, tzinfo=UTC), datetime(2026, 11, 21, 12, 0, 1, tzinfo=UTC)
    assert mint_uid(early) < mint_uid(late)
    assert mint_uid(early) != mint_uid(early)
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", mint_uid(early))


@given(st.lists(st.sampled_from(["a", "a-2", "A", "b", "a-2-2"]), max_size=30))
def test_no_name_is_given_twice(wanted: list[str]) -> None:
    """Whatever is asked for, also what looks numbered already: each name once, in any case of its letters, none that was there."""
    names = Names(["a.md", "B.md"])
    given_out = [names.take(one, ".md").casefold() for one in wanted]
    assert len({*given_out, "a.md", "b.md"}) == len(given_out) + 2


def test_names_are_numbered_in_order() -> None:
    """The first has the plain name, the next ones the numbers from 2 on."""
    names = Names()
    assert [names.take("dienstag", ".md") for _time in range(3)] == ["dienstag.md", "dienstag-2.md", "dienstag-3.md"]
