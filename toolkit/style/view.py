"""One text as the rules of a book look at it: blocks by scope, joined once and remembered."""

from __future__ import annotations

from functools import cached_property

from toolkit.style.allowance import Allowances
from toolkit.style.document import Block, Document, sections
from toolkit.style.finding import Scene
from toolkit.style.mapped import whole
from toolkit.style.rule import Speller, StyleRule
from toolkit.style.scope import asks, matches
from toolkit.style.sentences import split_sentences
from toolkit.style.texts import Texts

# What is no sentence, however it ends.
_UNCUT = frozenset({"heading", "table", "attr", "frontmatter"})
_INLINE = ("link", "emphasis", "strong", "code")


class View:
    """The scenes of one document."""

    def __init__(self, document: Document, language: str, speller: Speller | None, allowances: Allowances) -> None:
        self.document = document
        self.language = language
        self.speller = speller
        self.allowances = allowances
        self._scenes: dict[tuple[str, ...], tuple[tuple[Block, ...], Texts]] = {}
        self._joined: dict[tuple[int, ...], Texts] = {}

    @cached_property
    def raw(self) -> Block:
        """The whole source."""
        return Block(sections("raw", self.document.form), whole(self.document.text))

    @cached_property
    def raw_texts(self) -> Texts:
        return Texts([self.raw.text])

    @cached_property
    def all_texts(self) -> Texts:
        """Every block that some rule could look at."""
        return Texts(block.text for block in (*self.document.blocks, *self.document.inline))

    @cached_property
    def _sentences(self) -> list[Block]:
        found = []
        for block in self.document.blocks:
            if block.sections & _UNCUT:
                continue
            own = block.sections | {"sentence"}
            found += [Block(own, block.mapped.cut(*span)) for span in split_sentences(block.text)]
        return found

    @cached_property
    def _paragraphs(self) -> list[Block]:
        found = []
        for block in self.document.blocks:
            if block.prose:
                own = block.sections | {"paragraph"}
                found += [Block(own, block.mapped.cut(*span)) for span in _split_paragraphs(block.text)]
        return found

    @cached_property
    def _summary(self) -> list[Block]:
        """What metrics read: prose, lists and quotes, without headings and tables."""
        left_out = {"heading", "table", "attr", "frontmatter", "figure"}
        return [
            Block(sections("summary", self.document.form), block.mapped)
            for block in self.document.blocks
            if not block.sections & left_out
        ]

    def scene(self, rule: StyleRule) -> Scene:
        """What a rule looks at, and how long it may."""
        known = self._scenes.get(rule.scope)
        if known is None:
            blocks = tuple(block for block in self._pool(rule.scope) if matches(rule.scope, block.sections))
            known = self._scenes[rule.scope] = (blocks, self._join(blocks))
        allowance = self.allowances.of(rule.id)
        return Scene(*known, allowance, self.language, self.document.counts, self.speller)

    def _join(self, blocks: tuple[Block, ...]) -> Texts:
        """Scopes that mean the same blocks share what is made of them."""
        key = tuple(map(id, blocks))
        if key not in self._joined:
            self._joined[key] = Texts(block.text for block in blocks)
        return self._joined[key]

    def _pool(self, scope: tuple[str, ...]) -> list[Block]:
        """The blocks among which the scope chooses."""
        if asks(scope, "raw"):
            return [self.raw]
        if asks(scope, "summary"):
            return self._summary
        pool = list(self.document.blocks)
        if asks(scope, "sentence"):
            pool = [*(pool if _others(scope, "sentence") else []), *self._sentences]
        if asks(scope, "paragraph"):
            pool = [*(pool if _others(scope, "paragraph") else []), *self._paragraphs]
        if any(asks(scope, name) for name in _INLINE):
            pool += self.document.inline
        return pool


def _others(scope: tuple[str, ...], section: str) -> bool:
    """Whether a selector of the scope does without `section`."""
    return any(not asks((selector,), section) for selector in scope)


def _split_paragraphs(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            found.append((start, end))
        start = end + 2
    return found
