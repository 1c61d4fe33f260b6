"""Signed approvals: the commit that brought a record into a post's file carries the SSH signature of that person.

What is proved, offline and by git and ssh-keygen alone: a commit that holds the record while none of its parents does
is signed by the key that leitstand.toml names for the person, on a day on which the key counts. So a record that
somebody else wrote does not become the person's by a later signed commit. The commit need not be on the published
branch itself: after a squash merge it is the one that was reviewed (`refs/leitstand/pull/…`); the record is bound to
the content by its hash.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Approval, Post
from toolkit.settings import Person, Settings
from toolkit.source import read_post
from toolkit.source.past import commits_that_add, files_with, find_commit, has_commit, parents, read_file_at
from toolkit.source.tree import ask_git, run_git
from toolkit.workspace import POSTS, Workspace

# So many commits are looked at that have something to do with one hash; a record is added by one.
MOST: Final = 50
PULLS: Final = "--glob=refs/leitstand/pull/*"
LONGEST: Final = 30.0  # seconds; a key on a token is not needed for verifying
# Over whatever the repository's own configuration says. A revocation list of the operator's stays in force.
_GIT: Final = (
    *("-c", "gpg.format=ssh", "-c", "gpg.ssh.program=ssh-keygen", "-c", "gpg.minTrustLevel=fully"),
    *("-c", "gpg.program=false", "-c", "gpg.openpgp.program=false", "-c", "gpg.x509.program=false"),
)


def signature_objection(approval: Approval, post: Post, workspace: Workspace) -> str:
    """Why the approval does not count as signed; "" when it does."""
    person = workspace.settings.people[approval.by]
    if not person.signing_key:
        return _("{name} has no key in leitstand.toml to sign with").format(name=person.key)
    commits = _commits(workspace, post, approval)
    if not commits:
        return _("no commit is known that added {name}'s approval").format(name=person.key)
    if any(is_signed_by(workspace.root, commit, person) for commit in commits):
        return ""
    if any(_signature(workspace.root, commit) for commit in commits):
        message = _("the commit with {name}'s approval is signed by another key, or not on a day of the key")
        return message.format(name=person.key)
    return _("the commit with {name}'s approval is not signed").format(name=person.key)


def is_signed_by(root: Path, commit: str, person: Person) -> bool:
    """Whether `commit` carries a valid signature by the person's key."""
    return _is_signed_by(str(root), commit, signers_line(person))


def signers_line(person: Person) -> str:
    """The only line of the file of allowed signers that the person's commits are verified against.

    The name in it is ours and not the person's, which could be a pattern; so nobody else's key can stand for it.
    """
    options = ['namespaces="git"']
    if person.key_from:
        options.append(f'valid-after="{person.key_from:%Y%m%d}000000"')
    if person.key_until and person.key_until < date.max:
        options.append(f'valid-before="{person.key_until + timedelta(days=1):%Y%m%d}000000"')
    return f"approver {','.join(options)} {' '.join(person.signing_key.split()[:2])}\n"


@lru_cache(maxsize=4096)  # a commit never changes
def _is_signed_by(root: str, commit: str, allowed: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="leitstand-signers-") as folder:
        file = Path(folder) / "allowed_signers"
        file.write_text(allowed, encoding="utf-8")
        settings = (*_GIT, "-c", f"gpg.ssh.allowedSignersFile={file}")
        environ = os.environ | {"TZ": "UTC"}  # the days of a key are days in UTC
        try:
            done = ask_git(Path(root), "verify-commit", commit, settings=settings, environ=environ, timeout=LONGEST)
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def _commits(workspace: Workspace, post: Post, approval: Approval) -> list[str]:
    """The commits that brought the record into the post's file; none where there is no git, or not committed yet."""
    root = workspace.root
    tip = workspace.tree.commit or find_commit(root, "HEAD")
    if not tip:
        return []
    found = commits_that_add(root, (tip, PULLS), approval.hash, POSTS, MOST)
    return [commit for commit in found if _adds(root, commit, (post.uid, approval), workspace.settings)]


def _adds(root: Path, commit: str, record: tuple[str, Approval], settings: Settings) -> bool:
    """Whether the record stands in `commit` and in none of its parents, all of which have to be known."""
    before = parents(root, commit)
    if not all(has_commit(root, parent) for parent in before):
        return False
    return _holds(root, commit, record, settings) and not any(_holds(root, old, record, settings) for old in before)


def _holds(root: Path, commit: str, record: tuple[str, Approval], settings: Settings) -> bool:
    uid, approval = record
    for path in files_with(root, commit, approval.hash, POSTS):
        try:
            post, _problems = read_post(path, read_file_at(root, commit, path), settings)
        except LeitstandError:
            continue
        if post is not None and post.uid == uid and approval in post.approved:
            return True
    return False


def _signature(root: Path, commit: str) -> bool:
    """Whether there is a signature at all, of whatever kind and by whomever."""
    head = run_git(root, "cat-file", "commit", commit).partition(b"\n\n")[0]
    return b"\ngpgsig" in head
