"""The command line as a whole: exit codes, errors, speed of the imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import toolkit.cli
from toolkit.cli import VERBS, run
from toolkit.errors import LedgerError


def leitstand(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_help_lists_every_verb_and_imports_none(tmp_path: Path) -> None:
    """`--help` shows all verbs without loading one of their modules, so that it stays fast."""
    done = leitstand("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert all(f"  {verb} " in done.stdout for verb in VERBS)
    code = "import sys; from toolkit.cli import run; run(['--help'], {}); print([m for m in sys.modules if m.startswith('toolkit.cli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_typo_in_a_verb_gets_a_suggestion(tmp_path: Path) -> None:
    """A misspelt verb exits 2 and names the verb that was meant."""
    done = leitstand("chekc", cwd=tmp_path)
    assert done.returncode == 2
    assert "'check'" in done.stderr


def test_outside_a_workspace_the_remedy_is_named(tmp_path: Path) -> None:
    """Without a leitstand.toml above it, a verb exits 2 and says how to make one."""
    done = leitstand("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "leitstand init" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_defect_exits_3_with_a_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What we did not foresee exits 3 and leaves the traceback in a file, not on the screen."""

    def explode() -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(toolkit.cli, "make_command", explode)
    assert run(["check"], {}) == 3
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    log = Path(shown.split("the log ")[1].strip())
    assert "ZeroDivisionError: boom" in log.read_text(encoding="utf-8")
    log.unlink()


def test_an_expected_error_exits_1_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error that we foresee is one line and its own exit code."""

    def refuse() -> None:
        raise LedgerError("the ledger is newer than this program")

    monkeypatch.setattr(toolkit.cli, "make_command", refuse)
    assert run(["status"], {}) == 1
    assert capsys.readouterr().err == "leitstand: the ledger is newer than this program\n"


def test_an_interrupt_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """^C ends a verb with the shell's code for it."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(toolkit.cli, "make_command", interrupted)
    assert run(["check"], {}) == 130


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the package of an extra, the verb says what to install."""

    def without_httpx() -> None:
        raise ModuleNotFoundError("No module named 'httpx'", name="httpx")

    monkeypatch.setattr(toolkit.cli, "make_command", without_httpx)
    assert run(["publish"], {}) == 2
    assert "pip install 'leitstand[publish]'" in capsys.readouterr().err
