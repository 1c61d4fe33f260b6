"""Writing a reply in one's own editor: the conversation and what is wrong stand below the text, and are never sent."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.values import dataclass

# A line of its own, so that a hashtag may begin a line of the text.
CUT: Final = "# ------------------------ >8 ------------------------"
Launch = Callable[[Path], None]
Check = Callable[[str], Sequence[Problem]]  # the errors of a text


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the editor: the text, and below it what the person should see."""

    text: str
    below: tuple[str, ...]

    def page(self, problems: Iterable[Problem] = ()) -> str:
        """The whole file. What is wrong stands right below the text."""
        told = [f"{one.span.line}:{one.span.col}: {one.message}" for one in problems]
        lines = [*told, *([""] if told else []), *self.below]
        return "\n".join([self.text, "", CUT, *(f"# {line}".rstrip() for line in lines), ""])


def write_in_editor(sheet: Sheet, check: Check, launch: Launch) -> tuple[str, Sequence[Problem]]:
    """The text when the editor is closed; opened again with the diagnostics while there are errors.

    Who closes it unchanged has had enough: then the errors come back with the text. The file is nobody else's and is
    removed in any case.
    """
    handle, name = tempfile.mkstemp(prefix="leitstand-reply-", suffix=".md")
    path = Path(name)
    try:
        os.close(handle)
        text = sheet.text
        problems: tuple[Problem, ...] = ()
        while True:
            before = Sheet(text, sheet.below).page(problems)
            path.write_text(before, encoding="utf-8")
            launch(path)
            page = path.read_text(encoding="utf-8", errors="replace")
            text, closed = read_page(page), page == before
            problems = tuple(check(text))
            if not problems or closed:
                return text, problems
    finally:
        _remove(path)


def read_page(page: str) -> str:
    """What stands above the line; without it, everything."""
    return page.partition(CUT)[0].strip()


def find_editor(environ: Mapping[str, str]) -> Launch:
    """The person's editor; raises `UsageError` where there is no terminal and none is named."""
    named = environ.get("VISUAL") or environ.get("EDITOR")
    if not sys.stdin.isatty():
        raise UsageError(
            _("without a terminal, give the answer: --text TEXT, --file FILE, or --text - for the standard input")
        )
    command = shlex.split(named or ("notepad" if os.name == "nt" else "vi"), posix=os.name != "nt")

    def launch(path: Path) -> None:
        try:
            code = subprocess.run([*command, str(path)], check=False).returncode  # the person's own editor
        except OSError as error:
            message = _("cannot open the editor {editor}: {error}; set EDITOR, or use --file FILE")
            raise LeitstandError(message.format(editor=command[0], error=error)) from error
        if code:
            raise LeitstandError(_("the editor {editor} ended with {code}").format(editor=command[0], code=code))

    return launch


def _remove(path: Path) -> None:
    """With what editors leave beside it."""
    for one in (path, *path.parent.glob(f"{path.name}~"), *path.parent.glob(f".{path.name}.sw?")):
        with suppress(FileNotFoundError):
            one.unlink()
