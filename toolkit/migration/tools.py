"""The tools that posts are taken over from: a visible dict, in the order of people's interest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.migration import buffer, hootsuite, hugo, jekyll, mixpost, postiz, wordpress
from toolkit.migration.archive import Tool

TOOLS: Final[Mapping[str, Tool]] = {
    tool.name: tool
    for tool in (
        buffer.TOOL,
        hootsuite.TOOL,
        postiz.TOOL,
        mixpost.TOOL,
        wordpress.TOOL,
        jekyll.TOOL,
        hugo.TOOL,
    )
}
