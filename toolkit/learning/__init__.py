"""What the results say about the house rules: proposals with n, a shrunken estimate and an interval.

"No reliable difference" is the normal answer; see `toolkit.learning.proposals`.
"""

from toolkit.learning.proposals import QUESTIONS, Proposal, Question, learn

__all__ = ["QUESTIONS", "Proposal", "Question", "learn"]
