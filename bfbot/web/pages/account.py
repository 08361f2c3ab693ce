"""An account that its network stopped: an approver who has mended it lets it go on."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bfbot.domain.person import Role
from bfbot.library import current_revision
from bfbot.publishing.start_again import start_again
from bfbot.web.shown import account_name
from bfbot.web.visitor import me, page


@require_POST
@page(Role.APPROVER)
def start(request: HttpRequest, account_id: str) -> HttpResponse:
    """Send on it again. What fell due meanwhile waits for a person."""
    now = datetime.now(UTC)
    started = start_again(account_id, actor=me(request).name, now=now)
    name = account_name(account_id, current_revision(now))
    if started:
        messages.success(request, f"{name} goes on. What was too late meanwhile waits under “Needs you”.")
    else:
        messages.info(request, f"{name} was not stopped.")
    return redirect("today")
