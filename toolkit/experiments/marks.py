"""With which labels posts went out: whoever moves a post to the other arm after seeing its result moves nothing.

A label binds as it stood when the post went out. The history of the repository says how that was: the version of the
file on the branch at that moment. A file that came into the history later counts as it first did, and without a history
the labels are those of today, which whoever shows the result says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, date, datetime
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.experiments.experiment import Experiment
from toolkit.model import Post
from toolkit.source import read_post
from toolkit.source.past import find_commit
from toolkit.source.tree import read_blobs, run_git
from toolkit.values import dataclass
from toolkit.workspace import POSTS, Workspace

_UID: Final = re.compile(rb"(?m)^uid:[ \t]*[\"']?([^\s\"'#]+)")
_BEFORE: Final = datetime.min.replace(tzinfo=UTC)
_UNSAVED: Final = datetime.max.replace(tzinfo=UTC)  # what is not committed yet came last
# From a moment on, these labels.
Version = tuple[datetime, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The labels of posts by uid. `known` says whether a history stands behind them."""

    today: Mapping[str, frozenset[str]]
    times: Mapping[str, datetime]  # when the files say that posts go out, or went; aware
    history: Mapping[str, Sequence[Version]] = field(default_factory=dict)  # oldest first
    known: bool = False

    def of(self, experiment: Experiment) -> Marks:
        """What binds an experiment: nothing does where nobody registered it, and posts are sorted afterwards."""
        return self if experiment.registered is not None else Marks(self.today, self.times, known=True)

    @property
    def uids(self) -> frozenset[str]:
        """Every post that has or had labels."""
        return frozenset(self.today) | frozenset(self.history)

    def labels(self, uid: str, at: datetime | None = None) -> frozenset[str]:
        """The labels with which the post went out at `at`, by default when its file says; else those of today."""
        versions, moment = self.history.get(uid, ()), at or self.times.get(uid)
        if not versions or moment is None:
            return self.today.get(uid, frozenset())
        return next((labels for since, labels in reversed(versions) if since <= moment), versions[0][1])


def marks_of(posts: Iterable[Post]) -> Marks:
    """The labels of today alone."""
    kept = [post for post in posts if post.uid]
    times = {post.uid: post.publish.instant() for post in kept if post.publish is not None}
    return Marks({post.uid: frozenset(post.labels) for post in kept}, times)


def read_marks(workspace: Workspace, experiments: Iterable[Experiment], now: datetime) -> Marks:
    """The labels with which posts of the arms went out, as far as the history of the repository says."""
    found, begun = marks_of(workspace.posts), [one for one in experiments if one.start <= now.date()]
    tip = workspace.tree.commit or find_commit(workspace.root, "HEAD")
    if not begun or not tip:
        return found
    arms = {label for one in begun for label in one.labels}
    try:
        steps = list(_steps(workspace, tip, min(one.start for one in begun)))
        blobs = read_blobs(workspace.root, {blob for _at, old, new in steps for blob in (old, new) if blob})
    except LeitstandError:  # an incomplete clone
        return found
    versions = _versions(workspace, steps, _interesting(blobs, arms, found.today))
    # A post that is not out yet goes out as it is today.
    kept = {uid: own for uid, own in versions.items() if found.times.get(uid, now) <= now}
    return Marks(found.today, found.times, kept, known=True)


def _steps(workspace: Workspace, tip: str, since: date) -> Iterator[tuple[datetime, str, str]]:
    """Every change of a post since then, oldest first: when, the blob before ("" for none) and the one after."""
    args = ("--raw", "--no-abbrev", "--no-renames")
    listed = run_git(
        workspace.root, "log", "--first-parent", "-m", "--reverse", f"--since={since.isoformat()}T00:00:00Z",
        "--format=%x01%ct", *args, tip, "--", POSTS,
    )  # fmt: skip
    for chunk in listed.split(b"\x01")[1:]:
        stamp, *lines = chunk.splitlines()
        yield from _changed(datetime.fromtimestamp(int(stamp), UTC), lines)
    if not workspace.tree.commit:
        yield from _changed(_UNSAVED, run_git(workspace.root, "diff", *args, "HEAD", "--", POSTS).splitlines())


def _changed(at: datetime, lines: Iterable[bytes]) -> Iterator[tuple[datetime, str, str]]:
    for line in lines:
        if line.startswith(b":"):
            old, new = (blob.decode() if blob.strip(b"0") else "" for blob in line.split()[2:4])
            yield at, old, new


def _interesting(
    blobs: Mapping[str, bytes], arms: Collection[str], today: Mapping[str, frozenset[str]]
) -> dict[str, tuple[str, bytes]]:
    """Blob → uid and text, of posts that have the label of an arm or had it in any of their versions."""
    found = {name: (match[1].decode(), text) for name, text in blobs.items() if (match := _UID.search(text))}
    words = [label.encode() for label in arms]
    uids = {uid for uid, text in found.values() if any(word in text for word in words)}
    uids |= {uid for uid, labels in today.items() if not labels.isdisjoint(arms)}
    return {name: (uid, text) for name, (uid, text) in found.items() if uid in uids}


def _versions(
    workspace: Workspace, steps: Iterable[tuple[datetime, str, str]], texts: Mapping[str, tuple[str, bytes]]
) -> dict[str, list[Version]]:
    """Uid → its labels since each change, oldest first."""
    found: dict[str, list[Version]] = {}
    for at, old, new in steps:
        if old in texts:
            uid, text = texts[old]
            known = found.setdefault(uid, [])
            # A file that was moved is told as one that came and one that went, in any order.
            if not known or known[0][0] >= at:
                known.insert(0, (_BEFORE, _labels(workspace, text)))
        if new in texts:
            uid, text = texts[new]
            found.setdefault(uid, []).append((at, _labels(workspace, text)))
    return found


def _labels(workspace: Workspace, text: bytes) -> frozenset[str]:
    post, _problems = read_post(f"{POSTS}/then.md", text, workspace.settings)
    return frozenset(post.labels) if post is not None else frozenset()
