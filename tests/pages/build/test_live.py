"""The served site: a saved file is on it, a broken one says where it is broken, and nobody else looks in."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import pytest

from tests.pages.build.conftest import CONFIG, fill
from toolkit.pages.build.live import LOOPBACK, Builder, Site, keep_up, make_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Studio

POST: Final = "content/posts/2026/12/tuer-1.md"
PAGE: Final = "/posts/2026/12/tuer-1/"
PATIENCE: Final = 60.0  # seconds; a machine may be busy


class Reader:
    """A browser, as far as it matters here."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        """Status and text of a page."""
        line = http.client.HTTPConnection(LOOPBACK, self.port, timeout=PATIENCE)
        line.request("GET", path, headers={"Host": host} if host else {})
        answer = line.getresponse()
        found = answer.status, answer.read().decode()
        line.close()
        return found

    def wait(self, path: str, until: Callable[[int, str], bool]) -> tuple[int, str]:
        """The page as soon as it is as wanted."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, text = self.get(path)
            if until(status, text):
                return status, text
            threading.Event().wait(0.02)
        pytest.fail(f"{path} never came to be as wanted")


@pytest.fixture
def reader(studio: Studio, png: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """A browser before the running server of a small workspace."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(studio.state))
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-21T12:00+01:00")
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    fill(studio, png)
    studio.write("mkdocs.yml", CONFIG)
    site = Site(studio.root / ".leitstand/cache/serve")
    builder = Builder(studio.root / "mkdocs.yml", site.folder)
    site.ring(builder.build())
    server = make_server(site, 0)
    threads = [
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=keep_up, args=(site, builder, studio.root), daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield Reader(server.server_port)
    site.ring(end=True)
    server.shutdown()
    server.server_close()
    for thread in threads:
        thread.join(PATIENCE)


def change(studio: Studio, path: str, old: str, new: str) -> None:
    file = studio.root / path
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_what_is_saved_is_shown(studio: Studio, reader: Reader) -> None:
    """A post, a new post, a page of the handbook: each is on the site without anybody asking for it."""
    assert reader.get(PAGE)[0] == 200
    change(studio, POST, "# no", "# Zimtsterne")
    reader.wait(PAGE, lambda _status, text: "Zimtsterne" in text)
    studio.post("Neu", path="2026/12/neu.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D9", title="Ganz neu")
    reader.wait("/posts/2026/12/neu/", lambda status, text: status == 200 and "Ganz neu" in text)
    change(studio, "guidelines/voice.md", "# Voice", "# Tone")
    reader.wait("/handbook/voice/", lambda _status, text: "Tone" in text)
    (studio.root / "content/posts/2026/12/neu.md").unlink()
    reader.wait("/posts/2026/12/neu/", lambda status, _text: status == 404)


def test_a_page_that_is_made_at_once_is_what_the_build_makes(
    studio: Studio, png: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shown before the whole build, it has the same bytes after it; what is no post, or a new one, waits for the build."""
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-21T12:00+01:00")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(studio.state))
    fill(studio, png)
    studio.write("mkdocs.yml", CONFIG)
    builder = Builder(studio.root / "mkdocs.yml", tmp_path / "site")
    assert builder.build() == ""
    change(studio, POST, "# no", "# Zimtsterne")
    assert builder.refresh(studio.root, [str(studio.root / POST)])
    page = tmp_path / "site" / PAGE.strip("/") / "index.html"
    at_once = page.read_bytes()
    assert "Zimtsterne" in at_once.decode()
    assert builder.build() == ""
    assert page.read_bytes() == at_once
    assert not builder.refresh(studio.root, [str(studio.root / "guidelines/voice.md")])
    assert not builder.refresh(studio.root, [str(studio.root / POST), str(studio.root / "leitstand.toml")])


def test_what_is_broken_is_said_with_its_place(studio: Studio, reader: Reader) -> None:
    """No traceback and no empty page: file, line and column, until it is mended; post text in it stays text."""
    change(studio, "leitstand.toml", 'id = "nordlicht"', "id = <b>")
    status, text = reader.wait("/", lambda status, _text: status == 500)
    assert "leitstand.toml:4:" in text
    assert "<b>" not in text
    assert "Traceback" not in text
    change(studio, "leitstand.toml", "id = <b>", 'id = "nordlicht"')
    assert reader.wait("/", lambda status, _text: status == 200)[0] == status - 300
    change(studio, "mkdocs.yml", "plugins: [search", "plugins: [search, unheard-of")
    assert "unheard-of" in reader.wait("/", lambda status, _text: status == 500)[1]


def test_a_page_is_told_when_it_is_another_one(studio: Studio, reader: Reader) -> None:
    """The event names the version that stands in the page; after a change it names another."""
    version = reader.get(PAGE)[1].rpartition('data-version="')[2][:16]
    line = http.client.HTTPConnection(LOOPBACK, reader.port, timeout=PATIENCE)
    line.request("GET", f"/~leitstand/events?page={PAGE}")
    events = line.getresponse()
    assert events.readline().decode() == f"data: {version}\n"
    change(studio, POST, "# no", "# Zimtsterne")
    told = iter(lambda: events.readline().decode().strip(), None)
    new = next(one for one in told if one.startswith("data: ") and version not in one)
    assert reader.get(PAGE)[1].rpartition('data-version="')[2][:16] == new.removeprefix("data: ")
    line.close()


def test_only_this_machine_is_answered(reader: Reader) -> None:
    """A name of somebody else's that was made to mean this machine is refused; nothing outside the site is shown."""
    assert reader.get("/", host="evil.example")[0] == 403
    assert reader.get("/~leitstand/events?page=/", host=f"evil.example:{reader.port}")[0] == 403
    for path in ("/../leitstand.toml", "/%2e%2e/%2e%2e/%2e%2e/leitstand.toml", "/..%2f..%2f..%2fleitstand.toml"):
        assert reader.get(path)[0] == 404
    assert reader.get("/nowhere/")[0] == 404
    assert reader.get("/~leitstand/live.js")[0] == 200


def test_the_verb_says_where_and_ends_quietly(studio: Studio) -> None:
    """--json names the address as soon as it answers; ^C ends it with 0 and without a word."""
    studio.post()
    studio.write("mkdocs.yml", CONFIG)
    environ = {**os.environ, **studio.environ, "LEITSTAND_LANG": "en", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "toolkit", "serve", "--port", "0", "--json", "--workspace", str(studio.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        said = ""
        while not said.rstrip().endswith("}"):
            said += next(lines)
        found = json.loads(said)
        assert found["problem"] == ""
        assert Reader(int(found["url"].rstrip("/").rpartition(":")[2])).get(PAGE)[0] == 200
        process.send_signal(signal.SIGINT)
        _out, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, error) == (0, "")
