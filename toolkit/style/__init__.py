"""The style engine: rules in Vale's format, exact places, RE2. It knows texts, not posts, accounts or networks.

===========================================  ========================================================================
`alert` `rule` `spec`                        the nouns: `Alert`, `StyleRule`, one dataclass per kind of rule
`keys` `kinds` `reading`                     a rule's YAML → `StyleRule`, refused where it is not understood
`package` `blocks` `vocabulary`              where rules come from: Vale packages, handbook pages, word lists
`ini` `inilines` `globs` `styles`            Vale's configuration file and what it chooses
`markdown` `inline` `spans` `hypertext`      Markdown and HTML → blocks of text
`frontblocks` `ignoring`                     front matter as blocks; what is hidden before reading
`document` `mapped`                          a text as blocks, and where each of their characters stands
`view` `scope` `sentences` `switches`        which blocks a rule looks at, and where comments switch it off
`nodes` `syntax` `bounds`                    regular expressions: read, and bounded
`rendering` `edges` `pattern`                written down for two engines
`texts` `scan` `prefilter` `allowance`       searching many texts for many patterns in one pass, within a rule's time
`memory`                                     what was found out about words
`existence` `substitution` `capitals`        kinds of rules that look at words
`counting` `agreement` `measure` `spelling`  kinds of rules that count, compare, measure and spell
`figures` `formula`                          what metrics count and calculate
`exceptions` `actions` `wording`             what rules leave alone, how a match is mended, how messages are filled
`finding` `compiling` `rulebook`             a rule made ready; rules together: `Rulebook`
`rulespots`                                  where in its file an example or a pattern of a rule stands
===========================================  ========================================================================
"""

from toolkit.style.alert import Alert, Level, Replacement
from toolkit.style.blocks import read_blocks
from toolkit.style.document import Reading
from toolkit.style.ini import ValeConfig, read_ini
from toolkit.style.keys import Origin
from toolkit.style.package import built_in_rules, read_package
from toolkit.style.reading import read_rule, rule_from_text
from toolkit.style.rule import Action, RuleError, Speller, StyleRule
from toolkit.style.rulebook import Rulebook
from toolkit.style.styles import Styles
from toolkit.style.vocabulary import Vocabulary, read_words

__all__ = [
    "Action",
    "Alert",
    "Level",
    "Origin",
    "Reading",
    "Replacement",
    "RuleError",
    "Rulebook",
    "Speller",
    "StyleRule",
    "Styles",
    "ValeConfig",
    "Vocabulary",
    "built_in_rules",
    "read_blocks",
    "read_ini",
    "read_package",
    "read_rule",
    "read_words",
    "rule_from_text",
]
