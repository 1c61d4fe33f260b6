"""Which addresses may be connected to. A name is looked up once, every address is checked, and one of them is used.

The tables are the special-purpose registries of IANA (RFC 6890), written out: `ipaddress.is_global` differs between
Python releases, and a guard should not.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from toolkit.errors import NetworkError
from toolkit.messages import _

Resolver = Callable[[str, int], Sequence[str]]  # host, port → numeric addresses; raises OSError for unknown names

PORTS: Final = {"http": 80, "https": 443}
# The other servers that accounts name: they are not asked over HTTP, but their addresses are guarded all the same.
SERVER_PORTS: Final = {**PORTS, "smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}

NOT_PUBLIC: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Global unicast, less what lies inside it for protocols, documentation and tunnels that carry IPv4.
PUBLIC6: Final = IPv6Network("2000::/3")
NOT_PUBLIC6: Final = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
# How hosts without IPv4 reach it (RFC 6052); as public as the IPv4 address inside.
NAT64: Final = IPv6Network("64:ff9b::/96")


class WebError(NetworkError):
    """Something went wrong between us and a server."""


class NotSent(WebError):  # noqa: N818  # it names the fact that matters: nothing was sent
    """No byte of the request left this machine; it may be sent again."""


class Blocked(NotSent):
    """The guard refuses this address; nothing was sent."""


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses the system knows for `host`, which includes odd forms such as ``0x7f.1``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in NOT_PUBLIC)
    return _is_public6(parsed)


def _is_public6(address: IPv6Address) -> bool:
    if address in NAT64:
        return is_public(str(IPv4Address(int(address) & 0xFFFFFFFF)))
    return address in PUBLIC6 and not any(address in network for network in NOT_PUBLIC6)


def split_url(url: str, ports: Mapping[str, int] = PORTS) -> tuple[SplitResult, str, int]:
    """The parts of `url`, its host and its port; raises `Blocked` for what the guard never lets through.

    `ports` are the schemes that are allowed, each with its usual port.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Blocked(_("{url!r} is not a web address: {error}").format(url=url, error=error)) from None
    if parts.scheme not in ports:
        if ports is PORTS:
            raise Blocked(_("only http and https are allowed, not {url!r}").format(url=url))
        schemes = ", ".join(ports)
        raise Blocked(_("only {schemes} are allowed, not {url!r}").format(schemes=schemes, url=url))
    if not host or "\\" in parts.netloc or any(ord(char) <= 32 for char in url):
        raise Blocked(_("{url!r} is not a web address").format(url=url))
    if parts.username is not None or parts.password is not None:
        raise Blocked(_("a name or password in the address is not allowed: {host}").format(host=host))
    return parts, host, port or ports[parts.scheme]


def host_port(url: str) -> str:
    """``host:port`` of an account's server, as `Web` takes it in `allowed_hosts`; mail servers are servers as well."""
    _parts, host, port = split_url(url, SERVER_PORTS)
    return f"{host}:{port}"


def checked_addresses(host: str, port: int, resolver: Resolver, *, trusted: bool) -> tuple[str, ...]:
    """The addresses to connect to. One that is not public blocks the host, unless it is `trusted`."""
    try:
        addresses = tuple(resolver(host, port))
    except (OSError, UnicodeError) as error:
        raise NotSent(_("{host} is not known: {error}").format(host=host, error=error)) from error
    if not addresses:
        raise NotSent(_("{host} has no address").format(host=host))
    for address in addresses:
        if not trusted and not is_public(address):
            raise Blocked(
                _("{host} is {address}, which is not on the public internet").format(host=host, address=address)
            )
    return addresses
