"""The keyboard and the screen of somebody who is asked."""

from __future__ import annotations

import sys

import typer

from toolkit.messages import _


def is_watched() -> bool:
    """Whether somebody sits there: both ways lead to a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Keyboard:
    """Asks line by line; the end of input, like Ctrl-C, ends everything before anything is written."""

    def ask(self, question: str, default: str = "") -> str:
        """What is typed, or the default."""
        shown = f"{question} [{default}]: " if default else f"{question}: "
        try:
            return input(shown) or default
        except EOFError:
            typer.echo()
            raise KeyboardInterrupt from None

    def say(self, text: str = "") -> None:
        """Show a line."""
        typer.echo(text)

    def agrees(self, question: str) -> bool:
        """Whether they say yes; Return does."""
        answer = self.ask(f"\n{question} ({_('yes')}, {_('no')})", _("yes"))
        return answer.strip().casefold() in {"y", "yes", "j", "ja"}
