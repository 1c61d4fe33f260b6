"""Files from Windows: places count in what stands in the file."""

from __future__ import annotations

from toolkit.model import SourceText
from toolkit.source import read_frontmatter

TEXT = "---\r\ntitle: Tür 1\r\nmedia:\r\n  - {file: a.jpg, alt: Hand}\r\n---\r\nHallo.\r\n\r\nWelt.\r\n"


def test_places_in_a_file_with_crlf() -> None:
    """CRLF shifts neither the places of values nor the beginning of the text, and the text stays as written."""
    front, problems = read_frontmatter(SourceText("a.md", TEXT))
    assert problems == []
    assert TEXT[slice(*front.offsets("title"))] == "Tür 1"
    assert TEXT[slice(*front.offsets("media.0.alt"))] == "Hand"
    assert front.body == "Hallo.\r\n\r\nWelt.\r\n"


def test_blank_lines_above_front_matter_with_crlf() -> None:
    """What stands above the front matter is reported, and places still hold."""
    text = "\r\n\r\n" + TEXT
    front, problems = read_frontmatter(SourceText("a.md", text))
    assert len(problems) == 1
    assert text[slice(*front.offsets("title"))] == "Tür 1"
