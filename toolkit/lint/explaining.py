"""A rule's documentation, which stands in English in its module, in the language spoken."""

from __future__ import annotations

import re

from toolkit.messages import _


def explain(docs: str) -> str:
    """Documentation written as Markdown in a docstring, translated paragraph by paragraph; code stays as it is."""
    blocks = re.split(r"(?ms)(^```.*?^```[ ]*$)", docs)
    done = []
    for block in blocks:
        if block.startswith("```"):
            done.append(block)
        else:
            done += [_(paragraph) for paragraph in paragraphs(block)]
    return "\n\n".join(done)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a documentation text, without code blocks; what the catalogue holds."""
    outside = re.sub(r"(?ms)^```.*?^```[ ]*$", "", text)
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", outside) if paragraph.strip()]
