"""`.ci/system-packages` derives the backports source from whatever sources a machine has."""

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "system-packages"

STANZAS = """\
# A comment
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: trixie trixie-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main
"""

EMBEDDED_KEY = """\
Enabled: no
Types: deb
URIs: http://wrong.example/debian
Suites: trixie
Components: main

Types: deb-src
URIs: http://also-wrong.example/debian
Suites: trixie
Components: main

Types: deb
URIs: http://mirror.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBFit2ioBEADhWpZ8
 -----END PGP PUBLIC KEY BLOCK-----
"""


def ask(folder: Path, function: str) -> tuple[int, str]:
    """Call one function of the script with `folder` in place of /etc/apt."""
    command = f"source '{SCRIPT}'; {function}"
    done = subprocess.run(
        ["bash", "-c", command],
        env={"APT_SOURCES": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def test_a_stanza_keeps_its_address_and_keyring(sources: Path) -> None:
    """Only the suite changes; comments and other stanzas stay out."""
    (sources / "sources.list.d" / "debian.sources").write_text(STANZAS)
    code, stanza = ask(sources, "deb822_stanza trixie")
    assert code == 0
    assert stanza.splitlines() == [
        "Types: deb",
        "URIs: http://mirror.example/debian",
        "Suites: trixie-backports",
        "Components: main contrib",
        "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg",
    ]


def test_disabled_and_source_stanzas_are_passed_over(sources: Path) -> None:
    """The stanza that is used is one that apt uses for binaries; an embedded key comes along whole."""
    (sources / "sources.list.d" / "debian.sources").write_text(EMBEDDED_KEY)
    _code, stanza = ask(sources, "deb822_stanza trixie")
    assert "wrong" not in stanza
    assert " mQINBFit2ioBEADhWpZ8\n -----END PGP PUBLIC KEY BLOCK-----" in stanza


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("deb http://mirror.example/debian trixie main", "deb http://mirror.example/debian trixie-backports main"),
        (
            "deb [ arch=amd64 signed-by=/k.gpg ] http://mirror.example/debian trixie main contrib",
            "deb [ arch=amd64 signed-by=/k.gpg ] http://mirror.example/debian trixie-backports main contrib",
        ),
        (
            "deb [signed-by=/k.gpg] http://mirror.example/debian trixie main",
            "deb [signed-by=/k.gpg] http://mirror.example/debian trixie-backports main",
        ),
    ],
)
def test_a_one_line_source_keeps_its_options(sources: Path, line: str, expected: str) -> None:
    """Old-style sources work as well, with options in either spacing."""
    (sources / "sources.list").write_text(
        f"# deb http://x.example trixie main\ndeb-src http://x.example trixie main\n{line}\n"
    )
    assert ask(sources, "list_line trixie") == (0, f"{expected}\n")


def test_a_release_without_a_source_is_an_error(sources: Path) -> None:
    """Nothing is guessed: without a source of the release there is nothing to derive from."""
    (sources / "sources.list").write_text("deb http://mirror.example/debian bookworm main\n")
    code, _out = ask(sources, "add_backports trixie")
    assert code != 0
    assert not list((sources / "sources.list.d").iterdir())


def test_backports_that_are_there_are_left_alone(sources: Path) -> None:
    """A second run, or a machine that has the suite already, adds nothing."""
    (sources / "sources.list").write_text("deb http://mirror.example/debian trixie-backports main\n")
    assert ask(sources, "has_backports trixie")[0] == 0
    assert ask(sources, "has_backports forky")[0] != 0
    assert ask(sources, "add_backports trixie")[0] == 0
    assert not list((sources / "sources.list.d").iterdir())
