"""A rule's documentation, which stands in English in its module, in the language spoken."""

from __future__ import annotations

import re

from toolkit.messages import _
from toolkit.model import find_fenced


def explain(docs: str) -> str:
    """Documentation written as Markdown in a docstring, translated paragraph by paragraph; code stays as it is."""
    done: list[str] = []
    at = 0
    for code in find_fenced(docs):
        done += [*map(_, paragraphs(docs[at : code.start])), docs[code.start : code.end]]
        at = code.end
    return "\n\n".join([*done, *map(_, paragraphs(docs[at:]))])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a documentation text, without code blocks; what the catalogue holds."""
    for code in reversed([*find_fenced(text)]):
        text = text[: code.start] + text[code.end :]
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
