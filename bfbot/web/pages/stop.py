"""The stop: anybody on the team pauses everything, approvers resume."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bfbot.desk import stops
from bfbot.domain.person import Role
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import holds
from bfbot.web.refusals import not_written, refusal_of
from bfbot.web.visitor import me, page

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Role.AUTHOR)
def pause(request: HttpRequest) -> HttpResponse:
    """Ask for the reason, then stop everything."""
    refusal = None
    if request.method == "POST":
        try:
            hold = stops.pause(
                actor=me(request).name, now=datetime.now(UTC), reason=request.POST.get("reason", "")
            )
        except BfbotError as error:
            refusal = refusal_of(error)
        except DatabaseError as error:
            log.error("a pause was not written down", extra={"error": str(error)})
            return not_written(request, error, stops.NOT_PAUSED)
        else:
            messages.success(request, "Everything is paused. Nothing goes out until an approver resumes.")
            for one in stops.on_their_way(hold):
                messages.warning(
                    request,
                    f"Post {one.delivery.post_id} was already on its way to {one.delivery.account}: it cannot be "
                    "called back, and may come out.",
                )
            return redirect("today")
    context = {"refusal": refusal, "past": [one for one in holds.everything(20) if one.lifted_at]}
    return render(request, "bfbot/pause.html", context, status=refusal.status if refusal else 200)


@require_POST
@page(Role.APPROVER)
def resume(request: HttpRequest) -> HttpResponse:
    """Lift one stop. What fell due meanwhile waits for a person."""
    wanted = request.POST.get("hold", "")
    if not wanted.isascii() or not wanted.isdigit():
        raise UsageError("Say which pause to lift.")
    stops.resume(actor=me(request).name, now=datetime.now(UTC), hold_id=int(wanted))
    messages.success(
        request,
        "Resumed. What fell due meanwhile is listed under “Needs you”: nothing is sent late by itself.",
    )
    return redirect("today")
