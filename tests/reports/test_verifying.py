"""Making a report again as it was: late data play no part, and what cannot be had again is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.reports.test_runner import write_notebook
from toolkit.cli import execute
from toolkit.reports.manifest import versions

NOW = ("--now", "2026-11-21T19:00:00+01:00")
SOUND = {"same": True, "differences": [], "altered": [], "reasons": [], "news": []}


def leitstand(*args: str) -> int:
    return execute([*args, *(NOW if args[1] != "verify" else ())], {"LEITSTAND_LANG": "en"})


def verified(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = leitstand("report", "verify", str(path), "--json")
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def made(filled: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workspace with one report of a small notebook, which every test copies."""
    root = tmp_path_factory.mktemp("made") / "ws"
    shutil.copytree(filled.root, root)
    opened = "from toolkit.reports.scope import open_scope\nscope = open_scope(workspace, state, month, now=now)"
    asked = "SELECT sum(value) AS visits FROM observations WHERE metric = 'visits'"
    table = f"print(scope.store.query({asked!r}, {{}}).to_pylist()[0]['visits'])"
    write_notebook(root, "small", opened, table)
    with pytest.MonkeyPatch.context() as patch:
        enter(patch, root)
        assert leitstand("report", "small", "--month", "2026-10") == 0
    return root


def enter(patch: pytest.MonkeyPatch, root: Path) -> None:
    patch.setenv("LEITSTAND_STATE_DIR", str(root / "state"))
    patch.setenv("LEITSTAND_LANG", "en")
    patch.chdir(root)


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The report, in a workspace of the test's own."""
    root = tmp_path / "ws"
    shutil.copytree(made, root)
    enter(monkeypatch, root)
    return root / "state" / "reports" / "small" / "2026-10"


def test_what_came_later_plays_no_part_and_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a late import the same number comes out, and the import is named; the report made anew has another number."""
    before = (folder / "small.ipynb").read_text()
    assert verified(folder, capsys) == (0, SOUND)
    Path("late.csv").write_text("subject,metric,value,observed_at\nsite,visits,5000,2026-10-31 13:00\n")
    assert leitstand("import", "late.csv") == 0
    code, answer = verified(folder / "index.html", capsys)
    assert (code, answer["differences"]) == (0, [])
    assert answer["news"] == ["new import late.csv of 2026-11-21"]
    assert (folder / "small.ipynb").read_text() == before
    assert leitstand("report", "small", "--month", "2026-10", "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] is False
    assert json.loads((folder / "manifest.json").read_text())["basis"]["imports"][-1][1] == "late.csv"


def test_a_number_that_cannot_be_had_again_is_shown_with_the_reason(
    folder: Path, filled: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """An import that was taken back: exit code 1, the place, both numbers, and which import it is."""
    manifest = json.loads((folder / "manifest.json").read_text())
    imports = {name: one for one, name, *_rest in manifest["basis"]["imports"]}
    name = next(name for name in imports if any(word in name for word in ("site", "web", "matomo")))
    assert leitstand("import", "--undo", imports[name]) == 0
    code, answer = verified(folder / "manifest.json", capsys)
    assert code == 1
    assert [one["place"] for one in answer["differences"]] == ["c2"]
    assert answer["differences"][0]["then"] != answer["differences"][0]["now"]
    assert any(name in reason and "is gone" in reason for reason in answer["reasons"])


def test_a_page_that_somebody_changed_is_not_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The numbers come out the same, but the page is not the one that was made: it is named, and the exit code is 1."""
    (folder / "index.html").write_text("better numbers")
    code, answer = verified(folder, capsys)
    assert (code, answer["same"], answer["altered"]) == (1, True, ["index.html"])
    assert leitstand("report", "verify", str(folder)) == 1
    assert "index.html is not what was made: it was changed or removed afterwards" in capsys.readouterr().out


def test_what_was_set_is_verified_with_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--set reaches the notebook, the report lies beside the plain one, and is made again with the same value."""
    path = Path("notebooks/small.ipynb")
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] += "\ntop = 5"
    notebook["cells"].append({**notebook["cells"][2], "id": "c9", "source": "print('top is', top)"})
    path.write_text(json.dumps(notebook))
    assert leitstand("report", "small", "--month", "2026-10", "--set", "top=7") == 0
    made = folder.parent / "2026-10-top-7"
    assert "top is 7" in (made / "index.html").read_text()
    assert folder.is_dir()
    code, answer = verified(made, capsys)
    assert (code, answer) == (0, SOUND)


def test_the_same_rows_under_another_id_are_the_same_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An import is taken back and made again from a file with a comment more: told, and no difference, dates included."""
    rows = "subject,metric,value,observed_at\nsite,visits,5000,2026-10-31 13:00\n"
    Path("late.csv").write_text(rows)
    assert leitstand("import", "late.csv") == 0
    opened = "from toolkit.reports.scope import open_scope\nscope = open_scope(workspace, state, month, now=now)"
    table = "print([(one.id, one.imported_at) for one in scope.store.imports()], scope.engine.observations.num_rows)"
    write_notebook(Path(), "listed", opened, table)
    assert leitstand("report", "listed", "--month", "2026-10") == 0
    made = folder.parents[1] / "listed" / "2026-10"
    listed = {name: one for one, name, *_rest in json.loads((made / "manifest.json").read_text())["basis"]["imports"]}
    assert leitstand("import", "--undo", listed["late.csv"]) == 0
    Path("late.csv").write_text(f"{rows}\n")
    assert execute(["import", "late.csv", "--now", "2026-11-22T10:00:00+01:00"], {"LEITSTAND_LANG": "en"}) == 0
    code, answer = verified(made, capsys)
    again = "the import late.csv of 2026-11-21 was taken back and made again on 2026-11-22; its rows are the same"
    assert (code, answer) == (0, {**SOUND, "news": [again]})


@pytest.mark.parametrize("broken", ["{", "[]", '{"format": 1}'])
def test_a_manifest_that_cannot_be_read_is_a_sentence(
    folder: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and what to do."""
    (folder / "manifest.json").write_text(broken)
    assert leitstand("report", "verify", str(folder)) == 2
    assert "manifest.json" in capsys.readouterr().err


def test_there_must_be_a_report(
    filled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and what to do."""
    monkeypatch.chdir(filled.root)
    assert leitstand("report", "verify", str(tmp_path)) == 2
    assert "make it first" in capsys.readouterr().err


def test_a_name_that_is_wrong_is_not_verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the file's name beside a sound report is told, and the report is not called sound."""
    assert leitstand("report", "verify", str(folder / "indx.html")) == 2
    assert f"there is no {folder / 'indx.html'}" in capsys.readouterr().err


def test_another_version_of_a_library_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report is made again although nothing else has changed, and verify says which version was another."""
    known = dict(versions())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.reports.basis.versions", lambda: {**known, "pandas": "0.25.3"})
        assert leitstand("report", "small", "--month", "2026-10") == 0
        capsys.readouterr()
        assert leitstand("report", "small", "--month", "2026-10", "--json") == 0
        assert json.loads(capsys.readouterr().out)["unchanged"] is True
    code, answer = verified(folder, capsys)
    assert (code, answer["differences"]) == (0, [])
    assert answer["reasons"] == [f"pandas is {known['pandas']}, it was 0.25.3"]
    assert leitstand("report", "small", "--month", "2026-10", "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] is False
