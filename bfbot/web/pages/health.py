"""For machines that watch: is bfbot alive, can it work, and its figures."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bfbot.domain.person import Role
from bfbot.engine import health, metrics
from bfbot.engine.metrics_text import CONTENT_TYPE
from bfbot.web.visitor import page

_PASSED_ON = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")
_PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """That it answers is the answer."""
    return HttpResponse("ok\n", content_type=_PLAIN)


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Yes or no for each thing that bfbot needs, and nothing else: anybody may ask. 503 when one is missing."""
    found = health.ready(datetime.now(UTC))
    lines = [f"{name}: {'ok' if good else 'no'}\n" for name, good in found.items()]
    return HttpResponse("".join(lines), content_type=_PLAIN, status=200 if all(found.values()) else 503)


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """To this machine itself, and to admins who are signed in."""
    return _figures(request) if _from_here(request) else _for_admins(request)


def _figures(request: HttpRequest) -> HttpResponse:
    return HttpResponse(metrics.exposition(datetime.now(UTC)), content_type=CONTENT_TYPE)


_for_admins = page(Role.ADMIN)(_figures)


def _from_here(request: HttpRequest) -> bool:
    """Asked from this machine for this machine: not through a proxy that happens to run on it."""
    if any(name in request.META for name in _PASSED_ON):
        return False
    host, _ = split_domain_port(request.get_host())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
