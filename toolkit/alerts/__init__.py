"""Telling the team what needs a person: a refused, held or missed post, an approval that is missing, a dead account.

After each tick `begin` finds what is new to whom (`find_alerts` over a `Scene`) and claims one message per person,
`deliver` hands them to Apprise within ten seconds, `finish` records what arrived. Each alert is told once per person and
state, also after a restart and with several dispatchers; nothing in here can break or hold up publishing.
"""

from toolkit.alerts.addresses import alert_variable, find_addresses
from toolkit.alerts.alert import Alert, Kind, kind_word
from toolkit.alerts.finding import find_alerts
from toolkit.alerts.heartbeat import Heartbeat, beat_once, find_heartbeat
from toolkit.alerts.letter import Enclosure, Letter, trial_letter, write_letter
from toolkit.alerts.memory import Memory
from toolkit.alerts.oncall import CALLS, Ring, call_order, follow_calls, read_rings, take_call
from toolkit.alerts.round import NOTES, STOPS, Envelope, begin, finish, remember, told_of
from toolkit.alerts.scene import Ailing, Call, Halt, Owed, Proposed, Scene, Stop, Unsent, look
from toolkit.alerts.sending import deliver, send_letter
from toolkit.alerts.stopping import follow_stops
from toolkit.alerts.team import Team

__all__ = [
    "CALLS",
    "NOTES",
    "STOPS",
    "Ailing",
    "Alert",
    "Call",
    "Enclosure",
    "Envelope",
    "Halt",
    "Heartbeat",
    "Kind",
    "Letter",
    "Memory",
    "Owed",
    "Proposed",
    "Ring",
    "Scene",
    "Stop",
    "Team",
    "Unsent",
    "alert_variable",
    "beat_once",
    "begin",
    "call_order",
    "deliver",
    "find_addresses",
    "find_alerts",
    "find_heartbeat",
    "finish",
    "follow_calls",
    "follow_stops",
    "kind_word",
    "look",
    "read_rings",
    "remember",
    "send_letter",
    "take_call",
    "told_of",
    "trial_letter",
    "write_letter",
]
