"""A conversation with `leitstand init` in a real pseudo-terminal, as somebody new has it; the documents show it.

``python -m tests.starter.conversation`` writes it anew into README.md and the German how-to page.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
from pathlib import Path
from typing import Final

import pexpect

ROOT: Final = Path(__file__).parents[2]
NOW: Final = "2026-11-21T12:00+01:00"
# Where the documents show it, in which language, and what is answered to question after question.
README: Final = ROOT / "README.md"
HOWTO: Final = ROOT / "guidelines/anleitung/anfangen.md"
ANSWERS: Final = {
    "en": [
        "",
        "Harbour Books",
        "Europe/London",
        "people who read on trains; teachers",
        "visits 800",
        "new books, readings, behind the counter",
        "Maya Cole <maya@harbour.example.com>",
        "editor, community",
        "Ben Frost",
        "manager",
        "",
        "1",
        "mastodon",
        "@harbour@social.example",
        "where we talk and answer",
        "instagram",
        "harbour.books",
        "the shop window",
        "",
        "#c2410c",
        "",
        "mon-sat 08:00-19:00",
        "github",
        "",
    ],
    "de": [
        "",
        "Hafenbuch",
        "",
        "Menschen, die im Zug lesen; Lehrerinnen und Lehrer",
        "visits 800",
        "Neue Bücher, Lesungen, Hinter der Theke",
        "Maja Kohl <maja@hafenbuch.example.com>",
        "Redaktion, Community",
        "Ben Frost",
        "Leitung",
        "",
        "1",
        "mastodon",
        "@hafenbuch@social.example",
        "wo wir reden und antworten",
        "instagram",
        "hafenbuch",
        "das Schaufenster",
        "",
        "#c2410c",
        "",
        "mo-sa 08:00-19:00",
        "github",
        "",
    ],
}
FOLDER: Final = {"en": "harbour-books", "de": "hafenbuch"}
_KEYS: Final = ("\x03", "\x04")  # Ctrl-C, Ctrl-D
_BLOCK: Final = re.compile(r"(?ms)^```console\n(\$ leitstand init [\w-]+\n.+?)^```$")


def _let_interrupt() -> None:
    """Who sits at a terminal can interrupt, also where the tests themselves were started in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def converse(folder: Path, language: str, answers: list[str], *, before: str = "") -> tuple[str, int]:
    """What the terminal shows from the command line on, and the exit code; `folder` is where the command is called.

    A shell does what stands in `before` first.
    """
    environ = {**os.environ, "LEITSTAND_LANG": language, "TERM": "dumb", "LEITSTAND_STATE_DIR": str(folder / "state")}
    call = [sys.executable, "-m", "toolkit", "init", FOLDER[language], "--now", NOW]
    if before:
        call = ["sh", "-c", f'{before}; exec "$@"', "sh", *call]
    child = pexpect.spawn(
        *(call[0], call[1:]),
        cwd=str(folder),
        env=environ,
        encoding="utf-8",
        timeout=60,
        dimensions=(50, 200),
        preexec_fn=_let_interrupt,
    )
    shown = [f"$ leitstand init {FOLDER[language]}\n"]
    for answer in answers:
        child.expect(r": $")
        shown += [str(child.before), str(child.after)]
        child.send(answer if answer in _KEYS else f"{answer}\r")
    child.expect(pexpect.EOF)
    shown.append(child.before or "")
    child.close()
    return "".join(shown).replace("\r\n", "\n"), child.exitstatus if child.exitstatus is not None else -1


def shown_in(document: Path) -> str:
    """The conversation as a document shows it."""
    found = _BLOCK.search(document.read_text(encoding="utf-8"))
    return found[1] if found else ""


def main() -> None:
    """Write what a terminal shows now into both documents."""
    for language, document in (("en", README), ("de", HOWTO)):
        with tempfile.TemporaryDirectory() as folder:
            shown, code = converse(Path(folder), language, ANSWERS[language])
        if code:
            sys.exit(f"{language}: exit code {code}\n{shown}")
        text = document.read_text(encoding="utf-8")
        document.write_text(_BLOCK.sub(lambda _found, new=shown: f"```console\n{new}```", text), encoding="utf-8")  # type: ignore[misc]  # mypy knows no default of a lambda


if __name__ == "__main__":
    main()
