"""What every page about posts stands on: the ledger opened for one request, how all posts stand, people by their names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from toolkit.desk.endpoint import Visit
from toolkit.errors import ChangedError, MissingError, UsageError
from toolkit.ledger import Ledger, Row
from toolkit.messages import _
from toolkit.model import Post
from toolkit.outlook import Outlook, look_lately
from toolkit.settings import Settings
from toolkit.values import dataclass

APPROVALS: Final = "/approvals"
POSTS: Final = "/posts"
PAUSE: Final = "/pause"
_DIGITS: Final = 19  # fewer than the largest number has


@dataclass(frozen=True, slots=True)
class Ground:
    """What one request works with; `outlook` is of the moment of the request."""

    visit: Visit
    ledger: Ledger
    outlook: Outlook

    @property
    def settings(self) -> Settings:
        return self.outlook.workspace.settings

    @property
    def person(self) -> str:
        """The name of who asks, as the log has it."""
        return name_of(self.settings, self.visit.person)

    def local(self, moment: datetime) -> datetime:
        """The moment on the workspace's clock."""
        return moment.astimezone(self.outlook.now.tzinfo)

    def post(self) -> Post:
        """The post that the address names; raises `MissingError` when there is none."""
        uid = self.visit.path["uid"]
        found = next((post for post in self.outlook.workspace.posts if post.uid == uid), None)
        if found is None:
            raise MissingError(_("there is no post {uid} any more; its file was taken away").format(uid=uid))
        return found


@contextmanager
def look(visit: Visit) -> Iterator[Ground]:
    """For a page that only shows."""
    with visit.house.ledger(read_only=True) as ledger:
        yield Ground(visit, ledger, _look(visit, ledger))


@contextmanager
def act(visit: Visit) -> Iterator[Ground]:
    """For a press: what stands in the files is read anew, whenever they were looked at last."""
    visit.house.forget()
    with visit.house.ledger() as ledger:
        yield Ground(visit, ledger, _look(visit, ledger))


def _look(visit: Visit, ledger: Ledger) -> Outlook:
    return look_lately(visit.house.workspace, ledger, visit.now, visit.path.get("uid", ""))


def name_of(settings: Settings, person: str) -> str:
    """What people are called."""
    known = settings.people.get(person)
    return known.name if known is not None and known.name else person


def path_of(uid: str, *more: str) -> str:
    """The address of a post's page, and of what belongs to it."""
    return "/".join((POSTS, *(quote(part, safe="") for part in (uid, *more))))


def version_of(row: Row) -> str:
    """Another word whenever anything of the row changed, which a press carries along."""
    seen = row.id, row.state, row.token, row.updated_at.isoformat(), row.due.isoformat(), row.reason, row.again_at
    return sha256(repr(seen).encode()).hexdigest()[:16]


def find_row(ground: Ground) -> Row:
    """The row that the form names, as it is now; raises `UsageError` when it is none of this post."""
    number = ground.visit.form.get("row", "")
    row = ground.ledger.row(int(number)) if number.isdecimal() and len(number) < _DIGITS else None
    if row is None or row.uid != ground.visit.path["uid"]:
        raise UsageError(_("the ledger has no such row; load the page again"))
    return row


def refuse_changed(ground: Ground, row: Row) -> None:
    """Raise `ChangedError` when the row is not as it was shown."""
    if version_of(row) != ground.visit.form.get("version", ""):
        raise ChangedError(say_changed())


def say_changed() -> str:
    """What who comes second is told."""
    return _("somebody or something was faster: it changed since you saw it; look at it again")
