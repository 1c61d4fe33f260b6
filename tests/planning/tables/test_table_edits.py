"""Edits of cells change the bytes of their values and nothing else; new rows make files; what is in doubt is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.tables.conftest import DOOR, Write, edit, export, new_row, take
from tests.planning.tables.test_table_round_trip import BODY, LINE, load
from toolkit.errors import ChangedError
from toolkit.model import Severity
from toolkit.planning.tables import (
    Kind,
    Merge,
    make_plan,
    merge_table,
    read_cells,
    read_table,
    table_columns,
    write_csv,
    write_merge,
)
from toolkit.planning.tables.forms import plain
from toolkit.source import read_post
from toolkit.workspace import Workspace, load_workspace


def changed(workspace: Workspace, **cells: str) -> str:
    """The door's text after one edit of the table."""
    merge = take(workspace, edit(export(workspace), 0, **cells))
    assert not merge.problems
    (found,) = merge.changed
    return found.text


def errors(merge: Merge) -> list[str]:
    return [str(one) for one in merge.problems if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("cells", "old", "new"),
    [
        ({"title": "Tür 1"}, '"Tür 1: offen"   #', "Tür 1   #"),
        ({"title": "Tür: zu"}, '"Tür 1: offen"', '"Tür: zu"'),
        ({"status": "draft"}, "status: ready", "status: draft"),
        ({"publish": "2.12.2026 8:15"}, "2026-12-01 7:30:00", "2026-12-02 08:15"),
        ({"publish": ""}, "publish: 2026-12-01 7:30:00\n", ""),
        ({"publish": "next"}, "2026-12-01 7:30:00", "next"),
        ({"channels": "mastodon, feed"}, "  - mastodon\n  - x\n", "  - mastodon\n  - feed\n"),
        ({"labels": 'advent, "a, b"'}, '["a, b", advent]', '[advent, "a, b"]'),
        ({"labels": ""}, 'labels: ["a, b", advent]\n', ""),
        ({"pillar": "produkt"}, "late: ask\n", "late: ask\npillar: produkt\n"),
        ({"due": "30.11.2026"}, "late: ask\n", "late: ask\ndue: 2026-11-30\n"),
        ({"alt_1": "Eine Tür"}, "media/tuer.jpg\n", "media/tuer.jpg\n    alt: Eine Tür\n"),
        ({"media_1": "media/neu.jpg"}, "media/tuer.jpg", "media/neu.jpg"),
        ({"media_1": "order: Foto"}, "file: media/tuer.jpg", "order: Foto"),
        (
            {"media_2": "media/b.jpg", "alt_2": "B"},
            "focus: [0.4, 0.5]\n",
            "focus: [0.4, 0.5]\n  - file: media/b.jpg\n    alt: B\n",
        ),
        ({"text_at_x": "Open."}, "Door 1 is open.", "Open."),
        ({"text_at_x": ""}, "\n\n## @x\n\nDoor 1 is open.\n", "\n"),
        ({"text_at_feed": "Für\r\nden Feed"}, "Door 1 is open.\n", "Door 1 is open.\n\n## @feed\n\nFür\nden Feed\n"),
    ],
)
def test_an_edit_changes_the_bytes_of_its_value(brand: Write, cells: dict[str, str], old: str, new: str) -> None:
    """Quotes, comments, list style and everything around stay as they are."""
    workspace = brand()
    assert DOOR.count(old) == 1
    assert changed(workspace, **cells) == DOOR.replace(old, new)


def test_the_text_keeps_its_parts(brand: Write) -> None:
    """A thread is one cell with its breaks; its other part stays, and so does what looks like a formula."""
    workspace = brand()
    text = "Neu.\n\n---\n\n=SUMME(A1) ist ein zweiter Teil."
    assert changed(workspace, text=text) == DOOR.replace("Hinter Tür 1: 🎄 unser Winterröster.", "Neu.")
    merge = take(workspace, edit(export(workspace), 0, text="'=SUMME(A1)"))
    assert merge.changed[0].differences[0].after == "=SUMME(A1)"


def test_only_medium_out_takes_its_key(brand: Write) -> None:
    """Emptying file and description of the only medium takes out the whole list."""
    text = changed(brand(), media_1="", alt_1="")
    assert "media" not in text
    assert text == DOOR.replace("media:\n  - file: media/tuer.jpg\n    kind: photo\n    focus: [0.4, 0.5]\n", "")


def test_a_new_row_is_a_new_post_and_only_once(brand: Write) -> None:
    """It gets a uid and a file in the folder of its month, and importing the same table again makes no second one."""
    workspace = brand()
    table = new_row(export(workspace), 1, title="Tür 2", publish="02.12.2026 07:30", text="Zwei", channels="x")
    first = write_merge(workspace.root, take(workspace, table))
    assert first == ["content/posts/2026/12/tuer-2.md"]
    again = load_workspace(workspace.root)
    post = next(one for one in again.posts if one.title == "Tür 2")
    assert (post.uid, post.channels, post.status, post.body) == (f"01NEW{0:021}", ("x",), "draft", "Zwei\n")
    assert write_merge(again.root, take(again, table)) == []


def test_rows_of_one_name_are_two_posts(brand: Write) -> None:
    """Two new rows with the same title get files of their own, beside a file that is there."""
    workspace = brand()
    table = new_row(export(workspace), 1, title="Dienstag", publish="2026-12-08 07:30", text="Eins")
    table = new_row(table, 2, title="Dienstag", publish="2026-12-15 07:30", text="Zwei")
    names = [path.rpartition("/")[2] for path in write_merge(workspace.root, take(workspace, table))]
    assert names == ["dienstag.md", "dienstag-2.md"]


def test_the_file_changed_since(brand: Write) -> None:
    """Another cell's change in the file stays beside the table's; the same cell changed twice is a conflict with its place."""
    workspace = brand()
    table = edit(export(workspace), 0, title="Aus der Tabelle")
    moved = brand(door=DOOR.replace("status: ready", "status: review"))
    merge = take(moved, table)
    assert merge.newer == [("content/posts/door.md", "status")]
    assert "status: review" in merge.changed[0].text
    assert "title: Aus der Tabelle" in merge.changed[0].text
    clash = take(brand(door=DOOR.replace("Tür 1: offen", "Aus der Datei")), table)
    (said,) = errors(clash)
    assert said.startswith("plan.csv:2:")
    assert "row 2, title: changed here and" in said
    assert "Aus der Datei" in said
    assert not clash.possible


def test_a_file_that_changes_while_we_look(brand: Write) -> None:
    """Between reading and writing somebody saves the file: nothing is written, neither there nor elsewhere."""
    workspace = brand()
    table = edit(export(workspace), 0, title="Neu")
    table = new_row(table, 1, title="Noch einer", text="Text")
    merge = take(workspace, table)
    door = workspace.root / "content/posts/door.md"
    door.write_text(DOOR + "\nnoch etwas\n", encoding="utf-8")
    with pytest.raises(ChangedError, match="nothing was written"):
        write_merge(workspace.root, merge)
    assert [path.name for path in workspace.root.rglob("*.md")] == ["door.md"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"publish": "11/1/2026 7:30"}, "is no time such as 2026-12-01 07:30 or 01.12.2026 07:30"),
        ({"publish": "31.11.2026 07:30"}, "is no time"),
        ({"status": "fertig"}, "status must be one of draft, review, ready"),
        ({"channels": "mastodn"}, "mastodon"),
        ({"author": "Mai"}, "mai"),
        ({"text": "A\n\n## @x\n\nB"}, "cannot hold the heading of another channel's"),
        ({"media_3": "media/c.jpg", "alt_2": "B"}, "row 2, media 3: a medium has either a file or an order"),
        ({"uid": "01JDK3V7Q2M8X4T6R9A0B1C2D4"}, "there is no post"),
    ],
)
def test_what_cannot_be_written_is_refused_at_its_cell(brand: Write, cells: dict[str, str], said: str) -> None:
    """An error names file, row and column, and with one error nothing at all is written."""
    workspace = brand(door=DOOR, zwei=DOOR.replace("A0B1C2D3", "A0B1C2D9").replace("7:30", "8:30"))
    table = edit(edit(export(workspace), 1, title="Gute Änderung"), 0, **cells)
    merge = take(workspace, table)
    found = errors(merge)
    assert any(said in one and ": row 2, " in one for one in found), found
    assert not merge.possible
    with pytest.raises(ValueError, match="not written"):
        write_merge(workspace.root, merge)


def test_a_copied_row_is_told_what_to_empty(brand: Write) -> None:
    """A copy keeps its original's uid: refused, with the remedy, before it could overwrite the original."""
    workspace = brand()
    data = export(workspace)
    table = data + data.split(b"\r\n", 1)[1]
    (said,) = errors(take(workspace, table))
    assert "row 3, uid: row 2 is the same post" in said


def test_empty_rows_count(brand: Write) -> None:
    """Rows that people left empty are no posts, and the numbers in problems are those of the spreadsheet program."""
    workspace = brand()
    header, rest = export(workspace).split(b"\r\n", 1)
    empty = b";" * header.count(b";") + b"\r\n"
    merge = take(workspace, edit(header + b"\r\n" + empty * 2 + rest, 2, status="fertig"))
    assert ["row 4, status:" in one for one in errors(merge)] == [True]


def test_columns_may_go_and_move(brand: Write) -> None:
    """A table with three columns says nothing about the others; one that nobody knows is told and left out."""
    workspace = brand()
    table = b"uid;notiz;title\r\n01JDK3V7Q2M8X4T6R9A0B1C2D3;huhu;Anders\r\n"
    merge = take(workspace, table)
    assert merge.changed[0].text == DOOR.replace('"Tür 1: offen"', "Anders")
    assert [one.severity for one in merge.problems] == [Severity.WARNING] * 2
    assert "without the column “as written” a change of the files" in merge.problems[1].message


def test_what_windows_1252_lost_is_no_edit(brand: Write) -> None:
    """Excel's plain CSV has no 🎄: an untouched cell stays, and an edit beside the loss is refused instead of losing it."""
    workspace = brand()
    data = export(workspace)
    narrow = data.decode("utf-8-sig").encode("cp1252", "replace")
    merge = take(workspace, narrow)
    assert (merge.changed, errors(merge), merge.same) == ([], [], 1)
    assert any("saved as Windows-1252" in one for one in errors(take(workspace, narrow.replace(b"unser", b"euer"))))


@given(LINE, BODY.map("".join), BODY.map("".join), st.sampled_from(["title", "text", "text @x", "alt 1", "campaign"]))
def test_an_edit_is_written_whole_or_refused(title: str, body: str, new: str, name: str) -> None:
    """Whatever is typed into a cell: afterwards the file reads back as that cell and the others as they were, or nothing."""
    text = f"---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: T\n# note\nmedia: [{{order: o}}]\n---\n{body}"
    post, workspace = load(text)
    plan = make_plan([post], workspace.settings)
    table = read_table("a.csv", edit(write_csv(plan, ";"), 0, **{name.replace("@", "at_"): new}), workspace.settings)
    merge = merge_table(workspace, table, lambda: "")
    for one in merge.changed:
        again, _problems = read_post(post.path, one.text.encode(), workspace.settings)
        assert again is not None
        columns = table_columns([post, again], workspace.settings)
        before, after = read_cells(post, columns), read_cells(again, columns)
        assert after[name] == table.rows[0].cells[name]
        assert {key: cell for key, cell in after.items() if key != name} == {
            key: cell for key, cell in before.items() if key != name
        }
        assert "# note" in one.text
    assert merge.changed or merge.same or merge.problems


@given(st.lists(LINE.map(str.strip).filter(bool), max_size=4))
def test_lists_survive_their_cell(words: list[str]) -> None:
    """Whatever the words are, the cell's one form is a fixed point."""
    joined = plain(Kind.WORDS, ", ".join(words))
    assert plain(Kind.WORDS, joined) == joined


def test_what_is_no_table() -> None:
    """A file that is no table is told as one sentence with its place."""
    _post, workspace = load(DOOR)
    table = read_table("notes.csv", b"Liebe Mai,\n\nbitte\n", workspace.settings)
    (said,) = map(str, table.problems)
    assert said.startswith("notes.csv:1:1: no table of posts: the first row must name columns")


STYLES = (
    DOOR,
    DOOR.replace("\n", "\r\n"),
    "---\n{uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3, title: T, labels: [a], media: [{file: media/a.jpg}]}\n---\nText\n",
    "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: >\n  zwei\n  Zeilen\nlabels: a\ncampaign: ~\npillar:\n# note\n---",
    "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: 'T'\nmedia:\n- alt: A  # note\n  order: Foto\n- {file: b.png}\nowner: mai\n---\n\n## @x\n\nX",
    "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n---\n## @mastodon\n\n## @x\n\nX\n\n---\n\nY\n\n\n",
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "neu",
            "a, b",
            "order: Foto",
            "media/c.jpg",
            "2026-12-24 18:00",
            "next",
            "24.12.2026",
            "ready",
            "#x",
            "- y",
        ]
    ),
    LINE,
    BODY.map("".join),
)
NAMES = st.sampled_from(
    [
        "title",
        "publish",
        "status",
        "labels",
        "campaign",
        "pillar",
        "goal",
        "due",
        "text",
        "text at_x",
        "text at_mastodon",
    ]
    + [f"{kind} {number}" for kind in ("media", "alt") for number in (1, 2, 3)]
)


@given(st.sampled_from(STYLES), st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_edits_of_any_style_are_written_whole_or_refused(style: str, cells: dict[str, str]) -> None:
    """However a file is written and whatever is typed: every cell reads back as asked and all else as it was, or nothing."""
    post, workspace = load(style)
    data = edit(write_csv(make_plan([post], workspace.settings), ";"), 0, **cells)
    table = read_table("a.csv", data, workspace.settings)
    merge = merge_table(workspace, table, lambda: "")
    assert bool(merge.changed) + bool(merge.same) + (not merge.possible) == 1
    for one in merge.changed:
        again, problems = read_post(post.path, one.text.encode(), workspace.settings)
        assert again is not None
        columns = table.columns.values()
        assert read_cells(again, columns) == dict(table.rows[0].cells)
        assert {key: again.options[key] for key in again.options} == dict(post.options)
        assert (again.uid, again.late, again.owner) == (post.uid, post.late, post.owner)
        assert one.text.count("# note") == style.count("# note")
        old = {problem.message for problem in read_post(post.path, style.encode(), workspace.settings)[1]}
        assert {problem.message for problem in problems if problem.severity is Severity.ERROR} <= old
