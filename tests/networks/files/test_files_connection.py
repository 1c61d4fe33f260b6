"""The files line on real folders: written whole, found by key, edited, taken away, killed in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from toolkit.errors import UsageError
from toolkit.model import Outcome, Presence, SetClock
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.files import connect
from toolkit.networks.files.connection import FilesConnection
from toolkit.networks.files.shelf import Shelf, open_shelf
from toolkit.settings import Account
from toolkit.web import Web

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PICTURE = make_picture()
MEDIA = {"media/a.png": PICTURE, "media/b.png": make_picture("#abcdef")}
PICTURES = tuple(attach(file, data, f"Bild {file[6]}") for file, data in MEDIA.items())


def account(folder: Path | str) -> Account:
    return Account("archiv", "files", "archiv", server=str(folder))


def line(folder: Path | str, state: Path | str = "", clock: SetClock | None = None) -> FilesConnection:
    surroundings = Surroundings(Web(), clock or SetClock(NOW), MEDIA.__getitem__, str(state))
    opened = connect(account(folder), "", surroundings)
    assert isinstance(opened, FilesConnection)
    return opened


def post(folder: Path | str, text: str = "Tür *1*", **options: object) -> Intent:
    said = {"title": "Größe: Tür 1!", "html": "<p>Tür</p>", **options}
    return make_intent(account(folder), text, **said)  # type: ignore[arg-type]  # passed through


def test_a_post_becomes_a_folder(tmp_path: Path) -> None:
    """Text, data and media lie there as people and programs read them, and nothing else does."""
    answer = line(tmp_path).send(post(tmp_path, attachments=PICTURES))
    (folder,) = tmp_path.iterdir()
    assert (answer.outcome, answer.remote_id, answer.url) == (Outcome.ACCEPTED, folder.name, folder.as_uri())
    assert folder.name.startswith("grosse-tur-1-")
    data = json.loads((folder / "post.json").read_text("utf-8"))
    assert (data["format"], data["title"], data["html"]) == (1, "Größe: Tür 1!", "<p>Tür</p>")
    assert [(folder / one["file"]).read_bytes() for one in data["media"]] == list(MEDIA.values())
    written = frontmatter.loads((folder / "post.md").read_text("utf-8"))
    assert written.content == "Tür *1*"
    assert written["title"] == "Größe: Tür 1!"
    media = written["media"]
    assert isinstance(media, list)
    assert [one["alt"] for one in media] == ["Bild a", "Bild b"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["post.md", "post.json", *(one["file"] for one in data["media"])]
    )


def test_the_same_intent_again_is_the_same_folder(tmp_path: Path) -> None:
    """Nothing is written twice or changed; another key with the same title has its own folder."""
    first = line(tmp_path).send(post(tmp_path))
    before = (tmp_path / first.remote_id / "post.json").read_bytes()
    again = line(tmp_path, clock=SetClock(NOW + timedelta(days=1))).send(post(tmp_path))
    assert again == first
    assert (tmp_path / first.remote_id / "post.json").read_bytes() == before
    other = line(tmp_path).send(post(tmp_path, key="other"))
    assert other.remote_id != first.remote_id
    assert len(list(tmp_path.iterdir())) == 2


def test_a_key_is_found_or_proven_absent(tmp_path: Path) -> None:
    """What is there is found; what is not is absent; a folder that is gone or broken proves nothing."""
    intent = tried(post(tmp_path), NOW)
    assert line(tmp_path).find(intent).presence is Presence.ABSENT
    sent = line(tmp_path).send(intent)
    seen = line(tmp_path).find(intent)
    assert (seen.presence, seen.remote_id, seen.url) == (Presence.FOUND, sent.remote_id, sent.url)
    (tmp_path / sent.remote_id / "post.json").write_text("{")
    assert line(tmp_path).find(intent).presence is Presence.UNCLEAR
    missing = tmp_path / "not-mounted"
    assert line(missing).find(post(missing)).presence is Presence.UNCLEAR


def test_a_folder_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    """A drive that is not mounted gets no folder of ours in its place; the post stays planned."""
    missing = tmp_path / "drive"
    answer = line(missing).send(post(missing))
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(minutes=1))
    assert not missing.exists()


def test_a_relative_folder_lies_below_the_state_directory(tmp_path: Path) -> None:
    """It is made when it is needed."""
    sent = line("druckerei/posts", tmp_path).send(post("druckerei/posts"))
    assert (tmp_path / "files" / "druckerei" / "posts" / sent.remote_id / "post.md").is_file()


@pytest.mark.parametrize("written", ["", "../posts", "/srv/../etc", "a/../../b", "https://a.example/x"])
def test_a_folder_that_leads_elsewhere_opens_nothing(tmp_path: Path, written: str) -> None:
    """None, one with dots, or an address is refused with the account's name."""
    with pytest.raises(UsageError, match="archiv"):
        open_shelf(account(written), str(tmp_path))


def test_an_edit_replaces_everything_but_name_and_day(tmp_path: Path) -> None:
    """Old media go, new ones come; the same edit again changes nothing; what is gone cannot be edited."""
    sent = line(tmp_path).send(post(tmp_path, attachments=PICTURES[:1]))
    later = line(tmp_path, clock=SetClock(NOW + timedelta(hours=1)))
    for _time in range(2):
        edited = later.edit(sent.remote_id, post(tmp_path, "Neu", attachments=PICTURES[1:], title="Anders"))
        assert (edited.outcome, edited.remote_id, edited.url) == (Outcome.ACCEPTED, sent.remote_id, sent.url)
    folder = tmp_path / sent.remote_id
    data = json.loads((folder / "post.json").read_text("utf-8"))
    assert (data["text"], data["published"], data["updated"]) == ("Neu", "2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z")
    assert len(list(folder.iterdir())) == 3
    assert (folder / data["media"][0]["file"]).read_bytes() == MEDIA["media/b.png"]
    assert later.edit("nie-0123456789abcdef", post(tmp_path)).outcome is Outcome.REFUSED


@pytest.mark.parametrize("remote_id", ["", ".", "..", "../x-0123456789abcdef", "a/b-0123456789abcdef", "anderes"])
def test_an_id_never_leads_out_of_the_folder(tmp_path: Path, remote_id: str) -> None:
    """What is no name of ours is neither edited nor deleted."""
    inside = tmp_path / "posts"
    inside.mkdir()
    (inside / "anderes").mkdir()
    assert line(inside).edit(remote_id, post(inside)).outcome is Outcome.REFUSED
    assert line(inside).delete(remote_id).outcome is Outcome.ACCEPTED
    assert (inside / "anderes").is_dir()


def test_a_deletion_may_come_twice(tmp_path: Path) -> None:
    """The folder is gone, and nothing is left behind."""
    sent = line(tmp_path).send(post(tmp_path, attachments=PICTURES))
    assert [line(tmp_path).delete(sent.remote_id).outcome for _time in range(2)] == [Outcome.ACCEPTED] * 2
    assert list(tmp_path.iterdir()) == []


def test_a_medium_that_changed_is_refused(tmp_path: Path) -> None:
    """What was rendered and approved is written, or nothing."""
    changed = replace(PICTURES[0], sha256="0" * 64)
    answer = line(tmp_path).send(post(tmp_path, attachments=(changed,)))
    assert (answer.outcome, "changed after it was rendered" in answer.reason) == (Outcome.REFUSED, True)
    assert list(tmp_path.iterdir()) == []


CHILD = """\
import os, signal, sys
from pathlib import Path
from tests.networks.files.test_files_connection import PICTURES, line, post
rename = Path.rename
def killed(self, target):
    if sys.argv[2] == "after":
        rename(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
Path.rename = killed
line(sys.argv[1]).send(post(sys.argv[1], attachments=PICTURES))
"""


@pytest.mark.parametrize(("when", "presence"), [("before", Presence.ABSENT), ("after", Presence.FOUND)])
def test_a_kill_leaves_the_whole_post_or_none(tmp_path: Path, when: str, presence: Presence) -> None:
    """Killed before or after the renaming: the look says which, and sending again gives exactly one folder."""
    root = str(Path(__file__).parents[3])
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path), when],
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    intent = post(tmp_path, attachments=PICTURES)
    assert line(tmp_path).find(intent).presence is presence
    assert line(tmp_path).send(intent).outcome is Outcome.ACCEPTED
    assert len([path for path in tmp_path.iterdir() if not path.name.startswith(".")]) == 1


def test_two_writers_at_once_make_one_folder(tmp_path: Path) -> None:
    """Who comes second finds the folder there and says so."""
    first, second = line(tmp_path), line(tmp_path)
    sent = first.send(post(tmp_path))
    shelf = Shelf(tmp_path)
    with pytest.raises(OSError, match=sent.remote_id):
        shelf.put(sent.remote_id, {"post.json": b"{}"})
    assert second.send(post(tmp_path)) == sent
    assert [path.name for path in tmp_path.iterdir()] == [sent.remote_id]


@given(title=st.text(), key=st.text(max_size=40))
def test_every_title_makes_a_safe_name(title: str, key: str) -> None:
    """Small letters, digits and hyphens, never hidden, never long, and recognised as ours."""
    shelf = Shelf(Path("/srv"))
    name = shelf.name(title, key)
    assert len(name) <= 77
    assert shelf.path(name) == Path("/srv") / name
