"""The one guarded HTTP client. Everything that Leitstand asks of the outside goes through `Web.request`.

Guards: only http and https, an address that is public unless the host is one an account configured, redirects
checked one by one, a cap on time and on size. And one honest distinction, on which exactly-once rests::

    NetworkError
    └── WebError
        ├── NotSent      no byte of the request left this machine (no such host, refused, TLS failed, no connection)
        │   └── Blocked  the guard says no: scheme, address, credentials in the address
        ├── Uncertain    the request may have arrived (timeout, broken or oversized answer); nobody may just repeat it
        │   └── Reset    the other side dropped the connection
        └── BadReply     an answer arrived that is not what it should be (`Reply.json`)

Proxies of the environment are not used: a proxy would look names up itself, behind the guard's back. Certificates
are checked against ``SSL_CERT_FILE`` or ``SSL_CERT_DIR`` if set, else against certifi's list.
"""

from toolkit.web.addresses import Blocked, NotSent, Resolver, WebError, host_port, is_public, look_up
from toolkit.web.client import BadReply, Form, Reply, Reset, Uncertain, Upload, Web

__all__ = [
    "BadReply",
    "Blocked",
    "Form",
    "NotSent",
    "Reply",
    "Reset",
    "Resolver",
    "Uncertain",
    "Upload",
    "Web",
    "WebError",
    "host_port",
    "is_public",
    "look_up",
]
