"""What is wrong in the team's files, and how to mend it."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bfbot.config import config
from bfbot.library import check, current_revision, last_faults
from bfbot.platforms.registry import known
from bfbot.web.visitor import page


@require_safe
@page()
def files(request: HttpRequest) -> HttpResponse:
    """Every fault and warning of messages/ and schedules/, and which version is in use."""
    now = datetime.now(UTC)
    revision = current_revision(now)
    context = {
        "revision": revision,
        "stopped": bool(last_faults()),
        "faults": check(config().home, now, known()),
    }
    return render(request, "bfbot/files.html", context)
