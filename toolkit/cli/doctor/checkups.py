"""What `leitstand doctor` looks at. Each check-up yields findings and touches nothing but one probe file."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import Distribution, distributions
from importlib.util import find_spec
from pathlib import Path

from toolkit import __version__
from toolkit.cli import EXTRAS
from toolkit.cli.context import Context
from toolkit.cli.health import Finding, Health
from toolkit.cli.rows import age
from toolkit.cli.signins import health_of, health_without, token_words
from toolkit.credentials import variable_name
from toolkit.database import to_moment
from toolkit.dispatch.zones import tzdata_version
from toolkit.errors import LeitstandError
from toolkit.ledger import open_ledger
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.networks import by_hand, find_network
from toolkit.settings import Account
from toolkit.signin import AccountHealth, TokenState
from toolkit.source import CommitTree, FolderTree
from toolkit.source.tree import commit_time, in_git
from toolkit.workspace import load_settings

DISTRIBUTION = "leitstand"
# A write-ahead log and the ledger that it is folded into, of a busy year, have to fit.
LEAST_FREE = 16_000_000  # bytes
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

Checkup = Callable[[Context], Iterator[Finding]]


def check_versions() -> Iterator[Finding]:
    """Leitstand, Python, SQLite and the time zone database."""
    yield Finding("leitstand", Health.FINE, __version__)
    yield Finding("python", Health.FINE, f"{platform.python_version()} ({platform.system()} {platform.machine()})")
    yield Finding("sqlite", Health.FINE, sqlite3.sqlite_version)
    zones = tzdata_version()
    if zones:
        yield Finding("time zones", Health.FINE, zones)
    else:
        yield Finding("time zones", Health.WRONG, _("no time zone database"), "pip install tzdata")


def check_extras() -> Iterator[Finding]:
    """Which extras are installed; a missing one is missing only to those who want what it does."""
    modules: dict[str, list[str]] = {}
    for module, extra in EXTRAS.items():
        modules.setdefault(extra, []).append(module)
    for extra, names in modules.items():
        missing = [name for name in names if not _installed(name)]
        if not missing:
            yield Finding(f"extra {extra}", Health.FINE, _("installed"))
        else:
            text = _("not installed ({missing})").format(missing=", ".join(missing))
            yield Finding(f"extra {extra}", Health.NOTE, text, f"pip install '{DISTRIBUTION}[{extra}]'")


def check_rivals(installed: Iterable[Distribution] | None = None) -> Iterator[Finding]:
    """Whether another distribution ships a package called `toolkit` too: one would hide the other."""
    found = distributions() if installed is None else installed
    rivals = sorted({one.name for one in found if _ships_toolkit(one) and one.name != DISTRIBUTION})
    if rivals:
        text = _("{rivals} also installs a package called toolkit; one hides the other").format(
            rivals=", ".join(rivals)
        )
        yield Finding("package", Health.WRONG, text, f"pip uninstall {' '.join(rivals)}")
    else:
        yield Finding("package", Health.FINE, str(Path(__file__).parents[1]))


def check_tools(which: Callable[[str], str | None] = shutil.which) -> Iterator[Finding]:
    """Programs of the system that some verbs use."""
    git = which("git")
    if git:
        yield Finding("git", Health.FINE, git)
    else:
        yield Finding("git", Health.NOTE, _("not found; commits cannot be published or compared"), _("install git"))
    browser = next(filter(None, map(which, BROWSERS)), None)
    text = browser or _("no Chromium found; only the project's own browser tests need one")
    yield Finding("browser", Health.FINE if browser else Health.NOTE, text)


def check_settings(context: Context) -> Iterator[Finding]:
    """The workspace and what leitstand.toml says."""
    yield Finding("workspace", Health.FINE, str(context.root))
    _settings, problems = load_settings(FolderTree(context.root))
    for problem in problems:
        health = Health.WRONG if problem.severity is Severity.ERROR else Health.NOTE
        yield Finding("settings", health, str(problem))
    if not problems:
        settings = context.settings
        people = ngettext("{count} person", "{count} people", len(settings.people))
        accounts = ngettext("{count} account", "{count} accounts", len(settings.accounts))
        yield Finding("settings", Health.FINE, f"{people}, {accounts}, {settings.timezone}")


def check_state(context: Context) -> Iterator[Finding]:
    """Whether the state directory can be written and lies where `git clean` cannot take it away."""
    state = context.state
    try:
        _probe(state)
    except OSError as error:
        text = _("{path} cannot be written: {error}").format(path=state, error=error.strerror or error)
        yield Finding("state", Health.WRONG, text, _("change its owner, or set [state] dir or LEITSTAND_STATE_DIR"))
        return
    free = shutil.disk_usage(_existing(state)).free
    if free < LEAST_FREE:
        text = _("the disk of {path} is full: {free} kB are free").format(path=state, free=free // 1000)
        yield Finding("state", Health.WRONG, text, _("make room; the ledger cannot be written, so nothing is sent"))
    elif state.is_relative_to(context.root) and in_git(context.root):
        text = _("{path} lies inside the workspace; git clean could delete what was sent").format(path=state)
        yield Finding("state", Health.NOTE, text, _("leave [state] dir empty, unless this is a demo"))
    else:
        yield Finding("state", Health.FINE, str(state))


def check_ledger(context: Context) -> Iterator[Finding]:
    """The ledger's schema, its last tick, and whether the clock agrees with it."""
    path, now = context.ledger, context.clock.now()
    if not path.exists():
        yield Finding("ledger", Health.NOTE, _("none yet; the first publish makes it"))
        return
    try:
        with open_ledger(path, now=now, read_only=True) as ledger:
            meta, summary = ledger.meta(), ledger.summary(now)
    except LeitstandError as error:
        yield Finding("ledger", Health.WRONG, str(error))
        return
    rows = ngettext("{count} row", "{count} rows", sum(summary.counts.values()))
    yield Finding("ledger", Health.FINE, f"{path}, {rows}")
    last = to_moment(meta.get("last_tick", ""))
    if last is not None and last > now + timedelta(minutes=1):
        text = _("this clock is {age} behind the ledger's last tick").format(age=age(last - now))
        yield Finding("clock", Health.WRONG, text, _("set the system's clock; posts would go out late"))
    else:
        yield Finding("clock", Health.FINE, f"{now:%Y-%m-%d %H:%M:%S} UTC")


def check_ref(context: Context) -> Iterator[Finding]:
    """Whether the commit that is published can be read."""
    ref = context.settings.ref
    if not ref:
        yield Finding("publishes", Health.FINE, _("the working files"))
        return
    try:
        tree = CommitTree(context.root, ref)
        when = commit_time(context.root, tree.commit).isoformat()
    except LeitstandError as error:
        text = _("[publish] ref {ref!r} cannot be read: {error}").format(ref=ref, error=error)
        yield Finding("publishes", Health.WRONG, text, _("fetch the branch, or correct [publish] ref"))
        return
    yield Finding(
        "publishes", Health.FINE, _("{ref}: {commit} of {when}").format(ref=ref, commit=tree.commit[:12], when=when)
    )


def check_accounts(context: Context) -> Iterator[Finding]:
    """Per account: what its network promises, how that was proved, and how its token is. Never the token."""
    try:
        found = health_of(context)
    except LeitstandError:
        # `check_ledger` says what is wrong with it; the environment and files can be looked at all the same.
        found = [_unread(one) for one in health_without(context)]
    health = {one.account: one for one in found}
    for account in context.settings.accounts.values():
        yield from _check_account(account, health.get(account.name))


def _unread(health: AccountHealth) -> AccountHealth:
    """A token that is in neither place may be in the ledger that cannot be read: nobody has to sign in for that."""
    if health.state is not TokenState.MISSING:
        return health
    return replace(health, state=TokenState.UNKNOWN, reason=_("the ledger, where it may be, cannot be read"))


def _check_account(account: Account, health: AccountHealth | None) -> Iterator[Finding]:
    name = f"account {account.name}"
    try:
        network = find_network(account.network)
    except LeitstandError as error:
        yield Finding(name, Health.WRONG, str(error))
        return
    facts = _("{network}, class {promise}; verified: {verified}").format(
        network=network.title, promise=network.promise.value, verified=_(network.verified.value)
    )
    if by_hand(account):
        yield Finding(
            name, Health.FINE, _("{network}: a person publishes; no token needed").format(network=network.title)
        )
        return
    if network.connect is None:
        yield Finding(name, Health.NOTE, facts)
        return
    if health is None:
        yield Finding(name, Health.FINE, facts)
    elif health.state is TokenState.MISSING:
        remedy = _("leitstand login {account}, or set {variable}")
        remedy = remedy.format(account=account.name, variable=variable_name(account.name))
        yield Finding(name, Health.WRONG, f"{facts}; {token_words(health)}", remedy)
    else:
        fine = health.state is TokenState.OK
        remedy = "" if fine or health.state is TokenState.UNKNOWN else health.remedy
        judged = Health.FINE if fine else Health.WRONG if health.urgent else Health.NOTE
        yield Finding(name, judged, f"{facts}; {token_words(health)}", remedy)


def _ships_toolkit(distribution: Distribution) -> bool:
    """Its list of files, searched as text: `packages_distributions` takes a second for what this does at once."""
    record = distribution.read_text("RECORD") or distribution.read_text("SOURCES.txt") or ""
    return "\ntoolkit/" in f"\n{record}" or "toolkit" in (distribution.read_text("top_level.txt") or "").split()


# In the order in which a person would mend things.
INSTALLATION: tuple[Callable[[], Iterator[Finding]], ...] = (check_versions, check_extras, check_rivals, check_tools)
WORKSPACE: tuple[Checkup, ...] = (check_settings, check_state, check_ledger, check_ref, check_accounts)


def _installed(module: str) -> bool:
    return module in sys.modules or find_spec(module) is not None


def _probe(state: Path) -> None:
    """Write a file where the state is, or where it would be made; raises OSError when that fails."""
    with tempfile.NamedTemporaryFile(dir=_existing(state), prefix=".leitstand-probe-"):
        pass


def _existing(state: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(folder for folder in (state, *state.parents) if folder.exists())
