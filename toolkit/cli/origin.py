"""What `status` and `doctor` say about where posts come from: the fetched branch, and the forge with its reviews."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from toolkit.cli.context import Context
from toolkit.cli.health import Finding, Health
from toolkit.cli.rows import age
from toolkit.credentials import read_secret, variable_name
from toolkit.dispatch.fetching import FetchNote, read_fetch, remote_branch, say_rewritten
from toolkit.errors import LeitstandError
from toolkit.forge import ACCOUNT, Knowledge, read_knowledge
from toolkit.messages import _, ngettext
from toolkit.values import dataclass

# So long a rewritten history is told.
RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Origin:
    """How fetching and reading reviews go; None for what the workspace does not do."""

    now: datetime
    patience: timedelta
    fetch: FetchNote | None
    reviews: Knowledge | None

    @property
    def silent(self) -> timedelta | None:
        """How long the branch has not been fetched, when that is longer than a working dispatcher takes."""
        seconds = None if self.fetch is None else self.fetch.age(self.now)
        silence = None if seconds is None else timedelta(seconds=seconds)
        return silence if silence is not None and silence > self.patience else None

    @property
    def alarming(self) -> bool:
        """Whether what is merged does not arrive, or reviews do not."""
        return self.silent is not None or bool(self.fetch and self.fetch.problem and not self.fetch.fetched)


def look_at_origin(context: Context) -> Origin:
    """What the dispatcher of this machine noted."""
    settings, state, now = context.settings, context.state, context.clock.now()
    note = read_fetch(state, settings.ref) if _fetches(context) else None
    reviews = read_knowledge(state, settings.forge) if settings.forge else None
    return Origin(now, settings.longest_silence, note, reviews)


def origin_lines(origin: Origin) -> Iterator[str]:
    """For people: when the branch was fetched, what went wrong, and whether reviews can be read."""
    note = origin.fetch
    if note is not None and note.fetched:
        mark = "! " if origin.alarming else ""
        fetched = datetime.fromisoformat(note.fetched)
        yield mark + _("{ref} fetched {age} ago").format(ref=note.ref, age=age(origin.now - fetched))
    elif note is not None:
        yield _("{ref} was not fetched yet; leitstand run does").format(ref=note.ref)
    if note is not None and note.problem:
        yield f"! {note.problem}"
    if note is not None and note.rewritten and origin.now - datetime.fromisoformat(note.rewritten) < RECENT:
        yield f"! {say_rewritten(note)}"
    if origin.reviews is not None:
        yield _reviews_line(origin.reviews, origin.now)


def origin_json(origin: Origin) -> dict[str, object]:
    """``fetch`` and ``reviews``, null for what the workspace does not do."""
    note, known = origin.fetch, origin.reviews
    seconds = None if note is None else note.age(origin.now)
    return {
        "fetch": None
        if note is None
        else {
            "ref": note.ref,
            "commit": note.commit,
            "fetched": note.fetched or None,
            "seconds": None if seconds is None else int(seconds),
            "problem": note.problem,
            "rewritten": note.rewritten or None,
            "lost": note.lost,
        },
        "reviews": None
        if known is None
        else {
            "answered": known.answered.isoformat() if known.answered else None,
            "known": len(known.all_given()),
            "problem": known.problem,
        },
    }


def check_origin(context: Context) -> Iterator[Finding]:
    """Whether the published branch arrives here, and whether reviews can be read. Never the token."""
    origin = look_at_origin(context)
    if origin.fetch is not None:
        lines = list(origin_lines(Origin(origin.now, origin.patience, origin.fetch, None)))
        remedy = _("start a dispatcher, or mend the remote: git fetch") if origin.alarming else ""
        worst = Health.WRONG if origin.alarming else Health.NOTE if len(lines) > 1 else Health.FINE
        yield Finding("fetch", worst, "; ".join(line.removeprefix("! ") for line in lines), remedy)
    if origin.reviews is not None:
        yield _check_forge(context, origin.reviews)
    if context.settings.policy.signed_approvals:
        yield _check_signing(context)


def _check_forge(context: Context, known: Knowledge) -> Finding:
    line = _reviews_line(known, context.clock.now()).removeprefix("! ")
    if not _fetches(context):
        remedy = _("set [publish] ref to a remote branch such as origin/main")
        return Finding("forge", Health.WRONG, _("reviews are read for a branch that is fetched"), remedy)
    try:
        token = bool(read_secret(ACCOUNT, context.environ))
    except LeitstandError as error:
        return Finding("forge", Health.WRONG, str(error))
    if not token:
        text = _("no token: {line}").format(line=line)
        return Finding("forge", Health.WRONG, text, _("set {variable}").format(variable=variable_name(ACCOUNT)))
    return Finding("forge", Health.NOTE if known.problem else Health.FINE, line)


def _check_signing(context: Context) -> Finding:
    """Whether signatures can be verified here, and who could sign."""
    missing = [name for name in ("git", "ssh-keygen") if shutil.which(name) is None]
    if missing:
        text = _("approvals have to be signed, and {missing} is missing to verify that").format(missing=missing[0])
        return Finding("signatures", Health.WRONG, text, _("install git and OpenSSH's client programs"))
    able = [person.key for person in context.settings.people.values() if person.signing_key]
    if not able:
        text = _("approvals have to be signed, and nobody has a key in leitstand.toml")
        return Finding("signatures", Health.WRONG, text, _('write key = "ssh-ed25519 …" into [people.NAME]'))
    return Finding("signatures", Health.FINE, _("people with a key: {names}").format(names=", ".join(able)))


def _reviews_line(known: Knowledge, now: datetime) -> str:
    if known.problem:
        return f"! {known.problem}"
    if known.answered is None:
        return _("reviews were not read yet; leitstand run does")
    count = len(known.all_given())
    found = ngettext("{count} approving review known", "{count} approving reviews known", count)
    return _("{found}, read {age} ago").format(found=found, age=age(now - known.answered))


def _fetches(context: Context) -> bool:
    try:
        return bool(remote_branch(context.root, context.settings.ref)[0])
    except LeitstandError:
        return False
