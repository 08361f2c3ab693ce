"""Evergreen posts: what the library can say today, what it cannot and why, and what is approved for repeat."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.desk import standing
from bfbot.desk.joint import joint_of_message
from bfbot.domain.approval import StandingApproval
from bfbot.domain.message import Message
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError
from bfbot.library import current_revision
from bfbot.web.choices import a_day
from bfbot.web.joint import shown_joint
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import shown_proof
from bfbot.web.verdicts import Verdict, verdicts
from bfbot.web.visitor import me, page

PATIENCE = 2.0
WORDS = {
    "ready": ("Ready", "good"),
    "confirm": ("Needs a word from an approver", "wait"),
    "refused": ("Refused", "bad"),
    "": ("Being checked", ""),
}
FILTERS = {"all": "All", "ready": "Ready", "confirm": "Needs a word", "refused": "Refused"}


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@page(Role.APPROVER)
def sign(request: HttpRequest, message_id: str) -> HttpResponse:
    """Approve for repeat, until a day."""
    try:
        standing.sign_message(
            message_id,
            actor=me(request).name,
            now=datetime.now(UTC),
            until=a_day(request.POST.get("until", "")),
            confirmed=request.POST.get("confirmed", "").strip(),
        )
    except BfbotError as error:
        return _page(request, refusal_of(error), message_id)
    messages.success(request, "Approved for repeat. Any change of its words, figures or accounts ends that.")
    return redirect("evergreen")


def _page(request: HttpRequest, refusal: Refusal | None = None, refused_id: str = "") -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    found = verdicts(revision, now, PATIENCE)
    signed = {one.subject: one for one in standing.in_force(now)}
    wanted = request.GET.get("show", "all")
    seen = [one for one in revision.campaigns.values() if looking.may(Role.VIEWER, one.id)]
    campaign = next((one.id for one in seen if one.id == request.GET.get("campaign")), "")
    mine = [
        one
        for one in revision.messages.values()
        if looking.may(Role.VIEWER, one.campaign) and campaign in {"", one.campaign}
    ]
    rows = [
        _row(one, found.get(one.id), signed.get(f"message:{one.id}"), revision)
        for one in mine
        if wanted not in WORDS or (one.id in found and found[one.id].word == wanted) or one.id == refused_id
    ]
    for row in rows:
        row["may_sign"] = looking.may(Role.APPROVER, str(row["campaign_id"]))
        row["joint"] = shown_joint(joint_of_message(str(row["id"]), revision), looking.person, revision)
        row["refusal"] = refusal if row["id"] == refused_id else None
    counts = {name: sum(1 for one in mine if one.id in found and found[one.id].word == name) for name in WORDS}
    context = {
        "rows": rows,
        "filters": [
            (name, word, name == wanted or (name == "all" and wanted not in WORDS), counts.get(name, len(mine)))
            for name, word in FILTERS.items()
        ],
        "campaigns": [(one.id, one.name) for one in seen] if len(seen) > 1 else [],
        "campaign": campaign,
        "show": wanted if wanted in FILTERS else "all",
        "unchecked": len(revision.messages) - len(found),
    }
    return render(request, "bfbot/evergreen.html", context, status=refusal.status if refusal else 200)


def _row(
    message: Message, verdict: Verdict | None, signed: StandingApproval | None, revision: Revision
) -> dict[str, object]:
    campaign = revision.campaigns.get(message.campaign)
    pillar = campaign.pillar(message.pillar) if campaign else None
    word, tone = WORDS[verdict.word if verdict else ""]
    return {
        "id": message.id,
        "campaign_id": message.campaign,
        "campaign": campaign.name if campaign else message.campaign,
        "pillar": pillar.name if pillar else message.pillar,
        "kind": message.kind,
        "rest_days": message.rest_days,
        "text": message.text,
        "word": word,
        "tone": tone,
        "verdict": verdict,
        "proofs": [shown_proof(one, revision) for one in verdict.proofs.values()] if verdict else [],
        "signed": signed,
    }
