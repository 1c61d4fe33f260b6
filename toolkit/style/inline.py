"""Inline Markdown with places: markdown-it's own rules, run by a state that notes where each token was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

HIDDEN: Final = "\ue000"  # stands for each character that is hidden from rules; see `toolkit.style.ignoring`
# Without one of these a text means itself.
MARKUP: Final = re.compile(rf"[*_`\[\]<>&\\~!{HIDDEN}]|  \n|https?://|\n[ \t]|[ \t]\n")
PLACE: Final = "at"  # the key of `Token.meta` under which the offset stands


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough; inline text is left to `read_inline`."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.disable(["inline", "text_join", "fragments_join"], ignoreInvalid=True)
    made.inline = _placed_parser()(made)
    return made


@cache
def _placed_parser() -> Any:
    """The inline parser's class; made late, because markdown-it is imported late."""
    from markdown_it.parser_inline import ParserInline
    from markdown_it.rules_inline.state_inline import StateInline

    class State(StateInline):
        """Notes the offset of every token in its `meta`."""

        limit = -1

        def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
            # A link has moved on to its label when it is pushed; the text before it ends at the bracket.
            at = self.pos - 1 if ttype == "link_open" and self.src[self.pos - 1] == "[" else self.pos
            self.limit = at
            before = self.tokens[-1] if self.tokens else None
            token = super().push(ttype, tag, nesting)
            self.limit = -1
            if ttype == "text" and before is not None and before is self.tokens[-2]:
                at = self._beside(before, at)
            token.meta[PLACE] = at
            return token

        def _beside(self, before: Token, at: int) -> int:
            """Delimiters such as ** are pushed one by one while the position stands still."""
            if before.type == "link_open":
                return at + 1
            end = int(before.meta[PLACE]) + len(before.content)
            return end if end > at and set(self.src[at:end]) == {self.src[at]} else at

        def pushPending(self) -> Token:  # noqa: N802  # markdown-it's name
            limit = self.pos if self.limit < 0 else self.limit
            token = super().pushPending()
            token.meta[PLACE] = max(0, self.src.rfind(token.content, 0, limit))
            return token

    class Placed(ParserInline):
        """The inline parser with our state."""

        def __init__(self, md: MarkdownIt) -> None:
            self.__dict__.update(md.inline.__dict__)

        def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
            state = State(src, md, env, tokens)
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
            return state.tokens

    return Placed


def read_inline(text: str, env: dict[str, object]) -> Sequence[Token]:
    """The tokens of one block's text, each with its offset in it under ``meta[PLACE]``."""
    md = parser()
    return md.inline.parse(text, md, env, [])
