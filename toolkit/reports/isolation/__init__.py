"""What a notebook may touch: the walls that are put up around its process, in that process, before its first cell.

`isolate` puts up what the system offers and says what it was: no network (a network namespace, or Landlock's rules
for TCP), no files but the named ones (Landlock), and limits of memory, processor time and file size (`setrlimit`).
A system without one of them runs the notebook all the same; the manifest and the report's method section say so.
The environment without secrets (`scrub`) is there on every system.
"""

from toolkit.reports.isolation.environment import scrub
from toolkit.reports.isolation.limits import Limits
from toolkit.reports.isolation.places import Places, open_places
from toolkit.reports.isolation.walls import Isolation, active, isolate

__all__ = ["Isolation", "Limits", "Places", "active", "isolate", "open_places", "scrub"]
