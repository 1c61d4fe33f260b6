"""Whose yes a reply needs: by the risk of its conversation, as ``[inbox]`` says. By itself a machine says none."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.settings import Settings, role_word


def needs_approval(risk: int, settings: Settings) -> bool:
    """Whether another person has to say yes; `risk` is the class that triage found, from 0 to 3."""
    return risk >= settings.inbox.approve_from


def why_not(by: str, author: str, risk: int, settings: Settings) -> str:
    """Why the yes of `by` does not count; "" when it does. Standing in for somebody gives no further rights."""
    person = settings.people.get(by)
    if person is None:
        return _("{name} is nobody in leitstand.toml").format(name=by or "-")
    if not needs_approval(risk, settings):
        return ""
    if by == author:
        return _("the conversation has risk class {risk}: somebody else than {name} has to approve the reply").format(
            risk=risk, name=by
        )
    wanted = settings.inbox.approve_by
    if set(person.roles).isdisjoint(wanted):
        message = _("the conversation has risk class {risk}: only {roles} may approve the reply, and {name} is not")
        return message.format(risk=risk, roles=", ".join(map(role_word, wanted)), name=by)
    return ""
