"""Today: what goes out next, what needs you, what just went out, how last week was."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bfbot.library import current_revision
from bfbot.web.sections import SECTIONS, Seen, seen
from bfbot.web.visitor import me, page

AT_FIRST, LATER = (
    0.3,
    1.0,
)  # seconds spent on checking evergreen posts: a page must come soon, a part may take longer
NOTHING_NEW = 204


@never_cache
@require_safe
@page()
def today(request: HttpRequest) -> HttpResponse:
    """The first screen."""
    now = datetime.now(UTC)
    at = seen(me(request), current_revision(now), now, AT_FIRST)
    parts = {name: _part(request, name, at)[0] for name in SECTIONS if name != "stops"}
    return render(request, "bfbot/today.html", {"parts": parts})


@never_cache
@require_safe
@page()
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One section, asked for every few seconds; nothing at all while it is as the browser has it."""
    if name not in SECTIONS:
        raise Http404(f"Today has no part {name}.")
    now = datetime.now(UTC)
    html, digest = _part(request, name, seen(me(request), current_revision(now), now, LATER))
    if request.GET.get("seen") == digest:
        return HttpResponse(status=NOTHING_NEW)
    return HttpResponse(html)


def _part(request: HttpRequest, name: str, at: Seen) -> tuple[str, str]:
    """The section's HTML, which carries its own digest so that the next question can name it."""
    context = {"name": name, "at": at, **SECTIONS[name](at)}
    html = render_to_string(f"bfbot/today/{name}.html", context, request)
    digest = hashlib.sha256(_TOKEN.sub("", html).encode()).hexdigest()[:16]
    return html.replace("?seen=new", f"?seen={digest}"), digest


_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
