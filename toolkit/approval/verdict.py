"""Whether a post may go to an account: how many of the approvals count, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from toolkit.approval.content import HASH, content_hash
from toolkit.approval.signatures import signature_objection
from toolkit.messages import _, ngettext
from toolkit.model import Approval, Post, SentBack
from toolkit.settings import Account, Person, Settings, role_word
from toolkit.values import dataclass
from toolkit.workspace import Workspace, drafts


@dataclass(frozen=True, slots=True)
class Verdict:
    """`granted` when `given` holds at least `required` approvals; `void` ones were for other content.

    `sent_back` holds what somebody said against this very content: it goes nowhere then, whoever else approved it.
    `reason` says in one sentence what is missing, "" when granted.
    """

    granted: bool
    required: int
    given: tuple[Approval, ...] = ()
    void: tuple[Approval, ...] = ()
    reason: str = ""
    sent_back: tuple[SentBack, ...] = ()


# Of a post that nobody has to approve, and about which nobody said anything.
_FREE: Final = Verdict(True, 0)


def judge(
    post: Post,
    account: Account,
    workspace: Workspace,
    *,
    digest: str = "",
    also: Iterable[Approval] = (),
) -> Verdict:
    """The verdict about `post` on `account`.

    `digest` is the post's content hash where the caller has it already. Approvals that stand elsewhere than in the front
    matter count like those in it: the workspace's, which are reviews on the forge, and `also`, such as the ledger's,
    made at the desk. Where signatures are demanded only records of the front matter can count, since only they are in a
    commit.
    """
    settings = workspace.settings
    required = required_approvals(account, settings)
    approvals = (*post.approved, *workspace.approvals.get(post.uid, ()), *also)
    refusals = workspace.sent_back.get(post.uid, ())
    if not (required or approvals or refusals):
        return _FREE
    # Callers that see none in the file have no hash to give, since that reads every medium.
    if (approvals or refusals) and not digest.startswith(HASH):
        digest = content_hash(post, workspace)
    void = tuple(approval for approval in approvals if approval.hash != digest)
    valid = [approval for approval in approvals if approval.hash == digest]
    objections = {approval: _objection(approval, post, workspace) for approval in valid}
    given = {approval.by: approval for approval in reversed(valid) if not objections[approval]}
    counted = tuple(reversed(given.values()))
    standing = tuple(one for one in refusals if one.hash == digest and _stands(one, valid, post, settings))
    if standing:
        return Verdict(False, required, counted, void, _say_sent_back(standing), standing)
    if required == 0:
        return Verdict(True, 0, counted, void)
    if not post.author:
        reason = _("the post names no author, so nobody can be ruled out as approver; add: author: NAME")
        return Verdict(False, required, counted, void, reason)
    verdict = Verdict(len(counted) >= required, required, counted, void)
    return verdict if verdict.granted else replace(verdict, reason=_reason(verdict, objections.values(), settings))


def required_approvals(account: Account, settings: Settings) -> int:
    """How many approvals a post needs on `account`."""
    return settings.policy.approvals if account.approvals is None else account.approvals


def objection(name: str, post: Post, settings: Settings) -> str:
    """Why the approval of `name` does not count for `post`; "" when it does."""
    person = settings.people.get(name)
    if person is None:
        return _("{name} is nobody in leitstand.toml").format(name=name)
    if name == post.author:
        return _("{name} is the author").format(name=name)
    if not may_approve(person, settings):
        roles = ", ".join(map(role_word, settings.policy.approvers))
        return _("{name} is not {roles}").format(name=name, roles=roles)
    return ""


def time_objection(post: Post, settings: Settings) -> str:
    """Why a post that waits for the next free slot cannot be approved yet; "" when it has its slots, or does not wait.

    The approval is for the time, too: it would be void as soon as the slot is written down.
    """
    if not post.publish_next or all(draft.publish is not None for draft in drafts(post, settings)):
        return ""
    return _("it has no time yet; write the next free slot first: leitstand fix {path}").format(path=post.path)


def may_approve(person: Person, settings: Settings) -> bool:
    """Whether the person has a role whose approval counts. Standing in for somebody gives no further rights."""
    return not set(person.roles).isdisjoint(settings.policy.approvers)


def _objection(approval: Approval, post: Post, workspace: Workspace) -> str:
    """Why this very approval does not count; "" when it does."""
    problem = objection(approval.by, post, workspace.settings)
    if problem or not workspace.settings.policy.signed_approvals:
        return problem
    if approval not in post.approved:
        return _("{name}'s approval is in no commit that {name} could have signed").format(name=approval.by)
    return signature_objection(approval, post, workspace)


def _stands(refusal: SentBack, approvals: Iterable[Approval], post: Post, settings: Settings) -> bool:
    """Whether the no is of somebody who has a say, and who has not approved the same content since."""
    if objection(refusal.by, post, settings):
        return False
    return not any(one.by == refusal.by and one.at > refusal.at for one in approvals)


def _say_sent_back(refusals: Iterable[SentBack]) -> str:
    return "; ".join(_("{name} sent it back: {note}").format(name=one.by, note=one.note) for one in refusals)


def _reason(verdict: Verdict, objections: Iterable[str], settings: Settings) -> str:
    wanted = ngettext("needs {count} approval", "needs {count} approvals", verdict.required)
    roles = ", ".join(map(role_word, settings.policy.approvers))
    said = [_("{wanted} ({roles}), has {given}").format(wanted=wanted, roles=roles, given=len(verdict.given))]
    said += [_("{name}'s is void: the post changed since").format(name=approval.by) for approval in verdict.void]
    said += list(dict.fromkeys(filter(None, objections)))
    return "; ".join(said)
