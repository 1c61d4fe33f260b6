"""The handbook's canned replies with their placeholders, as somebody would begin an answer with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.lint.replies import ReplyPage, find_replies
from toolkit.lint.rule import View
from toolkit.source import FrontMatter, read_frontmatter
from toolkit.source.nodes import Scalar
from toolkit.values import dataclass

_QUOTE: Final = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_WRAP: Final = re.compile(r"[ \t]*\n(?!\s*\n)[ \t]*")
_GAP: Final = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Canned:
    """One quotation of a page in ``guidelines/replies``."""

    path: str
    line: int
    title: str
    intent: str
    language: str
    text: str  # with its placeholders
    about: str  # the page's own words: when to use it


def read_canned(view: View) -> Iterator[Canned]:
    """All of them, page by page."""
    for page in find_replies(view):
        front, _problems = read_frontmatter(page.source)
        for reply in page.replies:
            start, end = reply.place(0, len(reply.text)) or (0, 0)
            yield Canned(
                path=page.source.path,
                line=page.source.place(start)[0],
                title=_word(front, "title"),
                intent=_word(front, "intent"),
                language=reply.language,
                text=unwrap(page.source.text[start:end]),
                about=_about(page),
            )


def _word(front: FrontMatter, key: str) -> str:
    node = front.node(key)
    return node.text if isinstance(node, Scalar) else ""


def unwrap(quoted: str) -> str:
    """A quotation as it is sent: one line a paragraph, however the page is wrapped."""
    plain = _QUOTE.sub("", quoted.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return "\n\n".join(_WRAP.sub(" ", part.strip()) for part in _GAP.split(plain))


def _about(page: ReplyPage) -> str:
    return "\n".join(line for line in page.body.text.splitlines() if not _QUOTE.match(line))
