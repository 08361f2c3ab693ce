"""Which addresses bfbot may connect to. Pure but for the look-up of the name."""

from __future__ import annotations

import ipaddress
import os
import socket
from dataclasses import dataclass
from typing import Any

# glibc's resolver heeds no deadline of ours; this keeps a dead name server from holding a worker for long.
os.environ.setdefault("RES_OPTIONS", "timeout:2 attempts:2")

_OPEN_V6 = ipaddress.ip_network("2000::/3")  # all that is routed; leaves out NAT64 and other disguises of IPv4
_NEVER = tuple(
    ipaddress.ip_network(one)
    for one in (
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2001::/32",  # Teredo, the same
        "192.88.99.0/24",  # 6to4 relays
    )
)


class AddressRefused(OSError):
    """The name leads to an address that bfbot does not connect to; `str()` is fit for a person."""


@dataclass(frozen=True)
class Checked:
    """One address that was looked up and checked, ready for `socket.connect`."""

    family: socket.AddressFamily
    sockaddr: tuple[Any, ...]  # (address, port) and for IPv6 (…, flow, scope)


def is_public(address: str) -> bool:
    """Whether this numeric address is one of the open internet: not private, local, carrier-grade, multicast."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_multicast or not ip.is_global or (ip.version == 6 and ip not in _OPEN_V6):
        return False
    return not any(ip.version == network.version and ip in network for network in _NEVER)


def is_private_host(host: str, port: int, private_hosts: frozenset[str]) -> bool:
    """Whether the team named `host:port` in BFBOT_PRIVATE_HOSTS. The name counts, not what it resolves to."""
    host = host.strip("[]").rstrip(".").lower()
    written = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return written in {one.lower() for one in private_hosts}


def check_scheme(scheme: str, host: str, port: int, private_hosts: frozenset[str]) -> None:
    """Raise AddressRefused for anything but https, and for http to a host the team did not name."""
    if scheme == "https" or (scheme == "http" and is_private_host(host, port, private_hosts)):
        return
    if scheme != "http":
        raise AddressRefused(f"“{scheme}:” is no address that bfbot opens; it opens https.")
    raise AddressRefused(
        f"{host} is asked for over plain http, which anyone on the way can change; use https "
        f"(or name {host}:{port} in BFBOT_PRIVATE_HOSTS, if it is yours)."
    )


def look_up(host: str, port: int, private_hosts: frozenset[str]) -> list[Checked]:
    """Every address of `host`, all of them checked: one that is not public refuses the whole name.

    Raises AddressRefused, or OSError when the name has no address.
    """
    name = host.strip("[]")
    try:
        name.encode("idna")
    except UnicodeError:
        raise AddressRefused("the host's name is not one that can exist.") from None
    found = [
        Checked(socket.AddressFamily(family), sockaddr)
        for family, _, _, _, sockaddr in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        if family in {socket.AF_INET, socket.AF_INET6}
    ]
    if not is_private_host(host, port, private_hosts):
        for one in found:
            if not is_public(one.sockaddr[0]):
                address = one.sockaddr[0]
                inside = "is" if address == name else f"leads to {address},"
                raise AddressRefused(
                    f"{name} {inside} an address inside a network; bfbot goes there only "
                    f"if BFBOT_PRIVATE_HOSTS names {name}:{port}."
                )
    return found
