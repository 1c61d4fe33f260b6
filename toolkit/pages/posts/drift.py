"""What a file says otherwise than what was published of it: which words went, and which came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from toolkit.messages import _
from toolkit.model import Rendition
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, hidden, join, para, span, tag

_WORD: Final = re.compile(r"\S+|\n+")
# Words that stay are shown so far around each change.
_AROUND: Final = 4
# Comparing takes time with the square of the words; nobody reads more changes than that word by word.
_MOST: Final = 2000


def drift(planned: Rendition | None, sent: Rendition | None) -> Html | None:
    """That the file no longer says what was published, and how; None where it does."""
    if planned is None or sent is None or _text(planned) == _text(sent):
        return None
    said = span(icon("edit"), _("The file has changed since; shown is what was published."), class_="ls-drifted")
    before, after = _WORD.findall(_text(sent)), _WORD.findall(_text(planned))
    if max(len(before), len(after)) > _MOST:
        return said
    changes = para(*_changes(before, after))
    return div(said, tag("details", tag("summary", _("What changed")), changes), class_="ls-drift")


def _text(rendition: Rendition) -> str:
    return "\n\n".join(part.text for part in rendition.parts)


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Child]:
    """The words around each change, with those that went and those that came marked in the text."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(_AROUND):
        yield "… "
        for kind, i, j, k, n in group:
            if kind == "equal":
                yield " ".join(before[i:j])
            else:
                yield join((_marked("del", _("removed: "), before[i:j]), _marked("ins", _("added: "), after[k:n])))
            yield " "
    yield "…"


def _marked(name: str, spoken: str, words: Sequence[str]) -> Html | None:
    text = " ".join(words).strip()
    return join((tag(name, hidden(spoken), text), " ")) if text else None
