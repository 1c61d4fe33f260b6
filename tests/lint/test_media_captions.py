from __future__ import annotations

from tests.lint.conftest import Desk
from tests.pictures.movies import film
from toolkit.model import Severity

POST = "---\nchannels: [mastodon, mastodon-en]\nlanguage: de\nmedia:\n  - {file: «media/film.mp4», kind: video}\n---\n"
FINE = POST.replace("«", "").replace("»", "")
CUE = "00:00:00.500 --> 00:00:02.000\nMoin.\n"


def test_a_film_with_sound_and_without_subtitles_is_pointed_out(desk: Desk) -> None:
    """With the name of the file that is missing; a silent one needs none."""
    desk.write("content/media/film.mp4", film(sound=True))
    assert desk.messages("media-captions", POST) == [
        "no subtitles; if somebody speaks in it, put them into media/film.vtt beside it"
    ]
    assert [problem.severity for problem in desk.check("media-captions")] == [Severity.HINT]
    desk.write("content/media/film.mp4", film(sound=False))
    assert desk.messages("media-captions", FINE) == []


def test_subtitles_beside_it_are_found(desk: Desk) -> None:
    """As WebVTT or SubRip, with the language of the post in the name or without."""
    desk.write("content/media/film.mp4", film(sound=True))
    for name, text in (
        ("film.de.vtt", f"WEBVTT\n\n{CUE}"),
        ("film.vtt", f"WEBVTT\n\n{CUE}"),
        ("film.srt", f"1\n{CUE.replace('.5', ',5').replace('2.0', '2,0')}"),
    ):
        file = desk.write(f"content/media/{name}", text)
        assert desk.messages("media-captions", FINE) == []
        file.unlink()


def test_subtitles_that_no_player_reads_are_an_error(desk: Desk) -> None:
    """With file, line and remedy; also those that begin after the film has ended."""
    desk.write("content/media/film.mp4", film(seconds=4, sound=True))
    desk.write("content/media/film.vtt", CUE)
    (message,) = desk.messages("media-captions", POST)
    assert message == "the subtitles media/film.vtt: line 1: a .vtt file begins with WEBVTT"
    assert [problem.severity for problem in desk.check("media-captions")] == [Severity.ERROR]
    desk.write("content/media/film.vtt", "WEBVTT\n\n00:10.000 --> 00:11.000\nMoin.\n")
    (message,) = desk.messages("media-captions", POST)
    assert "begins at 10 s, the film ends at 4 s" in message
