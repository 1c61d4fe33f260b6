from __future__ import annotations

from pathlib import Path

from tests.servers.pretend import PretendServer, Reply
from toolkit.migration import fetch_pictures
from toolkit.web import Web

PNG = b"\x89PNG\r\n\x1a\n and so on"


def test_pictures_are_fetched_once_and_known_by_their_bytes(tmp_path: Path, pretend: PretendServer) -> None:
    """The bytes say what it is, not the address; a page, a drawing and a 404 stay addresses; the second time nobody asks."""
    pretend.routes["GET /a.jpg"] = lambda _request: Reply(200, PNG)
    pretend.routes["GET /page"] = lambda _request: Reply(200, b"<html>")
    pretend.routes["GET /gone.png"] = lambda _request: Reply(404, PNG)
    web = Web(allowed_hosts=frozenset({pretend.host_port}))
    urls = [f"http://{pretend.host_port}/{name}" for name in ("a.jpg", "page", "gone.png", "a.jpg")]
    fetched = fetch_pictures(urls, tmp_path, "media/galaxy", web)
    file = fetched.files[urls[0]]
    assert (tmp_path / "content" / file).read_bytes() == PNG
    assert file.startswith("media/galaxy/a-")
    assert file.endswith(".png")
    assert list(fetched.failed) == urls[1:3]
    before = len(pretend.requests)
    assert fetch_pictures(urls[:1], tmp_path, "media/galaxy", web).files == {urls[0]: file}
    assert len(pretend.requests) == before
