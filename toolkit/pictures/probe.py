"""What ffprobe says of a film, where it is installed: for films whose boxes Leitstand does not read, such as WebM.

The film may be hostile: the program reads one file and opens no other and no address, for a few seconds at most,
and knows none of our tokens.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.pictures.facts import Facts, PictureError

PATIENCE: Final = 20.0  # seconds
_MOST: Final = 1_000_000  # bytes of what it prints
_ASKED: Final = "format=duration:stream=codec_type,codec_name,width,height"


def find_probe() -> str:
    """The path of ffprobe; "" where it is not installed."""
    return shutil.which("ffprobe") or ""


def probe_film(data: bytes, facts: Facts, program: str) -> Facts:
    """`facts` with what `program` says of length, sides and codec; raises `PictureError` for what it cannot read."""
    with tempfile.TemporaryDirectory(prefix="leitstand-") as folder:
        film = Path(folder, "film")
        film.write_bytes(data)
        command = (program, "-v", "error", "-protocol_whitelist", "file", "-show_entries", _ASKED, "-of", "json")
        try:
            done = subprocess.run(
                (*command, f"file:{film}"),
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
                env={"PATH": os.environ.get("PATH", os.defpath), "HOME": folder},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PictureError(_("ffprobe cannot look at the film: {error}").format(error=error)) from error
    if done.returncode or len(done.stdout) > _MOST:
        raise PictureError(_("the film is cut short or damaged; export it again"))
    return read_answer(done.stdout, facts)


def read_answer(answer: bytes, facts: Facts) -> Facts:
    """`facts` with what stands in ffprobe's JSON."""
    try:
        said = json.loads(answer)
        pictures = [one for one in said.get("streams", ()) if one.get("codec_type") == "video"]
        seconds = float(said.get("format", {}).get("duration", 0.0))
        if not pictures:
            raise PictureError(_("the film shows nothing: there is no track with pictures in it"))
        first = pictures[0]
        sides = int(first.get("width", 0)), int(first.get("height", 0))
    except (ValueError, TypeError, AttributeError) as error:
        raise PictureError(_("ffprobe cannot look at the film: {error}").format(error=error)) from error
    silent = not any(one.get("codec_type") == "audio" for one in said["streams"])
    codec = str(first.get("codec_name", ""))
    return replace(facts, width=sides[0], height=sides[1], seconds=seconds, silent=silent, codec=codec)
