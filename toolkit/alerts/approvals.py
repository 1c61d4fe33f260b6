"""Alerts about approvals: missing or void a day, two hours and half an hour before a post is due; and what was sent back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.scene import FRESH, Scene, one_line
from toolkit.approval import Verdict, content_hash, judge, people_to_ask, required_approvals
from toolkit.database import to_text
from toolkit.ledger import State, account_key
from toolkit.messages import _
from toolkit.model import Post, SentBack, Status
from toolkit.planning import Slot, slots
from toolkit.values import dataclass

# The shortest first. From two hours on the author hears of it, too: by then asking around is quicker than waiting.
STAGES: Final = (timedelta(minutes=30), timedelta(hours=2), timedelta(hours=24))
AUTHOR_TOO: Final = STAGES[1]


@dataclass(frozen=True, slots=True)
class Wanting:
    """A post that goes to several channels at one moment, and what each of them lacks."""

    post: Post
    due: datetime
    occurrence: str
    lacks: tuple[tuple[str, Verdict], ...]  # account and verdict


def approval_alerts(scene: Scene) -> Iterator[Alert]:
    """One alert for each post and moment, at the stage that has been reached; stages passed before are not made up."""
    for wanting in _wanting(scene):
        left = wanting.due - scene.now
        stage = next(stage for stage in STAGES if left <= stage)
        yield _alert(wanting, stage, scene)


def sent_back_alerts(scene: Scene) -> Iterator[Alert]:
    """What somebody wants changed who has sent a post back, for its author; once, and while the post is still the same."""
    for post in scene.workspace.posts:
        for refusal in _standing(post, scene):
            if scene.now - refusal.at <= FRESH:
                yield Alert(
                    key=f"sent back:{post.uid}:{refusal.hash}:{refusal.by}:{to_text(refusal.at)}",
                    kind=Kind.SENT_BACK,
                    subject=one_line(post.title or post.path),
                    since=refusal.at,
                    to=scene.team.of_post(post),
                    why=one_line(f"{refusal.by}: {refusal.note}"),
                    remedy=_("change {path}; then it waits for approval again").format(path=post.path),
                    link=scene.link(post) if scene.workspace.settings.url else "",
                )


def _standing(post: Post, scene: Scene) -> tuple[SentBack, ...]:
    """What was said against the post as it is now, by people who have a say."""
    workspace = scene.workspace
    accounts = [workspace.settings.accounts[name] for name in post.channels if name in workspace.settings.accounts]
    if not post.uid or not workspace.sent_back.get(post.uid) or not accounts:
        return ()
    return judge(post, accounts[0], workspace).sent_back


def _wanting(scene: Scene) -> list[Wanting]:
    settings, found = scene.workspace.settings, dict[tuple[str, str, datetime], Wanting]()
    digests: dict[str, str] = {}
    if not any(required_approvals(account, settings) for account in settings.accounts.values()):
        return []
    for slot in slots(scene.workspace):
        if slot.due is None or not scene.now < slot.due <= scene.now + STAGES[-1] or not _will_be_sent(slot, scene):
            continue
        # The hash reads every medium; without approvals there is nothing to compare it with.
        digest = digests.get(slot.post.uid) or (content_hash(slot.post, scene.workspace) if slot.post.approved else "-")
        digests[slot.post.uid] = digest
        verdict = judge(slot.post, slot.account, scene.workspace, digest=digest)
        if not verdict.granted:
            key = slot.post.uid, slot.occurrence, slot.due
            lacks = found[key].lacks if key in found else ()
            lacks = (*lacks, (slot.account.name, verdict))
            found[key] = Wanting(slot.post, slot.due, slot.occurrence, lacks)
    return list(found.values())


def _will_be_sent(slot: Slot, scene: Scene) -> bool:
    """Whether nothing but an approval is in the way, as far as file and ledger say."""
    post = slot.post
    if not post.uid or post.status is not Status.READY or post.retraction is not None:
        return False
    if required_approvals(slot.account, scene.workspace.settings) == 0:
        return False
    thread = post.uid, slot.occurrence, account_key(slot.account), "post"
    return scene.states.get(thread, State.PLANNED) is State.PLANNED


def _alert(wanting: Wanting, stage: timedelta, scene: Scene) -> Alert:
    post, settings = wanting.post, scene.workspace.settings
    reasons = dict.fromkeys(verdict.reason for _account, verdict in wanting.lacks)
    accounts = ", ".join(scene.account_title(account) for account, _verdict in wanting.lacks)
    minutes = int(stage.total_seconds()) // 60
    return Alert(
        key=f"approval:{post.uid}:{wanting.occurrence}:{to_text(wanting.due)}:{minutes}",
        kind=Kind.APPROVAL,
        subject=one_line(post.title or post.path),
        since=scene.now,
        to=_people(wanting, stage, scene),
        where=f"{accounts}, {scene.clock_time(wanting.due)}",
        why=one_line("; ".join(reasons)),
        remedy=_("leitstand approve {post}").format(post=post.uid),
        link=scene.link(post) if settings.url else "",
    )


def _people(wanting: Wanting, stage: timedelta, scene: Scene) -> tuple[str, ...]:
    """Who can approve and has not yet, for any of the channels; near the end the post's people, too."""
    team, post = scene.team, wanting.post
    if any(verdict.sent_back for _account, verdict in wanting.lacks):
        return team.of_post(post)  # approvers have said what they have to say
    given = [{approval.by for approval in verdict.given} for _account, verdict in wanting.lacks]
    asked = [person.key for person in people_to_ask(post, scene.workspace.settings, team.day)]
    still = [name for name in asked if any(name not in names for names in given)]
    to = team.first(still, team.with_role("manager"), team.with_role("community"))
    return tuple(dict.fromkeys((*to, *(team.of_post(post) if stage <= AUTHOR_TOO else ()))))
