from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pages.build.conftest import MakeSite, fill
from tests.servers.absent import without_server
from toolkit.pages.build.staging import stage_site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

ROOT = Path(__file__).parents[3]
BUILDERS = Path(os.environ.get("LEITSTAND_BUILDERS") or ROOT / ".leitstand/builders")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHON": sys.executable, "LEITSTAND_BUILDERS": str(BUILDERS)}
    said = [str(one) for one in command]
    return subprocess.run(said, check=False, capture_output=True, text=True, env=environ, timeout=300)


def test_every_builder_makes_the_same_pages(studio: Studio, png: bytes, tmp_path: Path) -> None:
    """MkDocs, ProperDocs and Zensical build the staged folder with the same addresses, and no link in any is broken."""
    if not all((BUILDERS / name / "bin" / name).exists() for name in ("properdocs", "zensical")):
        without_server("ProperDocs or Zensical", "run .ci/builders install")
    fill(studio, png)
    given = studio.gather()
    stage_site(tmp_path / "staged", studio.render(directory_urls=False), given.workspace.settings, given.now)
    done = run(ROOT / ".ci/builders", tmp_path / "staged")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "mkdocs, properdocs and zensical agree" in done.stdout


def test_no_link_of_the_site_is_broken(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """The same check of the toolkit's own build."""
    fill(studio, png)
    done = run(sys.executable, ROOT / ".ci/links", make_site())
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<a href=nowhere.html>x</a>", "index.html:1: nowhere.html: no such file"),
        ("\n<img src='a.png'>", "index.html:2: a.png: no such file"),
        ("<img srcset='index.html 1x, b.png 2x'>", "index.html:1: b.png: no such file"),
        ("<a href='#there'>x</a>", "index.html:1: #there: no such place in index.html"),
        ("<a href='folder/#x'>x</a>", "index.html:1: folder/#x: no such place in folder/index.html"),
        ("<a href='../up.html'>x</a>", "index.html:1: ../up.html: outside of the site"),
        ("<a href='/gone'>x</a>", "index.html:1: /gone: no such file"),
    ],
)
def test_a_broken_link_is_told_with_its_place(tmp_path: Path, html: str, said: str) -> None:
    """Page, line, address, and what is missing."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/index.html").write_text("<p id=y>")
    (tmp_path / "index.html").write_text(html)
    done = run(sys.executable, ROOT / ".ci/links", tmp_path)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, said)


def test_what_leads_somewhere_is_not_told(tmp_path: Path) -> None:
    """Folders, anchors, umlauts, the root, other servers and what a page holds itself."""
    (tmp_path / "tür 1").mkdir()
    (tmp_path / "tür 1/index.html").write_text("<h2 id='weiß'>x</h2><a href='../'>x</a><a href='/'>x</a>")
    page = "<a href='t%C3%BCr%201/#wei%C3%9F'>x</a><a href='https://example.com/x'>x</a><a href='mailto:a@b'>x</a><img src='data:,'><a href='#'>x</a><a href='?a=b'>x</a>"
    (tmp_path / "index.html").write_text(page)
    done = run(sys.executable, ROOT / ".ci/links", tmp_path)
    assert done.stdout == "links: 2 pages, 8 links, 0 broken\n"
