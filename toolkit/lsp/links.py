"""Where more is written: the page of a rule, a page of the reference, on the site or in the workspace."""

from __future__ import annotations

from typing import Final

from toolkit.source.rulepages import RulePage, page_address
from toolkit.workspace import Workspace

REFERENCE: Final = "referenz"
HANDBOOK: Final = "guidelines"


def rule_link(workspace: Workspace, page: RulePage | None) -> str:
    """The address of a rule's page, on the site when leitstand.toml names one, else the file; "" where there is none."""
    if page is None:
        return ""
    address = page.address(workspace.settings.url)
    if address or not page.path.endswith(".md"):
        return address
    return page_link(workspace, page.path.removeprefix(f"{HANDBOOK}/"))


def page_link(workspace: Workspace, page: str) -> str:
    """The address of ``guidelines/<page>``: on the site when leitstand.toml names one, else the file, else ""."""
    path, _hash, anchor = page.partition("#")
    file = f"{HANDBOOK}/{path}"
    if not workspace.tree.exists(file):
        return ""
    if workspace.settings.url:
        return f"{workspace.settings.url}/{page_address(file, anchor)}"
    return (workspace.root / file).as_uri() + (f"#{anchor}" if anchor else "")


def more(workspace: Workspace, page: str, text: str) -> str:
    """A Markdown link to the page, or "" when there is none."""
    link = page_link(workspace, page)
    return f"[{text}]({link})" if link else ""
