"""Vale's configuration file: which styles and rules look at which files, and what they do not look at.

What Vale stops at is refused here, what it passes over in silence is a warning: a typing error switches off a check, and
nobody would know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NoReturn

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.source import decode
from toolkit.style.alert import Level
from toolkit.style.document import DEFAULT_IGNORED, DEFAULT_SKIPPED, Reading
from toolkit.style.globs import glob_matches
from toolkit.style.inilines import Line, read_lines
from toolkit.style.pattern import check_compiles
from toolkit.style.rule import RuleError
from toolkit.style.syntax import PatternError
from toolkit.values import dataclass

RULE: Final = "vale-ini"
# True: it is read here, too.
_CORE: Final = {
    "StylesPath": True,
    "MinAlertLevel": True,
    "IgnoredScopes": True,
    "SkippedScopes": True,
    "IgnoredClasses": True,
    "Vocab": True,
    "Packages": True,
    "WordTemplate": False,
    "NLPEndpoint": False,
}
_SYNTAX: Final = {
    "BasedOnStyles": True,
    "BlockIgnores": True,
    "IgnorePatterns": True,
    "TokenIgnores": True,
    "Lang": True,
    "CommentDelimiters": False,
    "Transform": False,
    "View": False,
    "Blueprint": False,
}
OPTIONS: Final = tuple(_SYNTAX)  # what may stand below a pattern of files, besides rules and styles
_NO: Final = "NO"
_SWITCHES: Final = ("YES", _NO, *Level)
_EVERYTHING: Final = "*"
# Sections that are no patterns of files.
_NAMED: Final = frozenset({"formats", "asciidoctor"})


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
    """A configuration file, read. `problems` are what Vale would pass over; `places` are patterns → ``path:line:col``."""

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
    problems: tuple[Problem, ...] = ()
    spans: Mapping[tuple[str, str], Span] = field(default_factory=dict, repr=False)  # (key, item) → its place

    def span(self, key: str, item: str = "") -> Span:
        """Where a key, or an item of its list, stands first."""
        return self.spans.get((key, item), Span())

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
                return said != _NO
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
        blocks = tuple(written for section in sections for written in section.blocks)
        tokens = tuple(written for section in sections for written in section.tokens)
        places = tuple((written, self._place(written)) for written in dict.fromkeys((*blocks, *tokens)))
        return Reading(self.ignored, self.skipped, self.classes, blocks, tokens, places)

    def _place(self, written: str) -> str:
        """Where a pattern of what is not read stands."""
        keys = ("BlockIgnores", "IgnorePatterns", "TokenIgnores")
        span = next((self.spans[key, written] for key in keys if (key, written) in self.spans), Span())
        return f"{self.path.as_posix()}:{span.line}:{span.col}"

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


class _Reader:
    """Puts the lines of the file together."""

    def __init__(self, file: Path, source: SourceText) -> None:
        self.file = file
        self.source = source
        self.problems: list[Problem] = []

    def problem(self, place: tuple[int, int], message: str, severity: Severity) -> Problem:
        return Problem(self.source.path, self.source.span(*place), RULE, severity, message)

    def refuse(self, line: Line, message: str, place: tuple[int, int] | None = None) -> NoReturn:
        raise RuleError(self.problem(place or line.key_span, message, Severity.ERROR))

    def warn(self, place: tuple[int, int], message: str) -> None:
        self.problems.append(self.problem(place, message, Severity.WARNING))

    def read(self) -> ValeConfig:
        lines = list(read_lines(self.source.text))
        for line in lines:
            self._check(line)
        core = [line for line in lines if not line.section]
        return ValeConfig(
            path=self.file,
            styles_paths=self._paths(core),
            lowest=self._level(_last(core, "MinAlertLevel")),
            vocabularies=_list(core, "Vocab"),
            packages=_list(core, "Packages"),
            ignored=_list(core, "IgnoredScopes") or DEFAULT_IGNORED,
            skipped=_list(core, "SkippedScopes") or DEFAULT_SKIPPED,
            classes=_list(core, "IgnoredClasses"),
            formats={line.key: line.value for line in lines if line.section == "formats"},
            sections=tuple(self._sections(lines)),
            problems=tuple(self.problems),
            spans=self._spans(lines),
        )

    def _check(self, line: Line) -> None:
        if line.lost:
            self.refuse(line, _("a line is [pattern], or name = value; a pattern ends with a bracket"))
        if line.section in _NAMED:
            return
        if not line.section and line.key in _SYNTAX:
            self.refuse(line, _("{key} belongs below a pattern of files, such as [*.md]").format(key=line.key))
        if line.section and line.key in _CORE:
            self.refuse(line, _("{key} belongs above the first [pattern]").format(key=line.key))
        known = _SYNTAX if line.section else _CORE
        if not known.get(line.key, True):
            self.warn(line.key_span, _("{key} is not used here; remove it, or run Vale for it").format(key=line.key))
        elif not line.section and line.key not in _CORE:
            self.warn(line.key_span, _unknown(line.key, _CORE, rules=True))

    def _paths(self, core: Iterable[Line]) -> tuple[Path, ...]:
        found = []
        for line in core:
            if line.key == "StylesPath":
                path = self.file.parent / line.value
                if not path.is_dir():
                    self.refuse(line, _("there is no folder {path}; correct StylesPath").format(path=line.value))
                found.append(path)
        return tuple(found)

    def _level(self, line: Line | None) -> Level:
        if line is None:
            return Level.SUGGESTION
        if line.value not in set(Level):
            self.refuse(line, _("MinAlertLevel must be one of {known}").format(known=", ".join(Level)))
        return Level(line.value)

    def _sections(self, lines: list[Line]) -> Iterator[Section]:
        globs = dict.fromkeys(line.section for line in lines if line.section and line.section not in _NAMED)
        for glob in globs:
            own = [line for line in lines if line.section == glob]
            based = any(line.key == "BasedOnStyles" for line in own)
            language = _last(own, "Lang")
            yield Section(
                glob,
                _list(own, "BasedOnStyles") if based else None,
                self._checks(own),
                self._patterns(own, "BlockIgnores") or self._patterns(own, "IgnorePatterns"),
                self._patterns(own, "TokenIgnores"),
                language.value if language else "",
            )

    def _patterns(self, own: list[Line], key: str) -> tuple[str, ...]:
        for line in own:
            for written, place in line.items() if line.key == key else ():
                try:
                    check_compiles(written)
                except PatternError as error:
                    message = _("{pattern} cannot be read: {error}").format(pattern=written, error=error)
                    self.refuse(line, message, (place[0] + min(error.at, place[1] - place[0] - 1), place[1]))
        return _list(own, key)

    def _checks(self, own: list[Line]) -> dict[str, str]:
        """The rules and styles that are switched here; of two lines about one, the first counts, as in Vale."""
        found: dict[str, Line] = {}
        for line in (line for line in own if line.key not in _SYNTAX):
            if "." not in line.key and line.value not in _SWITCHES and get_close_matches(line.key, _SYNTAX, n=1):
                self.warn(line.key_span, _unknown(line.key, _SYNTAX))
                continue
            first = found.setdefault(line.key, line)
            if first is not line:
                number = self.source.place(first.at)[0]
                message = _("{key} stands in line {line} already, and that line counts; remove one of them")
                self.warn(line.key_span, message.format(key=line.key, line=number))
        return {key: self._switch(line) for key, line in found.items()}

    def _switch(self, line: Line) -> str:
        if line.value in _SWITCHES:
            return line.value
        message = _("{key} is one of {known}; anything else, such as {value}, means NO")
        said = message.format(key=line.key, known=", ".join(_SWITCHES), value=line.value or '""')
        self.warn((line.start, line.start + len(line.value)) if line.value else line.key_span, said)
        return _NO

    def _spans(self, lines: Iterable[Line]) -> dict[tuple[str, str], Span]:
        found: dict[tuple[str, str], Span] = {}
        for line in lines:
            found.setdefault((line.key, ""), self.source.span(*line.key_span))
            for item, place in line.items():
                found.setdefault((line.key, item), self.source.span(*place))
        return found


def _unknown(key: str, known: Iterable[str], *, rules: bool = False) -> str:
    close = get_close_matches(key, known, n=1)
    if close:
        return _("nobody knows {key}; did you mean {name}?").format(key=key, name=close[0])
    if rules:
        return _("nobody knows {key}; rules belong below a pattern of files, such as [*.md]").format(key=key)
    return _("nobody knows {key}").format(key=key)


def _last(lines: Iterable[Line], key: str) -> Line | None:
    return next((line for line in reversed(list(lines)) if line.key == key), None)


def _list(lines: Iterable[Line], key: str) -> tuple[str, ...]:
    """The items of every line with this key, each once."""
    items = (item for line in lines if line.key == key for item, _place in line.items())
    return tuple(dict.fromkeys(items))
