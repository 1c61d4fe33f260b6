"""What to do when a line to a mail server fails: the certificate, the name in it, or the port and its encryption.

Python's own words name the symptom; which of the three it is, and where that is set, is added here.
Codes of certificates: https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/
"""

from __future__ import annotations

import ssl
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """A protocol's two schemes with their usual ports: encrypted on the way, and from the beginning (RFC 8314)."""

    later: str
    later_port: int
    tls: str
    tls_port: int


SMTP: Final = Family("smtp", 587, "smtps", 465)
IMAP: Final = Family("imap", 143, "imaps", 993)
_EXPIRED: Final = 10
_OTHER_NAME: Final = frozenset({62, 64})  # of a host, of an IP address
# OpenSSL 1.1 and 3 name it differently: what came is no TLS.
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})


def remedy(error: Exception, host: str, port: int, *, encrypted: bool, family: Family = SMTP) -> str:
    """What a person can do about `error`, "" where nobody knows; `encrypted`: TLS had begun, or was to begin."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, host)
    if isinstance(error, ssl.SSLError):
        if error.reason in _NO_TLS:
            message = _("port {port} begins without encryption; if it offers STARTTLS: server = {address}")
            return message.format(port=port, address=f'"{family.later}://{host}:{port}"')
        return _("server and Leitstand have no version or cipher of TLS in common; the server needs TLS 1.2 or newer")
    if isinstance(error, ConnectionRefusedError):
        message = _("nothing listens on port {port}; usual are {starttls} (STARTTLS) and {tls}")
        return message.format(
            port=port,
            starttls=f"{family.later}://{host}:{family.later_port}",
            tls=f"{family.tls}://{host}:{family.tls_port}",
        )
    if port == family.tls_port and not encrypted:
        message = _("port {port} is encrypted from the beginning: server = {address}")
        return message.format(port=port, address=f'"{family.tls}://{host}"')
    return ""


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code in _OTHER_NAME:
        message = _("its certificate is not for {host}; write the name that the certificate has into server")
        return message.format(host=host)
    if error.verify_code == _EXPIRED:
        return _("its certificate has expired; who runs the server has to renew it")
    return _("nobody known here vouches for its certificate; with an authority of your own: SSL_CERT_FILE=ca.pem")
