"""Tokens in the files of other programs, read back by readers that know nothing of ours."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

from toolkit.source import FolderTree
from toolkit.tokens import open_tokens, say_hex
from toolkit.tokens.exports import export_tokens

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "guidelines/tokens.json").read_bytes()
TOKENS = open_tokens(FolderTree(ROOT))[0]
FILES = export_tokens(TOKENS, SOURCE, "Nordlicht Kaffee")


def read_swatches(data: bytes) -> tuple[str, dict[str, tuple[int, ...]]]:
    """A reader of Adobe Swatch Exchange after its description (selapa.net/swatches/colors/fileformats.php)."""
    assert data[:4] == b"ASEF"
    assert struct.unpack(">HH", data[4:8]) == (1, 0)
    at, group, found = 12, "", {}
    for _number in range(struct.unpack(">I", data[8:12])[0]):
        kind, length = struct.unpack(">HI", data[at : at + 6])
        block, at = data[at + 6 : at + 6 + length], at + 6 + length
        if kind == 0xC002:
            assert length == 0
            continue
        size = struct.unpack(">H", block[:2])[0] * 2
        name, rest = block[2 : size + 2].decode("utf-16-be"), block[size + 2 :]
        assert name.endswith("\0")
        if kind == 0xC001:
            group = name[:-1]
            continue
        assert rest[:4] == b"RGB "
        found[name[:-1]] = tuple(round(one * 255) for one in struct.unpack(">3f", rest[4:16]))
        assert struct.unpack(">H", rest[16:]) == (2,)
    assert at == len(data)
    return group, found


def test_every_colour_of_the_palette_is_a_swatch() -> None:
    """Drawing programs get the palette under the names that the handbook says, with the very same bytes of colour."""
    group, found = read_swatches(FILES["ase"])
    assert group == "Nordlicht Kaffee"
    assert {name: "#{:02x}{:02x}{:02x}".format(*colour) for name, colour in found.items()} == {
        token.title: say_hex(TOKENS.colours[name]) for name, token in TOKENS.palette.items()
    }
    lines = FILES["gpl"].decode().splitlines()
    assert lines[:4] == ["GIMP Palette", "Name: Nordlicht Kaffee", "Columns: 4", "#"]
    named = {line.split("\t")[1]: tuple(map(int, line.split("\t")[0].split())) for line in lines[4:]}
    assert named == found


def test_style_sheets_say_the_same_colours() -> None:
    """Custom properties, Sass variables and Tailwind's theme all have the palette's values."""
    for ending, pattern in (
        ("css", r"--brand-color-palette-(\S+): (#\w+);"),
        ("scss", r"\$brand-color-palette-(\S+): (#\w+);"),
        ("tailwind.css", r"--color-(\S+): (#\w+);"),
    ):
        found = dict(re.findall(pattern, FILES[ending].decode()))
        assert found == {name.rpartition(".")[2]: say_hex(TOKENS.colours[name]) for name in TOKENS.palette}, ending
    assert FILES["tailwind.css"].decode().count("{") == FILES["tailwind.css"].decode().count("}") == 1


def test_the_json_is_the_file_itself() -> None:
    """What is taken away as JSON is what the handbook is made from, byte by byte; every file is the same each time."""
    assert FILES["json"] == SOURCE
    assert json.loads(FILES["json"])["color"]
    assert export_tokens(TOKENS, SOURCE, "Nordlicht Kaffee") == FILES
