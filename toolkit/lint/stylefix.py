"""What a style rule would write instead, as a fix of the post."""

from __future__ import annotations

from typing import Final

from toolkit.lint.passages import Passage
from toolkit.messages import _
from toolkit.model import Fix
from toolkit.style.alert import Alert
from toolkit.style.rule import StyleRule

# Actions that say themselves what shall stand there: in words, or as a template of what was found.
_WRITTEN: Final = frozenset({"replace", "edit"})


def as_fix(passage: Passage, alert: Alert, style: StyleRule) -> Fix | None:
    """The fix of an alert; safe where the rule's author wrote what shall stand there, as words or as a template.

    A word that goes takes one of the blanks around it along.
    """
    if alert.fix is None:
        return None
    start, end, text = alert.start, alert.end, alert.fix.text
    if not text and passage.text[end : end + 1] == " " and passage.text[max(0, start - 1) : start] in {"", " ", "\n"}:
        end += 1
    safe = style.action is not None and style.action.name in _WRITTEN and bool(text)
    title = _("Write {text}").format(text=text) if text else _("Remove {text}").format(text=alert.match)
    return passage.fix(start, end, text, safe=safe, title=title)
