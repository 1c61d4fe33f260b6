"""The social media plan: what guidelines/strategy.md says for programs, read once and asked by all.

========== =====================================================================================================
module     what it is for
========== =====================================================================================================
`plan`     the nouns: strategy, pillar, audience, purpose of a channel, product, value, rival, cost
`reading`  the front matter of guidelines/strategy.md → `Strategy` and problems with their places
`keys`     what each key means and takes, for the reader, schemas, editors and the reference
`mix`      how the posts of a month are spread over the pillars, and where that breaks the plan
========== =====================================================================================================

The goals stay those of `Workspace.goals`, the claims those of the handbook's ``claim`` blocks, and the accounts of
competitors those of leitstand.toml: the strategy collects them, it does not tell them a second time.
"""

from toolkit.strategy.mix import Mix, Part, month_mix, posts_by_month, posts_of_month
from toolkit.strategy.plan import REVIEW, Audience, Cost, Pillar, Product, Purpose, Rival, Strategy, Value
from toolkit.strategy.reading import read_strategy

__all__ = [
    "REVIEW",
    "Audience",
    "Cost",
    "Mix",
    "Part",
    "Pillar",
    "Product",
    "Purpose",
    "Rival",
    "Strategy",
    "Value",
    "month_mix",
    "posts_by_month",
    "posts_of_month",
    "read_strategy",
]
