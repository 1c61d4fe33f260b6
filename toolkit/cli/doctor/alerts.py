"""What `leitstand doctor` says about alerts: whether the team can be told, and who of those that matter cannot."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from toolkit.alerts.addresses import find_addresses
from toolkit.alerts.heartbeat import find_heartbeat
from toolkit.alerts.team import Team, call_order
from toolkit.cli.context import Context
from toolkit.cli.health import Finding, Health
from toolkit.errors import LeitstandError
from toolkit.messages import _, ngettext
from toolkit.settings import OncallPolicy

NAME = "alerts"


def check_alerts(context: Context) -> Iterator[Finding]:
    """Nobody is told, or cannot be, or is; and whether somebody outside hears when nothing ticks."""
    try:
        reachable = set(find_addresses(context.settings, context.environ))
        watched = bool(find_heartbeat(context.settings, context.environ))
    except LeitstandError as error:
        yield Finding(NAME, Health.WRONG, str(error))
        return
    yield _reach(context, reachable)
    if reachable and not watched:
        text = _("no heartbeat: nobody outside hears when nothing ticks")
        yield Finding(NAME, Health.NOTE, text, _("set [alerts] heartbeat, or LEITSTAND_HEARTBEAT"))
    if reachable and context.settings.oncall is not None:
        yield _oncall(context, context.settings.oncall, reachable)


def _oncall(context: Context, policy: OncallPolicy, reachable: set[str]) -> Finding:
    """Who is called today when it burns; with the order in which they are."""
    now = context.local_now
    team = Team(context.settings, now.date(), reachable)
    deaf = [name for name in policy.rota if name not in reachable]
    order = call_order(policy, team, now)
    if not order:
        text = _("nobody can be called when somebody writes of a danger")
        return Finding(NAME, Health.WRONG, text, _("give the people in [oncall] rota an alert address"))
    text = _("called for a danger, one after the other: {names}").format(names=", ".join(order))
    if deaf:
        remedy = _("these cannot be called: {names}").format(names=", ".join(deaf))
        return Finding(NAME, Health.WRONG, text, remedy)
    return Finding(NAME, Health.FINE, text)


def _reach(context: Context, reachable: set[str]) -> Finding:
    people = context.settings.people.values()
    if not reachable:
        text = _("nobody is told when a post fails or waits for somebody")
        return Finding(
            NAME, Health.NOTE, text, _("set [alerts] relay and sender in leitstand.toml, and people's email")
        )
    if find_spec("apprise") is None:
        text = _("people have alert addresses, but the extra alerts is not installed: nobody is told")
        return Finding(NAME, Health.WRONG, text, "pip install 'leitstand[alerts]'")
    managers = {person.key for person in people if "manager" in person.roles}
    deaf = [person.key for person in people if person.key not in reachable]
    counted = ngettext("{count} person can be told", "{count} people can be told", len(reachable))
    if not managers & reachable:
        text = _("{counted}, but no manager; what nobody settles stays unheard").format(counted=counted)
        return Finding(NAME, Health.WRONG, text, _("give a manager an email, and try it: leitstand alerts test PERSON"))
    if deaf:
        return Finding(NAME, Health.NOTE, _("{counted}; not {names}").format(counted=counted, names=", ".join(deaf)))
    return Finding(NAME, Health.FINE, counted)
