"""HTML of editors and blogs → Markdown; pictures come out of the text, and what has no Markdown is named."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from toolkit.migration.archive import Medium
from toolkit.values import dataclass

_BLOCKS: Final = frozenset({"p", "div", "figure", "section", "article", "header", "footer", "ul", "ol", "table", "tr"})
_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "svg"})
# What stands for something that a text cannot hold.
_OBJECTS: Final = frozenset({"iframe", "video", "audio", "embed", "object", "form", "table"})
_STYLES: Final = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "del": "~~", "s": "~~"}
_MARKS: Final = re.compile(r"([\\`*\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<!\w)_|_(?!\w))")
_STARTS: Final = re.compile(r"(?m)^(>|#{1,6}(?=\s|$)|[+-](?=\s|$)|-+(?=\s*$)|=+(?=\s*$)|~{3,})")
_NUMBERED: Final = re.compile(r"(?m)^(\d{1,9})([.)])(?=\s|$)")
_BLANK: Final = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, its pictures, and the elements that could not be taken (``iframe https://…``)."""

    markdown: str
    media: tuple[Medium, ...] = ()
    left: tuple[str, ...] = ()


def read_html(html: str) -> Text:
    """Read an untrusted fragment; nothing in it runs, and no tag is left in the text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return Text(reader.markdown(), tuple(reader.media), tuple(dict.fromkeys(reader.left)))


def _code(text: str) -> str:
    """Code in a line, between more backticks than stand in it."""
    fence = "`" * max(1, *(len(run) + 1 for run in re.findall("`+", text) or [""]))
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


class _Reader(HTMLParser):
    """Collects blocks; the last one is open. A list's items and a quote's lines carry their marks in `marks`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str, bool]] = []  # mark of the first line, text, whether it joins the one before
        self.media: list[Medium] = []
        self.left: list[str] = []
        self.text = ""
        self.mark = ""
        self.lists: list[int | None] = []  # the next number of an ordered one
        self.links: list[tuple[int, str]] = []
        self.styles: list[tuple[str, int]] = []  # those that are open: the mark, and where it stands, -1 for nowhere
        self.skipping = 0
        self.pre = 0
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "img":
            self._picture(found)
        elif tag in _OBJECTS:
            self._leave(tag, found)
        if tag in _STYLES and not self.pre:
            self._open_style(_STYLES[tag])
        elif tag == "br":
            self.text = self.text.rstrip(" ") + "\n"
        elif tag == "a":
            self.links.append((len(self.text), found.get("href", "").strip()))
        elif tag == "hr":
            self.end_block()
            self.blocks.append(("", "***", False))
        else:
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipping = max(self.skipping - 1, 0)
        elif tag in _STYLES and not self.pre:
            self._close_style(_STYLES[tag])
        elif tag == "a" and self.links:
            self._close_link(*self.links.pop())
        elif tag in ("ul", "ol"):
            self.end_block()
            self.lists = self.lists[:-1]
        elif tag == "pre" and self.pre:
            self._close_pre()
        elif tag in _BLOCKS or tag in ("li", "blockquote", "figcaption", "td", "th") or re.fullmatch("h[1-6]", tag):
            self.end_block()
            self.quotes -= tag == "blockquote" and self.quotes > 0

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.pre:
            self.text += data
            return
        said = _BLANK.sub(" ", data)
        if "`" not in (mark for mark, _at in self.styles):
            said = _MARKS.sub(r"\\\1", said)
        self.text += said.lstrip(" ") if not self.text or self.text.endswith(("\n", " ")) else said

    def _open(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.end_block()
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self.end_block()
            number = self.lists[-1] if self.lists else None
            self.mark = "- " if number is None else f"{number}. "
            self.lists[-1:] = [None if number is None else number + 1]
        elif tag == "blockquote":
            self.end_block()
            self.quotes += 1
        elif tag == "pre":
            self.end_block()
            self.pre += 1
        elif re.fullmatch("h[1-6]", tag):
            self.end_block()
            self.mark = "#" * max(int(tag[1]), 2) + " "
        elif (tag in _BLOCKS or tag in ("figcaption", "td", "th")) and not self.mark:
            self.end_block()

    def end_block(self) -> None:
        """Close the open block with the styles that are open in it; an empty one is none."""
        while self.styles:
            self._close_last()
        text = self.text.strip()
        if text:
            if self.mark.startswith("#"):
                # Such a heading would begin a channel's own text.
                text = " ".join(text.split()).replace("@", r"\@") if text.startswith("@") else " ".join(text.split())
            else:
                text = _NUMBERED.sub(r"\1\\\2", _STARTS.sub(r"\\\1", text))
            item = bool(self.mark) and not self.mark.startswith("#")
            indent = "  " * max(len(self.lists) - 1, 0) if item else ""
            self.blocks.append((("> " * self.quotes) + indent + self.mark, text, item))
        self.text, self.mark, self.links = "", "", []

    def _open_style(self, mark: str) -> None:
        # What is bold already does not become bolder, and nothing is marked inside of code.
        if any(one in (mark, "`") for one, _at in self.styles):
            self.styles.append((mark, -1))
        else:
            self.styles.append((mark, len(self.text)))
            self.text += mark

    def _close_style(self, mark: str) -> None:
        if any(one == mark for one, _at in self.styles):
            # What was opened inside of it ends with it.
            while self._close_last() != mark:
                pass

    def _close_last(self) -> str:
        """Close the style that was opened last; returns its mark. Blanks inside marks would make them signs of their own."""
        mark, start = self.styles.pop()
        if start < 0:
            return mark
        inside = self.text[start + len(mark) :]
        said = inside.strip()
        if not said:
            self.text = self.text[:start] + inside
            return mark
        lead, tail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        lead = "" if self.text[:start].endswith((" ", "\n")) else lead
        marked = _code(said) if mark == "`" else f"{mark}{said}{mark}"
        self.text = f"{self.text[:start]}{lead}{marked}{tail}"
        return mark

    def _close_link(self, start: int, address: str) -> None:
        label = self.text[start:].strip()
        if not address.startswith(("http://", "https://", "mailto:", "tel:")):
            return
        if not label or label.replace("\\", "") == address:
            self.text = self.text[:start] + (address if label else "")
        else:
            address = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
            self.text = f"{self.text[:start]}[{label}]({address})"

    def _close_pre(self) -> None:
        self.pre -= 1
        code = self.text.strip("\n")
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code) or [""]))
        self.blocks.append(("> " * self.quotes, f"{fence}\n{code}\n{fence}", False))
        self.text = ""

    def _picture(self, attrs: dict[str, str]) -> None:
        address = attrs.get("src", "").strip()
        if address:
            self.media.append(Medium(address, " ".join(attrs.get("alt", "").split())))

    def _leave(self, tag: str, attrs: dict[str, str]) -> None:
        self.left.append(" ".join(filter(None, (tag, attrs.get("src") or attrs.get("data") or ""))))

    def markdown(self) -> str:
        """All blocks; a blank line stands between them, but not between a list's items."""
        text, before = "", False
        for mark, block, item in self.blocks:
            quote = "> " * mark.count("> ")
            follow = quote + " " * (len(mark) - len(quote)) if item else quote
            lines = [
                f"{mark if not number else follow}{line}".rstrip() for number, line in enumerate(block.split("\n"))
            ]
            text += ("\n" if item and before else "\n\n" if text else "") + "\n".join(lines)
            before = item
        return text
