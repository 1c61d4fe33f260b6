"""What a report says in short, read from its page: how final it is, and its summary."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from toolkit.values import dataclass

MOST: Final = 6  # sentences
_BLOCKS: Final = frozenset({"p", "li", "h1", "h2"})


@dataclass(frozen=True, slots=True)
class Gist:
    """`stage` is "provisional", "final", or "" for a report that has none; `said` the sentence about it."""

    heading: str
    stage: str
    said: str
    sentences: tuple[str, ...]


def read_gist(html: str) -> Gist:
    """The gist of a page: the points of its summary, else its first sentences."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    points = reader.points or reader.plain
    return Gist(reader.heading, reader.stage, reader.said, tuple(points[:MOST]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.heading = self.stage = self.said = ""
        self.points: list[str] = []
        self.plain: list[str] = []
        self.text = ""
        self.kind: list[str] = []
        self.inside: list[str] = []  # main and summary, as far as they are open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("class") or "").split()
        if tag == "main" or (tag == "ol" and "summary" in kind):
            self.inside.append(tag)
        if tag in _BLOCKS:
            self.text, self.kind = "", kind

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()
        if tag in _BLOCKS:
            self._keep(tag, " ".join(self.text.split()))

    def _keep(self, tag: str, text: str) -> None:
        if tag == "h1":
            self.heading = text
        elif tag == "p" and "stage" in self.kind:
            self.stage, self.said = self.stage or self.kind[-1], self.said or text
        elif tag == "li" and "ol" in self.inside:
            self.points.append(text)
        elif tag == "p" and "main" in self.inside and text:
            self.plain.append(text)
