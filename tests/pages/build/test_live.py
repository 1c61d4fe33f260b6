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
import weakref
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import pytest
from mkdocs.structure.nav import Navigation

from tests.pages.build.conftest import CONFIG, fill
from tests.pages.build.test_warm import CHANGES, tree
from toolkit.garbage import collect
from toolkit.pages.build.live import LOOPBACK, Site, make_server
from toolkit.pages.build.plugin import LeitstandPlugin
from toolkit.pages.build.rebuilding import Builder, keep_up

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
    site.settle(builder.build(), builder.look_number)
    server = make_server(site, 0)
    threads = [
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=keep_up, args=(site, builder), daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield Reader(server.server_port)
    site.end()
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


@pytest.fixture
def builder(studio: Studio, png: bytes, monkeypatch: pytest.MonkeyPatch) -> Builder:
    """What builds the site of a small workspace, after its first build."""
    fill(studio, png)
    return build_first(studio, monkeypatch)


def build_first(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Builder:
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-21T12:00+01:00")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(studio.state))
    studio.write("mkdocs.yml", CONFIG)
    found = Builder(studio.root / "mkdocs.yml", folder_of(studio))
    assert found.build() == ""
    return found


def try_out(studio: Studio, alter: Callable[[Studio], None]) -> set[str]:
    """The files of the workspace that a change changes; afterwards they are as they were."""
    before = tree(studio.root)
    alter(studio)
    after = tree(studio.root)
    for path in after.keys() - before.keys():
        (studio.root / path).unlink()
    for path, data in before.items():
        if after.get(path) != data:
            (studio.root / path).write_bytes(data)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def folder_of(studio: Studio) -> Path:
    return studio.root / ".leitstand/cache/serve"


OPEN: Final = [
    "posts/2026/12/tuer-1/index.html",
    "posts/2026/11/100 % Kaffee?/index.html",
    "posts/2026-12/index.html",
    "calendar/2026-12/index.html",
    "campaigns/advent/index.html",
    "channels/mastodon/index.html",
    "index.html",
    "handbook/voice/index.html",
    "nowhere/index.html",
]


@pytest.mark.parametrize("name", CHANGES)
def test_a_page_that_is_made_at_once_is_what_the_build_makes(
    studio: Studio, png: bytes, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever changes of a post: what is shown before the whole build has the same bytes after it."""
    fill(studio, png)
    files = set[str]() if name == "ledger" else try_out(studio, CHANGES[name])
    if not files or not all(path.startswith(("content/posts/", "content/media/")) for path in files):
        return  # of that only a build knows what it means
    builder = build_first(studio, monkeypatch)
    before = tree(folder_of(studio))
    CHANGES[name](studio)
    assert builder.look()
    early = builder.early(OPEN)
    assert early is not None
    posts = early.posts()
    made = posts | early.looked_at()
    assert builder.build() == ""
    after = tree(folder_of(studio))
    assert made == {file: after.get(file) for file in made}
    changed = {file for file in OPEN if before.get(file) != after.get(file)}
    assert changed - made.keys() <= {"index.html"}, "the first page alone waits for the build"
    assert list(posts) == {"a post before": ["posts/2026/11/vorher/index.html"], "picture gone": []}.get(name, OPEN[:1])


def test_only_a_build_knows_what_settings_mean(studio: Studio, builder: Builder) -> None:
    """Nothing is made at once after a change of anything else than posts until a build has seen it."""
    change(studio, POST, "# no", "# Zimtsterne")
    change(studio, "leitstand.toml", "Nordlicht Kaffee", "Südlicht Kaffee")
    assert builder.look()
    assert builder.early() is None
    assert builder.build() == ""
    assert not builder.look()
    assert builder.early() is None
    change(studio, POST, "Zimtsterne", "Vanillekipferl")
    assert builder.look()
    early = builder.early()
    assert early is not None
    assert [b"Vanillekipferl" in page and "Südlicht".encode() in page for page in early.posts().values()] == [True]


def test_a_save_during_a_build_is_shown_and_stays_shown(studio: Studio, builder: Builder) -> None:
    """The build that has not seen it does not take its page away; the one that has replaces it by the same."""
    site, page = Site(folder_of(studio)), folder_of(studio) / OPEN[0]
    first = builder.look_number
    change(studio, POST, "# no", "# Zimtsterne")
    assert builder.look()
    early = builder.early()
    assert early is not None
    site.show(early.posts(), builder.look_number)
    shown = site.read(page)
    assert shown != page.read_bytes()
    site.settle("", first)
    assert site.read(page) == shown
    number = builder.look_number
    site.settle(builder.build(), number)
    assert site.read(page) == page.read_bytes() == shown


def test_a_build_is_never_waited_for(studio: Studio, builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a build goes on and on, two saves one after the other are on their pages."""
    ends = threading.Event()
    build = builder.build

    def never_ready() -> str:
        ends.wait(PATIENCE)
        return build()

    monkeypatch.setattr(builder, "build", never_ready)
    site = Site(folder_of(studio))
    watcher = threading.Thread(target=keep_up, args=(site, builder), daemon=True)
    watcher.start()
    try:
        for number in range(2):
            change(studio, POST, "# no", f"# Sorte {number}\n# no")
            with site.bell:
                words = f"Sorte {number}".encode()
                assert site.bell.wait_for(lambda: words in (site.read(site.folder / OPEN[0]) or b""), PATIENCE)  # noqa: B023
    finally:
        site.end()
        ends.set()
        watcher.join(PATIENCE)


def test_nothing_stays_of_the_builds_before(studio: Studio, builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who saves all day needs no more memory for it: each build's pages go when the next one is there."""
    built: list[weakref.ref[Navigation]] = []
    keep = LeitstandPlugin.on_nav

    def note(plugin: LeitstandPlugin, nav: Navigation, **others: object) -> Navigation:
        built.append(weakref.ref(nav))
        return keep(plugin, nav, **others)

    monkeypatch.setattr(LeitstandPlugin, "on_nav", note)
    for number in range(3):
        change(studio, POST, "# no", f"# Sorte {number}\n# no")
        assert builder.build() == ""
    collect()
    assert [nav() is None for nav in built] == [True, True, False]


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
