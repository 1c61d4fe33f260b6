from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.pictures import Captions, CaptionsError, caption_names, read_captions
from toolkit.pictures.captions import Cue

SRT = "1\r\n00:00:00,500 --> 00:00:02,000\r\nMoin.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,250\r\nEin Herz\r\naus Milch.\r\n"
VTT = "\ufeffWEBVTT - Gerda\n\nNOTE nur\nfür uns\n\nanfang\n00:00.500 --> 00:02.000 align:start\nMoin.\n\n00:02.000 --> 00:03.250\nEin Herz\naus Milch.\n"
CUES = (Cue(500, 2000, "Moin."), Cue(2000, 3250, "Ein Herz\naus Milch."))


@pytest.mark.parametrize(("name", "text"), [("film.srt", SRT), ("film.vtt", VTT)])
def test_both_formats_are_read(name: str, text: str) -> None:
    """Line endings, byte order mark, notes, names and settings do not matter."""
    assert read_captions(name, text.encode()) == Captions("", CUES)


def test_the_language_stands_in_the_name() -> None:
    """``film.pt-BR.srt``; another word in the name is none."""
    assert read_captions("media/film.pt-BR.srt", SRT.encode()).language == "pt-BR"
    assert read_captions("media/film.v2.srt", SRT.encode()).language == ""


def test_where_subtitles_may_lie() -> None:
    """Beside the film: in the post's language first, then in any."""
    assert caption_names("media/film.mp4", "de-AT") == (
        "media/film.de-AT.vtt", "media/film.de-AT.srt", "media/film.de.vtt", "media/film.de.srt",
        "media/film.vtt", "media/film.srt",
    )  # fmt: skip
    assert caption_names("media/film.mp4") == ("media/film.vtt", "media/film.srt")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.vtt", SRT, "line 1: a .vtt file begins with WEBVTT"),
        ("a.srt", "", "there is no subtitle in it"),
        ("a.srt", "1\n00:00:01 --> 00:00:02\nMoin\n", "line 2: times look like"),
        ("a.srt", "1\nMoin\n", "line 1: times like"),
        ("a.srt", "1\n00:00:02,000 --> 00:00:01,000\nMoin\n", "line 2: ends before it begins"),
        (
            "a.srt",
            "1\n00:00:02,000 --> 00:00:03,000\nMoin\n\n2\n00:00:01,000 --> 00:00:04,000\nTschüss\n",
            "line 6: begins before",
        ),
        ("a.srt", "1\n00:01:00,000 --> 00:01:01,000\nMoin\n", "begins at 60 s, the film ends at 5 s"),
    ],
)
def test_what_no_player_reads_is_said_with_its_line(name: str, text: str, said: str) -> None:
    """The line and how it should look."""
    with pytest.raises(CaptionsError, match=said.replace(".", r"\.")):
        read_captions(name, text.encode(), 5.0)


def test_another_encoding_and_a_huge_file_are_refused() -> None:
    """Umlauts of old editors, and a film under the wrong name."""
    with pytest.raises(CaptionsError, match="not UTF-8"):
        read_captions("a.srt", SRT.replace("Moin", "Tschüß").encode("latin-1"))
    with pytest.raises(CaptionsError, match="no subtitles"):
        read_captions("a.srt", bytes(2_000_000))


TEXT = st.text(st.characters(categories=("L", "N"), codec="utf-8"), min_size=1, max_size=20)


@given(st.lists(st.tuples(st.integers(0, 10_000_000), st.integers(1, 9_000), TEXT), min_size=1, max_size=6))
def test_what_is_written_is_read_again(cues: list[tuple[int, int, str]]) -> None:
    """Both formats carry the same subtitles there and back."""
    captions = Captions("", tuple(Cue(start, start + length, text) for start, length, text in sorted(cues)))
    assert read_captions("a.vtt", captions.to_vtt().encode()) == captions
    assert read_captions("a.srt", captions.to_srt().encode()) == captions


@given(st.binary(max_size=200), st.sampled_from(["a.vtt", "a.srt"]))
def test_no_bytes_break_the_reader(data: bytes, name: str) -> None:
    """Anything is read or refused."""
    for text in (data, b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + data):
        try:
            read_captions(name, text)
        except CaptionsError:
            continue
