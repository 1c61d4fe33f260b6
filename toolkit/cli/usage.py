"""The words that typer brings of its own, in the reader's language: headings of helps, and what is wrong with a line.

typer has no catalogue for them, so they are recognised by their English text; what it says that is not in the list
stays English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from re import Match
from typing import Any, Final

import typer
from typer.core import TyperCommand

from toolkit.messages import _

# What typer raises for a command line that it cannot read; its own class is private.
UnreadableLine: Final[type[Exception]] = typer.BadParameter.__bases__[0]

Say = Callable[[Match[str]], str]


def _no_option(match: Match[str]) -> str:
    from toolkit.cli.near import near_options

    if known := near_options(match["name"], match["known"] or ""):
        return _("there is no option {name}; did you mean {known}?").format(name=match["name"], known=known)
    return _("there is no option {name}").format(name=match["name"])


def _no_command(match: Match[str]) -> str:
    if match["known"]:
        return _("there is no command {name}; did you mean {known}?").format(name=match["name"], known=match["known"])
    return _("there is no command {name}").format(name=match["name"])


_SAID: Final[tuple[tuple[str, Say], ...]] = (
    (r"No such option: (?P<name>\S+)(?: \(Possible options: (?P<known>.*)\))?", _no_option),
    (r"No such command '(?P<name>.*?)'\.(?: Did you mean (?P<known>.*)\?)?", _no_command),
    (r"No such command '(?P<name>.*?)'(?P<known>)\.?", _no_command),
    (r"Missing command\.", lambda _match: _("a command is missing")),
    (r"Missing \w+ '(?P<name>[^']+)'.*", lambda match: _("{name} is missing").format(name=say_places(match["name"]))),
    (
        r"Option '(?P<name>.*)' requires an argument\.",
        lambda match: _("{name} needs a value").format(**match.groupdict()),
    ),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)",
        lambda match: _("{name} is too much here").format(**match.groupdict()),
    ),
    (
        r"Invalid value for '(?P<name>.*?)'.*: '(?P<value>.*)' is not a valid (?:int|float|integer|number).*",
        lambda match: _("{name} needs a number, not {value!r}").format(**match.groupdict()),
    ),
    (
        r"Invalid value for '(?P<name>.*?)'.*: (?P<value>\S+) is not in the range (?P<range>.*)\.",
        lambda match: _("{name} must be in the range {range}, not {value}").format(**match.groupdict()),
    ),
    (
        r"Invalid value for '(?P<name>.*?)'.*: '(?P<value>.*)' is not one of (?P<known>.*)\.",
        lambda match: _("{name} must be one of {known}, not {value!r}").format(**match.groupdict()),
    ),
)


def say_unreadable(error: Any) -> str:
    """What is wrong with a command line, and where its help is; for a line without arguments, that help."""
    said = str(error.format_message())
    if said.startswith(_("Usage:") + " "):
        return said
    found = ((re.fullmatch(pattern, said, re.DOTALL), say) for pattern, say in _SAID)
    sentence = _meant_verb(error) or _meant_month(error) or next((say(match) for match, say in found if match), said)
    path = error.ctx.command_path if error.ctx else "leitstand"
    return f"leitstand: {sentence}\n" + _("see: {command}").format(command=f"{path} --help")


def _meant_verb(error: Any) -> str:
    """For ``leitstand backup`` and ``leitstand --check``, the verb that is meant; else ""."""
    command = getattr(error.ctx, "command", None)
    known = getattr(command, "commands", None)
    written = re.fullmatch(r"No such (?:command '(?P<verb>.*?)'|option: (?P<option>\S+)).*", error.message, re.DOTALL)
    if known is None or written is None or error.ctx.parent is not None:
        return ""
    from toolkit.cli.near import near_verb

    name = written["verb"] or written["option"] or ""
    if not (meant := near_verb(name, known)):
        return ""
    return _("there is no command {name}; did you mean {known}?").format(name=name, known=meant)


def _meant_month(error: Any) -> str:
    """For ``leitstand calendar 2026-12``, that a month goes with its option; else ""."""
    written = re.search(r"extra arguments?.*\((?P<month>\d{4}-\d{1,2})\)", error.message)
    options = [name for one in getattr(getattr(error.ctx, "command", None), "params", ()) for name in one.opts]
    if written is None or "--month" not in options:
        return ""
    command = f"{error.ctx.command_path} --month {written['month']}"
    return _("a month goes with its option: {command}").format(command=command)


def _words() -> dict[str, str]:
    return {
        "Arguments": _("Arguments"),
        "Options": _("Options"),
        "Commands": _("Commands"),
        "Show this message and exit.": _("Show this message and exit."),
    }


def _defaults() -> dict[str, str]:
    """What stands in the round brackets of a default that is no value."""
    return {"here": _("this folder"), "the next": _("the next one"), "kit-POST": _("kit-POST")}


_PLACE: Final = re.compile(r"<(?:str|int range|int|float|path)>|\b(?<!-)[A-Z]{2,}\b")


def _places() -> dict[str, str]:
    """What stands in a help for what is to be written there."""
    return {
        "<str>": _("<text>"),
        "<int>": _("<number>"),
        "<int range>": _("<number>"),
        "<float>": _("<decimal number>"),
        "<path>": _("<path>"),
        "OPTIONS": _("OPTIONS"),
        "COMMAND": _("COMMAND"),
        "ARGS": _("ARGUMENTS"),
        "ACCOUNT": _("ACCOUNT"),
        "AUTHOR": _("AUTHOR"),
        "CHANNEL": _("CHANNEL"),
        "COLUMN": _("COLUMN"),
        "DIR": _("FOLDER"),
        "FIELD": _("FIELD"),
        "FILE": _("FILE"),
        "FILES": _("FILES"),
        "FOLDER": _("FOLDER"),
        "IDEA": _("IDEA"),
        "LABEL": _("LABEL"),
        "LEVEL": _("LEVEL"),
        "NAME": _("NAME"),
        "NETWORK": _("NETWORK"),
        "OURS": _("OURS"),
        "PATHS": _("PATHS"),
        "PERSON": _("PERSON"),
        "PLAYBOOK": _("PLAYBOOK"),
        "POST": _("POST"),
        "REPLY": _("REPLY"),
        "REV": _("REVISION"),
        "ROLE": _("ROLE"),
        "RULE": _("RULE"),
        "TARGET": _("TARGET"),
        "TEXT": _("TEXT"),
        "THEIRS": _("THEIRS"),
        "TIME": _("TIME"),
        "TITLE": _("TITLE"),
        "WHAT": _("WHAT"),
        "WORD": _("WORD"),
        "ZONE": _("ZONE"),
    }


def say_places(shown: str) -> str:
    """`shown`, such as ``[OPTIONS] {TITLE}`` or ``--day <str>``, with what is to be written there in words."""
    places = _places()
    return _PLACE.sub(lambda match: places.get(match[0], match[0]), shown)


_context: Any = TyperCommand.context_class
_formatter: Any = _context.formatter_class


class _HelpFormatter(_formatter):  # type: ignore[misc]  # typer's own class is private
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, say_places(args), prefix or _("Usage:") + " ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_words().get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], **sizes: int) -> None:
        super().write_dl([(say_places(name), _translated(text)) for name, text in rows], **sizes)


class _HelpContext(_context):  # type: ignore[misc]  # as above
    formatter_class = _HelpFormatter


def _translated(text: str) -> str:
    text = _words().get(text, text)
    for default, said in _defaults().items():
        text = text.replace(f"[default: ({default})", f"[default: {said}")
    return text.replace("[default: ", _("[default: ")).replace("[required]", _("[required]"))


def speak_help(command: Any) -> None:
    """Have a command, and the ones inside it, print their helps in the reader's language and in full."""
    command.context_class = _HelpContext
    command.short_help = command.help
    for parameter in command.params:
        if parameter.param_type_name == "argument" and parameter.metavar is None:
            parameter.metavar = parameter.name.upper() + ("..." if parameter.nargs < 0 else "")
    for inner in getattr(command, "commands", {}).values():
        speak_help(inner)


def every_verb(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command by its whole name, and all below it, such as ``inbox``, ``inbox rules`` and ``inbox rules test``."""
    yield name, command
    for inner, sub in sorted(getattr(command, "commands", {}).items()):
        yield from every_verb(f"{name} {inner}", sub)


def is_called(command: Any) -> bool:
    """Whether it does something by itself, and is not only the name of the verbs below it."""
    return not getattr(command, "commands", {}) or bool(command.invoke_without_command)
