"""Large pictures stand on the site in a size that pages can load; everything else as it lies in the workspace."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.pages.media import LARGE, Copied
from toolkit.pages.rendering import render_site
from toolkit.pictures import read_facts

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

POST = "media: [{{file: media/{name}, alt: Ein Kutter}}]\n"


def photograph(kind: str = "JPEG", sides: tuple[int, int] = (1600, 1200)) -> bytes:
    """A picture with much in it, turned by a quarter, which knows where it was taken."""
    from PIL import Image

    # Noise in large grains: not one that any quality makes small, and not one that none does.
    grains = Image.frombytes("RGB", (160, 120), random.Random(1).randbytes(160 * 120 * 3))
    picture, about = grains.resize(sides, Image.Resampling.BICUBIC), Image.Exif()
    about[0x0112], about[0x010F] = 6, "Kamera im Hafen"
    stream = io.BytesIO()
    picture.save(stream, kind, exif=about, **({"quality": 95} if kind != "PNG" else {}))
    return stream.getvalue()


def shown(studio: Studio, name: str, data: bytes) -> Copied:
    """What the site has of the picture of a post."""
    studio.write(f"content/media/{name}", data)
    studio.post(more=POST.format(name=name))
    found = render_site(studio.gather())[f"media/{name}"]
    assert isinstance(found, Copied)
    return found


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.PNG", "PNG")])
def test_a_large_picture_is_made_smaller(studio: Studio, name: str, kind: str) -> None:
    """It keeps its type, stands upright, has 1,200 pixels at the most, few bytes, and nothing of the camera in it."""
    data = photograph(kind)
    assert len(data) > LARGE
    made = shown(studio, name, data).read()
    facts = read_facts(made)
    assert (facts.media_type, facts.width, facts.height) == (f"image/{kind.lower()}", 900, 1200)
    assert len(made) <= LARGE or kind == "PNG"
    assert b"Kamera" not in made


def test_a_small_picture_is_as_it_lies(studio: Studio) -> None:
    """What a page can load is copied, byte for byte."""
    data = photograph(sides=(320, 240))
    assert len(data) < LARGE
    assert shown(studio, "a.jpg", data).read() == data


def test_what_cannot_be_made_smaller_is_as_it_lies(studio: Studio) -> None:
    """A damaged picture and a long animation are the reader's browser's business; nothing is lost and nothing fails."""
    broken = photograph()[:1000] + bytes(LARGE)
    assert shown(studio, "a.jpg", broken).read() == broken
    moving = b"GIF89a" + bytes(LARGE)
    assert shown(studio, "a.gif", moving).read() == moving


def test_a_picture_is_made_smaller_once(studio: Studio, tmp_path: Path) -> None:
    """A second build leaves the file alone; another picture of that name makes it anew."""
    from toolkit.pages.build.output import Output

    copied = shown(studio, "a.jpg", photograph())

    def build() -> int:
        output = Output(studio.root, tmp_path / "site")
        output.copy("media/a.jpg", copied)
        output.finish()
        return (tmp_path / "site/media/a.jpg").stat().st_mtime_ns

    first = build()
    assert build() == first
    copied.path.write_bytes(photograph(sides=(1500, 750)))
    assert build() != first
    assert (tmp_path / "site/media/a.jpg").read_bytes() == copied.read()
