"""Vale's configuration file: which styles and rules look at which files, and what they do not look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText
from toolkit.source import decode
from toolkit.style.alert import Level
from toolkit.style.document import DEFAULT_IGNORED, DEFAULT_SKIPPED, Reading
from toolkit.style.globs import glob_matches
from toolkit.style.pattern import pattern
from toolkit.style.rule import RuleError
from toolkit.style.syntax import PatternError

RULE: Final = "vale-ini"
_CORE: Final = frozenset(
    [
        "StylesPath",
        "MinAlertLevel",
        "IgnoredScopes",
        "SkippedScopes",
        "IgnoredClasses",
        "WordTemplate",
        "Vocab",
        "NLPEndpoint",
        "Packages",
    ]
)
_SYNTAX: Final = frozenset(
    [
        "BasedOnStyles",
        "BlockIgnores",
        "IgnorePatterns",
        "TokenIgnores",
        "CommentDelimiters",
        "Transform",
        "Lang",
        "View",
        "Blueprint",
    ]
)
_SWITCHES: Final = frozenset({"YES", "NO", *Level})
_LIST: Final = re.compile(r"(?<!\\),")
_EVERYTHING: Final = "*"


@dataclass(frozen=True, slots=True)
class Section:
    """What a pattern of files gets: base styles (None: not said here) and single rules, ``YES``, ``NO`` or a level."""

    glob: str
    styles: tuple[str, ...] | None = None
    checks: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class ValeConfig:
    """A configuration file, read."""

    path: Path
    styles_paths: tuple[Path, ...] = ()
    lowest: Level = Level.SUGGESTION
    vocabularies: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    ignored: tuple[str, ...] = DEFAULT_IGNORED
    skipped: tuple[str, ...] = DEFAULT_SKIPPED
    classes: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()

    def sections_for(self, path: str) -> list[Section]:
        """The sections that mean a file, the one for all files first."""
        ordered = sorted(self.sections, key=lambda section: section.glob != _EVERYTHING)
        return [section for section in ordered if glob_matches(section.glob, path)]

    def base_styles(self, path: str) -> tuple[str, ...]:
        """The styles all of whose rules look at a file."""
        found: tuple[str, ...] = ()
        for section in self.sections_for(path):
            found = found if section.styles is None else section.styles
        return found

    def runs(self, rule: str, path: str) -> bool:
        """Whether a rule looks at a file."""
        style = rule.partition(".")[0]
        for section in reversed(self.sections_for(path)):
            said = section.checks.get(rule, section.checks.get(style))
            if said is not None:
                return said != "NO"
        return style in self.base_styles(path)

    def level(self, rule: str, own: Level) -> Level:
        """The level of a rule: what some section says, else its own."""
        style = rule.partition(".")[0]
        for name in (rule, style):
            for section in reversed(self.sections):
                if section.checks.get(name) in set(Level):
                    return Level(section.checks[name])
        return own

    def reading(self, path: str) -> Reading:
        """What is not read in a file."""
        sections = self.sections_for(path)
        return Reading(
            self.ignored,
            self.skipped,
            self.classes,
            tuple(written for section in sections for written in section.blocks),
            tuple(written for section in sections for written in section.tokens),
        )

    def format(self, path: str) -> str:
        """``md``, ``txt``, or "" for what is not read here."""
        suffix = Path(path).suffix.removeprefix(".").lower()
        suffix = self.formats.get(suffix, suffix)
        return {"markdown": "md", "mdown": "md", "mkd": "md"}.get(suffix, suffix if suffix in {"md", "txt"} else "")


def read_ini(file: Path) -> ValeConfig:
    """Read a .vale.ini; raises `RuleError` with the place of what cannot be used."""
    shown = file.as_posix()
    try:
        data = file.read_bytes()
    except OSError as error:
        message = _("cannot be read: {error}").format(error=error.strerror or error)
        raise RuleError(Problem(shown, SourceText(shown, "").span(0), RULE, Severity.ERROR, message)) from None
    source, problems = decode(shown, data)
    if source is None:
        raise RuleError(problems[0])
    return _Reader(file, source).read()


@dataclass(frozen=True, slots=True)
class _Line:
    section: str
    key: str
    value: str
    at: int
    lost: bool = False  # neither a section nor a value


class _Reader:
    """Puts the lines of the file together."""

    def __init__(self, file: Path, source: SourceText) -> None:
        self.file = file
        self.source = source

    def refuse(self, line: _Line, message: str) -> NoReturn:
        span = self.source.span(line.at, line.at + len(line.key))
        raise RuleError(Problem(self.source.path, span, RULE, Severity.ERROR, message))

    def read(self) -> ValeConfig:
        lines = list(_lines(self.source.text))
        for line in lines:
            self._check(line)
        core = {line.key: line for line in lines if not line.section}
        return ValeConfig(
            path=self.file,
            styles_paths=self._paths(lines),
            lowest=self._level(core.get("MinAlertLevel")),
            vocabularies=_list(core.get("Vocab")),
            packages=_list(core.get("Packages")),
            ignored=_list(core.get("IgnoredScopes")) or DEFAULT_IGNORED,
            skipped=_list(core.get("SkippedScopes")) or DEFAULT_SKIPPED,
            classes=_list(core.get("IgnoredClasses")),
            formats={line.key: line.value for line in lines if line.section == "formats"},
            sections=tuple(self._sections(lines)),
        )

    def _check(self, line: _Line) -> None:
        if line.lost:
            self.refuse(line, _("a line is [pattern], or name = value; a pattern ends with a bracket"))
        if not line.section and line.key in _SYNTAX:
            self.refuse(line, _("{key} belongs below a pattern of files, such as [*.md]").format(key=line.key))
        if not line.section and line.key not in _CORE:
            self.refuse(
                line,
                _("nobody knows {key}; rules belong below a pattern of files, such as [*.md]").format(key=line.key),
            )
        if line.section and line.section != "formats" and line.key in _CORE:
            self.refuse(line, _("{key} belongs above the first [pattern]").format(key=line.key))

    def _paths(self, lines: list[_Line]) -> tuple[Path, ...]:
        found = []
        for line in lines:
            if line.key == "StylesPath" and not line.section:
                path = self.file.parent / line.value
                if not path.is_dir():
                    self.refuse(line, _("there is no folder {path}; correct StylesPath").format(path=line.value))
                found.append(path)
        return tuple(found)

    def _level(self, line: _Line | None) -> Level:
        if line is None:
            return Level.SUGGESTION
        if line.value not in set(Level):
            self.refuse(line, _("MinAlertLevel must be one of {known}").format(known=", ".join(Level)))
        return Level(line.value)

    def _sections(self, lines: list[_Line]) -> Iterator[Section]:
        for glob in dict.fromkeys(line.section for line in lines if line.section and line.section != "formats"):
            own = {line.key: line for line in lines if line.section == glob}
            yield Section(
                glob,
                _list(own["BasedOnStyles"]) if "BasedOnStyles" in own else None,
                {key: self._switch(line) for key, line in own.items() if key not in _SYNTAX},
                self._patterns(own.get("BlockIgnores") or own.get("IgnorePatterns")),
                self._patterns(own.get("TokenIgnores")),
                own["Lang"].value if "Lang" in own else "",
            )

    def _patterns(self, line: _Line | None) -> tuple[str, ...]:
        found = _list(line)
        for written in found:
            try:
                pattern(written)
            except PatternError as error:
                if line is not None:
                    self.refuse(line, _("{pattern} cannot be read: {error}").format(pattern=written, error=error))
        return found

    def _switch(self, line: _Line) -> str:
        if line.value not in _SWITCHES:
            known = ", ".join(("YES", "NO", *Level))
            self.refuse(line, _("{key} is one of {known}").format(key=line.key, known=known))
        return line.value


def _list(line: _Line | None) -> tuple[str, ...]:
    if line is None:
        return ()
    parts = (part.strip().replace("\\,", ",") for part in _LIST.split(line.value))
    return tuple(dict.fromkeys(part for part in parts if part))


_LINE: Final = re.compile(
    r"(?m)^[ \t]*(?:\[(?P<section>[^\n]+)\][ \t]*(?:[#;][^\n]*)?"
    r"|(?P<key>[^\s=#;\[][^=\n]*?)[ \t]*=[ \t]*(?P<value>[^\n]*)|(?P<other>[^\s#;][^\n]*))[ \t]*$"
)


def _lines(text: str) -> Iterator[_Line]:
    """The values of the file; a backslash at the end of a line joins it with the next."""
    joined = re.sub(r"\\\r?\n[ \t]*", lambda found: " " * len(found[0]), text).replace("\r", " ")
    section = ""
    for found in _LINE.finditer(joined):
        if found["section"] is not None:
            section = found["section"].strip()
            continue
        if found["other"] is not None:
            yield _Line(section, found["other"].strip(), "", found.start("other"), lost=True)
            continue
        value = re.split(r"\s[#;]", " " + found["value"], maxsplit=1)[0].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`":
            value = value[1:-1]
        yield _Line(section, found["key"].strip(), value, found.start("key"))
