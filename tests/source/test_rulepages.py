from __future__ import annotations

from pathlib import Path

from toolkit.source import FolderTree
from toolkit.source.rulepages import page_address, rule_pages

PAGE = "# Stimme\n\n```rule\nextends: existence\nid: BRAND012\n```\n\n```yaml\nid: NONE\n```\n"


def test_a_rule_is_found_by_its_id(tmp_path: Path) -> None:
    """Only in rule blocks, with its line; the first page counts, and bytes of anything hide no other page."""
    pages = tmp_path / "guidelines"
    pages.mkdir()
    (pages / "a.md").write_bytes(b"```rule \xff\n```")
    (pages / "stimme.md").write_text(PAGE, encoding="utf-8")
    (pages / "zwei.md").write_text(PAGE, encoding="utf-8")
    assert rule_pages(FolderTree(tmp_path)) == {"BRAND012": ("guidelines/stimme.md", 5)}


def test_its_address_is_its_box_on_the_page() -> None:
    """As the site builds it: folders, and index pages at their folder."""
    assert page_address("guidelines/stimme.md", "BRAND012") == "stimme/#BRAND012"
    assert page_address("guidelines/index.md", "B1") == "#B1"
    assert page_address("guidelines/netzwerke/index.md", "B1") == "netzwerke/#B1"
