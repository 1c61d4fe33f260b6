"""Closed topics and claims of the handbook as boxes: what is meant, until when, whom to ask, what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.dates import say_period
from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.pages.markup import Html, div, join, para, span, tag
from toolkit.source.blocks import read_blocks
from toolkit.workspace import Claim, Topic, Wording
from toolkit.workspace.statements import CLAIM, TOPIC, read_claim, read_topic


def box_statements(markdown: str, name_of: Callable[[str], str]) -> str:
    """`markdown` with every such block as one line of HTML; a block that cannot be used stays as it is.

    `name_of` turns the key of a person into a name.
    """
    for block in reversed(list(read_blocks(SourceText("", markdown), (TOPIC, CLAIM)))):
        if block.fields is None:
            continue
        found = read_topic(block.fields) if block.kind == TOPIC else read_claim(block.fields)
        if found is not None:
            box = div(div(_box(found, name_of), class_="ls-rule"), class_="ls")
            markdown = f"{markdown[: block.start]}\n{box}\n{markdown[block.end :]}"
    return markdown


def _box(found: Topic | Claim, name_of: Callable[[str], str]) -> Html:
    is_topic = isinstance(found, Topic)
    head = div(
        span(_("Closed topic") if is_topic else _("Claim"), class_="ls-chip ls-warn"),
        span(_("Checked automatically")),
        tag("code", _RULES[type(found)]),
        class_="ls-rule-head",
    )
    facts = {**(_topic(found) if isinstance(found, Topic) else _claim(found)), **_wording(found.wording, name_of)}
    rows = (div(tag("dt", label), tag("dd", value)) for label, value in facts.items() if value)
    return join((head, para(tag("strong", found.name)), tag("dl", *rows, class_="ls-facts")))


_RULES: Final[Mapping[type[Topic | Claim], str]] = {Topic: "no-go", Claim: "claims"}


def _topic(topic: Topic) -> dict[str, str]:
    return {_("Why"): topic.reason, _("When"): say_period(topic.first, topic.last) if topic.first or topic.last else ""}


def _claim(claim: Claim) -> dict[str, str]:
    until = say_period(None, claim.until) if claim.until else ""
    return {_("Proof"): claim.proof or _("none: we do not say it"), _("Holds"): until}


def _wording(wording: Wording, name_of: Callable[[str], str]) -> dict[str, str]:
    scope = (*wording.channels, *wording.labels, *wording.campaigns, *wording.languages)
    return {
        _("Told by"): ", ".join((*wording.words, *wording.patterns)),
        _("Only for"): ", ".join(sorted(scope)),
        _("Instead"): wording.instead,
        _("Ask"): name_of(wording.owner) if wording.owner else "",
    }
