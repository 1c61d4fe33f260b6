"""JSON Schemas (2020-12) of front matter, content/feeds.yml, content/occasions and leitstand.toml, for editors that know nothing of Leitstand.

They are made from the tables of keys that reader, reference and hover share, and never refuse what the reader takes.
The data model of front matter is YAML 1.2's: ``12:30`` and ``NO`` are texts.
"""

from toolkit.schema.documents import (
    briefing_schema,
    campaign_schema,
    experiment_schema,
    feeds_schema,
    idea_schema,
    occasions_schema,
    playbook_schema,
    post_schema,
    settings_schema,
    strategy_schema,
)
from toolkit.schema.names import Names, collect_names

__all__ = [
    "Names",
    "briefing_schema",
    "campaign_schema",
    "collect_names",
    "experiment_schema",
    "feeds_schema",
    "idea_schema",
    "occasions_schema",
    "playbook_schema",
    "post_schema",
    "settings_schema",
    "strategy_schema",
]
