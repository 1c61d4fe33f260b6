"""Tokens that name other tokens: `{dotted.name}` followed to its end, however long the chain; circles are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from toolkit.messages import _
from toolkit.model import Severity, SourceText
from toolkit.tokens.document import Node, Place
from toolkit.tokens.nouns import Token, TokenValue
from toolkit.tokens.values import (
    READERS,
    TYPOGRAPHY,
    UNREAD,
    WrongValueError,
    build_typography,
    read_members,
    suggest,
)
from toolkit.values import dataclass

_ALIAS: Final = re.compile(r"\{([^{}]+)\}")
_HINTS: Final = 50  # each looks at all names; a file with more mistakes has one cause
Complaint = tuple[Place, str, Severity]


@dataclass(frozen=True, slots=True)
class Draft:
    """A token as it stands in the file. `kind` is its `$type` or that of a group around it, "" for none, "?" for a wrong one."""

    name: str
    node: Node
    kind: str
    own_kind: bool
    description: str = ""
    deprecated: str | None = None

    @property
    def alias(self) -> str:
        """The name of the token that this one names; "" when it has a value of its own."""
        return find_alias(self.node)


def find_alias(node: Node) -> str:
    """The name in ``"{…}"``; "" for anything else."""
    found = _ALIAS.fullmatch(node.text) if node.text is not None else None
    return found[1].strip() if found else ""


class Resolver:
    """Makes tokens of drafts; whatever cannot be one is a complaint."""

    def __init__(self, drafts: Mapping[str, Draft], source: SourceText) -> None:
        self.drafts = drafts
        self.source = source
        self.complaints: list[Complaint] = []
        self._done: dict[str, Token | None] = {}

    def resolve(self) -> dict[str, Token]:
        """Name → token, in the file's order."""
        for name in self.drafts:
            self._follow(name)
        found = ((name, self._done.get(name)) for name in self.drafts)
        return {name: token for name, token in found if token is not None}

    def _follow(self, name: str) -> None:
        """Resolve a token after everything that its chain of aliases leads to."""
        chain: dict[str, None] = {}
        at = name
        while at in self.drafts and at not in self._done:
            if at in chain:
                self._refuse_circle([*chain][[*chain].index(at) :])
                break
            chain[at] = None
            if not (at := self.drafts[at].alias):
                break
        for one in reversed(chain):
            if one not in self._done:
                self._done[one] = self._make(self.drafts[one])

    def _refuse_circle(self, circle: list[str]) -> None:
        said = " → ".join([*circle[:8], *(["…"] if len(circle) > 8 else [circle[0]])])
        for name in circle:
            self._complain(self.drafts[name].node, _("an alias in a circle: {circle}").format(circle=said))
            self._done[name] = None

    def _complain(self, node: Node, message: str, severity: Severity = Severity.ERROR) -> None:
        self.complaints.append((node.place, message, severity))

    def _make(self, draft: Draft) -> Token | None:
        try:
            return self._from_alias(draft) if draft.alias else self._from_value(draft)
        except WrongValueError as problem:
            self._complain(problem.node, str(problem))
            return None

    def _from_alias(self, draft: Draft) -> Token | None:
        target = self._target(draft.node, draft.alias)
        if target is None:
            return None
        if draft.own_kind and draft.kind != target.kind:
            message = _("{name} is of the type {kind}, this token says {own}; correct one of them")
            raise WrongValueError(draft.node, message.format(name=target.name, kind=target.kind, own=draft.kind))
        return self._token(draft, target.kind, target.value)

    def _target(self, node: Node, name: str) -> Token | None:
        """The token called `name`; None when it is broken itself, which is said there."""
        if name not in self.drafts:
            if any(one.startswith(f"{name}.") for one in self.drafts):
                raise WrongValueError(node, _("{name} is a group; name one token of it").format(name=name))
            hint = suggest(name, self.drafts) if len(self.complaints) < _HINTS else ""
            raise WrongValueError(node, _("there is no token {name}{hint}").format(name=name, hint=hint))
        target = self._done.get(name)
        if target is not None and target.deprecated is not None:
            reason = f": {target.deprecated}" if target.deprecated else ""
            message = _("{name} is deprecated{reason}").format(name=name, reason=reason)
            self._complain(node, message, Severity.WARNING)
        return target

    def _from_value(self, draft: Draft) -> Token | None:
        if draft.kind == "?":  # said where the type stands
            return None
        if not draft.kind:
            message = _("the type is missing; write {example} here or at a group around it")
            raise WrongValueError(draft.node, message.format(example='"$type": "color"'))
        return self._token(draft, draft.kind, self._value(draft.kind, draft.node))

    def _value(self, kind: str, node: Node) -> TokenValue:
        if kind in UNREAD:
            return None
        return self._typography(node) if kind == "typography" else READERS[kind](node)

    def _typography(self, node: Node) -> TokenValue:
        members = read_members(node, needed=(), allowed=tuple(TYPOGRAPHY))
        return build_typography({key: self._part(key, one) for key, one in members.items()})

    def _part(self, key: str, node: Node) -> TokenValue:
        kind, name = TYPOGRAPHY[key], find_alias(node)
        if not name:
            return READERS[kind](node)
        # A whole style inside a style is followed by nobody: it could lead back to this one.
        if self._end_kind(name) != "typography":
            self._follow(name)
        target = self._target(node, name)
        found = target.kind if target else self._end_kind(name)
        if found not in {kind, "", "?"}:
            message = _("{name} is of the type {kind}, {own} is expected here")
            raise WrongValueError(node, message.format(name=name, kind=found, own=kind))
        return target.value if target else None

    def _end_kind(self, name: str) -> str:
        """The type of what a chain of aliases leads to, as far as the file says it."""
        passed: set[str] = set()
        while name in self.drafts and name not in passed and self.drafts[name].alias:
            passed.add(name)
            name = self.drafts[name].alias
        return self.drafts[name].kind if name in self.drafts else ""

    def _token(self, draft: Draft, kind: str, value: TokenValue) -> Token:
        span = self.source.span(*draft.node.place)
        return Token(draft.name, kind, value, span, draft.description, draft.alias, draft.deprecated)
