"""`guidelines/tokens.json` → `Tokens` and `Problem`s: W3C design tokens, Format Module 2025.10, read strictly.

Groups hand their `$type` and `$deprecated` down, `{dotted.name}` names another token, and whatever cannot be read is
a problem with its place while the rest is still used. Not read: `$ref` and `$extends`; both are refused with a remedy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText
from toolkit.tokens.aliases import Draft, Resolver
from toolkit.tokens.brand import Brand, make_brand
from toolkit.tokens.document import MAX_BYTES, JsonError, Node, Place, read_document
from toolkit.tokens.intent import read_intent
from toolkit.tokens.nouns import EXTENSION, RULE, TOKENS, Tokens
from toolkit.tokens.values import TYPES, suggest
from toolkit.values import dataclass

_BOM: Final = "\ufeff"
_KNOWN: Final = ("$type", "$description", "$deprecated", "$extensions")
_FORBIDDEN: Final = (".", "{", "}")


class Readable(Protocol):
    """What of a tree of files is needed here."""

    def exists(self, path: str) -> bool: ...

    def read(self, path: str) -> bytes: ...


def open_tokens(tree: Readable) -> tuple[Tokens, list[Problem]]:
    """The tokens of a workspace and what is wrong with them; neither when it has no such file."""
    if not tree.exists(TOKENS):
        return Tokens(), []
    try:
        return read_tokens(TOKENS, tree.read(TOKENS))
    except OSError as error:
        message = _("cannot be read: {error}").format(error=error.strerror or error)
        return Tokens(), [_Report(SourceText(TOKENS, "")).problem((0, 0), message)]


def open_brand(tree: Readable) -> Brand:
    """The brand of a workspace; roles that its tokens do not have, or not readably, keep our colours."""
    tokens, _problems = open_tokens(tree)
    return make_brand(tokens)


def read_tokens(path: str, data: bytes) -> tuple[Tokens, list[Problem]]:
    """Everything in `data` that is a sound token, and every problem with its place; never raises."""
    source = SourceText(path, data.decode("utf-8", "replace").removeprefix(_BOM))
    report = _Report(source)
    if len(data) > MAX_BYTES:
        message = _("the file has {size} bytes; at most {max} are read").format(size=len(data), max=MAX_BYTES)
        return Tokens(), [report.problem((0, 0), message)]
    if not _is_text(data):
        at = source.text.find("\N{REPLACEMENT CHARACTER}")
        return Tokens(), [report.problem((max(0, at), max(0, at)), _("not UTF-8; save the file as UTF-8"))]
    try:
        root = read_document(source.text)
    except JsonError as error:
        return Tokens(), [report.problem(error.place, str(error))]
    if root.members is None:
        return Tokens(), [report.problem(root.place, _("a token file is an object: { … }"))]
    return _read_root(root, root.members, report)


def _read_root(root: Node, members: Mapping[str, Node], report: _Report) -> tuple[Tokens, list[Problem]]:
    walk = _Walk(report)
    walk.group(root, "", _Inherited())
    resolver = Resolver(walk.drafts, source=report.source)
    tokens = resolver.resolve()
    for place, message, severity in resolver.complaints:
        report.add(place, message, severity)
    extensions = members.get("$extensions")
    own = (extensions.members or {}).get(EXTENSION) if extensions else None
    intent, complaints = read_intent(own, tokens, report.source)
    for place, message in complaints:
        report.add(place, message)
    return Tokens(tokens, intent), sorted(report.problems, key=lambda one: (one.span.line, one.span.col))


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Report:
    """Collects problems of one file."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def add(self, place: Place, message: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(self.problem(place, message, severity))

    def problem(self, place: Place, message: str, severity: Severity = Severity.ERROR) -> Problem:
        return Problem(self.source.path, self.source.span(*place), RULE, severity, message)


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a group hands down to everything in it."""

    kind: str = ""
    deprecated: str | None = None


class _Walk:
    """Goes through groups and collects their tokens, not resolved yet."""

    def __init__(self, report: _Report) -> None:
        self.report = report
        self.drafts: dict[str, Draft] = {}

    def group(self, node: Node, name: str, above: _Inherited) -> None:
        """Everything in a group; `name` is "" for the file itself."""
        members = node.members or {}
        own = self._inherit(node, above)
        for key, child in members.items():
            if key.startswith("$") and key != "$root":
                self._check_property(node, key, "$value")
            elif child.members is None:
                message = _("{key} is neither a group nor a token; a token is written {example}")
                self.report.add(child.place, message.format(key=repr(key), example='{ "$value": … }'))
            elif any(char in key for char in _FORBIDDEN) or not key:
                message = _("a name has no dots and no braces, they are for aliases; rename {key}")
                self.report.add(node.keys[key], message.format(key=repr(key)))
            elif "$value" in child.members:
                self._token(child, f"{name}.{key}".lstrip("."), own)
            else:
                self.group(child, f"{name}.{key}".lstrip("."), own)

    def _token(self, node: Node, name: str, above: _Inherited) -> None:
        members = node.members or {}
        own = self._inherit(node, above)
        for key in members:
            if key != "$value":
                self._check_property(node, key, "$value")
        description = members.get("$description")
        self.drafts[name] = Draft(
            name,
            members["$value"],
            own.kind,
            own_kind="$type" in members,
            description=(description.text if description else "") or "",
            deprecated=own.deprecated,
        )

    def _check_property(self, node: Node, key: str, *more: str) -> None:
        """Complain about what the format does not know, and about what we do not read."""
        known = (*_KNOWN, *more)
        child = (node.members or {})[key]
        if key == "$schema" or (key in _KNOWN and _is_sound(key, child)):
            return
        if key in {"$ref", "$extends"}:
            message = _("{key} is not read here; name the token as {example}, or write its value")
            self.report.add(node.keys[key], message.format(key=key, example='"{group.token}"'))
        elif key in _KNOWN:
            expected = {"$deprecated": "true, false, text", "$extensions": "{ … }"}.get(key, "text")
            message = _("{key} cannot be this; expected: {expected}").format(key=key, expected=expected)
            self.report.add(child.place, message)
        else:
            message = _("{key} is not known here{hint}").format(key=repr(key), hint=suggest(key, known))
            self.report.add(node.keys[key], message)

    def _inherit(self, node: Node, above: _Inherited) -> _Inherited:
        members = node.members or {}
        kind = above.kind
        if (written := members.get("$type")) is not None:
            kind = written.text or ""
            if kind not in TYPES:
                message = _("{kind} is no type of a token{hint}").format(kind=repr(kind), hint=suggest(kind, TYPES))
                self.report.add(written.place, message)
                kind = "?"
        old = members.get("$deprecated")
        return _Inherited(kind, above.deprecated if old is None else _say_deprecated(old))


def _say_deprecated(node: Node) -> str | None:
    return (node.text or "") if node.value is not False else None


def _is_sound(key: str, node: Node) -> bool:
    match key:
        case "$deprecated":
            return isinstance(node.value, bool | str)
        case "$extensions":
            return node.members is not None
        case _:
            return node.text is not None
