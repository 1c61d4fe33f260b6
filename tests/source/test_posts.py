from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Consent, Late, MediaKind, Post, Problem, SourceText, Status, WallTime
from toolkit.settings import Settings
from toolkit.source import FRONT_MATTER, MEDIA_KEYS, Edit, apply_edits, decode, read_post, set_key, write_edits
from toolkit.source.frontmatter import FrontMatter

SETTINGS = Settings(id="probe", name="Probe", timezone="Europe/Berlin")
POST = """---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3      # minted
title: Adventskalender, Tür 1
author: redaktion
status: ready
publish: 2026-12-01 07:30
channels: [mastodon, bluesky]
language: de
campaign: advent-2026
labels: [adventskalender]
media:
  - file: media/tuer-1.jpg
    kind: photo
    alt: "Eine Hand öffnet die erste Tür 🚪"
options:
  bluesky: {language: en, publish: 2026-12-01 15:00, fold: 1}
  instagram: {media: [{file: media/tuer-1.jpg, crop: 4:5, focus: [0.4, 0.5]}]}
late: skip
grace: 90
approved:
  - {by: leitung, at: 2026-11-20T10:02:11+01:00, hash: sha256:0}
ignore:
  - {rule: link, reason: darf}
---
Hinter Tür 1: unser Winterröster.

## @bluesky

Kürzer
"""


def read(text: str | bytes) -> tuple[Post | None, list[Problem]]:
    return read_post("content/posts/x.md", text if isinstance(text, bytes) else text.encode(), SETTINGS)


def test_every_key_is_read() -> None:
    """A full post arrives with all its values."""
    post, problems = read(POST)
    assert problems == []
    assert post is not None
    assert (post.title, post.status, post.late, post.grace) == ("Adventskalender, Tür 1", Status.READY, Late.SKIP, 90)
    assert post.publish == WallTime(datetime(2026, 12, 1, 7, 30), "Europe/Berlin")  # noqa: DTZ001  # a wall time
    assert post.media[0].kind is MediaKind.PHOTO
    assert post.media[0].alt == "Eine Hand öffnet die erste Tür 🚪"
    assert post.options["bluesky"].publish == WallTime(datetime(2026, 12, 1, 15), "Europe/Berlin", fold=1)  # noqa: DTZ001
    assert post.options["instagram"].media is not None
    assert post.options["instagram"].media[0].focus == (0.4, 0.5)
    assert post.approved[0].at.utcoffset() == timedelta(hours=1)
    assert post.ignores[0].reason == "darf"
    assert post.body.startswith("Hinter Tür 1")


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("uid", "01JDK3V7Q2M8X4T6R9A0B1C2D3"),
        ("media.0.alt", '"Eine Hand öffnet die erste Tür 🚪"'),
        ("channels.1", "bluesky"),
        ("options.bluesky.publish", "2026-12-01 15:00"),
        ("options.instagram.media.0.crop", "4:5"),
        ("approved.0.hash", "sha256:0"),
        ("approved.0.unknown", "{by: leitung, at: 2026-11-20T10:02:11+01:00, hash: sha256:0}"),
        ("unknown", "---"),
    ],
)
def test_values_know_where_they_stand(key: str, written: str) -> None:
    """The span of a key is exactly its value; of one that is absent, its nearest parent's first line."""
    post, _problems = read(POST)
    assert post is not None
    span = post.span(key)
    source = SourceText("x", POST)
    assert POST[source.offset(span.line, span.col) : source.offset(span.end_line, span.end_col)] == written


def test_every_documented_key_is_known_and_every_known_key_documented() -> None:
    """The reference tables are what the reader accepts."""
    head = "".join(f"{key}:\n" for key in FRONT_MATTER)
    assert read(f"---\n{head}---\n")[1] == []
    medium = ", ".join(f"{key}: " for key in MEDIA_KEYS if key not in {"file", "order"})
    assert read(f"---\nmedia:\n  - {{file: a.jpg, {medium}}}\n---\n")[1] == []


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Any bytes are a post or problems, and every problem lies in the file."""
    check_sound(data)


@given(st.data())
def test_no_slip_of_the_hand_crashes_the_reader(data: st.DataObject) -> None:
    """A real post in which something was deleted, doubled or typed over is read or refused, never lost."""
    text = POST
    for _step in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        put = data.draw(st.text(st.sampled_from("aä👍 :-#\n\r\t'\"[]{},&*!|>\u2028\x85"), max_size=6))
        text = text[:start] + put + text[end:]
    check_sound(text.encode())


def check_sound(data: bytes) -> None:
    post, problems = read(data)
    assert post is not None or problems
    source = post.source if post else SourceText("x", data.decode("utf-8", "replace"))
    for problem in problems:
        start = source.offset(problem.span.line, problem.span.col)
        end = source.offset(problem.span.end_line, problem.span.end_col)
        assert start <= end
        assert post is None or end <= len(source.text)
    if post is not None:
        # Nothing is lost: what is not front matter is the text.
        assert post.body == post.source.text[post.body_start :]
        assert data.decode("utf-8-sig") == post.source.text


@given(st.data())
def test_reading_and_writing_is_the_identity(data: st.DataObject) -> None:
    """Without edits the file keeps every byte; a rewritten value changes this value alone."""
    mark = data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = POST.replace("\n", ending)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "post.md"
        file.write_bytes(mark + text.encode())
        source, _problems = decode("post.md", file.read_bytes())
        assert source is not None
        write_edits(file, source.text, [])
        assert file.read_bytes() == mark + text.encode()
        key, value = data.draw(st.sampled_from([("title", "Neu"), ("pillar", "produkt"), ("grace", "5")]))
        post, _problems = read(file.read_bytes())
        assert post is not None
        assert isinstance(post.places, FrontMatter)
        edit = set_key(post.places, key, value)
        assert edit is not None
        write_edits(file, source.text, [edit])
        again, problems = read(file.read_bytes())
    assert again is not None
    assert problems == [problem for problem in problems if problem.rule == "encoding"]
    assert str(getattr(again, key)) == value
    assert without(again, key) == without(post, key)
    assert file_bytes(again, mark) != file_bytes(post, mark)


def without(post: Post, key: str) -> dict[str, object]:
    """The post's values but this one and the places."""
    skipped = {key, "source", "places", "body_start"}
    return {name: getattr(post, name) for name in post.__slots__ if name not in skipped}


def file_bytes(post: Post, mark: bytes) -> bytes:
    return mark + post.source.text.encode()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text("xy", max_size=3)), max_size=6))
def test_edits_touch_only_their_own_stretch(raw: list[tuple[int, int, str]]) -> None:
    """What lies outside all edits is still there, in order; of two that overlap the second is left out."""
    text = "".join(chr(0x100 + index) for index in range(46))
    edits = [Edit(start, start + size, put) for start, size, put in raw]
    result = apply_edits(text, edits)
    touched = {at for edit in edits for at in range(edit.start, edit.end)}
    kept = [char for index, char in enumerate(text) if index not in touched]
    rest = iter(result)
    assert all(char in rest for char in kept)
    assert len(result) <= len(text) + sum(len(edit.text) for edit in edits)


def test_dates_are_read_as_dates() -> None:
    """`due` is a day, quoted or not."""
    for written in ("2026-12-01", '"2026-12-01"', "'2026-12-01'"):
        post, problems = read(f"---\ndue: {written}\n---\n")
        assert post is not None
        assert (post.due, problems) == (date(2026, 12, 1), [])


@pytest.mark.parametrize(
    "crop", ["²:³", "\u0664:\u0665", "0:1", "1:0", "4", "4:", ":5", "4:5:6", "9" * 4400 + ":1", "-1:2"]
)
def test_a_crop_is_two_plain_numbers(crop: str) -> None:
    """Whatever else stands there is a problem at its place, and never breaks the reader."""
    text = f"---\nmedia: [{{file: media/a.jpg, crop: '{crop}'}}]\n---\n"
    post, problems = read_post("content/posts/a.md", text.encode(), SETTINGS)
    assert post is not None
    assert post.media[0].crop == ""
    assert [(problem.rule, problem.span.line) for problem in problems] == [("front-matter", 2)]


def test_media_say_what_allows_them() -> None:
    """Rights, licence, credit, last day, people and their consent are read as written."""
    line = (
        "{file: media/a.jpg, rights: eigenes Foto, licence: CC BY 4.0, credit: F. Brandt, until: 2027-06-30,"
        " people: true, consent: {proof: Zettel 14, until: 2027-03-31}}"
    )
    post, problems = read_post("content/posts/a.md", f"---\nmedia: [{line}]\n---\n".encode(), SETTINGS)
    assert problems == []
    assert post is not None
    (medium,) = post.media
    assert (medium.rights, medium.licence, medium.credit) == ("eigenes Foto", "CC BY 4.0", "F. Brandt")
    assert (medium.until, medium.people) == (date(2027, 6, 30), True)
    assert medium.consent == Consent("Zettel 14", date(2027, 3, 31))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("people: ja", "people must be true or false, not 'ja'"),
        ("consent: {until: 2027-03-31}", "a consent says where it lies: {proof: form 14, until: 2027-06-30}"),
        ("consent: ja", "consent looks like: {proof: form 14, until: 2027-06-30}"),
        ("consent: {proof: 14, name: X}", "unknown key 'name'; known: proof, until"),
    ],
)
def test_what_allows_media_is_said_in_one_way(key: str, said: str) -> None:
    """Another word than true or false, and a consent that lies nowhere, are problems at their place."""
    _post, problems = read_post("content/posts/a.md", f"---\nmedia: [{{file: a.jpg, {key}}}]\n---\n".encode(), SETTINGS)
    assert [problem.message for problem in problems] == [said]
    assert problems[0].span.line == 2
