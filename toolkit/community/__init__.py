"""Living with the audience: the pause switch, which stops publishing at once when something happens."""

from toolkit.community.pause import PAUSE_FILE, Pause, Pauses, parse_scope, pauses_of_rows, read_pauses
from toolkit.community.switch import add_pause, remove_pauses

__all__ = [
    "PAUSE_FILE",
    "Pause",
    "Pauses",
    "add_pause",
    "parse_scope",
    "pauses_of_rows",
    "read_pauses",
    "remove_pauses",
]
