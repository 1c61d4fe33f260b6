"""The clock, read once more right before a request leaves: a machine may sleep, an upload may drag on."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from toolkit.messages import _
from toolkit.values import dataclass
from toolkit.web import Resolver, Uncertain


@dataclass(slots=True)
class Lease:
    """How long requests for the row at hand may still begin, in seconds of `Clock.elapsed`."""

    elapsed: Callable[[], float]
    ends: float = math.inf

    @property
    def over(self) -> bool:
        return self.elapsed() > self.ends

    def guard(self, resolver: Resolver) -> Resolver:
        """A resolver that answers only while the lease lasts; every request asks it before it connects."""

        def resolve(host: str, port: int) -> Sequence[str]:
            if self.over:
                # Uncertain, because an earlier request of the same row may have published it.
                raise Uncertain(_("the time for this post is over before {host} was asked").format(host=host))
            return resolver(host, port)

        return resolve
