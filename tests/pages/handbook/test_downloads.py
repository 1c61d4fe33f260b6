"""What people take away: cards, versions, archives, and the tokens in other programs' files."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from toolkit.pages.handbook.downloads import say_size
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.conftest import Outline, Studio

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 120"><path d="M0 0h9v9z"/></svg>'
PNG = io.BytesIO()
Image.new("RGB", (30, 20), "#102030").save(PNG, "png")
PAGE = """# Material

```downloads
name: Logo und mehr
files:
  - {file: m/logo.svg, title: Logo <b>, use: auf Hell, licence: für Partner, ground: "#12263a"}
  - {file: m/bild-v2.1.png, title: Bild}
  - {file: m/fehlt.png, title: Fehlt}
  - {file: ../../leitstand.toml, title: Nie}
```

```tokens
downloads
```
"""


def fill(studio: Studio) -> None:
    studio.write("guidelines/m/logo.svg", SVG)
    studio.write("guidelines/m/bild-v2.1.png", PNG.getvalue())
    studio.write("guidelines/tokens.json", '{"color": {"$type": "color", "$value": "#102030"}}')


def test_a_card_says_what_a_file_is(studio: Studio, save: Callable[..., None], outline: type[Outline]) -> None:
    """Format, sides, size, version from name or git, use, licence; what is not there says so and is no link."""
    fill(studio)
    save("2026-10-01", "Erstes Logo", material=PAGE)
    studio.write("guidelines/m/logo.svg", SVG.replace("h9", "h8"))
    save("2026-11-05", "Logo schmaler <i>")
    text = studio.page("handbook/material.md")
    assert f"SVG · 480 \N{MULTIPLICATION SIGN} 120 · {len(SVG)} B" in text
    assert f"PNG · 30 \N{MULTIPLICATION SIGN} 20 px · {len(PNG.getvalue())} B" in text
    assert "<b>2.1</b> · 1 October 2026" in text
    assert "</code> · 5 November 2026" in text
    assert "2 versions" in text
    assert "Logo schmaler &lt;i&gt;" in text
    assert 'href="../m/logo.svg" download="logo.svg"' in text
    assert "guidelines/m/fehlt.png is not there" in text
    assert "leitstand.toml is not there" in text
    assert 'style="background:#12263a"' in text
    assert outline(text).open == []


def test_an_archive_is_the_same_bytes_each_time(studio: Studio) -> None:
    """All files that are there under their names, with no date of today; nothing from outside the handbook."""
    fill(studio)
    studio.write("guidelines/material.md", PAGE)
    first, again = (studio.render()["handbook/material-Logo-und-mehr.zip"] for _time in range(2))
    assert first == again
    assert isinstance(first, bytes)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["logo.svg", "bild-v2.1.png"]
        assert archive.read("logo.svg") == SVG.encode()
    assert 'href="../material-Logo-und-mehr.zip"' in studio.page("handbook/material.md")


def test_an_internal_page_gives_people_outside_no_archive(studio: Studio) -> None:
    """Neither its card nor its archive is on their site."""
    fill(studio)
    studio.write("guidelines/material.md", f"---\ninternal: true\n---\n{PAGE}")
    pages = render_site(studio.gather(partner=True))
    assert not [path for path in pages if path.endswith(".zip")]


def test_tokens_lie_there_for_every_program(studio: Studio) -> None:
    """Six files under the workspace's id, each linked with what reads it; without tokens there is none."""
    assert not [path for path in studio.render() if path.startswith("assets/brand/")]
    fill(studio)
    studio.write("guidelines/material.md", PAGE)
    pages = studio.render()
    found = [path for path in pages if path.startswith("assets/brand/")]
    assert [path.partition("nordlicht.")[2] for path in found] == ["css", "json", "scss", "tailwind.css", "ase", "gpl"]
    page = pages["handbook/material.md"]
    assert isinstance(page, Page)
    assert all(f'href="../../{path}"' in page.text for path in found)


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 B"), (999, "999 B"), (8215, "8 kB"), (999_499, "999 kB"), (1_250_000, "1.2 MB")]
)
def test_sizes_are_said_for_people(size: int, said: str) -> None:
    """Thousands, as operating systems and forges count."""
    assert say_size(size) == said
