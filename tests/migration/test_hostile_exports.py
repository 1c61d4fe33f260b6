"""Exports that somebody made to hurt, or that broke on their way: told with their place, read in time, never a traceback."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.migration import plaintext, sitemedia
from toolkit.migration.galaxy import pictures, texts
from toolkit.migration.hugo import reading as hugo
from toolkit.migration.jekyll import reading as jekyll
from toolkit.migration.jsonfile import Values, read_json
from toolkit.migration.sitefile import read_page, read_settings_file
from toolkit.migration.wordpress import reading as wordpress
from toolkit.migration.wordpress import wxr
from toolkit.model import Problem

DEEP, LONG = "[" * 100_000, "1" * 5000


@pytest.mark.parametrize("text", [f'{{"a": {LONG}}}', f'{{"a": {DEEP}', "{", "[1,"])
def test_json_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    """A number of thousands of digits, a hundred thousand brackets, half a file: one problem with its place."""
    path, problems = tmp_path / "posts.json", list[Problem]()
    path.write_text(text, encoding="utf-8")
    assert read_json(path, problems) is None
    (only,) = problems
    assert str(only).startswith(f"{path}:1:")


@pytest.mark.parametrize("text", [DEEP, f"[{LONG}]", "[nothing"])
def test_json_inside_a_text(text: str) -> None:
    """A text that looks like a list and is none has no items."""
    assert Values({"media": text}).listed("media") == ()


def test_half_a_character() -> None:
    """JSON can spell a half of an emoji; a file cannot hold it, so a replacement stands there."""
    assert Values({"text": "a \ud83c b"}).text("text") == "a \ufffd b"


@pytest.mark.parametrize(
    "text",
    [
        f'{{"a": {LONG}}}\nx',
        f"+++\na = {DEEP[:5000]}\n+++\nx",
        f"+++\na = {LONG}\n+++\nx",
        f"---\na: {DEEP[:5000]}\n---\n",
    ],
)
def test_front_matter_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    """Whatever its language: no page, one problem, and a site's settings of that kind are none."""
    path, problems = tmp_path / "page.md", list[Problem]()
    path.write_text(text, encoding="utf-8")
    assert read_page(path, "page.md", problems) is None
    assert [str(one).startswith("page.md:") for one in problems] == [True]
    settings = tmp_path / "hugo.toml"
    settings.write_text(text.strip("+-\n x"), encoding="utf-8")
    assert read_settings_file(settings) == {}


TYPE = '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TYPE.encode(), "a document type stands in it"),
        (f'<?xml version="1.0" encoding="utf-16"?>{TYPE}'.encode("utf-16"), "a document type stands in it"),
        (b'<?xml version="1.0" encoding="foo"?><rss/>', "unknown encoding"),
        (b"<a>" * 200_000, "not valid XML"),
        (b"", "not valid XML"),
    ],
)
def test_xml_that_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    """Entities in any encoding, an encoding that nobody knows, a file without an end."""
    path, problems = tmp_path / "blog.xml", list[Problem]()
    path.write_bytes(data)
    assert wxr.read_wxr(path, problems) is None
    assert [said in str(one) for one in problems] == [True]


def test_a_post_may_talk_about_document_types(tmp_path: Path) -> None:
    """A text with <!DOCTYPE html> in it is a text."""
    path, problems = tmp_path / "blog.xml", list[Problem]()
    path.write_text("<rss><channel><title><![CDATA[<!DOCTYPE html>]]></title></channel></rss>", encoding="utf-8")
    blog = wxr.read_wxr(path, problems)
    assert blog is not None
    assert (blog.title, problems) == ("<!DOCTYPE html>", [])


def without(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: pattern.sub("", text)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (sitemedia.take_media, "![" * 8000),
        (sitemedia.take_media, "![a](b)" + "[](" * 8000),
        (sitemedia.take_media, "<img " * 8000),
        (sitemedia.take_media, "````a\nx\n" * 8000),
        (without(hugo._FIGURE), "{{< figure " + " " * 8000),
        (without(hugo._FIGURE), "{{< figure " * 8000),
        (without(hugo._NAMED), "a" * 8000),
        (without(hugo._SHORTCODE), "{{< a " * 8000),
        (without(jekyll._LIQUID), "{{" * 8000),
        (without(jekyll._BASE), "{{ site.url |" * 8000),
        (without(wordpress._CAPTION), "[caption]" * 8000),
        (without(wordpress._SHORTCODE), "[aaa " * 8000),
        (without(wxr._TAG), "<a" * 8000),
        (pictures.take_pictures, "![](" * 4000),
        (texts.as_markdown, "a " * 20_000 + "\n"),
        (plaintext.as_written, "a [ * _ " * 2000),
    ],
)
def test_no_text_takes_hours(read: Callable[[str], object], text: str) -> None:
    """Openings without an end, of which each once looked at all the rest of the text: seconds, where it was minutes."""
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 8
