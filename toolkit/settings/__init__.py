"""leitstand.toml: the one settings file of a workspace.

`tables` says which keys there are, `values` what they become, `reading` how; `wording` has the sentences about names
that do not exist, which posts and commands need, too.
"""

from toolkit.settings.addresses import has_password, is_ledger_address
from toolkit.settings.alerts import AlertPolicy
from toolkit.settings.binding import bind_ledger
from toolkit.settings.checks import CheckPolicy, HolidayPolicy
from toolkit.settings.competitors import Competitor
from toolkit.settings.conversions import ConversionPolicy
from toolkit.settings.desk import DeskPolicy
from toolkit.settings.editor import EditorPolicy
from toolkit.settings.forge import ForgePlace
from toolkit.settings.inbox import InboxPolicy
from toolkit.settings.links import LinkPolicy
from toolkit.settings.matomo import MatomoSite
from toolkit.settings.oncall import OncallPolicy, Swap
from toolkit.settings.place import MediaPlace
from toolkit.settings.reading import find_setting, read_settings
from toolkit.settings.reports import FORMATS as REPORT_FORMATS
from toolkit.settings.reports import ReportPolicy
from toolkit.settings.site import SitePolicy
from toolkit.settings.styles import StylePolicy
from toolkit.settings.tables import FILE_NAME, ROLES, TABLES
from toolkit.settings.values import Absence, Account, Person, Policy, QuietHours, Settings
from toolkit.settings.windows import Hours, Window
from toolkit.settings.wording import role_word, unknown_key, unknown_name, unknown_zone
from toolkit.settings.writing import Address, EmojiPlace, GenderForm, Narrowness, Readability, WritingPolicy

__all__ = [
    "FILE_NAME",
    "REPORT_FORMATS",
    "ROLES",
    "TABLES",
    "Absence",
    "Account",
    "Address",
    "AlertPolicy",
    "CheckPolicy",
    "Competitor",
    "ConversionPolicy",
    "DeskPolicy",
    "EditorPolicy",
    "EmojiPlace",
    "ForgePlace",
    "GenderForm",
    "HolidayPolicy",
    "Hours",
    "InboxPolicy",
    "LinkPolicy",
    "MatomoSite",
    "MediaPlace",
    "Narrowness",
    "OncallPolicy",
    "Person",
    "Policy",
    "QuietHours",
    "Readability",
    "ReportPolicy",
    "Settings",
    "SitePolicy",
    "StylePolicy",
    "Swap",
    "Window",
    "WritingPolicy",
    "bind_ledger",
    "find_setting",
    "has_password",
    "is_ledger_address",
    "read_settings",
    "role_word",
    "unknown_key",
    "unknown_name",
    "unknown_zone",
]
