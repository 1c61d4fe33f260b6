"""What leitstand.toml says, as frozen values with defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, time, timedelta

from toolkit.model import Late
from toolkit.settings.alerts import AlertPolicy
from toolkit.settings.checks import CheckPolicy
from toolkit.settings.competitors import Competitor
from toolkit.settings.conversions import ConversionPolicy
from toolkit.settings.desk import DeskPolicy
from toolkit.settings.editor import EditorPolicy
from toolkit.settings.forge import ForgePlace
from toolkit.settings.inbox import InboxPolicy
from toolkit.settings.links import LinkPolicy
from toolkit.settings.matomo import MatomoSite
from toolkit.settings.oncall import OncallPolicy
from toolkit.settings.place import MediaPlace
from toolkit.settings.reports import ReportPolicy
from toolkit.settings.site import SitePolicy
from toolkit.settings.styles import StylePolicy
from toolkit.settings.windows import EVERYWHERE, Window
from toolkit.settings.writing import WritingPolicy
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """Days, both inclusive, on which a person is not there."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes, approves, answers or is alerted."""

    key: str
    name: str
    roles: tuple[str, ...] = ()
    email: str = ""
    deputy: str = ""
    absences: tuple[Absence, ...] = ()
    signing_key: str = ""
    key_from: date | None = None  # both inclusive, in UTC
    key_until: date | None = None
    forge: str = ""  # the name on the forge

    def absent(self, day: date) -> bool:
        return any(absence.first <= day <= absence.last for absence in self.absences)


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one network; posts call it a channel."""

    name: str
    network: str
    id: str
    title: str = ""
    language: str = ""
    timezone: str = ""
    server: str = ""
    approvals: int | None = None
    hand_off: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A span of the day; over midnight when `end` is before `start`."""

    start: time
    end: time

    def contains(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True)
class Policy:
    """House rules that are not about words."""

    approvals: int = 0
    approvers: tuple[str, ...] = ("manager",)
    quiet_hours: tuple[QuietHours, ...] = ()
    late: Late = Late.ASK
    grace: int = 60
    distance: int = 30
    campaign_distance: int = 0
    repeat_days: int = 0
    signed_approvals: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything leitstand.toml says, with defaults filled in."""

    id: str
    name: str
    timezone: str
    languages: tuple[str, ...] = ("de",)
    interface: str = "de"
    url: str = ""
    region: str = ""  # ISO 3166, whose holidays count
    people: Mapping[str, Person] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    ref: str = ""
    interval: int = 60
    state_dir: str = ""
    ledger: str = ""
    ledger_id: str = ""
    engine: str = ""  # what computes the KPIs; "" is DuckDB on this machine
    severities: Mapping[str, str] = field(default_factory=dict)
    media_host: MediaPlace | None = None
    links: LinkPolicy = field(default_factory=LinkPolicy)
    conversions: ConversionPolicy = field(default_factory=ConversionPolicy)
    competitors: Mapping[str, Competitor] = field(default_factory=dict)
    forge: ForgePlace | None = None
    editor: EditorPolicy | None = None
    alerts: AlertPolicy = field(default_factory=AlertPolicy)
    reports: ReportPolicy = field(default_factory=ReportPolicy)
    checks: CheckPolicy = field(default_factory=CheckPolicy)
    writing: WritingPolicy = field(default_factory=WritingPolicy)
    styles: StylePolicy = field(default_factory=StylePolicy)
    windows: Mapping[str, Window] = field(default_factory=dict)
    matomo: MatomoSite | None = None
    inbox: InboxPolicy = field(default_factory=InboxPolicy)
    oncall: OncallPolicy | None = None  # None: nobody is called
    desk: DeskPolicy = field(default_factory=DeskPolicy)
    site: SitePolicy = field(default_factory=SitePolicy)

    @property
    def longest_silence(self) -> timedelta:
        """How long a working dispatcher may leave something undone: three intervals, at least five minutes."""
        return max(timedelta(seconds=3 * self.interval), timedelta(minutes=5))

    def window(self, account: Account) -> Window | None:
        """When `account` may post: its own window, its network's, everybody's; None is any time."""
        names = (account.name, account.network, EVERYWHERE)
        return next((self.windows[name] for name in names if name in self.windows), None)
