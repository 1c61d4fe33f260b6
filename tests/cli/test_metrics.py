"""`leitstand metrics` in a workspace with a real store."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.metrics import Store, open_store
from toolkit.model import Observation

TOML = """\
format = 1

[workspace]
id = "probe"

[accounts.insta]
network = "instagram"
id = "123"
hand_off = true
"""
NOW = "2026-10-07T12:00+00:00"
PUBLISHED = datetime(2026, 10, 5, 8, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "brand"
    root.mkdir()
    (root / "leitstand.toml").write_text(TOML)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return root


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The workspace's store, with views that fall."""
    store = open_store(tmp_path / "state")
    for number, value in enumerate((120, 90)):
        moment = PUBLISHED + timedelta(hours=24 * number)
        row = Observation("01A", "insta", "views", value, moment, PUBLISHED, "csv", f"import-{number}")
        store.append([row], imported_at=moment, name=f"{number}.csv")
    return store


def metrics(root: Path, *words: str) -> int:
    return execute(["metrics", *words, "-w", str(root)], {"LEITSTAND_LANG": "en"})


def test_check_exits_with_one_for_errors(workspace: Path, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Errors come first, each with where it came from and the remedy; JSON has a line for each."""
    assert metrics(workspace, "check", "--now", NOW) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("!  insta 01A  2026-10-06 ")
    assert "views fell from 120 to 90" in lines[0]
    assert "(from csv, import import-1)" in lines[0]
    assert "leitstand import --undo import-1" in lines[1]
    assert lines[-1] == "1 error, 1 warning"
    assert metrics(workspace, "check", "--json", "--now", NOW) == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["kind"], one["severity"], one["import_id"]) for one in records] == [
        ("drop", "error", "import-1"),
        ("unknown", "warning", "import-1"),
    ]
    store.undo("import-1")
    assert metrics(workspace, "check", "--now", NOW) == 0


def test_an_empty_workspace_is_clean(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without numbers nothing is wrong, nothing is made, and people are told how numbers come."""
    assert metrics(workspace, "check", "--now", NOW) == 0
    assert metrics(workspace, "status", "--now", NOW) == 0
    assert metrics(workspace, "compact") == 0
    assert metrics(workspace, "rebuild") == 0
    said = capsys.readouterr().out
    assert "Nothing about the numbers is in doubt." in said
    assert "leitstand measure and leitstand import bring them" in said


def test_status_is_a_table_of_sources(workspace: Path, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows, imports, size, and of each source how old its newest number is."""
    assert metrics(workspace, "status", "--now", NOW) == 0
    said = capsys.readouterr().out
    assert "2 observations, 2 imports, 1 month, 2 files" in said
    row = next(line for line in said.splitlines() if "insta" in line)
    assert row.split()[:5] == ["insta", "csv", "2", "1", "2"]
    assert metrics(workspace, "status", "--json", "--now", NOW) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["rows"], record["tables_current"], len(record["sources"])) == (len(store.files()), True, 1)
    assert record["sources"][0]["last"] == "2026-10-06T08:00:00+00:00"


def test_upkeep_says_what_it_did(workspace: Path, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Compaction leaves one file a month, rebuild makes tables that were lost."""
    assert metrics(workspace, "compact") == 0
    assert "2 files merged" in capsys.readouterr().out
    assert len(store.files()) == 1
    for path in (store.folder / "tables").iterdir():
        path.unlink()
    assert metrics(workspace, "rebuild") == 0
    assert store.ages
