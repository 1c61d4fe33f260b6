"""The sample's media: drawn the same every time, listed, named by the posts, small, and what they say they are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from toolkit.model import Media
from toolkit.sample.palette import COLOURS
from toolkit.sample.pictures import FILM, PICTURES, draw_picture
from toolkit.workspace import Workspace, load_workspace
from toolkit.workspace.mediafiles import Files, complaint

ROOT = Path(__file__).parents[2]
MEDIA = ROOT / "content" / "media"
SIZES = {(1200, 1200), (1600, 900), (1080, 1350)}
IMAGES = sorted(name for name in PICTURES if not name.endswith(".pdf"))


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return load_workspace(ROOT)


def named_media(workspace: Workspace) -> list[Media]:
    options = [option.media for post in workspace.posts for option in post.options.values()]
    lists = [*(post.media for post in workspace.posts), *(media for media in options if media is not None)]
    return [medium for media in lists for medium in media if medium.file]


@pytest.mark.parametrize("name", ["logo.png", "anleitung-handfilter.pdf"])
def test_drawing_twice_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """A picture and a dated document are the same file every time."""
    first = hashlib.sha256(draw_picture(name, tmp_path).read_bytes()).hexdigest()
    assert hashlib.sha256(draw_picture(name, tmp_path).read_bytes()).hexdigest() == first


@pytest.mark.parametrize("name", ["logo.png", "verkostung.jpg"])
def test_the_committed_picture_is_what_the_code_draws(name: str, tmp_path: Path) -> None:
    """Drawn again, a committed picture differs by less than another machine's fonts and encoder would make it."""
    with Image.open(draw_picture(name, tmp_path)) as drawn, Image.open(MEDIA / name) as committed:
        difference = ImageChops.difference(drawn.convert("RGB"), committed.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 3


def test_every_medium_a_post_names_is_listed_and_drawn(workspace: Workspace) -> None:
    """No post names a file that `draw_pictures` does not make."""
    files = {medium.file for medium in named_media(workspace)}
    assert len(files) >= 25
    assert files <= {f"media/{name}" for name in (*PICTURES, FILM)}
    assert all((ROOT / "content" / file).is_file() for file in files)


def test_what_is_committed_is_what_is_listed() -> None:
    """The folder holds the listed media and nothing else."""
    assert {path.name for path in MEDIA.iterdir()} == {*PICTURES, FILM}


@pytest.mark.parametrize("name", IMAGES)
def test_each_picture_has_a_size_of_the_handbook(name: str) -> None:
    """Pictures are square, wide or tall, and small enough for every network."""
    with Image.open(MEDIA / name) as picture:
        assert picture.size in SIZES
    assert (MEDIA / name).stat().st_size <= 150_000


def test_all_media_together_are_small() -> None:
    """A clone of the repository stays quick."""
    assert sum(path.stat().st_size for path in MEDIA.iterdir()) <= 4_000_000


def test_media_are_what_their_kind_says(workspace: Workspace) -> None:
    """The bytes of every medium agree with its name and its `kind`."""
    files = Files(workspace.tree)
    assert [complaint(medium, files) for medium in named_media(workspace) if complaint(medium, files)] == []


def test_the_palette_is_the_handbooks() -> None:
    """Pictures are drawn in the colours of `guidelines/tokens.json`."""
    palette = json.loads((ROOT / "guidelines/tokens.json").read_text(encoding="utf-8"))["color"]["palette"]
    assert {name: palette[name]["$value"]["hex"] for name in COLOURS} == dict(COLOURS)
