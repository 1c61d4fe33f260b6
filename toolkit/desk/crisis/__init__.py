"""The crisis board: see it coming, declare it, and live through it with a phone in the hand.

============  =======================================================================================
`board`       /crisis: what is proposed with its evidence, what runs, which plans there are
`curve`       the picture under a proposal, as plain numbers
`declaring`   declaring, with what it will do said beforehand
`sheet`       /crisis/{id}: one incident on one page
`talking`     its holding statements, from check to said
`calling`     who was called, and who has taken it
`ending`      whether it may end, and the draft of the talk afterwards
`deeds`       what people do on that page
`notices`     the line on top of every page
`ground`      what all of these stand on
============  =======================================================================================
"""

from toolkit.desk.crisis.board import show_board
from toolkit.desk.crisis.declaring import declare, show_declaring
from toolkit.desk.crisis.deeds import approve, close, log, move, say, stop, take, tick
from toolkit.desk.crisis.notices import show_notices
from toolkit.desk.crisis.sheet import show_incident
from toolkit.desk.endpoint import Endpoint
from toolkit.desk.permissions import Permission

ENDPOINTS = (
    Endpoint("GET", "/crisis", Permission.READ, show_board),
    Endpoint("GET", "/crisis/declare/{playbook}", Permission.CRISIS, show_declaring),
    Endpoint("POST", "/crisis/declare/{playbook}", Permission.CRISIS, declare, "crisis-declare"),
    Endpoint("GET", "/crisis/alarms", Permission.READ, show_notices),
    Endpoint("GET", "/crisis/{id}", Permission.READ, show_incident),
    Endpoint("POST", "/crisis/{id}/log", Permission.CRISIS, log, "crisis-log"),
    Endpoint("POST", "/crisis/{id}/tick", Permission.CRISIS, tick, "crisis-tick"),
    Endpoint("POST", "/crisis/{id}/approve", Permission.APPROVE, approve, "crisis-approve"),
    Endpoint("POST", "/crisis/{id}/say", Permission.CRISIS, say, "crisis-say"),
    Endpoint("POST", "/crisis/{id}/level", Permission.CRISIS, move, "crisis-level"),
    Endpoint("POST", "/crisis/{id}/pause", Permission.PAUSE, stop, "crisis-pause"),
    Endpoint("POST", "/crisis/{id}/take", Permission.ANSWER, take, "crisis-take"),
    Endpoint("POST", "/crisis/{id}/close", Permission.CRISIS, close, "crisis-close"),
)
