"""Reading and writing workspace files: bytes → text → front matter with places → `Post` and `Problem`s.

Nothing a person or a program puts into a file may crash the reader or lose text; see `read_post`.
Writing back changes only the bytes concerned; see `toolkit.source.writing`.
"""

from toolkit.source.body import Body, Variant, read_body
from toolkit.source.fields import Fields
from toolkit.source.frontmatter import FrontMatter, read_frontmatter
from toolkit.source.posts import (
    CONSENT_KEYS,
    FRONT_MATTER,
    INSTANCE_KEYS,
    MEDIA_KEYS,
    OPTION_KEYS,
    REVISION_KEYS,
    read_post,
)
from toolkit.source.tables import add_to_table
from toolkit.source.text import decode
from toolkit.source.tree import CommitTree, FolderTree, OverlayTree, Tree
from toolkit.source.writing import Edit, apply_edits, set_key, write_edits

__all__ = [
    "CONSENT_KEYS",
    "FRONT_MATTER",
    "INSTANCE_KEYS",
    "MEDIA_KEYS",
    "OPTION_KEYS",
    "REVISION_KEYS",
    "Body",
    "CommitTree",
    "Edit",
    "Fields",
    "FolderTree",
    "FrontMatter",
    "OverlayTree",
    "Tree",
    "Variant",
    "add_to_table",
    "apply_edits",
    "decode",
    "read_body",
    "read_frontmatter",
    "read_post",
    "set_key",
    "write_edits",
]
