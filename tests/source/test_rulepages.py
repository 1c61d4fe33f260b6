from __future__ import annotations

from pathlib import Path

from toolkit.pages.view import HANDBOOK
from toolkit.source import FolderTree
from toolkit.source.rulepages import RulePage, find_page, page_address, rule_pages

PAGE = "# Stimme\n\n```rule\nextends: existence\nid: BRAND012\n```\n\n```yaml\nid: NONE\n```\n"
SITE = "https://site.example.com"


def test_a_rule_is_found_by_its_id(tmp_path: Path) -> None:
    """Only in rule blocks, with its line; the first page counts, and bytes of anything hide no other page."""
    pages = tmp_path / "guidelines"
    pages.mkdir()
    (pages / "a.md").write_bytes(b"```rule \xff\n```")
    (pages / "stimme.md").write_text(PAGE, encoding="utf-8")
    (pages / "zwei.md").write_text(PAGE, encoding="utf-8")
    found = rule_pages(FolderTree(tmp_path))
    assert found == {"BRAND012": RulePage("guidelines/stimme.md", 5, anchor="BRAND012")}
    assert found["BRAND012"].address(SITE) == f"{SITE}/handbook/stimme/#BRAND012"
    assert found["BRAND012"].address("") == ""


def test_a_rule_of_a_package_leads_to_its_file(tmp_path: Path) -> None:
    """The site does not show the file, so its address is the one that the rule names itself, or none."""
    styles = tmp_path / "guidelines/styles"
    (styles / "House").mkdir(parents=True)
    (styles / "config").mkdir()
    (styles / "House/Told.yml").write_text("extends: existence\nlink: 'https://example.com/told'\n", encoding="utf-8")
    (styles / "House/Plain.yml").write_text("extends: existence\n", encoding="utf-8")
    (styles / "config/x.yml").write_text("", encoding="utf-8")
    found = rule_pages(FolderTree(tmp_path))
    assert {rule: (page.path, page.address(SITE)) for rule, page in found.items()} == {
        "House.Told": ("guidelines/styles/House/Told.yml", "https://example.com/told"),
        "House.Plain": ("guidelines/styles/House/Plain.yml", ""),
    }


def test_a_built_in_rule_has_its_page_where_there_is_a_reference(tmp_path: Path) -> None:
    """The reference is linked when the workspace has it, and no name of a rule leads out of it."""
    tree, reference = FolderTree(tmp_path), tmp_path / "guidelines/referenz/regeln"
    assert find_page(tree, "link", {}) is None
    reference.mkdir(parents=True)
    (reference / "link.md").write_text("# link\n", encoding="utf-8")
    (tmp_path / "guidelines/secret.md").write_text("# no\n", encoding="utf-8")
    page = find_page(tree, "link", {})
    assert page is not None
    assert page.address(SITE) == f"{SITE}/handbook/referenz/regeln/link/"
    assert [find_page(tree, name, {}) for name in ("../../secret", "\0", "", "gone")] == [None] * 4


def test_its_address_is_its_box_on_the_page() -> None:
    """As the site builds it: the handbook's folder, and index pages at theirs."""
    assert page_address("guidelines/stimme.md", "BRAND012") == f"{HANDBOOK}/stimme/#BRAND012"
    assert page_address("guidelines/index.md", "B1") == f"{HANDBOOK}/#B1"
    assert page_address("guidelines/netzwerke/index.md") == f"{HANDBOOK}/netzwerke/"
