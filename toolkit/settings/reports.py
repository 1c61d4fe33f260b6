"""The table ``[reports]``: which files a report has beside its page, and who gets it by mail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import unknown_name

TABLE: Final = "reports"
KEYS: Final[Mapping[str, str]] = {
    "formats": 'What is made beside the page: "pdf", "xlsx", "csv". Default: none.',
    "mail": 'Who gets a report with --mail: people of [people], or roles such as "manager". Default: nobody.',
}
FORMATS: Final = ("pdf", "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class ReportPolicy:
    """`mail` holds people's keys and names of roles."""

    formats: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()


def read_reports(reader: Reader, raw: Mapping[str, object], known: Collection[str]) -> ReportPolicy:
    """The policy that the table sets; `known` are the people and roles that there are."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    formats, mail = reader.words(table, TABLE, "formats", ()), reader.words(table, TABLE, "mail", ())
    for name in formats:
        if name not in FORMATS:
            reader.error(TABLE, "formats", unknown_name(_("format"), name, dict.fromkeys(FORMATS)))
    for name in mail:
        if name not in known:
            reader.error(TABLE, "mail", unknown_name(_("person or role"), name, dict.fromkeys(known)))
    return ReportPolicy(formats, mail)
