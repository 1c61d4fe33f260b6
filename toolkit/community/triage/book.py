"""The rules of a workspace in their order, with its dangers, its service hours and its people."""

from __future__ import annotations

from toolkit.community.hours import ServiceTimes, read_times
from toolkit.community.triage.phrasing import Glance
from toolkit.settings import Settings
from toolkit.values import dataclass
from toolkit.workspace import Risk, TriageRule, Workspace


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that decides; `rules` in the order in which they are asked."""

    settings: Settings
    rules: tuple[TriageRule, ...]
    risks: tuple[Risk, ...]
    times: ServiceTimes
    glance: Glance

    def names(self, channel: str) -> frozenset[str]:
        """The names under which rules know an account: its own and its network's."""
        account = self.settings.accounts.get(channel)
        return frozenset((channel, account.network) if account else (channel,))


def read_book(workspace: Workspace) -> Book:
    """The handbook's rules by `order`, then as the pages and the places in them follow each other."""
    handbook = workspace.handbook
    ordered = sorted(handbook.triage, key=lambda rule: rule.order)
    # The gravest first: the first that is found gives the class its name.
    risks = sorted(handbook.risks, key=lambda risk: -risk.level)
    times = read_times(workspace.settings, handbook, workspace.occasions[0])
    told = [
        *((rule.name, rule.when.words, rule.when.patterns) for rule in ordered),
        *((risk.name, risk.wording.words, risk.wording.patterns) for risk in risks),
    ]
    return Book(workspace.settings, tuple(ordered), tuple(risks), times, Glance(told))
