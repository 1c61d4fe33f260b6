"""Reading what galaxy-social left behind. A file that cannot be used is a problem with its place; the rest is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.migration.galaxy.commits import read_arrivals
from toolkit.migration.galaxy.pictures import Picture, take_pictures
from toolkit.migration.galaxy.values import Values
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.source import decode, read_frontmatter
from toolkit.source.nodes import Mapping as Table
from toolkit.source.nodes import NodeError, Sequence, read_nodes
from toolkit.values import dataclass

RULE: Final = "import-posts"
PLUGINS: Final = "plugins.yml"
RESULTS: Final = "processed_files.json"
# What a failed file is renamed to before it is tried again; a copy of a copy has two.
_RETRY: Final = re.compile(r"^(?:retry-\d+_)+")


@dataclass(frozen=True, slots=True)
class Plugin:
    """An account of plugins.yml; `network` is the first word of its class."""

    name: str
    network: str
    enabled: bool
    config: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A post file; `path` begins with ``posts/``. `text` is without its pictures."""

    path: str
    channels: tuple[str, ...]
    text: str
    pictures: tuple[Picture, ...] = ()
    mentions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hashtags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a post on a channel."""

    published: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """Everything in the folder. `outcomes` is in the order of publication; `arrivals` says when a post was merged."""

    plugins: tuple[Plugin, ...]
    entries: tuple[Entry, ...]
    outcomes: Mapping[str, Mapping[str, Outcome]]
    problems: tuple[Problem, ...] = ()
    arrivals: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether accounts and results could be read; without them nobody knows what was published where."""
        return not any(problem.path in (PLUGINS, RESULTS) for problem in self.problems)


def root_name(path: str) -> str:
    """The path of the file of which `path` is a copy to be tried again; `path` itself when it is none."""
    pure = PurePosixPath(path)
    return str(pure.with_name(_RETRY.sub("", pure.name)))


def read_export(folder: Path) -> Export:
    """Read a checkout of galaxy-social. Raises `UsageError` when the folder is none."""
    missing = [name for name in ("posts", PLUGINS) if not (folder / name).exists()]
    if missing:
        message = _("{folder} is no checkout of galaxy-social: {names} is missing there")
        raise UsageError(message.format(folder=folder, names=", ".join(missing)))
    problems: list[Problem] = []
    plugins = tuple(_read_plugins(folder, problems))
    outcomes = _read_results(folder, problems)
    paths = sorted(path for path in (folder / "posts").rglob("*.md") if path.is_file() and not path.is_symlink())
    found = (_read_entry(folder, path, problems) for path in paths)
    entries = tuple(entry for entry in found if entry)
    return Export(plugins, entries, outcomes, tuple(problems), read_arrivals(folder))


def _source(folder: Path, path: Path, problems: list[Problem]) -> SourceText | None:
    """The text of a file, with the line endings that galaxy-social read."""
    source, found = decode(path.relative_to(folder).as_posix(), path.read_bytes())
    problems += [problem for problem in found if problem.severity is Severity.ERROR]
    return None if source is None else SourceText(source.path, source.text.replace("\r\n", "\n"))


def _read_plugins(folder: Path, problems: list[Problem]) -> Iterator[Plugin]:
    source = _source(folder, folder / PLUGINS, problems)
    if source is None:
        return
    try:
        root = read_nodes(source.text)
    except NodeError as error:
        problems.append(_problem(source, str(error), error.start))
        return
    listed = root.values.get("plugins") if isinstance(root, Table) else None
    if not isinstance(listed, Sequence):
        problems.append(_problem(source, _("a list of plugins was expected, as galaxy-social writes it")))
        return
    for item in listed.items:
        values = Values(item)
        name, network = values.text("name").lower(), values.text("class").partition(".")[0]
        if name and network:
            yield Plugin(name, network, values.text("enabled").lower() == "true", values.texts("config"))
        else:
            problems.append(_problem(source, _("a plugin needs a name and a class"), item.start))


def _read_entry(folder: Path, path: Path, problems: list[Problem]) -> Entry | None:
    source = _source(folder, path, problems)
    if source is None:
        return None
    matter, found = read_frontmatter(source)
    problems += found
    if matter.root is None or found:
        return None
    values = Values(matter.root)
    channels = tuple(dict.fromkeys(name.lower() for name in values.words("media")))
    if not channels:
        place = matter.start + matter.root.start
        problems.append(_problem(source, _("media must name at least one account of plugins.yml"), place))
        return None
    text, pictures = take_pictures(matter.body)
    pictures += tuple(Picture(one["url"], one.get("alt_text", "")) for one in values.tables("images") if one.get("url"))
    return Entry(source.path, channels, text, pictures, values.lists("mentions"), values.lists("hashtags"))


def _read_results(folder: Path, problems: list[Problem]) -> dict[str, dict[str, Outcome]]:
    """Path → channel → outcome, in the order of publication; nothing when nothing was published yet."""
    path = folder / RESULTS
    source = _source(folder, path, problems) if path.exists() else None
    if source is None:
        return {}
    try:
        raw: object = json.loads(source.text)
    except json.JSONDecodeError as error:
        problems.append(_problem(source, _("not valid JSON: {what}").format(what=error.msg), error.pos))
        return {}
    if not isinstance(raw, dict) or not all(isinstance(results, dict) for results in raw.values()):
        problems.append(_problem(source, _("an object of files was expected, with true or false per account")))
        return {}
    return {str(file): dict(_outcomes(source, file, results, problems)) for file, results in raw.items()}


def _outcomes(
    source: SourceText, file: str, results: Mapping[str, object], problems: list[Problem]
) -> Iterator[tuple[str, Outcome]]:
    for channel, result in results.items():
        if isinstance(result, bool):
            yield channel.lower(), Outcome(result)
        elif isinstance(result, str) and result.startswith(("https://", "http://")):
            yield channel.lower(), Outcome(published=True, url=result)
        else:
            message = _("{file} on {channel}: true, false or an address was expected").format(
                file=file, channel=channel
            )
            problems.append(_problem(source, message, max(source.text.find(json.dumps(file)), 0)))


def _problem(source: SourceText, message: str, at: int = 0) -> Problem:
    span = source.span(min(at, len(source.text))) if at else Span()
    return Problem(source.path, span, RULE, Severity.ERROR, message)
