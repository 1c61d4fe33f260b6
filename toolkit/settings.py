"""leitstand.toml: the one settings file of a workspace.

`read_settings` returns the settings and every problem with its place; unknown keys are errors with a suggestion.
The tables below *are* the reference: `docs` and the completeness test read `TABLES`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from difflib import get_close_matches
from typing import TypeVar

from toolkit.messages import LANGUAGES, _
from toolkit.model import Late, Problem, Severity, SourceText, Span, zone

FILE_NAME = "leitstand.toml"
FORMAT = 1
LARGEST = 10**7  # no number is; so many minutes can still be added to any moment

# table → key → what it means; the generated settings reference is made from this.
TABLES: Mapping[str, Mapping[str, str]] = {
    "": {"format": "Version of this file's format; always 1."},
    "workspace": {
        "id": "Short name of the brand; names the state directory. Letters, digits, hyphens.",
        "name": "The brand's name as people write it.",
        "timezone": "IANA zone of every wall time that names no other.",
        "languages": "Languages of posts; the first is the default.",
        "interface": "Language of commands, site and reports: de or en. Default: the first of languages.",
        "url": "Address of the published site; feed entries link to it.",
    },
    "people.*": {
        "name": "The person's name.",
        "roles": "editor, manager, community, analyst, legal or operator.",
        "email": "The person's address; nothing is sent there yet.",
        "deputy": "The person who stands in during absences; not used yet.",
        "absences": "List of {from, to} dates, both inclusive; not used yet.",
        "key": "Public signing key (SSH); not used yet.",
    },
    "accounts.*": {
        "network": "Which adapter: see the network reference.",
        "id": "The remote identity, such as @name@server. Stays when the account is renamed here.",
        "title": "How the account is called on pages.",
        "language": "Language of posts to this account that name none of their own.",
        "timezone": "Zone of publish times to this account, where the post names none.",
        "server": "Address of the account's server, where the network has several; of a feed, where its files are published.",
        "approvals": "How many approvals a post needs here, over [policy].",
        "hand_off": "Whether a person publishes here, from the kit, and confirms with the link: true or false.",
        "options": "Defaults for the network's own options, such as visibility.",
    },
    "policy": {
        "approvals": "How many approvals a post needs before it is sent; 0 for none.",
        "approvers": "Roles whose approval counts. The author's never does.",
        "quiet_hours": "List of wall-clock spans like 21:30-07:00 in which nothing should be published.",
        "late": "Default for a post that is late after its grace period: ask, send or skip.",
        "grace": "Minutes after which an unsent post is late.",
        "distance": "Fewest minutes between two posts of one account.",
    },
    "publish": {
        "ref": "The git commit, branch or tag that is published; empty: the working files.",
        "interval": "Seconds between two looks at what is due.",
    },
    "state": {
        "dir": "Where ledger, metrics, reports and feeds live; default: the platform's user state directory.",
    },
    "check": {
        "severity": "Table rule = error | warning | hint | off, over the rules' own.",
    },
}

ROLES = ("editor", "manager", "community", "analyst", "legal", "operator")


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


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything leitstand.toml says, with defaults filled in."""

    id: str
    name: str
    timezone: str
    languages: tuple[str, ...] = ("de",)
    interface: str = "de"
    url: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    ref: str = ""
    interval: int = 60
    state_dir: str = ""
    severities: Mapping[str, str] = field(default_factory=dict)

    @property
    def longest_silence(self) -> timedelta:
        """How long a working dispatcher may leave something undone: three intervals, at least five minutes."""
        return max(timedelta(seconds=3 * self.interval), timedelta(minutes=5))


def read_settings(text: str, path: str = FILE_NAME) -> tuple[Settings | None, list[Problem]]:
    """The settings in `text`; None, with at least one error, when they cannot be used."""
    source = SourceText(path, text)
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: a number of thousands of digits, thousands of brackets.
        return None, [_toml_problem(source, error)]
    reader = _Reader(source)
    settings = _read(reader, raw)
    failed = any(problem.severity is Severity.ERROR for problem in reader.problems)
    return (None if failed else settings), reader.problems


def find_setting(text: str, table: str, key: str) -> Span:
    """Where `key` of `table` (``accounts.mastodon``) stands in the text of a settings file, as well as can be told."""
    return _Reader(SourceText(FILE_NAME, text)).find(table, key)


def _toml_problem(source: SourceText, error: ValueError | RecursionError) -> Problem:
    message = str(error)
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if found:
        span = Span(int(found[1]), int(found[2]), int(found[1]), int(found[2]))
    else:
        span = source.span(len(source.text.rstrip()))
    said = re.sub(r"\s*\(at .*\)$", "", message)
    return Problem(source.path, span, "settings", Severity.ERROR, _("not valid TOML: {said}").format(said=said))


T = TypeVar("T")


class _Reader:
    """Reads values of a parsed TOML file and collects problems where they stand."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def error(self, table: str, key: str, message: str) -> None:
        span = self.find(table, key)
        self.problems.append(Problem(self.source.path, span, "settings", Severity.ERROR, message))

    def find(self, table: str, key: str) -> Span:
        """Where `key` of `table` stands; tomllib keeps no places, so the text is searched for the usual forms."""
        text = self.source.text
        start = self._header(table)
        if start is not None or not table:
            begin = text.find("\n", start) if start is not None else 0
            following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, begin)
            end = following.start() if following else len(text)
            name = re.compile(rf"^[ \t]*(\"?{re.escape(key)}\"?)[ \t]*[=.]", re.MULTILINE)
            if key and (match := name.search(text, begin, end)):
                return self.source.span(match.start(1), match.end(1))
        inner = self._header(f"{table}.{key}" if table else key)
        place = inner if inner is not None else start
        if place is not None:
            return self.source.span(place, place + len(text[place:].split("\n", 1)[0].rstrip()))
        parent, _dot, last = table.rpartition(".")
        return self.find(parent, last) if table else Span()

    def _header(self, table: str) -> int | None:
        """Where the line of ``[table]``, or of the first table inside it, begins."""
        match = re.search(rf"^[ \t]*(\[[ \t]*{re.escape(table)}[ \t]*[].])", self.source.text, re.MULTILINE)
        return match.start(1) if match and table else None

    def table(self, raw: Mapping[str, object], table: str, known: Mapping[str, str]) -> Mapping[str, object]:
        """`raw` after a word about each key that nobody knows."""
        for key in raw:
            if key not in known:
                self.error(table, key, unknown_key(key, known))
        return raw

    def sub(self, raw: Mapping[str, object], name: str, parent: str = "") -> Mapping[str, object]:
        """The sub-table `name`, empty when absent or not a table."""
        value = raw.get(name, {})
        if isinstance(value, dict):
            return value
        self.error(parent, name, _("{key} must be a table").format(key=name))
        return {}

    def value(self, raw: Mapping[str, object], table: str, key: str, kind: type[T], default: T) -> T:
        """``raw[key]`` if it is a `kind`, else `default`, with a problem when something else stands there."""
        value = raw.get(key, default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        names = {str: _("text"), int: _("a whole number"), bool: _("true or false"), date: _("a date")}
        self.error(table, key, _("{key} must be {kind}").format(key=key, kind=names.get(kind, kind.__name__)))
        return default

    def words(self, raw: Mapping[str, object], table: str, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of texts."""
        value = raw.get(key, list(default))
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        self.error(table, key, _("{key} must be a list of texts").format(key=key))
        return default

    def zone(self, raw: Mapping[str, object], table: str, key: str, default: str) -> str:
        """The name of a time zone."""
        name = self.value(raw, table, key, str, default)
        if name and zone(name) is None:
            self.error(table, key, unknown_zone(name))
            return default
        return name


def unknown_key(key: str, known: Mapping[str, str]) -> str:
    """The sentence about a key that does not exist, with a suggestion or the list of keys."""
    close = get_close_matches(key, known, n=1, cutoff=0.6)
    if close:
        return _("unknown key {key!r}; did you mean {close!r}?").format(key=key, close=close[0])
    return _("unknown key {key!r}; known: {known}").format(key=key, known=", ".join(known))


def unknown_zone(name: str) -> str:
    """The sentence about a time zone that does not exist, with a suggestion."""
    from zoneinfo import available_timezones

    close = get_close_matches(name, available_timezones(), n=1, cutoff=0.6)
    if close:
        return _("unknown time zone {name!r}; did you mean {close!r}?").format(name=name, close=close[0])
    return _("unknown time zone {name!r}; use an IANA name such as Europe/Berlin").format(name=name)


def _read(reader: _Reader, raw: Mapping[str, object]) -> Settings:
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
        accounts=_accounts(reader, reader.sub(raw, "accounts")),
        policy=_policy(reader, reader.table(reader.sub(raw, "policy"), "policy", TABLES["policy"])),
        ref=reader.value(publish, "publish", "ref", str, ""),
        interval=interval,
        state_dir=reader.value(state, "state", "dir", str, ""),
        severities=_severities(reader, reader.table(reader.sub(raw, "check"), "check", TABLES["check"])),
    )


def unknown_name(what: str, name: str, known: Mapping[str, object]) -> str:
    """The sentence about a person, account or campaign that does not exist, with a suggestion."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return _("unknown {what} {name!r}; did you mean {close!r}?").format(what=what, name=name, close=close[0])
    listed = ", ".join(sorted(known)) or _("none")
    return _("unknown {what} {name!r}; known: {known}").format(what=what, name=name, known=listed)


def _people(reader: _Reader, raw: Mapping[str, object]) -> dict[str, Person]:
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
            signing_key=reader.value(table, where, "key", str, ""),
        )
    return people


def _absences(reader: _Reader, table: Mapping[str, object], where: str) -> tuple[Absence, ...]:
    absences = []
    entries = table.get("absences", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        first, last = (entry.get("from"), entry.get("to")) if isinstance(entry, dict) else (None, None)
        if isinstance(first, date) and isinstance(last, date) and first <= last:
            absences.append(Absence(first, last))
        else:
            reader.error(where, "absences", _("an absence is {{from = 2026-12-21, to = 2027-01-06}}").format())
    return tuple(absences)


def _accounts(reader: _Reader, raw: Mapping[str, object]) -> dict[str, Account]:
    accounts = {}
    for name in raw:
        where = f"accounts.{name}"
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
            reader.error("accounts", name, _("an account name is lower-case letters, digits and hyphens"))
        table = reader.table(reader.sub(raw, name, "accounts"), where, TABLES["accounts.*"])
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


def _policy(reader: _Reader, raw: Mapping[str, object]) -> Policy:
    default = Policy()
    late = reader.value(raw, "policy", "late", str, default.late.value)
    if late not in set(Late):
        reader.error("policy", "late", _("late must be one of: {known}").format(known=", ".join(Late)))
        late = default.late.value
    numbers = {}
    for key, fallback in (("approvals", default.approvals), ("grace", default.grace), ("distance", default.distance)):
        numbers[key] = reader.value(raw, "policy", key, int, fallback)
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
    )


def _severities(reader: _Reader, raw: Mapping[str, object]) -> dict[str, str]:
    table = reader.sub(raw, "severity", "check")
    allowed = (*Severity, "off")
    for rule, value in table.items():
        if value not in allowed:
            reader.error("check.severity", rule, _("severity must be one of: {known}").format(known=", ".join(allowed)))
    return {rule: str(value) for rule, value in table.items()}
