"""Approvals: a yes that is bound to exactly the content it was given for, and the verdict whether enough were given."""

from toolkit.approval.content import canonical_content, content_hash
from toolkit.approval.verdict import Verdict, judge

__all__ = ["Verdict", "canonical_content", "content_hash", "judge"]
