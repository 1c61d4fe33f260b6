"""The word list: every word that the rules exchange or strike, to look up as you type.

A page says where with a fence, and in it which rules::

    ```wordlist
    markenname hauswort streichliste
    ```

A table right above the fence (right, not, why) is part of the list: in the file people read it as a table, and the
spelling learns from it. Without a script the whole list stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from toolkit.messages import _, ngettext
from toolkit.model import Problem, find_fenced
from toolkit.pages.handbook.files import handbook_files, handbook_path
from toolkit.pages.handbook.patterns import say_pattern
from toolkit.pages.icons import icon
from toolkit.pages.lookup import fold, look_up_field
from toolkit.pages.markup import Html, div, hidden, join, link, para, span, tag
from toolkit.pages.paths import PROBLEMS
from toolkit.pages.view import Site
from toolkit.source.nodes import Mapping as Table
from toolkit.source.nodes import NodeError, Scalar, Sequence, read_nodes
from toolkit.values import dataclass

KIND: Final = "wordlist"
_TABLE: Final = re.compile(r"(?:^[ \t]*\|.*\n)+\s*\Z", re.MULTILINE)
_LINE: Final = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
_COLUMN: Final = re.compile(r"(?<!\\)\|")
_NOTHING: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One entry: what we write ("" for a word that is struck), what we do not, why, and the rule that finds it."""

    right: str
    wrong: tuple[str, ...] = ()
    why: str = ""
    rule: str = ""
    page: str = ""  # of the rule, in the workspace
    patterns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in the list."""
        return self.right or self.wrong[0]


def show_words(site: Site, path: str, markdown: str) -> str:
    """`markdown` of the page `path` with every fence of the list as one line of HTML."""
    for block in reversed([block for block in find_fenced(markdown) if block.kind == KIND]):
        asked = markdown[block.first : block.last].replace(",", " ").split()
        table = _TABLE.search(markdown, 0, block.start)
        start = table.start() if table else block.start
        rows = _rows(markdown[start : block.start]) if table else ()
        shown = _draw(site, path, [*rows, *_ruled(site, asked)])
        markdown = f"{markdown[:start]}\n{shown}\n{markdown[block.end :]}"
    return markdown


# --- where the words come from ----------------------------------------------------------------------------------------


def _rows(table: str) -> Iterator[Word]:
    """The rows of a Markdown table below its head: right, not, why."""
    inside = False
    for line in table.splitlines():
        if _LINE.fullmatch(line.strip()):
            inside = True
        elif inside and line.strip():
            right, wrong, why = (*(one.strip() for one in _COLUMN.split(line.strip().strip("|"))), "", "")[:3]
            yield Word(right, tuple(filter(None, map(str.strip, wrong.split(",")))), why)


def _ruled(site: Site, asked: Iterable[str]) -> Iterator[Word]:
    """The words of these rules, in the order asked for; a rule that nobody wrote has none."""
    known = _find_rules(site, frozenset(asked))
    for rule in asked:
        if rule in known:
            page, table = known[rule]
            yield from _words(rule, page, table)


def _find_rules(site: Site, asked: frozenset[str]) -> Mapping[str, tuple[str, Table]]:
    found: dict[str, tuple[str, Table]] = {}
    for path in handbook_files(site):
        text = site.workspace.tree.read(path).decode("utf-8", "replace") if path.endswith(".md") else ""
        for block in find_fenced(text) if "```rule" in text else ():
            try:
                table = read_nodes(text[block.first : block.last]) if block.kind == "rule" else None
            except NodeError:
                continue
            name = table.values.get("id") if isinstance(table, Table) else None
            if isinstance(table, Table) and isinstance(name, Scalar) and name.text in asked:
                found.setdefault(name.text, (path, table))
    return found


def _words(rule: str, page: str, table: Table) -> Iterator[Word]:
    swap, tokens, message = (table.values.get(key) for key in ("swap", "tokens", "message"))
    said = message.text if isinstance(message, Scalar) else ""
    if isinstance(swap, Table):
        for pattern, instead in swap.values.items():
            if isinstance(instead, Scalar) and "$" not in instead.text and (wrong := say_pattern(pattern)):
                yield Word(instead.text, wrong, "", rule, page, (pattern,))
    elif isinstance(tokens, Sequence):
        for one in tokens.items:
            if isinstance(one, Scalar) and (wrong := say_pattern(one.text)):
                yield Word("", wrong, said.replace("%s", wrong[0]), rule, page, (one.text,))


# --- how they are shown -----------------------------------------------------------------------------------------------


def _draw(site: Site, path: str, words: Iterable[Word]) -> Html:
    entries: dict[str, list[Word]] = {}
    for word in words:
        entries.setdefault(fold(word.name), []).append(word)
    anchors = _anchors(entries)
    found = _count(site, [word for ones in entries.values() for word in ones])
    items = {key: _entry(site, path, words, found) for key, words in entries.items()}
    groups = [
        div(
            para(letter, class_="ls-words-letter", aria_hidden="true"),
            tag("ul", *(_item(key, entries[key], anchors[key], items[key]) for key in keys)),
            class_="ls-words-group",
            data_find_group=True,
        )
        for letter, keys in groupby(sorted(entries), key=lambda key: key[:1].upper())
    ]
    total = ngettext("{count} word", "{count} words", len(entries))
    # What scrolls must be reached by keyboard.
    listed = div(*groups, class_="ls-words", role="group", tabindex=0, aria_label=_("Word list"))
    field = look_up_field(
        _("Look up a word"),
        total,
        one=ngettext("{count} word", "{count} words", 1),
        some=_("{count} words"),
        none=_("Nothing here says anything about that word. Use it, or propose it."),
    )
    return div(field, listed, class_="ls", data_find=True)


def _item(key: str, words: list[Word], anchor: str, content: Html) -> Html:
    first = words[0]
    struck = join(part for one in first.wrong for part in (tag("s", one), " "))
    shown = tag("b", first.right) if first.right else span(icon("cancelled"), struck)
    name = tag("a", shown, href=f"#{anchor}", class_="ls-word-name")
    asked = dict.fromkeys([key, *(fold(one) for word in words for one in word.wrong)])
    return tag("li", name, content, id=anchor, class_="ls-word", data_find_text=" ".join(asked))


def _entry(site: Site, path: str, words: list[Word], found: Mapping[Word, int]) -> Html:
    """What stands behind a word: what not to write, why, by which rule, and where it stands today."""
    first = words[0]
    wrong = list(dict.fromkeys(one for word in words for one in word.wrong))
    why = "; ".join(dict.fromkeys(word.why for word in words if word.why))
    rules = {word.rule: word.page for word in words if word.rule}
    struck = join(part for one in wrong for part in (tag("s", one), " "))
    marks = [link(_rule_address(site, path, page, rule), tag("code", rule)) for rule, page in rules.items()]
    if count := sum(found.get(word, 0) for word in words):
        said = ngettext("in {count} file today", "in {count} files today", count)
        marks.append(link(site.link(handbook_path(path), PROBLEMS), said))
    return join(
        (
            para(hidden(_("not")), " ", struck, class_="ls-word-not") if first.right and wrong else None,
            para(why, class_="ls-word-why") if why else None,
            para(*marks, class_="ls-word-rule") if marks else None,
        )
    )


def _rule_address(site: Site, path: str, page: str, rule: str) -> str:
    here = "" if page == path else site.link(handbook_path(path), handbook_path(page))
    return f"{here}#{rule}"


def _anchors(entries: Mapping[str, list[Word]]) -> dict[str, str]:
    """Key of an entry → what links to it lead to; no two the same."""
    found: dict[str, str] = {}
    for key in entries:
        stem = anchor = "wort-" + (_NOTHING.sub("-", key).strip("-") or "x")
        number = 2
        while anchor in found.values():
            anchor, number = f"{stem}-{number}", number + 1
        found[key] = anchor
    return found


# --- where they stand today -------------------------------------------------------------------------------------------


def _count(site: Site, words: list[Word]) -> Mapping[Word, int]:
    """How many files have a word where its rule says so; nothing for people outside."""
    if site.given.partner:
        return {}
    rules = {word.rule for word in words if word.rule}
    seen: dict[Word, set[str]] = {}
    for problem in site.given.problems:
        if problem.rule in rules:
            there = _found(site, problem)
            for word in words:
                if word.rule == problem.rule and any(_is(pattern, there) for pattern in word.patterns):
                    seen.setdefault(word, set()).add(problem.path)
    return {word: len(paths) for word, paths in seen.items()}


def _found(site: Site, problem: Problem) -> str:
    """The words that a problem is about, where they stand on one line."""
    try:
        lines = site.workspace.tree.read(problem.path).decode("utf-8", "replace").split("\n")
        return lines[problem.span.line - 1][problem.span.col - 1 : problem.span.end_col - 1]
    except (OSError, IndexError):
        return ""


def _is(pattern: str, there: str) -> bool:
    try:
        return bool(there) and re.fullmatch(pattern, there, re.IGNORECASE) is not None
    except re.error:
        return False
