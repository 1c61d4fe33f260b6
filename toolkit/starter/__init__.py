"""A workspace to begin with: settings, two posts, a handbook of two pages. `leitstand init` writes it.

The files stand in `de/` and `en/` as they will be written, with ``$name`` where something is filled in.
"""

from toolkit.starter.ci import PLACES, ci_files
from toolkit.starter.files import LANGUAGES, Starter, starter_files, write_files

__all__ = ["LANGUAGES", "PLACES", "Starter", "ci_files", "starter_files", "write_files"]
