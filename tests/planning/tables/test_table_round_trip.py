"""A table that nobody edited changes no byte, whatever the posts say and whatever the spreadsheet program did to it."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.tables.conftest import DOOR, SETTINGS, Write, export, take, through_german_excel
from toolkit.cli import execute
from toolkit.model import Post
from toolkit.planning.tables import Plan, make_plan, merge_table, read_table, write_csv, write_merge, write_workbook
from toolkit.planning.tables.forms import FORMULAS
from toolkit.settings import read_settings
from toolkit.source import FolderTree, OverlayTree, read_post
from toolkit.source.entries import scalar
from toolkit.workspace import Workspace, load_workspace

ROOT = Path(__file__).parents[3]
FORMS = ("plan.csv", "plan.xlsx")


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("content/**/*.md")}


def round_trip(workspace: Workspace) -> int:
    """Export and import in each form, writing what comes of it; the number of rows that came back as they went."""
    came_back = 0
    for name in FORMS:
        data = export(workspace, name)
        for table in (data, through_german_excel(data)) if name.endswith(".csv") else (data,):
            merge = take(workspace, table, name)
            assert (merge.changed, merge.fresh, merge.newer, merge.problems) == ([], [], [], [])
            assert write_merge(workspace.root, merge) == []
            came_back += merge.same
    return came_back


def test_every_sample_post_comes_back_as_it_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All posts of the sample workspace, as CSV, as a German Excel saves it again, and as a workbook: no byte differs."""
    root = tmp_path / "brand"
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "leitstand.toml", root)
    before, workspace = files(root), load_workspace(root)
    rows = round_trip(workspace)
    assert rows == 3 * len(workspace.posts) > 180
    assert files(root) == before
    with capsys.disabled():
        print(f"\nsample posts through CSV, Excel and XLSX: {rows} rows, 0 bytes changed")


def test_every_real_post_comes_back_as_it_went(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """galaxy-social's 267 posts with their threads, media and alt texts: no byte differs."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    root = tmp_path / "galaxy"
    source = str(shared_data / "galaxy-social")
    assert execute(["import-posts", "galaxy-social", source, "--into", str(root)], {"LEITSTAND_LANG": "en"}) == 0
    before, workspace = files(root), load_workspace(root)
    rows = round_trip(workspace)
    assert rows == 3 * len(workspace.posts) == 3 * 267
    assert files(root) == before
    with capsys.disabled():
        print(f"\nreal posts through CSV, Excel and XLSX: {rows} rows, 0 bytes changed")


# Texts as posts have them, and everything that tables, YAML, XML or Markdown could trip over.
SPIKY = st.sampled_from(
    [
        *(
            "'=1",
            "=1+1",
            "-",
            "--- ",
            "+49",
            "@x",
            '"',
            "''@",
            ";",
            ",",
            "_x000D_",
            "\r",
            "\r\n",
            "\n\n",
            "\n---\n",
            "\x0b",
        ),
        *(
            "\x85",
            "\u2028",
            "\ufeff",
            "🎄",
            "\t",
            "## @mastodon\n",
            "## @nobody\n",
            "```\n",
            "<!-- x -->",
            "#",
            "1.12.",
            "~",
        ),
    ]
)
BODY = st.lists(
    st.one_of(SPIKY, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8))
)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
MOMENT = st.sampled_from(
    [
        "2026-12-01 07:30",
        "2026-12-01 7:05:09",
        "2026-12-01T00:00",
        "2026-12-01",
        "next",
        "2026-10-25 02:30 +01:00",
        "soon",
    ]
)


def post_text(title: str, moment: str, words: list[str], body: str) -> str:
    labels = ", ".join(scalar(word, flow=True) for word in words)
    head = f"uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: {scalar(title)}\npublish: {moment}\nlabels: [{labels}]\n"
    return f"---\n{head}media:\n  - {{order: {scalar(title, flow=True)}, alt: {scalar(title, flow=True)}}}\n---\n{body}"


def load(text: str) -> tuple[Post, Workspace]:
    settings, _problems = read_settings(SETTINGS)
    assert settings is not None
    post, _found = read_post("content/posts/a.md", text.encode(), settings)
    assert post is not None
    tree = OverlayTree(FolderTree(ROOT / "nowhere"), {"content/posts/a.md": text.encode()})
    return post, Workspace(ROOT / "nowhere", tree, settings, (post,), {}, (), ())


@given(LINE, MOMENT, st.lists(LINE, max_size=3), BODY.map("".join))
def test_whatever_a_post_says_comes_back(title: str, moment: str, words: list[str], body: str) -> None:
    """Formulas, quotes, control characters, headings, breaks, moments in every form: no cell that nobody edited is an edit."""
    post, workspace = load(post_text(title, moment, words, body))
    plan: Plan = make_plan([post], workspace.settings)
    for name, data in (
        ("a.csv", write_csv(plan, ";")),
        ("b.csv", write_csv(plan, ",")),
        ("c.csv", write_csv(plan, "\t")),
        ("d.xlsx", write_workbook(plan, {})),
    ):
        merge = merge_table(workspace, read_table(name, data, workspace.settings), lambda: "")
        assert (merge.changed, merge.newer, merge.problems, merge.same) == ([], [], [], len(plan.rows)), name


def test_windows_line_ends_and_marks_stay(brand: Write) -> None:
    """A file with a byte order mark and CRLF comes back as it went, and an edit keeps both."""
    data = b"\xef\xbb\xbf" + DOOR.replace("\n", "\r\n").encode()
    workspace = brand(door=data)
    assert round_trip(workspace) == 3
    merge = take(workspace, export(workspace).replace("Winterröster".encode(), b"Winterkaffee"))
    write_merge(workspace.root, merge)
    after = (workspace.root / "content/posts/door.md").read_bytes()
    assert after == data.replace("Winterröster".encode(), b"Winterkaffee")


def others(name: str, text: str) -> str:
    """Another value for a cell that is not empty."""
    return {
        "publish": "2026-12-24 18:05",
        "status": "draft" if text != "draft" else "review",
        "channels": "bluesky-en, newsletter, x",
        "labels": f"{text}, noch eins",
        "due": "2026-11-30",
    }.get(name, f"{text} Ä: neu")


def test_each_edit_of_each_sample_post_stays_inside_its_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every cell that says something, edited alone: only bytes between the value's first and last one differ."""
    root = tmp_path / "brand"
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "leitstand.toml", root)
    workspace = load_workspace(root)
    plan = make_plan(workspace.posts, workspace.settings)
    table = read_table("plan.csv", write_csv(plan, ";"), workspace.settings)
    edits = 0
    posts = {post.uid: post for post in workspace.posts}
    for row in table.rows:
        alone = replace(workspace, posts=(posts[row.uid],))
        for name, text in row.cells.items():
            # Names of people and campaigns are checked, and a rule of days names its first one.
            fixed = name == "publish" and posts[row.uid].repeat is not None
            if not text or fixed or name in ("author", "owner", "campaign"):
                continue
            changed = replace(row, cells={**row.cells, name: others(name, text)})
            merge = merge_table(alone, replace(table, rows=(changed,)), lambda: "")
            assert not merge.problems, (row.path, name, merge.problems)
            (found,) = merge.changed
            before, after = found.post.source.text, found.text
            start = shared(before, after)
            end = shared(before[start:][::-1], after[start:][::-1])
            gone = before[start : len(before) - end]
            assert gone in value_in_file(found.post, plan, name), (row.path, name, gone)
            edits += 1
    assert edits > 500
    with capsys.disabled():
        print(f"\nedits of single cells of sample posts: {edits}, each inside its value")


def shared(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def value_in_file(post: Post, plan: Plan, name: str) -> str:
    """The stretch of the file in which a cell's value stands."""
    column = next(one for one in plan.columns if one.name == name)
    if column.channel is not None:
        return post.body
    if column.medium is None:
        start, end = post.places.offsets(name)
    else:
        start, end = post.places.offsets(f"media.{column.medium}")
    return post.source.text[start:end]


@given(BODY.map("".join), LINE)
def test_no_cell_is_a_formula(body: str, title: str) -> None:
    """In CSV no cell begins with a sign that spreadsheet programs run; in a workbook every such cell is a text."""
    from openpyxl import load_workbook as open_book

    _post, workspace = load(post_text(f"={title}", "2026-12-01 07:30", ["@x", "-1"], body))
    plan = make_plan(workspace.posts, workspace.settings)
    text = write_csv(plan, ";").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULAS)]
    sheet = open_book(io.BytesIO(write_workbook(plan, {})))["Plan"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}
    assert sheet.cell(2, plan.header.index("title") + 1).data_type == "s"


def test_other_encodings_come_back(brand: Write) -> None:
    """Excel's “Unicode text” is UTF-16 with tabs, others write `sep=` first or no mark at all: nobody's edit."""
    workspace = brand()
    plan = make_plan(workspace.posts, workspace.settings)
    text = write_csv(plan, "\t").decode("utf-8-sig")
    commas = write_csv(plan, ",").decode("utf-8-sig")
    for data in (
        text.encode("utf-16"),
        text.encode(),
        f"sep=,\r\n{commas}".encode(),
        commas.replace("\r\n", "\n").encode(),
    ):
        merge = take(workspace, data)
        assert (merge.same, merge.changed, merge.problems) == (1, [], [])
