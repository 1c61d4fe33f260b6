"""Pictures that somebody made to do harm, or that a camera, a printer or a slip made odd. All carry `SECRET`."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Final

from PIL import Image, ImageCms, PngImagePlugin

SECRET: Final = b"GEHEIM-54.32N-10.13E"
XMP: Final = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>' + SECRET + b"</place></x:xmpmeta>"
TURNED, MAKER, GPS = 0x0112, 0x010F, 0x8825


def saved(image: Image.Image, name: str, **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, name, **how)
    return stream.getvalue()


def colourful(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture in which no two corners are alike."""
    bands = [Image.linear_gradient("L").resize((width, height)).rotate(90 * turn) for turn in range(3)]
    image = Image.merge("RGB", bands)
    image.paste((250, 30, 30), (0, 0, width // 3 + 1, height // 4 + 1))
    return image if mode == "RGB" else image.convert(mode)


def exif(orientation: int = 1, size: int = 0) -> Image.Exif:
    """Camera, place and orientation; `size` more bytes of the maker's own."""
    block = Image.Exif()
    block[TURNED], block[MAKER] = orientation, SECRET.decode()
    block.get_ifd(GPS)[1] = SECRET.decode()
    if size:
        block[0xC4A5] = bytes(size)
    return block


def noise(side: int) -> Image.Image:
    """Greys that no compression makes small, the same ones every time."""
    return Image.frombytes("L", (side, side), Random(1).randbytes(side * side))


@cache
def profile() -> bytes:
    """A colour profile for red, green and blue; made once, since it holds the time of its making."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def jpeg_of_everything(orientation: int = 1) -> bytes:
    """EXIF, XMP, IPTC, a comment, a thumbnail, a private segment, a colour profile, and a film behind the end."""
    data = saved(colourful(90, 60), "JPEG", exif=exif(orientation), icc_profile=profile(), comment=SECRET, quality=90)
    extras = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xED, b"Photoshop 3.0\08BIM\x04\x04" + SECRET),
        segment(0xE0, b"JFXX\0\x10" + SECRET),
        segment(0xE5, SECRET),
        segment(0xEB, SECRET),
    )
    return data[:2] + b"".join(extras) + data[2:] + b"\0\0\0\x18ftypmp42" + SECRET


def png_of_everything() -> bytes:
    """Texts of all three kinds, XMP, EXIF, a time, a private chunk, a colour profile, and an archive behind the end."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Place", SECRET.decode())
    info.add_text("Packed", SECRET.decode() * 20, zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    data = saved(colourful(60, 90, "RGBA"), "PNG", pnginfo=info, exif=exif(), icc_profile=profile())
    extras = chunk(b"tIME", b"\x07\xea\x0b\x15\x0c\0\0") + chunk(b"prVt", SECRET)
    return data[:33] + extras + data[33:] + b"PK\3\4" + SECRET


def gif_of_everything() -> bytes:
    """An animation that repeats, with a comment and XMP in it."""
    frames = [colourful(40, 30).rotate(90 * turn) for turn in range(3)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0, duration=80, comment=SECRET)
    xmp = b"\x21\xff\x0bXMP DataXMP" + XMP + bytes((1, *range(255, -1, -1), 0))
    at = data.index(b"\x21\xff\x0bNETSCAPE")
    return data[:at] + xmp + data[at:] + SECRET


def webp_of_everything(*, moving: bool = False) -> bytes:
    frames = [colourful(50, 40, "RGBA").rotate(90 * turn) for turn in range(3)]
    more = {"save_all": True, "append_images": frames[1:], "duration": 80} if moving else {}
    return saved(frames[0], "WEBP", exif=exif(), xmp=XMP, icc_profile=profile(), **more) + SECRET


def moving_png() -> bytes:
    frames = [colourful(40, 30).rotate(90 * turn) for turn in range(3)]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=80, exif=exif())


def bomb_png(side: int) -> bytes:
    """A few kilobytes that say they are a picture of that many pixels a side."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def bomb_jpeg() -> bytes:
    """A small JPEG whose header says 65,000 pixels a side."""
    data = saved(colourful(8, 8), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", 65000, 65000) + data[at + 4 :]


def lying_webp() -> bytes:
    """A canvas of 16,000 pixels a side around a picture of 50."""
    data = bytearray(webp_of_everything())
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (15999).to_bytes(3, "little") * 2
    return bytes(data)


def text_bomb() -> bytes:
    """A compressed text of 100 MB in a small PNG."""
    data = saved(colourful(20, 20), "PNG")
    return data[:33] + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9)) + data[33:]


def endless_gif() -> bytes:
    """Ten thousand frames."""
    data = saved(colourful(20, 20), "GIF")
    at = data.rindex(b"\x2c", 0, len(data) - 20)
    head = data[: 13 + (3 << ((data[10] & 7) + 1))]
    picture = data[at:-1]
    return head + picture * 10_000 + b"\x3b"


def palette_png() -> bytes:
    """Colours by number, one of them transparent."""
    image = colourful(64, 64).quantize(16)
    return saved(image, "PNG", transparency=0, exif=exif())


def deep_png() -> bytes:
    """16 bits a pixel, from black to white."""
    image = Image.new("I;16", (64, 16))
    image.putdata([column * 1024 for _row in range(16) for column in range(64)])
    return saved(image, "PNG")


def printers_jpeg() -> bytes:
    return saved(colourful(64, 64, "CMYK"), "JPEG", exif=exif())


def large_photo() -> bytes:
    """48 million pixels: as much as a telephone takes."""
    return saved(colourful(8000, 6000), "JPEG", exif=exif(6), quality=75)


def large_drawing() -> bytes:
    """49 million transparent pixels."""
    return saved(colourful(7000, 7000, "RGBA"), "PNG", compress_level=1)


HOSTILE: Final[dict[str, Callable[[], bytes]]] = {
    "jpeg of everything": jpeg_of_everything,
    "jpeg lying on its side": lambda: jpeg_of_everything(6),
    "png of everything": png_of_everything,
    "gif of everything": gif_of_everything,
    "webp of everything": webp_of_everything,
    "webp that moves": lambda: webp_of_everything(moving=True),
    "png that moves": moving_png,
    "avif with place": lambda: saved(colourful(80, 60), "AVIF", exif=exif(), xmp=XMP),
    "huge exif": lambda: saved(colourful(80, 60), "JPEG", exif=exif(1, 60_000)),
    "bomb of 30,000 a side": lambda: bomb_png(30_000),
    "bomb of 7,000 a side": lambda: bomb_png(7_000),
    "jpeg that lies about its size": bomb_jpeg,
    "webp that lies about its size": lying_webp,
    "text of 100 MB": text_bomb,
    "gif without end": endless_gif,
    "palette with transparency": palette_png,
    "sixteen bits": deep_png,
    "for printers": printers_jpeg,
    "one pixel": lambda: saved(Image.new("RGB", (1, 1)), "PNG"),
    "a line": lambda: saved(colourful(5000, 1), "PNG"),
    "half a jpeg": lambda: jpeg_of_everything()[:900],
    "half a png": lambda: png_of_everything()[:900],
    "half a gif": lambda: gif_of_everything()[:900],
    "half a webp": lambda: webp_of_everything()[:300],
    "gif that is a script": lambda: b"GIF89a/*" + SECRET + b"*/=1;alert(1)//",
    "jpeg that is a page": lambda: b"\xff\xd8\xff\xfe\0\x30<script>alert(1)</script>" + SECRET,
    "magic and nothing": lambda: b"\x89PNG\r\n\x1a\n" + bytes(64),
    "tiff": lambda: saved(colourful(40, 40), "TIFF"),
    "empty": lambda: b"",
    "large photo": large_photo,
    "large drawing": large_drawing,
}
