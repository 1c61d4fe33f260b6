"""leitstand.toml → `Settings` and every problem with its place; unknown keys are errors with a suggestion."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from toolkit.messages import LANGUAGES, _
from toolkit.model import Late, Problem, Severity, SourceText, Span
from toolkit.settings.addresses import has_password, is_ledger_address
from toolkit.settings.alerts import read_alerts
from toolkit.settings.checks import read_checks
from toolkit.settings.competitors import read_competitors
from toolkit.settings.conversions import read_conversions
from toolkit.settings.desk import read_desk
from toolkit.settings.editor import read_editor
from toolkit.settings.engine import read_engine
from toolkit.settings.forge import read_forge
from toolkit.settings.identities import check_identities
from toolkit.settings.inbox import read_inbox
from toolkit.settings.links import read_links
from toolkit.settings.matomo import read_matomo
from toolkit.settings.oncall import read_oncall
from toolkit.settings.place import read_place
from toolkit.settings.reader import Reader
from toolkit.settings.reports import read_reports
from toolkit.settings.site import read_site
from toolkit.settings.styles import read_styles
from toolkit.settings.tables import FILE_NAME, FORMAT, LARGEST, ROLES, TABLES
from toolkit.settings.values import Absence, Account, Person, Policy, QuietHours, Settings
from toolkit.settings.windows import read_windows
from toolkit.settings.wording import SECRETS, secret_key, unknown_name
from toolkit.settings.writing import read_writing

_REGION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)


def read_settings(text: str, path: str = FILE_NAME) -> tuple[Settings | None, list[Problem]]:
    """The settings in `text`; None, with at least one error, when they cannot be used."""
    source = SourceText(path, text)
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: a number of thousands of digits, thousands of brackets.
        return None, [_toml_problem(source, error)]
    reader = Reader(source)
    settings = read_tables(reader, raw)
    failed = any(problem.severity is Severity.ERROR for problem in reader.problems)
    return (None if failed else settings), reader.problems


def find_setting(text: str, table: str, key: str) -> Span:
    """Where `key` of `table` (``accounts.mastodon``) stands in the text of a settings file, as well as can be told."""
    return Reader(SourceText(FILE_NAME, text)).find(table, key)


def _toml_problem(source: SourceText, error: ValueError | RecursionError) -> Problem:
    message = str(error)
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if found:
        span = Span(int(found[1]), int(found[2]), int(found[1]), int(found[2]))
    else:
        span = source.span(len(source.text.rstrip()))
    said = re.sub(r"\s*\(at .*\)$", "", message)
    return Problem(source.path, span, "settings", Severity.ERROR, _("not valid TOML: {said}").format(said=said))


def read_tables(reader: Reader, raw: Mapping[str, object]) -> Settings:
    """The settings in a parsed file; `reader` notes the problems, and may listen to what is asked for."""
    sections = {name.split(".")[0]: "" for name in TABLES if name} | dict(TABLES[""])
    reader.table(raw, "", sections)
    if raw.get("format") != FORMAT:
        reader.error("", "format", _("format must be {format}; write: format = 1").format(format=FORMAT))
    workspace = reader.table(reader.sub(raw, "workspace"), "workspace", TABLES["workspace"])
    languages = reader.words(workspace, "workspace", "languages", ("de",))
    if not languages:
        reader.error("workspace", "languages", _('languages needs at least one language, such as "de"'))
        languages = ("de",)
    short = languages[0].split("-")[0]
    interface = reader.value(workspace, "workspace", "interface", str, short if short in LANGUAGES else "en")
    if interface not in LANGUAGES:
        reader.error(
            "workspace", "interface", _("interface must be one of: {known}").format(known=", ".join(LANGUAGES))
        )
    identity = reader.value(workspace, "workspace", "id", str, "")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", identity):
        reader.error("workspace", "id", _('id must be lower-case letters, digits and hyphens, such as "nordlicht"'))
    publish = reader.table(reader.sub(raw, "publish"), "publish", TABLES["publish"])
    state = reader.table(reader.sub(raw, "state"), "state", TABLES["state"])
    people = _people(reader, reader.sub(raw, "people"))
    for person in people.values():
        if person.deputy and person.deputy not in people:
            reader.error(f"people.{person.key}", "deputy", unknown_name(_("person"), person.deputy, people))
    check_identities(reader, people.values())
    region = reader.value(workspace, "workspace", "region", str, "")
    if region and not _REGION.fullmatch(region):
        reader.error("workspace", "region", _('region is a code of ISO 3166 such as "DE-SH", "AT" or "CH-ZH"'))
    accounts = _accounts(reader, reader.sub(raw, "accounts"))
    check = reader.table(reader.sub(raw, "check"), "check", _inner("check"))
    interval = reader.value(publish, "publish", "interval", int, 60)
    if interval < 1:
        reader.error("publish", "interval", _("interval must be at least 1 second"))
    elif interval >= LARGEST:
        reader.error("publish", "interval", _("{key} must be below {largest}").format(key="interval", largest=LARGEST))
    return Settings(
        id=identity,
        name=reader.value(workspace, "workspace", "name", str, identity),
        timezone=reader.zone(workspace, "workspace", "timezone", "Europe/Berlin"),
        languages=languages,
        interface=interface,
        url=reader.value(workspace, "workspace", "url", str, "").rstrip("/"),
        people=people,
        region=region,
        accounts=accounts,
        policy=_policy(reader, reader.table(reader.sub(raw, "policy"), "policy", TABLES["policy"])),
        ref=reader.value(publish, "publish", "ref", str, ""),
        interval=interval,
        state_dir=reader.value(state, "state", "dir", str, ""),
        ledger=_ledger(reader, state),
        ledger_id=reader.value(state, "state", "ledger_id", str, ""),
        severities=_severities(reader, check),
        engine=read_engine(reader, raw),
        media_host=read_place(reader, raw),
        links=read_links(reader, raw),
        conversions=read_conversions(reader, raw),
        competitors=read_competitors(reader, raw, accounts),
        forge=read_forge(reader, raw),
        editor=read_editor(reader, raw),
        alerts=read_alerts(reader, raw),
        reports=read_reports(reader, raw, (*people, *ROLES)),
        checks=read_checks(reader, check),
        writing=read_writing(reader, check),
        styles=read_styles(reader, check),
        windows=read_windows(reader, raw, {name: account.network for name, account in accounts.items()}),
        matomo=read_matomo(reader, raw),
        inbox=read_inbox(reader, raw),
        oncall=read_oncall(reader, raw, people),
        desk=read_desk(reader, raw),
        site=read_site(reader, raw),
    )


def _inner(table: str) -> Mapping[str, str]:
    """The keys of a table and the tables inside it."""
    inside = (name.removeprefix(f"{table}.") for name in TABLES if name.startswith(f"{table}."))
    return {**TABLES[table], **dict.fromkeys(inside, "")}


def _ledger(reader: Reader, state: Mapping[str, object]) -> str:
    address = reader.value(state, "state", "ledger", str, "")
    if address and not is_ledger_address(address):
        reader.error("state", "ledger", _("ledger must be an address such as postgresql://user@host/database"))
    elif address and has_password(address):
        message = _("no password here, this file is in git: put it into the file that PGPASSFILE names, or set {name}")
        reader.error("state", "ledger", message.format(name="LEITSTAND_LEDGER"))
    return address


def _people(reader: Reader, raw: Mapping[str, object]) -> dict[str, Person]:
    people = {}
    for key in raw:
        where = f"people.{key}"
        table = reader.table(reader.sub(raw, key, "people"), where, TABLES["people.*"])
        roles = reader.words(table, where, "roles", ())
        for role in roles:
            if role not in ROLES:
                reader.error(where, "roles", unknown_name(_("role"), role, dict.fromkeys(ROLES)))
        people[key] = Person(
            key=key,
            name=reader.value(table, where, "name", str, key),
            roles=roles,
            email=reader.value(table, where, "email", str, ""),
            deputy=reader.value(table, where, "deputy", str, ""),
            absences=_absences(reader, table, where),
            signing_key=reader.value(table, where, "key", str, "").strip(),
            key_from=_day(reader, table, where, "key_from"),
            key_until=_day(reader, table, where, "key_until"),
            forge=reader.value(table, where, "forge", str, ""),
        )
    return people


def _day(reader: Reader, table: Mapping[str, object], where: str, key: str) -> date | None:
    day = table.get(key)
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    if key in table:
        reader.error(where, key, _("{key} must be a day such as 2026-12-31").format(key=key))
    return None


def _absences(reader: Reader, table: Mapping[str, object], where: str) -> tuple[Absence, ...]:
    absences = []
    entries = table.get("absences", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        first, last = (entry.get("from"), entry.get("to")) if isinstance(entry, dict) else (None, None)
        if isinstance(first, date) and isinstance(last, date) and first <= last:
            absences.append(Absence(first, last))
        else:
            reader.error(where, "absences", _("an absence is {{from = 2026-12-21, to = 2027-01-06}}").format())
    return tuple(absences)


def _open_keys(reader: Reader, raw: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An account's table without the secrets that somebody put there; each is a problem."""
    table, where = dict(reader.sub(raw, name, "accounts")), f"accounts.{name}"
    options = table.get("options")
    if isinstance(options, dict):
        table["options"] = _without_secrets(reader, options, f"{where}.options", name)
    return _without_secrets(reader, table, where, name)


def _without_secrets(reader: Reader, table: Mapping[str, object], where: str, account: str) -> Mapping[str, object]:
    for key in table:
        if key.lower().replace("-", "_") in SECRETS:
            reader.error(where, key, secret_key(key, account))
    return {key: value for key, value in table.items() if key.lower().replace("-", "_") not in SECRETS}


def _accounts(reader: Reader, raw: Mapping[str, object]) -> dict[str, Account]:
    accounts = {}
    for name in raw:
        where = f"accounts.{name}"
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
            reader.error("accounts", name, _("an account name is lower-case letters, digits and hyphens"))
        table = reader.table(_open_keys(reader, raw, name), where, TABLES["accounts.*"])
        options = reader.sub(table, "options", where)
        for key, value in options.items():
            if isinstance(value, dict | list):
                reader.error(where, "options", _("option {key} must be a single value").format(key=key))
        approvals = table.get("approvals")
        if approvals is not None:
            approvals = reader.value(table, where, "approvals", int, 0)
        network = reader.value(table, where, "network", str, "")
        if not network:
            reader.error(where, "network", _("account {name} needs a network").format(name=name))
        accounts[name] = Account(
            name=name,
            network=network,
            id=reader.value(table, where, "id", str, name),
            title=reader.value(table, where, "title", str, name),
            language=reader.value(table, where, "language", str, ""),
            timezone=reader.zone(table, where, "timezone", ""),
            server=reader.value(table, where, "server", str, "").rstrip("/"),
            approvals=approvals,
            hand_off=reader.value(table, where, "hand_off", bool, False),
            options={key: _plain(value) for key, value in options.items()},
        )
    return accounts


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _policy(reader: Reader, raw: Mapping[str, object]) -> Policy:
    default = Policy()
    late = reader.value(raw, "policy", "late", str, default.late.value)
    if late not in set(Late):
        reader.error("policy", "late", _("late must be one of: {known}").format(known=", ".join(Late)))
        late = default.late.value
    numbers = {}
    for key in ("approvals", "grace", "distance", "campaign_distance", "repeat_days"):
        numbers[key] = reader.value(raw, "policy", key, int, getattr(default, key))
        if numbers[key] < 0:
            reader.error("policy", key, _("{key} must not be negative").format(key=key))
        elif numbers[key] >= LARGEST:
            reader.error("policy", key, _("{key} must be below {largest}").format(key=key, largest=LARGEST))
    approvers = reader.words(raw, "policy", "approvers", default.approvers)
    for role in approvers:
        if role not in ROLES:
            reader.error("policy", "approvers", unknown_name(_("role"), role, dict.fromkeys(ROLES)))
    hours = []
    for span in reader.words(raw, "policy", "quiet_hours", ()):
        start, _dash, end = span.partition("-")
        try:
            hours.append(QuietHours(time.fromisoformat(start.strip()), time.fromisoformat(end.strip())))
        except ValueError:
            reader.error(
                "policy", "quiet_hours", _('quiet hours look like "21:30-07:00", not {span!r}').format(span=span)
            )
    return Policy(
        approvals=numbers["approvals"],
        approvers=approvers,
        quiet_hours=tuple(hours),
        late=Late(late),
        grace=numbers["grace"],
        distance=numbers["distance"],
        campaign_distance=numbers["campaign_distance"],
        repeat_days=numbers["repeat_days"],
        signed_approvals=reader.value(raw, "policy", "signed_approvals", bool, default.signed_approvals),
    )


def _severities(reader: Reader, raw: Mapping[str, object]) -> dict[str, str]:
    table = reader.sub(raw, "severity", "check")
    allowed = (*Severity, "off")
    for rule, value in table.items():
        if value not in allowed:
            reader.error("check.severity", rule, _("severity must be one of: {known}").format(known=", ".join(allowed)))
    return {rule: str(value) for rule, value in table.items()}
