"""People's words on a report: begun once, never written again, read whatever stands in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from toolkit.reports.commentary import Action, begin_commentary, commentary_path, read_words


def read(text: str) -> tuple[str, tuple[Action, ...]]:
    words = read_words("x.md", text.encode())
    return words.text, words.actions


def test_a_commentary_is_begun_once(tmp_path: Path) -> None:
    """The first run writes what the file is for; the second leaves an analyst's words alone."""
    path = begin_commentary(tmp_path, "monthly", "2026-10")
    assert path == tmp_path / commentary_path("monthly", "2026-10")
    assert path is not None
    assert read(path.read_text()) == ("", ()), "the example in it is no action"
    path.write_text("Mine.")
    assert begin_commentary(tmp_path, "monthly", "2026-10") is None
    assert path.read_text() == "Mine."


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Where a file stands in the way nothing is written and the report goes on."""
    (tmp_path / "notebooks").write_text("a file")
    assert begin_commentary(tmp_path, "monthly", "2026-10") is None


def test_actions_have_an_owner_a_day_and_an_end() -> None:
    """Open, done with what became of it, dropped; each with its person and day, in any order of the two."""
    text, actions = read(
        "Words.\n\n## Actions\n\n- [ ] Plan four videos @jule 2026-11-15\n"
        "* [X] Answer faster 2026-11-30 @mai: nine of ten: within a day\n- [-] Polls @ole 2026-12-01: no time\n- [ ] Think\n"
    )
    assert text == "Words.", "a heading below which only actions stood goes with them"
    assert actions == (
        Action("Plan four videos", "jule", date(2026, 11, 15), done=False, dropped=False, result=""),
        Action(
            "Answer faster", "mai", date(2026, 11, 30), done=True, dropped=False, result="nine of ten: within a day"
        ),
        Action("Polls", "ole", date(2026, 12, 1), done=False, dropped=True, result="no time"),
        Action("Think", "", None, done=False, dropped=False, result=""),
    )


def test_an_action_is_late_after_its_day() -> None:
    """On its day it is in time; done or dropped it is never late."""
    (action,) = read("- [ ] A @b 2026-11-15")[1]
    assert not action.late(date(2026, 11, 15))
    assert action.late(date(2026, 11, 16))
    (done,) = read("- [x] A @b 2026-11-15")[1]
    assert not done.late(date(2027, 1, 1))


def test_a_day_that_does_not_exist_stays_in_the_text() -> None:
    """Nothing that somebody wrote is lost."""
    (action,) = read("- [ ] A @b 2026-02-30")[1]
    assert (action.text, action.due) == ("A 2026-02-30", None)


def test_comments_are_never_shown() -> None:
    """Also one that nobody closed."""
    assert read("A <!-- secret\n- [ ] no --> B <!-- open\nmore") == ("A  B", ())


@given(st.binary(max_size=200))
def test_any_file_can_be_read(data: bytes) -> None:
    """Whatever bytes stand there, words come out and no error."""
    assert "<!--" not in read_words("x.md", data).text


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="@"), min_size=1, max_size=20))
def test_the_text_of_an_action_is_kept(word: str) -> None:
    """Any word comes out as it was written."""
    found = read(f"- [ ] do {word} now @jule 2026-11-15")[1]
    assert [action.text for action in found] in ([f"do {word} now"], [])
