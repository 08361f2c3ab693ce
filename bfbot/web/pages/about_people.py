"""People: what they agreed to and what rests on it, and quoted words that wait for them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.desk.quotes import sign_quotes, waiting_quotes
from bfbot.desk.where_used import consents_used, ending_consents, local_today
from bfbot.domain.person import Role
from bfbot.domain.picture import Consent
from bfbot.domain.revision import Revision
from bfbot.library import current_revision
from bfbot.web.pages.pictures import use_seen
from bfbot.web.visitor import Visitor, me, page


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision, used, today = current_revision(now), consents_used(now), local_today(now)
    soon = {one.id for one in ending_consents(revision, today)}
    seen = [
        one for one in revision.consents.values() if any(looking.may(Role.VIEWER, each) for each in one.campaigns)
    ]
    seen.sort(key=lambda one: (one.withdrawn is None, one.id not in soon))
    rows = [
        {
            "consent": one,
            "scope": sorted(one.scope),
            **_word(one, one.id in soon, today),
            **use_seen(used[one.id], revision, looking),
        }
        for one in seen
    ]
    return render(request, "bfbot/people.html", {"consents": rows, "quotes": _quotes(revision, looking, now)})


@require_POST
@page(Role.APPROVER)
def sign(request: HttpRequest) -> HttpResponse:
    """Put on record that somebody agreed to their words in one post."""
    subject, speaker = request.POST.get("subject", ""), request.POST.get("speaker", "")
    words = sign_quotes(
        subject, speaker, actor=me(request).name, now=datetime.now(UTC), said=request.POST.get("said", "")
    )
    many = "These words are" if len(words) == 1 else f"{len(words)} quotes are"
    messages.success(request, f"{many} signed off. A changed word needs it again.")
    return redirect("people")


def _quotes(revision: Revision, looking: Visitor, now: datetime) -> list[dict[str, object]]:
    register = revision.spokespeople
    return [
        {
            "quote": one,
            "number": number,
            "post": int(one.subject.partition(":")[2]) if one.subject.startswith("post:") else None,
            "message": one.subject.partition(":")[2],
            "who": " or ".join(register[each].role for each in one.by if each in register) or "somebody",
            "choices": [register[each] for each in one.by if each in register] or list(register.values()),
            "may_sign": looking.may(Role.APPROVER, one.campaign),
        }
        for number, one in enumerate(waiting_quotes(now))
        if looking.may(Role.VIEWER, one.campaign)
    ]


def _word(one: Consent, soon: bool, today: date) -> dict[str, str]:
    if one.withdrawn is not None:
        return {"word": "Withdrawn", "tone": "bad"}
    if one.expires < today:
        return {"word": "Over", "tone": "bad"}
    return {"word": "Ends soon", "tone": "wait"} if soon else {"word": "Holds", "tone": "good"}
