"""A folder that a web server shows, over a real web server on loopback."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.servers.files import run_files
from tests.servers.pretend import PretendServer, Reply, Request
from toolkit.hosting import FolderHost, HostingError, host_addresses, open_host
from toolkit.settings import MediaPlace
from toolkit.web import Web

DATA = b"\xff\xd8\xff a picture"
NAME = hashlib.sha256(DATA).hexdigest() + ".jpg"


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address under which it is shown."""
    folder = tmp_path / "www"
    folder.mkdir()
    with run_files(folder) as address:
        yield folder, address


def answer(body: bytes, request: Request) -> Reply:
    del request
    return Reply(200, body)


def host(folder: Path, url: str, prefix: str = "") -> FolderHost:
    place = MediaPlace("folder", url, str(folder), prefix=prefix)
    found = open_host(place, {}, Web(allowed_hosts=host_addresses(place)))
    assert isinstance(found, FolderHost)
    return found


def test_the_address_answers_with_the_bytes(shown: tuple[Path, str]) -> None:
    """The name is the bytes' hash with the type's ending; a web server of another user can read the file."""
    folder, url = shown
    assert host(folder, url, "social/").put("tuer-1.jpg", DATA, "image/jpeg") == f"{url}/social/{NAME}"
    file = folder / "social" / NAME
    assert file.read_bytes() == DATA
    assert file.stat().st_mode & 0o777 == 0o644
    assert [one.name for one in file.parent.iterdir()] == [NAME]


def test_the_same_bytes_are_put_there_once(shown: tuple[Path, str]) -> None:
    """A second time nothing is written; what was cut short by a full disk once is written anew."""
    folder, url = shown
    first = host(folder, url).put("a.jpg", DATA, "image/jpeg")
    written = (folder / NAME).stat().st_mtime_ns
    assert host(folder, url).put("b.jpg", DATA, "image/jpeg") == first
    assert (folder / NAME).stat().st_mtime_ns == written
    (folder / NAME).write_bytes(DATA[:3])
    assert host(folder, url).put("a.jpg", DATA, "image/jpeg") == first
    assert (folder / NAME).read_bytes() == DATA


def test_an_address_that_does_not_answer_is_not_given_out(tmp_path: Path, shown: tuple[Path, str]) -> None:
    """The web server shows another folder: the complaint has the address, the status and where to look."""
    _folder, url = shown
    with pytest.raises(HostingError, match=r"answers 404; does 127.0.0.1 show the folder of \[media_host\]"):
        host(tmp_path / "elsewhere", url).put("a.jpg", DATA, "image/jpeg")


def test_other_bytes_are_not_ours(tmp_path: Path, pretend: PretendServer) -> None:
    """A page that says "not found" with status 200, or a login page, is not the picture; a longer answer neither."""
    assert len(DATA) == 13
    for body, complaint in ((b"<html>", "answers with 6 bytes that are not the 13"), (b"x" * 99, "with 99 bytes")):
        pretend.routes["GET /*"] = partial(answer, body)
        with pytest.raises(HostingError, match=complaint):
            host(tmp_path, pretend.address).put("a.jpg", DATA, "image/jpeg")


def test_what_was_proven_is_not_asked_again(tmp_path: Path, pretend: PretendServer) -> None:
    """One fetch for each file, however often it is used."""
    pretend.routes["GET /*"] = partial(answer, DATA)
    one = host(tmp_path, pretend.address)
    one.put("a.jpg", DATA, "image/jpeg")
    one.put("a.jpg", DATA, "image/jpeg")
    assert len(pretend.sent("GET")) == 1


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, pretend: PretendServer) -> None:
    """A file stands where the folder should be; nothing is fetched, and nothing half-written stays."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(HostingError, match=r"of \[media_host\] cannot be written"):
        host(tmp_path / "file", pretend.address).put("a.jpg", DATA, "image/jpeg")
    assert pretend.requests == []


def test_only_what_leitstand_toml_names_may_be_private(tmp_path: Path, pretend: PretendServer) -> None:
    """The guard of the client holds for media, too: an address on loopback that nobody named is not fetched."""
    place = MediaPlace("folder", pretend.address, str(tmp_path))
    with pytest.raises(HostingError, match="cannot be fetched"):
        FolderHost(place, Web()).put("a.jpg", DATA, "image/jpeg")
    assert pretend.requests == []


def test_of_a_long_film_only_the_beginning_is_fetched(shown: tuple[Path, str], pretend: PretendServer) -> None:
    """A server that knows ranges sends 64 KiB and says how long the whole is; another length is another film."""
    film = bytes(range(256)) * 40_000
    pretend.routes["GET /*"] = partial(ranged, len(film), film)
    folder, url = shown
    place = host(folder, pretend.address)
    assert place.put("a.mp4", film, "video/mp4").endswith(".mp4")
    assert pretend.sent("GET")[0].headers["range"] == "bytes=0-65535"
    assert host(folder, url).put("a.mp4", film, "video/mp4").startswith(url)  # this one knows no ranges
    pretend.routes["GET /*"] = partial(ranged, 77, film)
    with pytest.raises(HostingError, match="not the 10240000 of the medium"):
        host(folder, pretend.address).put("a.mp4", film, "video/mp4")


def ranged(length: int, data: bytes, request: Request) -> Reply:
    del request
    return Reply(206, data[:65536], {"Content-Range": f"bytes 0-65535/{length}"})
