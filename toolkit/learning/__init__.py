"""What the results say about the house rules: proposals with n, a shrunken estimate and an interval.

"No reliable difference" is the normal answer; see `toolkit.learning.proposals`.
"""

from toolkit.learning.effects import Effect, Sample, estimate
from toolkit.learning.proposals import QUESTIONS, Proposal, learn, post_samples

__all__ = ["QUESTIONS", "Effect", "Proposal", "Sample", "estimate", "learn", "post_samples"]
