"""The style engine: rules in Vale's format, exact places, RE2. It knows texts, not posts, accounts or networks.

=============  ================================================================
alert          what a rule finds: `Alert`, `Level`, `Replacement`
rule, spec     a rule as it is written: `StyleRule`, one dataclass per kind
=============  ================================================================
"""

from toolkit.style.alert import Alert, Level, Replacement
from toolkit.style.rule import Action, RuleError, Speller, StyleRule

__all__ = ["Action", "Alert", "Level", "Replacement", "RuleError", "Speller", "StyleRule"]
