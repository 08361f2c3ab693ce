"""The stop: anybody on the team pauses everything, approvers resume."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bfbot.desk import backlog, clearing, stops
from bfbot.domain.person import Role
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import holds, posts
from bfbot.web.refusals import Refusal, not_written, refusal_of
from bfbot.web.visitor import me, page, seen_post

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@page(guests=False)
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
    return _page(request, refusal)


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
    return redirect("missed" if backlog.not_sent() else "today")


@require_POST
@page(Role.AUTHOR)
def ask_to_clear(request: HttpRequest) -> HttpResponse:
    """Ask that one post goes out through the pause; `post` is its number."""
    reason = request.POST.get("reason", "")[:1000]
    return _decide(
        request,
        lambda number, actor, now: clearing.ask(number, actor=actor, now=now, reason=reason),
        "Asked. An approver other than you lets it through.",
    )


@require_POST
@page(Role.APPROVER)
def clear(request: HttpRequest) -> HttpResponse:
    """The second person lets it through."""
    return _decide(
        request,
        lambda number, actor, now: clearing.give(number, actor=actor, now=now),
        "It goes out at its time, through the pause. An edit takes that back.",
    )


def _decide(request: HttpRequest, act: Callable[[int, str, datetime], object], done: str) -> HttpResponse:
    wanted = request.POST.get("post", "").strip()
    try:
        if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 12:
            raise UsageError("Say which post, by its number.", mend="It stands on the post’s page.")
        seen_post(request, int(wanted))
        act(int(wanted), me(request).name, datetime.now(UTC))
    except Http404 as missing:
        return _page(request, refusal_of(UsageError(f"{missing}.", mend="Look for its number in the queue.")))
    except BfbotError as error:
        return _page(request, refusal_of(error))
    messages.success(request, done)
    return redirect("pause")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    asked = [(one, posts.get(one.post_id)) for one in clearing.waiting(now)]
    context = {
        "refusal": refusal,
        "past": [one for one in holds.everything(20) if one.lifted_at],
        "standing": holds.standing(now),
        "asked": [(one, post) for one, post in asked if looking.may(Role.VIEWER, post.campaign)],
        "may_ask": looking.may(Role.AUTHOR),
        "may_clear": looking.may(Role.APPROVER),
        "wanted": request.POST.get("post", "") or request.GET.get("post", ""),
        "why": request.POST.get("reason", ""),
    }
    return render(request, "bfbot/pause.html", context, status=refusal.status if refusal else 200)
