"""The generated reference as people look something up in it: rules with what they find today, a field above long lists.

The pages themselves are Markdown that `leitstand docs` writes; here they get what a file cannot have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.pages.handbook.boxes import RuleNews
from toolkit.pages.handbook.files import FOLDER
from toolkit.pages.icons import icon
from toolkit.pages.lookup import fold, look_up_field
from toolkit.pages.markup import Html, div, link, span, tag

if TYPE_CHECKING:
    from toolkit.lint import Rule

REFERENCE: Final = f"{FOLDER}referenz/"
RULES_PAGE: Final = f"{REFERENCE}regeln/index.md"
_TABLE: Final = re.compile(r"(?m)(?:^\|.*\n?)+")
# Where the first list begins, with its heading if it has one.
_BEGIN: Final = re.compile(r"(?m)^(?=\||## )")
_ROW: Final = re.compile(r"(?m)^\| `")
# A list that is seen at a glance needs no field.
_MANY: Final = 40
_TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "info"}


def show_reference(path: str, text: str, news_of: Callable[[str], RuleNews], address_of: Callable[[str], str]) -> str:
    """A page of the reference with its list of rules drawn, or with a field above its many keys; other pages as they are.

    `address_of` leads from the page to another file of the handbook.
    """
    if path == RULES_PAGE:
        return _TABLE.sub(lambda _found: f"{_rules(news_of, address_of)}\n", text, count=1)
    if path.startswith(REFERENCE) and len(_ROW.findall(text)) >= _MANY:
        return _BEGIN.sub(lambda _found: f"{_field()}\n\n", text, count=1)
    return text


def _field() -> Html:
    """The field above the tables of a page; the script counts their rows."""
    some = _("{count} entries")
    field = look_up_field(
        _("Look up a key or a command"),
        "",
        one=ngettext("{count} entry", "{count} entries", 1),
        some=some,
        none=_("Nothing here is called that."),
    )
    return div(div(field, data_find_page=True), class_="ls")


def _rules(news_of: Callable[[str], RuleNews], address_of: Callable[[str], str]) -> Html:
    """Every rule with its severity, what it is about, and what it finds today."""
    from toolkit.lint import RULES

    items = [
        _rule(name, rule, news_of(name), address_of(f"{REFERENCE}regeln/{name}.md")) for name, rule in RULES.items()
    ]
    field = look_up_field(
        _("Look up a rule"),
        ngettext("{count} rule", "{count} rules", len(items)),
        one=ngettext("{count} rule", "{count} rules", 1),
        some=_("{count} rules"),
        none=_("No rule is called that."),
    )
    return div(div(field, tag("ul", *items, class_="ls-rules"), data_find=True), class_="ls")


def _rule(name: str, rule: Rule, news: RuleNews, address: str) -> Html:
    said, summary = rule.severity.said().capitalize(), _(rule.summary)
    mends = span(_("leitstand fix puts it right")) if rule.fixable else None
    words = ngettext("finds something in {count} file today", "finds something in {count} files today", news.files or 0)
    finds = link(news.problems, words) if news.files else None
    return tag(
        "li",
        link(address, tag("code", name), class_="ls-rule-name"),
        span(icon(rule.severity.value), said, class_=f"ls-chip ls-{_TONES[rule.severity]}"),
        div(span(summary), span(mends, finds, class_="ls-soft") if mends or finds else None, class_="ls-two"),
        data_find_text=fold(f"{name} {summary} {said}"),
    )
