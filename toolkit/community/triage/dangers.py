"""Which dangers of the handbook a text tells of: one list, for what comes first in the inbox and for the crisis plans.

A danger is looked for in texts of unknown languages, too: better once too often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from toolkit.community.triage.phrasing import Glance, tells
from toolkit.workspace import Risk

Names = Callable[[str], frozenset[str]]  # an account's name → all names that rules know it by


def judge_dangers(
    risks: Sequence[Risk], hints: frozenset[str], text: str, names: frozenset[str], language: str
) -> Iterator[tuple[Risk, bool | None]]:
    """Each danger that may be told by the text, and whether it is; None where finding out takes too long."""
    for risk in risks:
        if risk.name in hints and _about(risk, names, language):
            yield risk, tells(risk.wording.words, risk.wording.patterns, text)


class Dangers:
    """The dangers of a handbook, made ready for many texts."""

    def __init__(self, risks: Sequence[Risk], names: Names) -> None:
        self._risks = risks
        self._names = names
        self._glance = Glance((risk.name, risk.wording.words, risk.wording.patterns) for risk in risks)

    @property
    def levels(self) -> Mapping[str, int]:
        """The class of each danger by its name."""
        return {risk.name: risk.level for risk in self._risks}

    def told(self, text: str, channel: str = "", language: str = "") -> tuple[Risk, ...]:
        """Every danger that the text of a message on this account tells of."""
        hints = self._glance.at(text) if self._risks and text else frozenset()
        if not hints:
            return ()
        found = judge_dangers(self._risks, hints, text, self._names(channel), language)
        return tuple(risk for risk, told in found if told)


def bare(language: str) -> str:
    """``de`` of ``de-DE``."""
    return language.replace("_", "-").partition("-")[0].lower()


def _about(risk: Risk, names: frozenset[str], language: str) -> bool:
    wording, spoken = risk.wording, bare(language)
    return (not wording.channels or not wording.channels.isdisjoint(names)) and (
        not wording.languages or not spoken or spoken in wording.languages
    )
