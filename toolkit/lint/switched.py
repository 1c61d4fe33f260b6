"""Comments such as ``<!-- vale off -->`` hold for what networks show, too: they stand in the text, and are never sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.lint.passages import Passage
from toolkit.style.alert import Alert
from toolkit.style.document import Reading
from toolkit.style.markdown import read_markdown
from toolkit.style.switches import Switches


class Switched:
    """What the comments in the texts of one post switch off; read only when a rendition has an alert.

    `styles` are the packages that the comment ``vale style = …`` switches off.
    """

    def __init__(self, passages: Iterable[Passage], styles: Sequence[str]) -> None:
        self._texts = [(one.start, one.text) for one in passages if one.start is not None and not one.key]
        self._styles = styles
        self._known: dict[int, Switches] = {}

    def off(self, passage: Passage, alert: Alert) -> bool:
        """Whether the rule is switched off where the author wrote what a network shows."""
        place = passage.place(alert.start, alert.end) if passage.scope else None
        if place is None:
            return False
        for start, text in self._texts:
            if start <= place[0] <= start + len(text) and "<!--" in text:
                return self._switches(start, text).off(alert.rule, alert.match, place[0] - start)
        return False

    def _switches(self, start: int, text: str) -> Switches:
        if start not in self._known:
            # A blank in place of the carriage return keeps every offset.
            clean = text.replace("\r\n", " \n").replace("\r", "\n")
            self._known[start] = Switches(read_markdown(clean, Reading()).comments, self._styles)
        return self._known[start]
