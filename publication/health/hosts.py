"""Where a host is, and whether we may go there: never to this machine or its network, whatever a redirect says."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

Place = tuple[int, tuple[Any, ...]]  # family, and what connect() takes

_NAT64 = IPv6Network("64:ff9b::/96")


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
    inner = _wrapped(number)
    return number.is_global and not number.is_multicast and (inner is None or is_public(str(inner)))


def _wrapped(number: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(number, IPv4Address):
        return None
    if number in _NAT64:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
