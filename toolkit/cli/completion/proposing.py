"""What a command line may go on with: commands, options, and the names that this workspace has for their values.

Somebody waits with a finger on the key: rooms are imported by the functions that need them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolkit.cli import VERBS, load_verb
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.workspace import Workspace

# A value, and in a few words what it is.
Proposal = tuple[str, str]
_WORKSPACE: Final = ("-w", "--workspace")


@dataclass(frozen=True, slots=True)
class Line:
    """A command line up to the cursor: the command that was found, the arguments it has, and what is begun.

    `asking` is the option whose value is begun, None where a word or an option is.
    """

    command: Any  # typer's vendored classes have no public types
    arguments: int
    begun: str
    folder: Path
    asking: Any = None


def propose(words: Sequence[str], folder: Path) -> list[Proposal]:
    """What `words[-1]`, the word at the cursor, may become; empty where files are meant, or nothing is known."""
    *before, begun = words
    if not before:
        return [(verb, _(text)) for verb, text in VERBS.items() if verb.startswith(begun)]
    if before[0] not in VERBS:
        return []
    try:
        line = _read(load_verb(before[0]), before[1:], begun, folder)
    except ModuleNotFoundError:
        return []  # its extra is not installed
    return [(value, meaning) for value, meaning in _offered(line) if value.startswith(line.begun)]


def _read(command: Any, words: Sequence[str], begun: str, folder: Path) -> Line:
    """Walk along the words to the command that the cursor stands in."""
    line, waiting = Line(command, 0, begun, folder), None
    for word in words:
        if waiting is not None:
            line = _valued(line, waiting, word)
            waiting = None
        elif (option := _option(line.command, word)) is not None:
            waiting = None if option.is_flag or "=" in word else option
        elif (sub := getattr(line.command, "commands", {}).get(word)) is not None:
            line = replace(line, command=sub, arguments=0)
        else:
            line = replace(line, arguments=line.arguments + 1)
    return replace(line, asking=waiting)


def _valued(line: Line, option: Any, value: str) -> Line:
    return replace(line, folder=line.folder / value) if set(option.opts) & {*_WORKSPACE} else line


def _option(command: Any, word: str) -> Any:
    name = word.partition("=")[0]
    found = (one for one in command.params if name in one.opts and name.startswith("-"))
    return next(found, None)


def _offered(line: Line) -> Iterable[Proposal]:
    if line.asking is not None:
        return _values(line.asking, line.folder)
    if line.begun.startswith("-"):
        return _options(line.command)
    commands = getattr(line.command, "commands", {})
    if commands and not line.arguments:
        return [(name, _first(sub.help)) for name, sub in sorted(commands.items()) if not sub.hidden]
    argument = _argument(line)
    if argument is None:
        return ()
    own = _OWN.get((line.command.name, argument.name))
    return own(line.folder) if own else _values(argument, line.folder)


def _options(command: Any) -> Iterator[Proposal]:
    for one in command.params:
        if one.opts[0].startswith("-") and not getattr(one, "hidden", False):
            yield max(one.opts, key=len), _first(one.help)


def _argument(line: Line) -> Any:
    """The argument at the cursor; the last one takes as many words as there are."""
    arguments = [one for one in line.command.params if not one.opts[0].startswith("-")]
    if not arguments or (line.arguments >= len(arguments) and arguments[-1].nargs != -1):
        return None
    return arguments[min(line.arguments, len(arguments) - 1)]


def _values(parameter: Any, folder: Path) -> Iterable[Proposal]:
    choices = getattr(parameter.type, "choices", None)
    if choices:
        return [(str(getattr(one, "value", one)), "") for one in choices]
    named = (parameter.metavar or parameter.name or "").strip("[].").split("]")[0].casefold()
    for name in (named, *(option.lstrip("-") for option in parameter.opts)):
        if name in _NAMES:
            return list(_NAMES[name](folder))
    return ()


def _first(text: str | None) -> str:
    return (text or "").split("\n")[0]


def _workspace(folder: Path) -> Workspace | None:
    from toolkit.workspace import find_root, load_workspace

    try:
        return load_workspace(find_root(folder))
    except (LeitstandError, OSError):
        return None


def _posts(folder: Path) -> Iterator[Proposal]:
    """The names of posts' files, the latest first: who types a name works on what is next or was just out."""
    workspace = _workspace(folder)
    posts = workspace.posts if workspace else ()
    latest = sorted(posts, key=lambda post: str(post.publish.wall) if post.publish else "9", reverse=True)
    for post in latest:
        yield post.path.rpartition("/")[2].removesuffix(".md"), post.title


def _settings(folder: Path, table: str) -> Mapping[str, Any]:
    from toolkit.source import FolderTree
    from toolkit.workspace import find_root, load_settings

    try:
        settings = load_settings(FolderTree(find_root(folder)))[0]
    except (LeitstandError, OSError):
        return {}
    found: Mapping[str, Any] = settings.people if table == "people" else settings.accounts
    return found


def _people(folder: Path) -> Iterator[Proposal]:
    yield from ((key, one.name) for key, one in _settings(folder, "people").items())


def _accounts(folder: Path) -> Iterator[Proposal]:
    yield from ((name, one.title or one.network) for name, one in _settings(folder, "accounts").items())


def _campaigns(folder: Path) -> Iterator[Proposal]:
    workspace = _workspace(folder)
    yield from ((name, one.title) for name, one in (workspace.campaigns if workspace else {}).items())


def _rules(folder: Path) -> Iterator[Proposal]:
    from toolkit.lint import all_rules, workspace_rules

    workspace = _workspace(folder)
    rules = workspace_rules(workspace) if workspace else all_rules()
    yield from ((name, _(rule.summary)) for name, rule in rules.items())


def _kpis(_folder: Path) -> Iterator[Proposal]:
    from toolkit.kpis import KPIS

    yield from ((kpi.name, _(kpi.title)) for kpi in KPIS.values())


def _networks(_folder: Path) -> Iterator[Proposal]:
    from toolkit.networks import NETWORKS

    yield from ((network.name, network.title) for network in NETWORKS.values())


def _words(*known: str) -> Callable[[Path], Iterable[Proposal]]:
    return lambda _folder: [(word, "") for word in known]


def _topics(folder: Path) -> Iterator[Proposal]:
    from toolkit.cli.explain.topics import all_topics

    root = _workspace(folder)
    yield from ((topic.name, topic.title) for topic in all_topics(root.tree if root else None, ""))


# How a parameter is called → what its values may be. Whatever is not here is left to the shell, which knows files.
_NAMES: Final[Mapping[str, Callable[[Path], Iterable[Proposal]]]] = {
    "post": _posts,
    "channel": _accounts,
    "account": _accounts,
    "by": _people,
    "author": _people,
    "person": _people,
    "assignee": _people,
    "campaign": _campaigns,
    "rule": _rules,
    "word": _topics,
    "network": _networks,
    "kpi": _kpis,
    "shell": _words("bash", "zsh", "fish", "powershell"),
    "ci": _words("github", "gitlab"),
    "language": _words("de", "en"),
}
# Where a command calls its argument by a word that says nothing elsewhere.
_OWN: Final[Mapping[tuple[str, str], Callable[[Path], Iterable[Proposal]]]] = {("kpi", "name"): _kpis}
