"""The keyboard and the screen of somebody who is asked."""

from __future__ import annotations

import select
import sys
from contextlib import suppress

import typer

from toolkit.messages import _


def is_watched() -> bool:
    """Whether somebody sits there: both ways lead to a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Keyboard:
    """Asks line by line; the end of input, like Ctrl-C, ends everything before anything is written."""

    def __init__(self) -> None:
        # Arrow keys move in the line where Python has the library for it; `input` finds it by itself.
        with suppress(ImportError):
            import readline  # noqa: F401
        # A terminal that does not speak UTF-8 gives no traceback; the conversation asks once more.
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="surrogateescape")

    def ask(self, question: str, default: str = "") -> str:
        """What is typed, all lines of what is pasted, or the default."""
        shown = f"{question} [{default}]: " if default else f"{question}: "
        try:
            lines = [input(shown)]
            while _is_waiting():
                lines.append(input())
        except EOFError:
            typer.echo()
            raise KeyboardInterrupt from None
        return "\n".join(lines).strip() or default

    def say(self, text: str = "") -> None:
        """Show a line."""
        typer.echo(text)

    def agrees(self, question: str) -> bool:
        """Whether they say yes; Return does. Anything but yes and no is asked again: much was answered before."""
        while True:
            match self.ask(f"\n{question} ({_('yes')}, {_('no')})", _("yes")).casefold():
                case "y" | "yes" | "j" | "ja":
                    return True
                case "n" | "no" | "nein":
                    return False


def _is_waiting() -> bool:
    """Whether there is more already than the line that was read: it was pasted, nobody types so fast."""
    try:
        return bool(select.select([sys.stdin], [], [], 0)[0])
    except (OSError, ValueError):  # Windows asks only sockets so
        return False
