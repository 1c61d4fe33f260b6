"""Approvals: a yes that is bound to exactly the content it was given for, and the verdict whether enough were given."""

from toolkit.approval.content import canonical_content, content_hash, hash_content
from toolkit.approval.revising import write_correction, write_retraction
from toolkit.approval.signing import approval_edits, people_to_ask, present_person, sign
from toolkit.approval.verdict import Verdict, judge, may_approve, objection, required_approvals, time_objection
from toolkit.approval.words import with_approvals, with_words

__all__ = [
    "Verdict",
    "approval_edits",
    "canonical_content",
    "content_hash",
    "hash_content",
    "judge",
    "may_approve",
    "objection",
    "people_to_ask",
    "present_person",
    "required_approvals",
    "sign",
    "time_objection",
    "with_approvals",
    "with_words",
    "write_correction",
    "write_retraction",
]
