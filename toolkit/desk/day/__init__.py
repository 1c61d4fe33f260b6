"""The day sheet, the desk's first page: what needs me now, by what I do here.

==========  =====================================================================
`sheet`     /: the parts in the order of somebody's role
`waiting`   answers that are due, and what waits for a yes
`sending`   what did not go out, what somebody holds in their hand, today's posts
`people`    who is on call, who is on duty
`mood`      how yesterday's messages sound: a hint
`part`      what a part of the sheet is
==========  =====================================================================
"""

from toolkit.desk.day.sheet import show_day
from toolkit.desk.endpoint import Endpoint
from toolkit.desk.permissions import Permission

ENDPOINTS = (Endpoint("GET", "/", Permission.READ, show_day),)
