from __future__ import annotations

import pytest

from toolkit.model import Attachment
from toolkit.networks.mediafile import MediaError
from toolkit.networks.subtitles import find_subtitles

FILM = Attachment("media/film.mp4", "video", "Eine Tasse dampft")
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n%s\n"


def shelf(**files: bytes) -> dict[str, bytes]:
    return {f"media/{name.replace('_', '.')}": data for name, data in files.items()}


def find(files: dict[str, bytes], language: str = "de-AT") -> str:
    def read(file: str) -> bytes:
        if file not in files:
            raise FileNotFoundError(file)
        return files[file]

    found = find_subtitles(FILM, read, language)
    return "" if found is None else f"{found.language}:{found.cues[0].text}"


def test_the_nearest_language_wins() -> None:
    """The region's file, then the language's, then the one without a name; none is none."""
    files = shelf(film_vtt=VTT % b"x", film_de_vtt=VTT % b"de", film_de_AT_vtt=VTT % b"nie")
    assert find(files) == "de:de"
    assert find(files, "en") == ":x"
    assert find(shelf(film_en_vtt=VTT % b"en")) == ""
    assert find({"media/film.de-AT.vtt": VTT % b"at", **files}) == "de-AT:at"


def test_a_file_that_no_player_reads_stops_the_film() -> None:
    """Better not sent than sent without its subtitles."""
    with pytest.raises(MediaError, match=r"the subtitles media/film\.vtt: line 1"):
        find(shelf(film_vtt=b"Moin."))
