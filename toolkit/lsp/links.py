"""Where more is written: the page of a rule, a page of the reference, on the site or in the workspace."""

from __future__ import annotations

from typing import Final

from toolkit.lint.handbook import house
from toolkit.style.rule import StyleRule
from toolkit.workspace import Workspace

REFERENCE: Final = "referenz"
HANDBOOK: Final = "guidelines"


def own_rule(workspace: Workspace, rule: str) -> StyleRule | None:
    """The rule of the house that is called so; None where there is none."""
    styles = house(workspace.tree, workspace.settings.styles).styles
    return next((style for style in styles if style.id == rule), None)


def rule_link(workspace: Workspace, rule: str) -> str:
    """The address of a rule's page, of one of the house the page that explains it; "" where there is none."""
    own = own_rule(workspace, rule)
    if own is not None:
        return own.link or (
            page_link(workspace, own.path.removeprefix(f"{HANDBOOK}/")) if own.path.endswith(".md") else ""
        )
    return page_link(workspace, f"{REFERENCE}/regeln/{rule}.md")


def page_link(workspace: Workspace, page: str) -> str:
    """The address of ``guidelines/<page>``: on the site when leitstand.toml names one, else the file, else ""."""
    path, _hash, anchor = page.partition("#")
    if workspace.settings.url:
        folder = path.removesuffix(".md").removesuffix("index")
        return f"{workspace.settings.url}/{folder.rstrip('/')}/{f'#{anchor}' if anchor else ''}"
    file = workspace.root / HANDBOOK / path
    return file.as_uri() + (f"#{anchor}" if anchor else "") if file.is_file() else ""


def more(workspace: Workspace, page: str, text: str) -> str:
    """A Markdown link to the page, or "" when there is none."""
    link = page_link(workspace, page)
    return f"[{text}]({link})" if link else ""
