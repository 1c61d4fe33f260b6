from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.desk.conftest import write_settings
from toolkit.desk.house import House
from toolkit.desk.live import versions
from toolkit.errors import SettingsError
from toolkit.model import SetClock
from toolkit.workspace import Workspace, folder, keeping

POST = "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: {title}\n---\nHallo.\n"


def write_post(root: Path, title: str) -> None:
    file = root / "content/posts/a.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(POST.format(title=title), encoding="utf-8")


MADE: list[int] = []


def count_posts(workspace: Workspace) -> int:
    MADE.append(len(workspace.posts))
    return len(workspace.posts)


def test_files_are_read_once_for_any_number_of_requests(
    root: Path, house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests share one workspace; only what changed on disk is read again, a second later, or at once when we wrote it."""
    loads: list[Path] = []

    def load(path: Path, tree: object = None) -> Workspace:
        loads.append(path)
        return folder.load_workspace(path, tree)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(keeping, "load_workspace", load)
    first = house.workspace
    assert all(house.workspace is first for _request in range(100))
    write_post(root, "Neu")
    assert house.workspace is first
    clock.seconds += 2
    assert [post.title for post in house.workspace.posts] == ["Neu"]
    write_post(root, "Anders")
    house.forget()
    assert [post.title for post in house.workspace.posts] == ["Anders"]
    assert loads == []
    write_settings(root, "[policy]\ngrace = 30\n")
    clock.seconds += 2
    assert house.settings.policy.grace == 30
    assert len(loads) == 1


def test_what_is_made_of_the_workspace_is_kept_with_it(root: Path, house: House, clock: SetClock) -> None:
    """A shelf of answers is made once, and again when a file changed."""
    MADE.clear()
    assert [house.kept(count_posts) for _request in range(5)] == [0] * 5
    write_post(root, "Neu")
    clock.seconds += 2
    assert [house.kept(count_posts) for _request in range(5)] == [1] * 5
    assert MADE == [0, 1]


def test_threads_share_a_house(root: Path, house: House, clock: SetClock) -> None:
    """Many requests at once, while files change, see whole workspaces."""
    seen: list[int] = []
    wrong: list[Exception] = []

    def ask() -> None:
        try:
            for _request in range(200):
                house.forget()
                seen.append(len(house.workspace.posts) + house.kept(count_posts))
        except Exception as error:  # noqa: BLE001  # whatever it is, the test says it
            wrong.append(error)

    threads = [threading.Thread(target=ask) for _thread in range(6)]
    for thread in threads:
        thread.start()
    for number in range(20):
        write_post(root, f"Titel {number}")
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert len(seen) == 1200


def test_a_workspace_that_cannot_be_used_at_all_is_told_at_the_start(tmp_path: Path, clock: SetClock) -> None:
    """There is nothing to go on with when the desk starts on a broken file."""
    (tmp_path / "leitstand.toml").write_text("format = 2\n")
    with pytest.raises(SettingsError, match="format must be 1"):
        House(tmp_path, clock, {})


def test_a_version_changes_with_what_is_written(root: Path, house: House, clock: SetClock) -> None:
    """Inbox, posts and workspace each have their own; looking changes none."""
    with house.inbox(), house.ledger():
        pass
    before = versions(house)
    with house.inbox(read_only=True) as inbox, house.ledger(read_only=True) as ledger:
        assert inbox.conversations(now=house.now()) == []
        assert ledger.rows() == []
    assert versions(house) == before
    with house.inbox() as inbox, inbox.store.transaction() as transaction:
        transaction.run("INSERT INTO meta (name, value) VALUES ('probe', '1')")
    after = versions(house)
    assert {area for area in before if before[area] != after[area]} == {"inbox"}
    write_post(root, "Neu")
    clock.seconds += 2
    assert {area for area in before if after[area] != versions(house)[area]} == {"workspace"}
