from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from tests.pictures.galaxy import SECRET, colourful, exif, jpeg_of_everything, noise, png_of_everything, saved
from toolkit.model import Attachment
from toolkit.networks.mediafile import MediaError, fit_attachment, read_attachment
from toolkit.networks.mediarules import MediaRules


def attach(data: bytes, file: str = "media/a.jpg", **more: object) -> Attachment:
    return Attachment(file, "photo", "A", hashlib.sha256(data).hexdigest(), **more)  # type: ignore[arg-type]  # crop, focus


def test_a_changed_file_is_not_sent() -> None:
    """What was approved had another hash."""
    for read in (read_attachment, lambda one, media: fit_attachment(one, media, "mastodon")):
        with pytest.raises(MediaError, match="changed after it was rendered"):
            read(attach(b"old"), lambda _file: b"new")


def test_a_missing_file_is_said() -> None:
    """With its name."""

    def gone(file: str) -> bytes:
        raise FileNotFoundError(file)

    with pytest.raises(MediaError, match=r"media/a\.jpg cannot be read"):
        read_attachment(attach(b""), gone)


def test_a_picture_that_lies_on_its_side_is_sent_upright() -> None:
    """The tag that turns it goes, so the pixels are turned; both ways of reading do it."""
    data = saved(colourful(90, 60), "JPEG", exif=exif(6))
    for file in (
        read_attachment(attach(data), lambda _file: data),
        fit_attachment(attach(data), lambda _file: data, "mastodon"),
    ):
        with Image.open(io.BytesIO(file.data)) as image:
            assert image.size == (60, 90)
            assert not dict(image.getexif())


def test_what_fits_keeps_its_pixels() -> None:
    """Nothing is encoded anew that need not be: the compressed picture is the same bytes."""
    data = jpeg_of_everything()
    sent = fit_attachment(attach(data), lambda _file: data, "mastodon")
    scan = data[data.index(b"\xff\xda") : data.index(b"\xff\xd9", data.index(b"\xff\xda"))]
    assert scan in sent.data
    assert SECRET not in sent.data


def test_the_name_follows_the_bytes() -> None:
    """A PNG called .jpg is sent as what it is; one that becomes a JPEG is called so."""
    data = png_of_everything()
    assert read_attachment(attach(data), lambda _file: data).name == "a.png"
    sent = fit_attachment(attach(data, "media/b.png"), lambda _file: data, "instagram")
    assert (sent.name, sent.media_type) == ("b.jpg", "image/jpeg")


def test_crop_and_focus_are_applied_and_the_focus_moves() -> None:
    """Cut around the right edge, the focus lies in the middle of what is left or right of it."""
    data = saved(colourful(400, 100), "PNG")
    sent = fit_attachment(attach(data, crop="1:1", focus=(0.9, 0.5)), lambda _file: data, "mastodon")
    assert (sent.width, sent.height) == (100, 100)
    assert sent.focus == pytest.approx((0.6, 0.5), abs=0.02)


def test_rules_of_one_server_are_kept() -> None:
    """An adapter hands over narrower rules, and the file keeps to them."""
    data = saved(noise(500), "PNG")
    rules = MediaRules(image_types=("image/jpeg",))
    sent = fit_attachment(attach(data), lambda _file: data, rules)
    assert sent.media_type == "image/jpeg"


def test_documents_pass_as_they_are() -> None:
    """A PDF has no pixels to look at."""
    data = b"%PDF-1.7 ..."
    sent = fit_attachment(attach(data, "media/a.pdf"), lambda _file: data, "linkedin")
    assert (sent.name, sent.media_type, sent.data) == ("a.pdf", "application/pdf", data)


def test_the_reason_names_file_type_and_size() -> None:
    """So that the person who reads `status` knows which file to export again."""
    data = b"\x89PNG\r\n\x1a\n" + bytes(20)
    with pytest.raises(
        MediaError, match=r"media/a\.jpg \(image/png, 28 bytes\) cannot be sent: the picture is cut short"
    ):
        fit_attachment(attach(data), lambda _file: data, "mastodon")
