from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.servers.absent import without_server
from toolkit.pictures import Facts, PictureError, find_probe, probe_film
from toolkit.pictures.probe import read_answer

WEBM = Facts("video/webm", 100)
SAMPLE = Path(__file__).parents[2] / "content/media/nordlicht-tasse.mp4"


def test_the_answer_becomes_facts() -> None:
    """Length, sides and codec of the first track with pictures."""
    streams = [
        {"codec_type": "audio", "codec_name": "opus"},
        {"codec_type": "video", "codec_name": "vp9", "width": 640, "height": 360},
    ]
    facts = read_answer(json.dumps({"streams": streams, "format": {"duration": "4.5"}}).encode(), WEBM)
    assert facts == Facts("video/webm", 100, 640, 360, seconds=4.5, codec="vp9")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"streams": 3}',
        b'{"streams": [3]}',
        b'{"streams": [{"codec_type": "audio"}]}',
        b'{"format": {"duration": "N/A"}, "streams": []}',
    ],
)
def test_an_answer_without_pictures_is_refused(answer: bytes) -> None:
    """Whatever the program prints, nothing but a `PictureError` comes of it."""
    with pytest.raises(PictureError):
        read_answer(answer, WEBM)


def test_a_program_that_fails_or_is_not_there(tmp_path: Path) -> None:
    """Neither is a defect of ours."""
    broken = tmp_path / "ffprobe"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    for program in (str(broken), str(tmp_path / "absent")):
        with pytest.raises(PictureError):
            probe_film(b"x", WEBM, program)


def test_what_the_program_is_told(tmp_path: Path) -> None:
    """One file of ours, no other protocol, and no word of the film's on the command line."""
    told = tmp_path / "told"
    program = tmp_path / "ffprobe"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}\nexit 1\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(PictureError):
        probe_film(b"x", WEBM, str(program))
    arguments = told.read_text().splitlines()
    assert arguments[arguments.index("-protocol_whitelist") + 1] == "file"
    assert arguments[-1].startswith("file:/")


def test_the_program_and_our_reader_agree() -> None:
    """Where ffprobe is installed, it says of the sample film what its boxes say."""
    from toolkit.pictures import read_facts

    program = find_probe()
    if not program:
        without_server("ffprobe", "install ffmpeg")
    data = SAMPLE.read_bytes()
    ours, theirs = read_facts(data), probe_film(data, Facts("video/mp4", len(data)), program)
    assert (theirs.width, theirs.height, theirs.codec, theirs.silent) == (
        ours.width,
        ours.height,
        ours.codec,
        ours.silent,
    )
    assert theirs.seconds == pytest.approx(ours.seconds, abs=0.1)


def test_the_program_knows_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that a hostile film takes over finds no token in its environment."""
    monkeypatch.setenv("LEITSTAND_TOKEN_MASTODON", "canary-5f1d7c")
    program, seen = tmp_path / "ffprobe", tmp_path / "seen"
    program.write_text(f"#!/bin/sh\nenv > {seen}\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(PictureError):
        probe_film(b"x", WEBM, str(program))
    assert "PATH=" in seen.read_text()
    assert "canary" not in seen.read_text()
