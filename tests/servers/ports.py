"""Ports that stay free until somebody takes them."""

from __future__ import annotations

import os
import socket
from itertools import count
from pathlib import Path
from typing import Final

_LOWEST: Final = 11_000  # above the one port here that browsers refuse
_HIGHEST: Final = 30_000
_RANGE: Final = Path("/proc/sys/net/ipv4/ip_local_port_range")
_next = count(os.getpid() * 997)


def free_port() -> int:
    """A port on 127.0.0.1 on which nobody listens, and which the system gives to nobody by itself.

    One that the system chose and that was closed again may be the next server's or connection's on this machine
    before whoever is to have it has started. Each process of the tests begins elsewhere and gives none twice.
    """
    many = _given_by_the_system() - _LOWEST
    if many < 1000:
        return _any()
    for _ in range(many):
        port = _LOWEST + next(_next) % many
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return _any()


def _given_by_the_system() -> int:
    """The first port that may be anybody's who asks for none in particular."""
    try:
        return min(int(_RANGE.read_text(encoding="ascii").split()[0]), _HIGHEST)
    except (OSError, ValueError, IndexError):
        return _HIGHEST


def _any() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
