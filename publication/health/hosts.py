"""Where a host is, and whether we may go there: never to this machine or its network, whatever a redirect says."""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Place = tuple[int, tuple[Any, ...]]  # family, and what connect() takes

# Python's own lists are older than some of these networks, so they are named here.
_NOT_OF_HOSTS = IPv4Network("192.0.0.0/24")
_GIVEN_OUT = IPv6Network("2000::/3")
_SPECIAL = (
    IPv6Network("2001::/23"),  # protocols: Teredo, ORCHID, benchmarks
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("3fff::/20"),  # documentation
)
# The last 32 bits are an IPv4 address: mapped, and NAT64's two prefixes. In the rest of the second one, 64:ff9b:1::/48,
# it may be anywhere, so that the rest is never public.
_ENDS_IN_IPV4 = tuple(IPv6Network(f"{prefix}/96") for prefix in ("::ffff:0:0", "64:ff9b::", "64:ff9b:1::"))


def find(host: str, port: int) -> list[Place]:
    """Every place of a host.

    :raise OSError: there is no such host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), tuple(place)) for family, _, _, _, place in found]


def is_public(address: str) -> bool:
    """Whether an address (its digits) is one of the public internet, also where another is wrapped in it."""
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        inner = _wrapped(number)
        if inner is None:
            return number in _GIVEN_OUT and not any(number in network for network in _SPECIAL)
        number = inner
    return number.is_global and not number.is_multicast and number not in _NOT_OF_HOSTS


def _wrapped(number: IPv6Address) -> IPv4Address | None:
    if any(number in network for network in _ENDS_IN_IPV4):
        return IPv4Address(int(number) & 0xFFFFFFFF)
    return number.sixtofour
