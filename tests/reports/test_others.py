"""Every packaged report is made, section by section: with a year of data, and in a workspace that has none."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Protocol

import nbformat
import pytest

from toolkit.reports.blocks import Chart, Section
from toolkit.reports.notebook import find_notebook

NAMES = ("monthly", "campaign", "channel", "competitors", "experiment", "year", "review")
NOW = "2026-11-21T19:00:00+01:00"


class Filled(Protocol):
    """What the fixture of that name gives."""

    root: Path
    state: Path


def sections(name: str, root: Path, state: Path) -> dict[str, Section | None]:
    """What the cells of the notebook show, by their methods."""
    module = importlib.import_module(f"toolkit.reports.{name}")
    report = module.open_report(str(root), str(state), "2026-10", now=NOW, language="en")
    notebook = nbformat.read(find_notebook(root, name), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    cells = "\n".join(cell.source for cell in notebook.cells[3:])
    return {method: getattr(report, method)() for method in re.findall(r"report\.(\w+)\(\)", cells)}


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_workspace_gets_a_helpful_page(name: str, tmp_path: Path) -> None:
    """No section fails, none is empty, no chart is drawn of nothing, and the first words say that there is nothing."""
    (tmp_path / "leitstand.toml").write_text(
        'format = 1\n[workspace]\nid = "e"\nlanguages = ["en"]\n[accounts.mastodon]\nnetwork = "mastodon"\n'
    )
    made = sections(name, tmp_path, tmp_path / "state")
    shown = [section for section in made.values() if section is not None]
    assert all(section.blocks for section in shown)
    assert not [block for section in shown for block in section.blocks if isinstance(block, Chart)]
    first = shown[0].blocks[0]
    assert not isinstance(first, Chart)
    assert re.match(r"There is no data|No (campaign|experiment) ran|No data", getattr(first, "text", ""))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "experiment"])
def test_a_filled_workspace_gets_all_of_it(name: str, filled: Filled) -> None:
    """Each section has something to show, each chart its words and its numbers, and no value is left unnamed."""
    made = sections(name, filled.root, filled.state)
    shown = {method: section for method, section in made.items() if section is not None}
    assert set(made) - set(shown) <= {"commentary", "changes", "late"}
    for section in shown.values():
        for block in section.blocks:
            if isinstance(block, Chart):
                assert len(block.alt) > 30
                assert block.table is not None
            elif hasattr(block, "to_html"):
                assert "None" not in re.sub(r"<[^>]+>", " ", block.to_html())
