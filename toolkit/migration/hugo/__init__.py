"""Hugo: pages below ``content/``, front matter in YAML, TOML or JSON, site settings in ``hugo.toml`` or ``config.*``.

https://gohugo.io/content-management/front-matter/: ``date``, ``publishDate`` and their other names, ``draft``, ``title``,
``tags``, ``url``, ``slug``, ``aliases``; a folder with ``index.md`` is a page with its own pictures; names of values are read
in any letters. ``_index.md`` are lists and no posts.
"""

from toolkit.importers.evidence import Confidence, Evidence
from toolkit.migration.archive import Tool
from toolkit.migration.hugo.reading import read_hugo

TOOL = Tool(
    "hugo",
    "Hugo",
    "the folder of the site, with content/",
    read_hugo,
    (("site", Evidence(Confidence.DOCUMENTED, "https://gohugo.io/content-management/front-matter/")),),
)
