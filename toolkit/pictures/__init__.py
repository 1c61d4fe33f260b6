"""Pictures and films as bytes: what they are, cut to what a network shows, with nothing in the file but the picture.

Where a picture was taken, with which camera and when (EXIF, GPS, XMP, IPTC) is left out, because whoever gets the file
may put it anywhere; how it is turned is applied before. What fits as it is is not encoded again: its file is taken
apart and put together without metadata. Pillow is imported when the first picture is encoded.
"""

from toolkit.pictures.captions import Captions, CaptionsError, caption_names, read_captions
from toolkit.pictures.cutting import crop_picture, fit_picture
from toolkit.pictures.dominant import dominant_colours
from toolkit.pictures.facts import MOST_BYTES, MOST_PIXELS, Facts, PictureError
from toolkit.pictures.frame import (
    CENTRE,
    Box,
    Focus,
    Frame,
    Sides,
    find_box,
    find_shape,
    find_sides,
    move_focus,
    read_crop,
)
from toolkit.pictures.probe import find_probe, probe_film
from toolkit.pictures.reading import can_clean, clean, read_facts, sniff
from toolkit.pictures.writing import Picture, Wish, look_inside, prove_readable, write_picture

__all__ = [
    "CENTRE",
    "MOST_BYTES",
    "MOST_PIXELS",
    "Box",
    "Captions",
    "CaptionsError",
    "Facts",
    "Focus",
    "Frame",
    "Picture",
    "PictureError",
    "Sides",
    "Wish",
    "can_clean",
    "caption_names",
    "clean",
    "crop_picture",
    "dominant_colours",
    "find_box",
    "find_probe",
    "find_shape",
    "find_sides",
    "fit_picture",
    "look_inside",
    "move_focus",
    "probe_film",
    "prove_readable",
    "read_captions",
    "read_crop",
    "read_facts",
    "sniff",
    "write_picture",
]
