"""Approve the week: what waits over seven days, each as it goes out, ticked and approved in one sitting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.config import config
from bfbot.desk.sitting import DAYS, sitting
from bfbot.desk.together import Answer, approve_together
from bfbot.domain.localtime import local
from bfbot.domain.person import Role
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import holds, posts
from bfbot.library import current_revision
from bfbot.web.choices import a_day
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import shown
from bfbot.web.visitor import me, page
from bfbot.web.week import EVERY_DAY, Asked, asked, shown_days

TICK, UNTICK = "tick:", "untick"


@never_cache
@require_safe
@page()
def show(request: HttpRequest) -> HttpResponse:
    """`from` is the first of seven days (default: today), `campaign` one of them (default: all)."""
    return _page(request, request.GET, Asked())


@require_POST
@page(Role.AUTHOR)  # an author may approve what an approver mended of theirs; the desk knows which
def approve(request: HttpRequest) -> HttpResponse:
    """`do` is approve; or `tick:DAY`, `tick:all` or `untick`, which change the ticks and nothing else."""
    form, do = asked(request.POST), request.POST.get("do", "")
    if do.startswith(TICK):
        return _page(request, request.POST, form, tick=do.removeprefix(TICK))
    if do == UNTICK:
        return _page(request, request.POST, replace(form, ticked=frozenset()))
    if not form.chosen:
        error = UsageError("No post is ticked.", mend="Tick those that you have read and agree to.")
        return _page(request, request.POST, form, refusal=refusal_of(error))
    return _done(request, form)


def _page(
    request: HttpRequest, query: QueryDict, form: Asked, *, tick: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision, today = current_revision(now), local(now, config().timezone).date()
    try:
        first = max(a_day(query.get("from", "")), today) if query.get("from") else today
    except BfbotError as error:
        first, refusal = today, refusal_of(error)
    seen = [one for one in revision.campaigns.values() if looking.may(Role.VIEWER, one.id)]
    campaign = next((one.id for one in seen if one.id == query.get("campaign")), None)
    found = sitting(now=now, person=looking.person, campaign=campaign, first=first)
    days = shown_days(found, revision, looking.person, holds.standing(now), form, tick)
    choices = [one for day in days for one in day.choices]
    context = {
        "found": found,
        "days": days,
        "campaigns": [(one.id, one.name) for one in seen] if len(seen) > 1 else [],
        "campaign": campaign or "",
        "earlier": max(today, found.first - timedelta(days=DAYS)) if found.first > today else None,
        "later": found.last + timedelta(days=1),
        "may_any": any(one.may for one in choices),
        "changed": [one.number for one in choices if one.changed],
        "unworded": bool(tick) and any(one.needs_word and not one.ticked for one in choices),
        "every_day": EVERY_DAY,
        "refusal": refusal,
    }
    return render(request, "bfbot/week/page.html", context, status=refusal.status if refusal else 200)


def _done(request: HttpRequest, form: Asked) -> HttpResponse:
    """Told for each post, because each was decided by itself; asked for again, it approves nothing twice."""
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    may_see = {
        number: post
        for number, post in posts.several(form.chosen.keys()).items()
        if looking.may(Role.VIEWER, post.campaign)
    }
    chosen = {one: seal for one, seal in form.chosen.items() if one in may_see}
    answers = approve_together(
        chosen, actor=looking.name, now=now, confirmed=form.words, confirmed_for=form.claims
    )
    unseen = [Answer(one, False, f"There is no post {one}.") for one in form.chosen if one not in may_see]
    rows = [
        (one, shown(may_see[one.post_id], revision, looking.person) if one.post_id in may_see else None)
        for one in (*answers, *unseen)
    ]
    context = {
        "approved": [{"answer": answer, "one": one} for answer, one in rows if answer.approved],
        "refused": [{"answer": answer, "one": one} for answer, one in rows if not answer.approved],
        "first": request.POST.get("from", ""),
        "campaign": request.POST.get("campaign", ""),
    }
    return render(request, "bfbot/week/done.html", context)
