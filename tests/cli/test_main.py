"""The command line as a whole: exit codes, errors, speed of the imports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit.cli
from toolkit.cli import VERBS, execute
from toolkit.errors import LedgerError


def leitstand(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_help_lists_every_verb_and_imports_none(tmp_path: Path) -> None:
    """`--help` shows all verbs without loading one of their modules, so that it stays fast."""
    done = leitstand("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert all(f"  {verb} " in done.stdout for verb in VERBS)
    code = "import sys; from toolkit.cli import execute; execute(['--help'], {}); print([m for m in sys.modules if m.startswith('toolkit.cli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['toolkit.cli.usage']"


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
    assert execute(["check"], {}) == 3
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
    assert execute(["status"], {}) == 1
    assert capsys.readouterr().err == "leitstand: the ledger is newer than this program\n"


def test_an_interrupt_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """^C ends a verb with the shell's code for it."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(toolkit.cli, "make_command", interrupted)
    assert execute(["check"], {}) == 130


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the package of an extra, the verb says what to install."""

    def without_httpx() -> None:
        raise ModuleNotFoundError("No module named 'httpx'", name="httpx")

    monkeypatch.setattr(toolkit.cli, "make_command", without_httpx)
    assert execute(["publish"], {}) == 2
    assert "pip install 'leitstand[publish]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["stats"], "there is no command stats; did you mean 'status'?"),
        (["--chek"], "there is no command --chek; did you mean 'check'?"),
        (["backup"], "there is no command backup; did you mean 'ledger backup'?"),
        (["palete"], "there is no command palete; did you mean 'tokens palette'?"),
        (["tokens", "chek"], "there is no command chek; did you mean 'check'?"),
        (["überprüfen"], "there is no command überprüfen"),
        ([""], "there is no command "),
        (["check", "--html"], "there is no option --html"),
        (["tokens", "--heck"], "there is no option --heck"),
        (["check", "--hlep"], "there is no option --hlep; did you mean --help?"),
        (["status", "--josn"], "there is no option --josn; did you mean --json?"),
    ],
)
def test_what_does_not_exist_gets_the_nearest_that_does(
    args: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nearest verb, also one of a verb; --help only where that was meant; nothing where nothing is near."""
    assert execute(args, {"LEITSTAND_LANG": "en"}) == 2
    assert capsys.readouterr().err.splitlines()[0] == f"leitstand: {said}"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["chekc"], "es gibt keinen Befehl chekc; meintest du 'check'?"),
        (["check", "--jsn"], "es gibt keine Option --jsn; meintest du --json, --now?"),
        (["pause"], "--reason fehlt"),
        (["plan", "--from"], "--from braucht einen Wert"),
        (["status", "all"], "all ist hier zu viel"),
        (["plan", "--format", "pdf"], "--format muss einer dieser Werte sein: 'text', 'markdown', nicht 'pdf'"),
        (["log", "--limit", "x"], "--limit braucht eine Zahl, nicht 'x'"),
        (["log", "--limit", "0"], "--limit muss im Bereich x>=1 liegen, nicht 0"),
    ],
)
def test_a_line_that_cannot_be_read_is_explained_in_the_readers_language(
    args: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typos, missing and surplus values: one sentence in German and where the help is, exit code 2."""
    assert execute(args, {"LEITSTAND_LANG": "de"}) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == f"leitstand: {said}"
    assert second.startswith("siehe: leitstand ")


def test_helps_are_german_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """No English word of typer's and no text cut off with dots, on the narrowest terminal people use."""
    for args in (["--help"], ["ledger", "--help"], ["resolve", "--help"]):
        assert execute(args, {"LEITSTAND_LANG": "de"}) == 0
        shown = capsys.readouterr().out
        assert shown.startswith("Aufruf: leitstand")
        assert not re.search(
            r"Usage|Options:|Commands:|Show this|\[default|\brequired\b|\w\.\.\.$", shown, re.MULTILINE
        )


def test_errors_of_the_system_are_said_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not there is named in German, without an error number."""
    monkeypatch.setenv("LEITSTAND_LANG", "de")
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\n')
    line = ["import", str(tmp_path / "gone.csv"), "--workspace", str(tmp_path)]
    assert execute(line, {"LEITSTAND_LANG": "de"}) == 1
    assert capsys.readouterr().err == f"leitstand: {tmp_path / 'gone.csv'} gibt es nicht\n"


def test_output_in_another_encoding_is_no_defect(tmp_path: Path) -> None:
    """In a pipe or file of an encoding without ticks and umlauts the letters that it lacks are question marks."""
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "LEITSTAND_LANG": "de"}
    command = [sys.executable, "-m", "toolkit", "doctor"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert done.returncode == 1  # there is no workspace
    assert done.stdout.startswith(b"? leitstand")
    assert done.stdout.isascii()
