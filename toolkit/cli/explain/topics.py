"""Everything that can be explained, each with its names, its text and where more is written.

The texts stand elsewhere: at the rule, the key figure, the setting, the command, the page. Only what a state means stands
here, in `states`; what people say for a thing is data, see `vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from toolkit.cli.explain.vocabulary import said_for
from toolkit.messages import _
from toolkit.source import FRONT_MATTER, Tree
from toolkit.source.rulepages import find_page, page_address, rule_pages
from toolkit.values import dataclass

_HANDBOOK: Final = "guidelines/"
# Rules, keys and the like are topics of their own; their pages need not be found a second time.
_REFERENCE: Final = "referenz/"
# A page's heading and what stands between it and whatever comes next: a section, a table, a box, a block.
_OPENING: Final = re.compile(r"(?m)^# (?P<title>.+)\n\s*(?P<text>(?:(?![#|`!>{]).*\n?)*)")


class Kind(StrEnum):
    """What a topic is."""

    RULE = "rule"
    STATE = "state"
    KPI = "kpi"
    COMMAND = "command"
    KEY = "key"
    SETTING = "setting"
    NETWORK = "network"
    PAGE = "page"

    def said(self) -> str:
        """The kind as people call it."""
        words = {
            Kind.RULE: _("rule"),
            Kind.STATE: _("state"),
            Kind.KPI: _("key figure"),
            Kind.KEY: _("front matter"),
            Kind.SETTING: "leitstand.toml",
            Kind.NETWORK: _("network"),
            Kind.COMMAND: _("command"),
            Kind.PAGE: _("page of the handbook"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that has a name. `words` are others that people use for it, `more` is a page, `command` what to type."""

    kind: Kind
    name: str
    title: str
    text: str
    words: tuple[str, ...] = ()
    more: str = ""
    command: str = ""


def all_topics(tree: Tree | None, url: str) -> list[Topic]:
    """Every topic in the language spoken; with the `tree` of a workspace also the rules and pages of its house.

    `url` is where the site is, "" where there is none: then pages are named by their files.
    """
    from toolkit.cli.explain.states import states

    found = [*_rules(tree, url), *states(), *_kpis(), *_keys(), *_settings(), *_networks(), *_commands()]
    said = said_for()
    known = (replace(one, words=(*one.words, *said.get(f"{one.kind} {one.name}", ()))) for one in found)
    return [*known, *(_pages(tree, url) if tree else ())]


def _rules(tree: Tree | None, url: str) -> Iterator[Topic]:
    from toolkit.lint import all_rules
    from toolkit.lint.explaining import explain
    from toolkit.lint.handbook import house
    from toolkit.workspace import load_settings

    own = house(tree, load_settings(tree)[0].styles).rules if tree else {}
    places = rule_pages(tree) if tree else {}
    for name, rule in {**own, **all_rules()}.items():
        page = find_page(tree, name, places) if tree else None
        more = (page.address(url) or page.path) if page else ""
        command = f"leitstand rules show {name}"
        yield Topic(Kind.RULE, name, _(rule.summary), explain(rule.docs), more=more, command=command)


def _kpis() -> Iterator[Topic]:
    from toolkit.kpis import KPIS

    for kpi in KPIS.values():
        lines = [_(kpi.definition), _("Formula: {formula}").format(formula=kpi.formula)]
        if kpi.denominator:
            lines.append(_("Denominator: {name}").format(name=_(kpi.denominator)))
        words = (kpi.title, *kpi.also)
        yield Topic(Kind.KPI, kpi.name, _(kpi.title), "\n".join(lines), words, command=f"leitstand kpi {kpi.name}")


def _keys() -> Iterator[Topic]:
    for key, text in FRONT_MATTER.items():
        yield Topic(Kind.KEY, key, key, _(text))


def _settings() -> Iterator[Topic]:
    from toolkit.settings import TABLES

    for table, keys in TABLES.items():
        place = f"[{table.replace('*', 'NAME')}]" if table else _("At the top")
        for key, text in keys.items():
            dotted = f"{table.removesuffix('.*')}.{key}" if table else key
            yield Topic(Kind.SETTING, dotted, f"{place} {key}", _(text), (key,))


def _networks() -> Iterator[Topic]:
    from toolkit.cli.explain.states import promise_words
    from toolkit.networks import NETWORKS

    for network in NETWORKS.values():
        lines = [
            promise_words(network.promise),
            _("Verified: {how} ({what})").format(how=_(network.verified.value), what=_(network.verified_by)),
            *(_(why) for why in (network.no_posts, network.no_direct) if why),
        ]
        command = f"leitstand networks list | grep -i {network.name}"
        yield Topic(Kind.NETWORK, network.name, network.title, "\n".join(lines), command=command)


def _commands() -> Iterator[Topic]:
    from toolkit.cli import VERBS

    for verb, text in VERBS.items():
        yield Topic(Kind.COMMAND, verb, f"leitstand {verb}", _(text), command=f"leitstand {verb} --help")


def _pages(tree: Tree, url: str) -> Iterator[Topic]:
    """The pages of the handbook that have a heading, each with its opening words."""
    for path in tree.paths(_HANDBOOK.rstrip("/"), ".md"):
        name = path.removeprefix(_HANDBOOK).removesuffix(".md")
        opening = _OPENING.search(tree.read(path).decode("utf-8", "replace").replace("\r\n", "\n"))
        if opening and not name.startswith(_REFERENCE):
            more = f"{url}/{page_address(path)}" if url else path
            title = opening["title"].strip()
            yield Topic(Kind.PAGE, name, title, opening["text"].strip() or title, more=more)
