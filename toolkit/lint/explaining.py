"""A rule's documentation, which stands in English in its module, in the language spoken."""

from __future__ import annotations

import re
from typing import Final

from toolkit.messages import _

_CODE: Final = re.compile(r"(?ms)^(?P<mark>`{3,}).*?^(?P=mark)[ ]*$")


def explain(docs: str) -> str:
    """Documentation written as Markdown in a docstring, translated paragraph by paragraph; code stays as it is."""
    done: list[str] = []
    at = 0
    for code in _CODE.finditer(docs):
        done += [*map(_, paragraphs(docs[at : code.start()])), code[0]]
        at = code.end()
    return "\n\n".join([*done, *map(_, paragraphs(docs[at:]))])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a documentation text, without code blocks; what the catalogue holds."""
    outside = _CODE.sub("", text)
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", outside) if paragraph.strip()]
