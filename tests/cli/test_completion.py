"""`leitstand completion`: what the Tab key proposes, in real shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.probe import PROBE, person
from tests.servers.absent import without_server
from toolkit.cli import VERBS, execute
from toolkit.cli.completion.proposing import propose
from toolkit.cli.completion.scripts import SHELLS, script

POST = "---\nuid: 01M727V5M2AABTS8VD0BRPK88Q\ntitle: Tea: green\nauthor: anna\nstatus: draft\n---\nText.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with two people, an account and a post."""
    (tmp_path / "leitstand.toml").write_text(PROBE + person("arne", "Arne Aas", "manager"), encoding="utf-8")
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/tea-green.md").write_text(POST, encoding="utf-8")
    return tmp_path


def proposed(folder: Path, *words: str) -> list[str]:
    return [value for value, _meaning in propose(words, folder)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("ap",), ["approve"]),
        (("inbox", "rep"), ["replies", "reply"]),
        (("inbox", "rules", "t"), ["test"]),
        (("preview", ""), ["tea-green"]),
        (("preview", "--chan"), ["--channel"]),
        (("preview", "--channel", "n"), ["news"]),
        (("approve", "tea-green", "--by", ""), ["anna", "arne"]),
        (("hold", "--by", "ar"), ["arne"]),
        (("report", "--exec"), ["--executor"]),
        (("plan", "--format", ""), ["text", "markdown"]),
        (("kpi", "engaged"), ["engaged_users"]),
        (("rules", "show", "alt"), ["alt-text"]),
        (("completion", "f"), ["fish"]),
        (("import", ""), []),
        (("wibble", ""), []),
    ],
)
def test_the_line_goes_on(folder: Path, words: tuple[str, ...], wanted: list[str]) -> None:
    """Commands, commands below them, options, and the workspace's own names; nothing where files are meant."""
    assert proposed(folder, *words) == wanted


def test_every_command_is_proposed_with_what_it_does(folder: Path) -> None:
    """An empty line proposes all commands in their order."""
    assert propose([""], folder) == list(VERBS.items())


def test_another_workspace_is_asked(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """After `-w` the names are those of that workspace; outside of any there are none, and no error."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert proposed(elsewhere, "preview", "-w", str(folder), "t") == ["tea-green"]
    assert proposed(elsewhere, "preview", "t") == []


def test_a_broken_workspace_proposes_nothing(folder: Path) -> None:
    """Settings that cannot be read are no reason for noise at the Tab key."""
    (folder / "leitstand.toml").write_text("format = [", encoding="utf-8")
    assert proposed(folder, "preview", "--channel", "") == []


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which `leitstand` is the one under test."""
    tools = tmp_path / "bin"
    tools.mkdir()
    command = tools / "leitstand"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m toolkit "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return f"{tools}:{os.environ['PATH']}"


def surroundings(path: str) -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PATH": path, "PYTHONPATH": root, "LEITSTAND_LANG": "en", "TERM": "dumb"}


def test_bash_completes(folder: Path, path: str) -> None:
    """In a real bash the function that the script registers finds the post, also one that has to be quoted."""
    (folder / "content/posts/tea two.md").write_text(POST.replace("Q\n", "R\n"), encoding="utf-8")
    asked = 'COMP_WORDS=(leitstand preview te); COMP_CWORD=2; _leitstand; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "--norc", "-c", f"{script('bash')}\n{asked}; complete -p leitstand"],
        cwd=folder,
        env=surroundings(path),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    *found, registered = done.stdout.splitlines()
    assert sorted(found) == ["tea-green", "tea\\ two"]
    assert registered == "complete -o default -F _leitstand leitstand"


def test_fish_completes(folder: Path, path: str) -> None:
    """A real fish proposes the person with their name beside."""
    if shutil.which("fish") is None:
        without_server("fish is not installed", "apt-get install fish")
    (folder / "l.fish").write_text(script("fish"), encoding="utf-8")
    done = subprocess.run(
        ["fish", "--no-config", "-c", "source l.fish; complete -C 'leitstand approve tea-green --by ar'"],
        cwd=folder,
        env=surroundings(path),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "arne\tArne Aas\n"


def test_zsh_completes(folder: Path, path: str) -> None:
    """In a real zsh at a terminal the Tab key writes the rest of the word."""
    if shutil.which("zsh") is None:
        without_server("zsh is not installed", "apt-get install zsh")
    (folder / "_leitstand").write_text(script("zsh"), encoding="utf-8")
    child = pexpect.spawn(
        "zsh", ["-f", "-i"], cwd=str(folder), env=surroundings(path), encoding="utf-8", timeout=60, echo=False
    )
    child.sendline("PS1='ready> '; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; echo go''od")
    child.expect("good")
    child.send("leitstand preview tea-g\t")
    child.send("\x01print -r -- \n")  # to the line's beginning: what stands on it is printed, and not run
    child.expect(r"\nleitstand preview tea-green")
    child.sendline("exit")
    child.expect(pexpect.EOF)
    child.close()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_put_where_the_shell_looks(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--install` writes exactly what is printed, and says what is left to do where something is."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert execute(["completion", shell], {"LEITSTAND_LANG": "en"}) == 0
    printed = capsys.readouterr().out
    assert execute(["completion", shell, "--install"], {"LEITSTAND_LANG": "en"}) == 0
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert file.read_text(encoding="utf-8") == printed
    assert str(file) in capsys.readouterr().out


def test_an_unknown_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A shell that nobody taught us exits 2 and names those that are known."""
    assert execute(["completion", "tcsh"], {"LEITSTAND_LANG": "en"}) == 2
    assert "bash, fish, powershell, zsh" in capsys.readouterr().err
