"""A brand with a few posts as people write them, and what spreadsheet programs do to a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.planning.tables import Merge, Plan, make_plan, merge_table, read_table, write_csv, write_workbook
from toolkit.workspace import Workspace, load_workspace

SETTINGS = """\
format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de", "en"]
[people.mai]
name = "Mai"
[people.ole]
name = "Ole"
[accounts.feed]
network = "feed"
[accounts.mastodon]
network = "mastodon"
id = "@probe@example.com"
[accounts.x]
network = "x"
id = "probe"
"""

DOOR = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: "Tür 1: offen"   # as it is called in the shop
author: mai
status: ready
publish: 2026-12-01 7:30:00
channels:
  - mastodon
  - x
labels: ["a, b", advent]
media:
  - file: media/tuer.jpg
    kind: photo
    focus: [0.4, 0.5]
options:
  x: {language: en}
late: ask
---

Hinter Tür 1: 🎄 unser Winterröster.

---

=SUMME(A1) ist ein zweiter Teil.

## @x

Door 1 is open.
"""

Write = Callable[..., Workspace]


@pytest.fixture
def brand(tmp_path: Path) -> Write:
    """Write post files by name and load them; the door, when none are named."""

    def make(**posts: str | bytes) -> Workspace:
        folder = tmp_path / "brand/content/posts"
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / "brand/leitstand.toml").write_text(SETTINGS, encoding="utf-8")
        for name, text in (posts or {"door": DOOR}).items():
            (folder / f"{name}.md").write_bytes(text.encode() if isinstance(text, str) else text)
        return load_workspace(tmp_path / "brand")

    return make


def export(workspace: Workspace, name: str = "plan.csv") -> bytes:
    plan: Plan = make_plan(workspace.posts, workspace.settings)
    return write_csv(plan, ";") if name.endswith(".csv") else write_workbook(plan, {})


def take(workspace: Workspace, data: bytes, name: str = "plan.csv") -> Merge:
    numbers = iter(range(1000))
    return merge_table(workspace, read_table(name, data, workspace.settings), lambda: f"01NEW{next(numbers):021}")


def new_row(data: bytes, row: int, **cells: str) -> bytes:
    """The CSV with a row more, at `row`."""
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    lines.insert(row + 1, [""] * len(lines[0]))
    return edit(join(lines), row, **cells)


def edit(data: bytes, row: int, **cells: str) -> bytes:
    """The CSV with other cells in row `row` (from 0); `_` in a name is a blank, `at_` an at sign."""
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    for name, text in cells.items():
        name = name.replace("at_", "@").replace("_", " ")  # noqa: PLW2901  # as the header spells it
        if name not in header:
            header.append(name)
            for other in rows:
                other.append("")
        rows[row][header.index(name)] = text
    return join([header, *rows])


def join(rows: list[list[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode("utf-8-sig")


def through_german_excel(data: bytes) -> bytes:
    """What a German Excel saves of a CSV that it opened: its own dates, semicolons, no mark for a bare text."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    return join(
        [[re.sub(r"^(\d{4})-(\d\d)-(\d\d)( \d\d:\d\d)?(:\d\d)?$", _german, cell) for cell in row] for row in rows]
    )


def _german(match: re.Match[str]) -> str:
    return f"{match[3]}.{match[2]}.{match[1]}{match[4] or ''}{match[5] or ''}"
