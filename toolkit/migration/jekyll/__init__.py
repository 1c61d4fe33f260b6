"""Jekyll: ``_posts/2026-12-01-title.md`` and ``_drafts/``, YAML front matter, site settings in ``_config.yml``.

https://jekyllrb.com/docs/front-matter/ and https://jekyllrb.com/docs/posts/: the day stands in the file's name, ``date`` wins
over it; ``published: false`` keeps a post back; ``tags`` and ``categories`` are lists, or words with blanks between.
"""

from toolkit.importers.evidence import Confidence, Evidence
from toolkit.migration.archive import Tool
from toolkit.migration.jekyll.reading import read_jekyll

TOOL = Tool(
    "jekyll",
    "Jekyll",
    "the folder of the site, with _posts/",
    read_jekyll,
    (("site", Evidence(Confidence.DOCUMENTED, "https://jekyllrb.com/docs/front-matter/")),),
)
