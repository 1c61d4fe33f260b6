"""`leitstand import-posts galaxy-social`: the whole way, on a small checkout and on the real one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.migration.conftest import Checkout
from toolkit.cli import execute

ENGLISH = {"LEITSTAND_LANG": "en"}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return tmp_path / "brand"


def import_posts(source: Path, brand: Path, *more: str) -> int:
    return execute(["import-posts", "galaxy-social", str(source), "--into", str(brand), *more], ENGLISH)


def read_json(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_table_says_what_was_changed_and_why(
    checkout: Checkout, brand: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each post has its row; accounts, posts and history are summed up; the second time everything is known."""
    checkout.post(
        "2025/2025-03-01-a", "**Hello** you", "mastodon-lab", "linkedin-lab", mastodon_lab=True, linkedin_lab=False
    )
    assert import_posts(checkout.folder, brand) == 0
    said = capsys.readouterr().out
    assert "2025/03/2025-03-01-a.md" in said
    assert "failed on linkedin-lab, and never again" in said
    assert "1 post is new" in said
    assert "0 out with an address, 1 out, 1 failed, 0 known before" in said
    assert import_posts(checkout.folder, brand) == 0
    assert "0 out, 0 failed, 2 known before" in capsys.readouterr().out


def test_a_broken_post_is_named_and_the_others_come(
    checkout: Checkout, brand: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 with path, line and column; mended, the next import brings it."""
    checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    broken = checkout.folder / "posts/2025/2025-03-02-b.md"
    broken.write_text("---\nmedia: []\n---\nB", encoding="utf-8")
    assert import_posts(checkout.folder, brand) == 1
    assert "posts/2025/2025-03-02-b.md:2:1: media must name" in capsys.readouterr().err
    checkout.post("2025/2025-03-02-b", "B", mastodon_lab=True)
    assert import_posts(checkout.folder, brand, "--json") == 0
    new = read_json(capsys)["new"]
    assert isinstance(new, list)
    assert [path.rpartition("/")[2] for path in new] == ["2025-03-02-b.md"]


def test_without_a_legible_record_nothing_is_written(
    checkout: Checkout, brand: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows what is out then: refused before the first file."""
    checkout.post("2025/2025-03-01-a", "A", mastodon_lab=True)
    (checkout.folder / "processed_files.json").write_text("{", encoding="utf-8")
    assert import_posts(checkout.folder, brand) == 1
    assert "processed_files.json:1:2: not valid JSON" in capsys.readouterr().err
    assert not brand.exists()


def test_a_zone_that_does_not_exist(checkout: Checkout, brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped zone is a usage error, and nothing is written."""
    assert import_posts(checkout.folder, brand, "--timezone", "Europe/Belin") == 2
    assert "Europe/Berlin" in capsys.readouterr().err
    assert not brand.exists()


def test_pictures_that_cannot_be_fetched_stay_addresses(
    checkout: Checkout, brand: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The guard refuses an address of this machine: said, and the post keeps the address as an order."""
    checkout.post("2025/2025-03-01-a", "A\n![A cat on a chair](http://127.0.0.1:9/c.png)", mastodon_lab=True)
    assert import_posts(checkout.folder, brand, "--fetch", "--json") == 0
    pictures = read_json(capsys)["pictures"]
    assert isinstance(pictures, dict)
    assert list(pictures["failed"]) == ["http://127.0.0.1:9/c.png"]
    (post,) = (brand / "content").rglob("*.md")
    assert "{order: http://127.0.0.1:9/c.png, alt: A cat on a chair}" in post.read_text(encoding="utf-8")


def test_the_real_posts_become_a_clean_workspace(
    shared_data: Path, brand: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them, with every result in the ledger; check finds no error, a tick sends nothing, twice is once."""
    source = shared_data / "galaxy-social"
    files = {path.relative_to(source).as_posix() for path in source.glob("posts/**/*.md")}
    record = json.loads((source / "processed_files.json").read_text(encoding="utf-8"))
    results = [result for found in record.values() for result in found.values()]
    assert import_posts(source, brand, "--json") == 0
    said = read_json(capsys)
    posts, history = said["posts"], said["history"]
    assert isinstance(posts, list)
    assert {post["source"] for post in posts} == files
    failed = results.count(False)
    assert history == {"confirmed": 0, "imported": len(results) - failed, "failed": failed, "known": 0}
    assert execute(["check", "-w", str(brand)], ENGLISH) == 0
    capsys.readouterr()
    assert execute(["publish", "-w", str(brand)], ENGLISH) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert import_posts(source, brand, "--json") == 0
    again = read_json(capsys)
    assert (again["new"], again["history"]) == (
        [],
        {"confirmed": 0, "imported": 0, "failed": 0, "known": len(results)},
    )
