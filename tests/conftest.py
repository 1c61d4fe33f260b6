"""Fixtures for all rooms: the shared data, and real servers."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.servers.absent import without_server
from tests.servers.bluesky import Bluesky, run_bluesky
from tests.servers.postgres import Postgres, run_postgres
from tests.servers.pretend import PretendServer, run_pretend
from tests.servers.snac import Snac, run_snac
from tests.servers.wordpress import WordPress, run_wordpress
from toolkit.messages import speak

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
COUNT = itertools.count()
# Places whose shared fixtures are made in no time, so that their tests may run anywhere.
CHEAP = {"tests/networks", "tests/planning"}

# A busy machine is slow, not wrong: an example may take as long as it takes. The same few examples each time: whoever
# breaks nothing is told of nothing. Others, and more, are looked for with LEITSTAND_TEST_RANDOM=1.
RANDOM = os.environ.get("LEITSTAND_TEST_RANDOM") == "1"
settings.register_profile(
    "leitstand",
    deadline=None,
    derandomize=not RANDOM,
    max_examples=200 if RANDOM else 40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("leitstand")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep together what shares things, and leave out what needs a WordPress, unless it was asked for: few have one."""
    for item in items:
        _keep_together(item)
    if "wordpress" in config.option.markexpr or os.environ.get("LEITSTAND_TEST_WORDPRESS") == "1":
        return
    left_out = [item for item in items if item.get_closest_marker("wordpress")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _keep_together(item: pytest.Item) -> None:
    """Tests that share what is made once run in one process: each process would make it for itself.

    That is what a mark says, and what a module or a room makes once; the servers of this file keep nobody together.
    """
    mark = item.get_closest_marker("xdist_group")
    group = mark.args[0] if mark else _shared_place(item)
    if group and getattr(item.config.option, "loadgroup", False):
        # pytest-xdist 3.8 writes a mark's group where pytest 9.2 does not read it: no group was kept together.
        item._id = type(item.id).parse(f"{item.nodeid}@{group}")


def _shared_place(item: pytest.Item) -> str:
    """The widest place, a file or a folder, whose tests share a fixture of this test; "" when there is none."""
    if not isinstance(item, pytest.Function):
        return ""
    made = (found[-1] for found in item._fixtureinfo.name2fixturedefs.values())
    places = {one.baseid for one in made if one.scope in ("module", "session")} - {"", "tests"} - CHEAP
    return min(places, key=len, default="")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins in the language of the source, and so does what is made for several: a test may speak another."""
    speak("en")
    yield
    speak("en")


@pytest.fixture(autouse=True)
def _own_state(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a user state directory of its own: in a person's, accounts are bound to ledgers. All share a cache."""
    base: Path = request.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # made only when used
    monkeypatch.setenv("XDG_STATE_HOME", str(base / "state" / f"{next(COUNT)}"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(base / "cache"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of conformance suites and data; skips where it is absent."""
    folder = Path(os.environ.get("LEITSTAND_TEST_DATA") or ROOT / "../shared/data").resolve()
    if not folder.is_dir():
        pytest.skip(f"no shared data in {folder}; set LEITSTAND_TEST_DATA")
    return folder


@pytest.fixture(scope="session")
def snac() -> Iterator[Snac]:
    """A real server with Mastodon's client API and two people, alice and bob."""
    with run_snac() as server:
        yield server


@pytest.fixture(scope="session")
def bluesky() -> Iterator[Bluesky]:
    """A real Bluesky network with two people, alice and bob."""
    with run_bluesky() as network:
        yield network


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """A real WordPress with an editor, ``redaktion``, and a contributor, ``praktikum``."""
    with run_wordpress() as blog:
        yield blog


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, for as long as the tests last; every test takes a schema of its own."""
    with run_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless; one for all: Playwright runs once in a process."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        without_server("chromium", "run .ci/system-packages")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def pretend() -> Iterator[PretendServer]:
    """A loopback HTTP server that answers as the test says."""
    with run_pretend() as server:
        yield server
