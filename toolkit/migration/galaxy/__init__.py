"""galaxy-social: posts as Markdown in ``posts/``, accounts in ``plugins.yml``, results in ``processed_files.json``.

https://github.com/usegalaxy-eu/galaxy-social publishes each file to every account that its ``media`` names and notes
per file and account whether that succeeded. It knows no publish times, no people and no titles; its schema is
``.schema.yaml`` (media, images, mentions, hashtags).
"""

from toolkit.migration.galaxy.export import Entry, Export, Outcome, Plugin, read_export, root_name
from toolkit.migration.galaxy.moving import Wishes, migrate

__all__ = ["Entry", "Export", "Outcome", "Plugin", "Wishes", "migrate", "read_export", "root_name"]
