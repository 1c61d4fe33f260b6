from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures.galaxy import HOSTILE, SECRET
from toolkit.model import Attachment
from toolkit.networks import NETWORKS
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment, read_attachment
from toolkit.networks.mediarules import rules_of

SECONDS, MEGABYTES = 1.0, 200
# Networks whose rules differ; the largest pictures take time, and two networks show what becomes of them.
SHOWN = ("mastodon", "instagram", "bluesky", "x", "linkedin", "facebook", "feed")
CASES = [(name, network) for name in HOSTILE for network in (("instagram", "x") if name.startswith("large") else SHOWN)]
# One picture for every network in a process of its own, so that its peak of memory is its own.
MEASURED = """
import json, pathlib, sys, time
from tests.pictures.galaxy import HOSTILE
from toolkit.model import Attachment
from toolkit.networks.mediafile import MediaError, fit_attachment
from PIL import Image, JpegImagePlugin, PngImagePlugin, GifImagePlugin, WebPImagePlugin, AvifImagePlugin, ImageCms
data = open(sys.argv[1], "rb").read()
def peak():
    return int(pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
before = peak()
slowest = 0.0
for network in ("mastodon", "instagram", "bluesky", "x", "linkedin", "facebook", "feed"):
    started = time.process_time()
    try:
        fit_attachment(Attachment("a.jpg", "photo", "A"), lambda _file: data, network)
    except MediaError:
        pass
    slowest = max(slowest, time.process_time() - started)
print(json.dumps([slowest, (peak() - before) / 1024]))
"""


def attach(data: bytes, crop: str = "") -> Attachment:
    return Attachment("media/a.jpg", "photo", "A", hashlib.sha256(data).hexdigest(), crop)


def outcome(data: bytes, network: str, crop: str = "") -> MediaFile | str:
    try:
        return fit_attachment(attach(data, crop), lambda _file: data, rules_of(NETWORKS[network]))
    except MediaError as error:
        return str(error)


@pytest.mark.parametrize("crop", ["", "4:5"])
@pytest.mark.parametrize(("name", "network"), CASES)
def test_what_goes_out_fits_and_tells_nothing(name: str, network: str, crop: str) -> None:
    """Every hostile picture on every network: refused in a sentence, or within the limits and without metadata."""
    data = HOSTILE[name]()
    sent = outcome(data, network, crop)
    if isinstance(sent, str):
        assert sent.startswith("media/a.jpg (")
        assert SECRET.decode() not in sent
        return
    rules = rules_of(NETWORKS[network])
    assert SECRET not in sent.data
    most = rules.gif_size if rules.gif_size and sent.media_type == "image/gif" else rules.frame.size
    assert not most or len(sent.data) <= most
    assert not rules.image_types or sent.media_type in rules.image_types
    with Image.open(io.BytesIO(sent.data)) as image:
        image.load()
        assert image.size == (sent.width, sent.height)
        assert Image.MIME[image.format or ""].removeprefix("image/") == sent.media_type.removeprefix("image/")
        assert not dict(image.getexif())
        assert not {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp"} & set(image.info)
        # Whole pixels allow no better.
        slack = 1 / min(image.size) * max(1.0, image.width / image.height)
        assert not rules.frame.widest or image.width / image.height <= rules.frame.widest + slack
        assert image.width / image.height >= rules.frame.narrowest - slack


def test_the_galaxy_is_not_refused_as_a_whole() -> None:
    """Odd but honest pictures do go out: each of these reaches Mastodon."""
    honest = (
        "jpeg of everything",
        "jpeg lying on its side",
        "png of everything",
        "gif of everything",
        "webp of everything",
        "webp that moves",
        "avif with place",
        "huge exif",
        "palette with transparency",
        "sixteen bits",
        "for printers",
        "one pixel",
    )
    refused = {name: sent for name in honest if isinstance(sent := outcome(HOSTILE[name](), "mastodon"), str)}
    assert refused == {}


@pytest.mark.parametrize(
    "name",
    [
        "bomb of 30,000 a side",
        "jpeg that lies about its size",
        "webp that lies about its size",
        "half a jpeg",
        "half a png",
        "half a gif",
        "half a webp",
        "gif that is a script",
        "jpeg that is a page",
        "magic and nothing",
        "tiff",
        "empty",
    ],
)
def test_what_is_no_honest_picture_is_refused_everywhere(name: str) -> None:
    """Bombs, halves, scripts and foreign formats reach no network."""
    data = HOSTILE[name]()
    assert all(isinstance(outcome(data, network), str) for network in NETWORKS)


@pytest.mark.parametrize("name", ["gif of everything", "webp that moves", "png that moves"])
def test_an_animation_moves_or_stays_at_home(name: str) -> None:
    """No network gets an animation that stands still."""
    data = HOSTILE[name]()
    with Image.open(io.BytesIO(data)) as image:
        frames = getattr(image, "n_frames", 1)
    assert frames == 3
    for network in NETWORKS:
        sent = outcome(data, network)
        if isinstance(sent, MediaFile):
            with Image.open(io.BytesIO(sent.data)) as image:
                assert getattr(image, "n_frames", 1) == 3


@pytest.mark.parametrize("name", ["jpeg of everything", "png of everything", "gif of everything", "webp of everything"])
def test_adapters_that_only_read_get_nothing_but_the_picture_either(name: str) -> None:
    """`read_attachment` takes the metadata out, too, and names the file after what it is."""
    data = HOSTILE[name]()
    sent = read_attachment(attach(data), lambda _file: data)
    assert SECRET not in sent.data
    assert sent.name == f"a.{name.split(maxsplit=1)[0].replace('jpeg', 'jpg')}"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_picture_takes_long_or_much(name: str, tmp_path: Path) -> None:
    """Less than a second of the processor and 200 MB for each picture on each network, refusals included.

    Nobody's attack, and the most that is read at all: 49 million transparent pixels may take 3 s and 400 MB.
    """
    file = tmp_path / "picture"
    file.write_bytes(HOSTILE[name]())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    seconds, megabytes = json.loads(done.stdout)
    print(f"{name}: {seconds:.2f} s, {megabytes:.0f} MB")
    most = (3.0, 400) if name == "large drawing" else (SECONDS, MEGABYTES)
    assert seconds < most[0]
    assert megabytes < most[1]
