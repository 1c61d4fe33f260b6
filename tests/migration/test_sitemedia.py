"""Addresses of pictures in pages of static sites: a file of the site, or nothing that anybody could open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.migration.test_other_tools import NOW
from toolkit.migration.archive import Medium, Reading
from toolkit.migration.fetching import fetch_pictures
from toolkit.migration.sitemedia import local_medium
from toolkit.migration.tools import TOOLS
from toolkit.web import Web

HOSTILE = {
    "null": "%00.png",
    "long": f"{'a' * 5000}.png",
    "deep": f"{'a/' * 5000}b.png",
    "above": f"{'../' * 3000}etc/passwd",
    "above, written otherwise": "%2e%2e/%2e%2e/secret.png",
    "no letters": "%FF%FE.png",
    "half a letter": "\ud800.png",
    "round and round": "loop/b.png",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "b.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n")
    (folder / "loop").symlink_to(folder / "loop")
    return folder


@pytest.mark.parametrize("address", HOSTILE.values(), ids=HOSTILE)
def test_what_no_file_is_called_is_no_file(site: Path, address: str) -> None:
    """It stays as it is, and nothing outside of the site is taken."""
    medium = Medium(address, "x")
    assert local_medium(medium, site, (site,), site / "content") == medium


@pytest.mark.parametrize("address", ["b.png", "/b.png", "b.png?width=300#top", "%62.png"])
def test_a_file_of_the_site_is_found(site: Path, address: str) -> None:
    """From the page or the site's root, with a question behind it, or written otherwise."""
    assert local_medium(Medium(address, "x"), site, (site,), site) == Medium(
        str((site / "b.png").resolve()), "x", local=True
    )


def test_a_page_of_hostile_addresses_is_read_and_each_is_named(site: Path, tmp_path: Path) -> None:
    """The import goes on; why a picture did not come along stands beside its address."""
    pictures = "\n\n".join(f"![x]({one})" for one in HOSTILE.values() if one.isprintable())
    (site / "content/post.md").write_text(f"---\ndate: 2026-03-05\n---\nMoin\n\n{pictures}\n", encoding="utf-8")
    [item] = TOOLS["hugo"].read([site], Reading("Europe/Berlin", NOW)).items
    addresses = [one.address for one in item.media]
    assert len(addresses) == 7
    assert not any(one.local for one in item.media)
    fetched = fetch_pictures(addresses, tmp_path, "media/hugo", Web())
    assert {*fetched.failed} == {*addresses}
