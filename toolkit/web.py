"""The one guarded HTTP client. Everything that Leitstand asks of the outside goes through `Web.request`.

Guards: only http and https, an address that is public unless the host is one an account configured, redirects
checked one by one, a cap on time and on size. And one honest distinction, on which exactly-once rests:

* `NotSent`: no byte of the request left this machine (no such host, refused, no connection in time);
* `Uncertain`: the request may have arrived (reset, timeout, broken answer). Nobody may simply send it again.
"""

from __future__ import annotations


class Web:
    """Placeholder, being written."""
