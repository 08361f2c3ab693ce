"""What was not sent in time, in one list: cancel or give new times, many at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.config import config
from bfbot.desk import backlog
from bfbot.domain.localtime import typed_time
from bfbot.domain.person import Role
from bfbot.errors import BfbotError, UsageError
from bfbot.library import current_revision
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import shown
from bfbot.web.visitor import me, page

MOST = 200
GAPS = {"15": "15 minutes", "30": "half an hour", "60": "an hour", "180": "three hours", "1440": "a day"}


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@page(Role.AUTHOR)
def decide(request: HttpRequest) -> HttpResponse:
    """`do` is again (with `at` and `apart`, in minutes) or cancel, for every `post`."""
    try:
        dealt = _dealt(request)
    except BfbotError as error:
        return _page(request, refusal_of(error))
    done = "cancelled" if request.POST.get("do") == "cancel" else "given a new time"
    if dealt.done:
        messages.success(request, f"{len(dealt.done)} {'post' if len(dealt.done) == 1 else 'posts'} {done}.")
    for number, why in dealt.refused.items():
        messages.warning(request, f"Post {number} stays as it was: {why}")
    return redirect("missed")


def _dealt(request: HttpRequest) -> backlog.Dealt:
    now, actor = datetime.now(UTC), me(request).name
    ids = [int(one) for one in request.POST.getlist("post")[:MOST] if one.isascii() and one.isdigit()]
    if not ids:
        raise UsageError("No post is chosen.", mend="Tick those that you mean.")
    if request.POST.get("do") == "cancel":
        return backlog.cancel_all(ids, actor=actor, now=now, reason=request.POST.get("reason", "")[:300])
    apart = request.POST.get("apart", "60")
    if apart not in GAPS:
        raise UsageError("That is no distance between posts.", mend="Choose one of the list.")
    first = typed_time(request.POST.get("at", ""), config().timezone)
    return backlog.give_new_times(ids, actor=actor, now=now, first=first, apart=timedelta(minutes=int(apart)))


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    found = [one for one in backlog.not_sent() if looking.may(Role.VIEWER, one.campaign)]
    context = {
        "rows": [
            (shown(one, revision, looking.person), backlog.in_a_pause(one), looking.may(Role.AUTHOR, one.campaign))
            for one in found[:MOST]
        ],
        "more": max(0, len(found) - MOST),
        "may": looking.may(Role.AUTHOR),
        "gaps": [(value, word, value == request.POST.get("apart", "60")) for value, word in GAPS.items()],
        "zone": config().timezone,
        "at": request.POST.get("at", ""),
        "chosen": set(request.POST.getlist("post")),
        "refusal": refusal,
    }
    return render(request, "bfbot/missed.html", context, status=refusal.status if refusal else 200)
