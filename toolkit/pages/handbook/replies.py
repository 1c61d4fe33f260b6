"""Canned replies as people send them: each quotation of a page in its own box, its placeholders marked, with a button."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.messages import _, ngettext
from toolkit.model import find_fenced
from toolkit.pages.handbook.copying import copy_button
from toolkit.pages.markup import Child, Html, div, para, span, tag

FOLDER: Final = "guidelines/replies"
_QUOTED: Final = re.compile(r"(?m)^ {0,3}>.*(?:\n {0,3}>.*)*$")
_PLACEHOLDER: Final = re.compile(r"\{[^{}\n]+\}")


def show_replies(path: str, markdown: str) -> str:
    """`markdown` of a page of canned replies with every quotation as one line of HTML; other pages stay as they are."""
    if not path.startswith(f"{FOLDER}/"):
        return markdown
    from toolkit.community.replies.canned import unwrap  # with all rules of the house, half a second

    fences = [(block.start, block.end) for block in find_fenced(markdown)]
    found = [one for one in _QUOTED.finditer(markdown) if not any(start <= one.start() < end for start, end in fences)]
    for number, one in reversed(list(enumerate(found, start=1))):
        shown = div(_reply(unwrap(one[0]), number), class_="ls")
        markdown = f"{markdown[: one.start()]}\n{shown}\n{markdown[one.end() :]}"
    return markdown


def _reply(text: str, number: int) -> Html:
    name = f"reply-{number}"
    open_ones = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
    length = ngettext("{count} character", "{count} characters", len(text))
    fill = _("fill in: {placeholders}").format(placeholders=", ".join(open_ones)) if open_ones else None
    return tag(
        "figure",
        tag("blockquote", *_marked(text), id=name, class_="ls-reply-text"),
        div(
            copy_button(name, _("Reply {number}").format(number=number)),
            para(span(fill) if fill else None, " ", span(length), class_="ls-reply-facts"),
            class_="ls-reply-foot",
        ),
        class_="ls-reply",
    )


def _marked(text: str) -> Iterator[Child]:
    """The words of a reply; what has to be filled in stands out, by more than its colour."""
    at = 0
    for one in _PLACEHOLDER.finditer(text):
        yield text[at : one.start()]
        yield tag("mark", one[0])
        at = one.end()
    yield text[at:]
