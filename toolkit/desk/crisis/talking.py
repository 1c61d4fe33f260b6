"""Holding statements on the page of an incident: prepared, checked, approved, said. Each goes out once."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.approval import content_hash, objection
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.situation import Situation
from toolkit.community.crisis.statements import make_statement, statement_path, valid_approvals
from toolkit.desk.crisis.declaring import missing_approvers
from toolkit.desk.crisis.ground import name_of
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Post
from toolkit.networks import by_hand
from toolkit.values import dataclass
from toolkit.workspace import Workspace, drafts
from toolkit.workspace.playbook import CrisisLevel


@dataclass(frozen=True, slots=True)
class Outlet:
    """One account a statement goes to: what it gets, and why it would be held back there, "" when nothing does."""

    account: str
    title: str
    network: str
    text: str
    held: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """One holding statement of an incident. `digest` is what a yes is given to; `said` whether it is out or on its way."""

    post: str
    title: str
    outlets: tuple[Outlet, ...]
    digest: str
    given: tuple[str, ...]
    missing: str
    may_approve: bool
    said: bool
    wrong: str

    @property
    def ready(self) -> bool:
        """Whether it can be said now."""
        return not (self.said or self.wrong or self.missing) and not all(one.held for one in self.outlets)


def holdings(
    situation: Situation, workspace: Workspace, incident: Incident, level: CrisisLevel | None, person: str
) -> list[Holding]:
    """The statements of the incident's level; all that were prepared where the plan is gone."""
    wanted = {post.path for post in map(workspace.find_post, level.holding) if post} if level is not None else None
    found = []
    for prepared in incident.holding:
        if wanted is None or prepared.post in wanted:
            post = workspace.find_post(prepared.post)
            path = statement_path(prepared, incident, situation.now)
            said = (situation.root / path).exists()
            if post is None:
                gone = _("{path} is gone; write a post and let it be approved").format(path=prepared.post)
                found.append(Holding(prepared.post, prepared.post, (), "", (), "", False, said, gone))
            else:
                held, wrong = _held(situation, workspace, incident, level, post.path)
                found.append(_holding(post, workspace, level, person, said=said, held=held, wrong=wrong))
    return found


def _held(
    situation: Situation, workspace: Workspace, incident: Incident, level: CrisisLevel | None, path: str
) -> tuple[Mapping[str, str], str]:
    """Account → why it would be held back there; and why there is nothing to be sent at all."""
    prepared = next(one for one in incident.holding if one.post == path)
    try:
        return make_statement(prepared, incident, level, workspace, situation.now).accounts, ""
    except LeitstandError as error:
        return {}, str(error)


def _holding(
    post: Post,
    workspace: Workspace,
    level: CrisisLevel | None,
    person: str,
    *,
    said: bool,
    held: Mapping[str, str],
    wrong: str,
) -> Holding:
    settings = workspace.settings
    missing = missing_approvers(level, post.path, workspace) if level is not None else ()
    names = ", ".join(name_of(settings, one) for one in missing if one) or (_("somebody who may") if missing else "")
    outlets = tuple(
        Outlet(
            one.account.name,
            one.account.title or one.account.name,
            one.account.network,
            "\n\n".join(one.parts),
            held.get(one.account.name, ""),
            by_hand(one.account),
        )
        for one in drafts(post, settings)
    )
    given = tuple(name_of(settings, one.by) for one in valid_approvals(post, workspace))
    asked = bool(missing) and (person in missing or "" in missing) and not objection(person, post, settings)
    lacks = _("it still needs the yes of {names}").format(names=names) if missing else ""
    digest = content_hash(post, workspace)
    # That a yes is missing is said with its button; the error says it with a command.
    return Holding(
        post.path, post.title or post.path, outlets, digest, given, lacks, asked, said, "" if missing else wrong
    )
