"""Where MkDocs finds the plugin, without looking for garbage among what is being loaded: a twelfth of an unchanged build."""

from __future__ import annotations

from toolkit.garbage import without_collection

with without_collection():
    from toolkit.pages.build.plugin import LeitstandPlugin

__all__ = ["LeitstandPlugin"]
