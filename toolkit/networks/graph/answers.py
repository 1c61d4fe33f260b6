"""What the error codes of Meta's Graph APIs mean for a part. The HTTP status says little: 400 stands for most of them.

=========================================  =========  ==========================================================
code                                       outcome    why
=========================================  =========  ==========================================================
4 17 32 341 613, 80000 to 80014, HTTP 429  later      too many requests; `X-Business-Use-Case-Usage` says how long
9                                          later      the day's posts are used up (Instagram)
9007, 24/2207006, 24/2207008, 24/4279009   later      the container is not ready yet; nothing was published
102 190                                    later      the token is not valid: nothing goes out before somebody signs in
506                                        duplicate  the same post once more
3 10 25 100 352 368 9004 36000 to 36004,   refused    permission, parameter, picture, caption; its own words
200 to 299, 4/2207051
1 2 -1 -2, transient, HTTP 5xx, others     unknown    it may be out
=========================================  =========  ==========================================================

Before the publishing request nothing can be out: then the last line is asked again later, and a code that is not
listed is a refusal. Codes: https://developers.facebook.com/docs/graph-api/guides/error-handling,
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes,
https://developers.facebook.com/docs/graph-api/overview/rate-limiting
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.model import Answer, Outcome
from toolkit.networks import answers
from toolkit.networks.answers import LONGEST, SOON, locked_out
from toolkit.networks.graph.api import Refusal, RefusedError
from toolkit.networks.jsonvalues import fields, items, number
from toolkit.web import Reply

QUOTA_CODE: Final = 9  # a day's posts are used up; comments and other accounts are not concerned
BUSY: Final = frozenset({4, QUOTA_CODE, 17, 32, 341, 613, *range(80000, 80015)})
SIGN_IN: Final = frozenset({102, 190})
DUPLICATE: Final = 506
REFUSED: Final = frozenset({3, 10, 25, 100, 352, 368, 9004, *range(200, 300), *range(36000, 36005)})
TRANSIENT: Final = frozenset({1, 2, -1, -2})
GONE_SUBCODE: Final = 33  # with code 100: there is no such object, or the token may not see it
# The container cannot be published yet: code, subcode.
NOT_READY: Final = frozenset({(9007, 2207027), (24, 2207006), (24, 2207008), (24, 4279009)})
SPAM: Final = (4, 2207051)  # the number of a rate limit, but no waiting helps
QUOTA: Final = timedelta(hours=1)  # until a day's quota is looked at again


def declined(error: RefusedError, now: datetime) -> Answer:
    """The answer to a publishing request that the API answered with an error."""
    refusal = error.refusal
    sure = _certain(refusal, error.reply, now)
    if sure is not None:
        return sure
    if refusal.code == DUPLICATE:
        return Answer(Outcome.DUPLICATE, reason=refusal.words)
    if not refusal.code and not refusal.transient:
        return answers.declined(error.reply, now, refusal.words)
    return Answer(Outcome.UNKNOWN, reason=refusal.words)


def not_begun(error: RefusedError, now: datetime) -> Answer:
    """The answer when a request *before* the publishing one failed."""
    refusal = error.refusal
    sure = _certain(refusal, error.reply, now)
    if sure is not None:
        return sure
    if refusal.code and not refusal.transient and refusal.code not in TRANSIENT and refusal.status < 500:
        return Answer(Outcome.REFUSED, reason=refusal.words)
    if refusal.code:
        return Answer(Outcome.LATER, reason=refusal.words, retry_at=now + answers.BUSY)
    return answers.not_begun(error.reply, now, refusal.words)


def is_gone(error: RefusedError) -> bool:
    """Whether the API says that there is no such object."""
    refusal = error.refusal
    return refusal.status in (404, 410) or (refusal.code == 100 and refusal.subcode == GONE_SUBCODE)


def _certain(refusal: Refusal, reply: Reply, now: datetime) -> Answer | None:
    """The answer that is the same before and after the publishing request."""
    where = refusal.code, refusal.subcode
    if where in NOT_READY:
        return Answer(Outcome.LATER, reason=refusal.words, retry_at=now + SOON)
    if where == SPAM:
        return Answer(Outcome.REFUSED, reason=refusal.words)
    if refusal.code in BUSY or refusal.status == 429:
        later = retry_at(refusal, reply, now)
        return Answer(Outcome.LATER, reason=refusal.words, retry_at=later, whole_account=refusal.code != QUOTA_CODE)
    if refusal.status >= 500 or refusal.transient:
        return None
    if refusal.code in SIGN_IN:
        return locked_out(refusal.words, now)
    return Answer(Outcome.REFUSED, reason=refusal.words) if refusal.code in REFUSED else None


def retry_at(refusal: Refusal, reply: Reply, now: datetime) -> datetime:
    """When to ask again: as the usage header estimates, else as `toolkit.networks.answers.retry_at`."""
    minutes = max(_estimates(reply.headers.get("x-business-use-case-usage", "")), default=0.0)
    if minutes > 0:
        return now + min(timedelta(minutes=min(minutes, 10**6)), LONGEST)
    return now + QUOTA if refusal.code == QUOTA_CODE else answers.retry_at(reply, now)


def _estimates(header: str) -> Iterator[float]:
    """Minutes, one for each kind of use: ``{"<id>": [{"estimated_time_to_regain_access": 19, …}]}``."""
    try:
        usage = json.loads(header)
    except (ValueError, RecursionError):
        return
    for kinds in fields(usage).values():
        for kind in items(kinds):
            yield number(kind, "estimated_time_to_regain_access") or 0.0
