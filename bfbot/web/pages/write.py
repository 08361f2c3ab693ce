"""Writing a post, and changing one: the text with its length on every account, exactly as it will be sent."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bfbot.desk import judging, pairs, review, writing
from bfbot.domain.campaign import Campaign
from bfbot.domain.finding import Finding, Level
from bfbot.domain.person import Role
from bfbot.domain.post import Origin, Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.engine.database import readable
from bfbot.errors import BfbotError
from bfbot.library import current_revision
from bfbot.rules.mends import mended_wording
from bfbot.rules.pairs import NAMES as pair_names
from bfbot.web.composing import (
    LANGUAGES,
    Composed,
    of_post,
    other_language,
    read_form,
    unchanged,
)
from bfbot.web.form_pictures import form_pictures, fresh_row, take_in
from bfbot.web.mending import reading_ages, shown_offers
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import network_name, shown_proof
from bfbot.web.to_approve import good_until
from bfbot.web.visitor import me, page, seen_post

log = logging.getLogger(__name__)


@require_safe
@page(Role.AUTHOR)
def choose(request: HttpRequest) -> HttpResponse:
    """Straight to the first campaign they write for."""
    mine = _campaigns(request, current_revision(datetime.now(UTC)))
    if not mine:
        return render(request, "bfbot/write/none.html")
    return redirect("write-new", campaign_id=mine[0].id)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Role.AUTHOR)
def new(request: HttpRequest, campaign_id: str) -> HttpResponse:
    """A new post: a draft, or straight to an approver."""
    now = datetime.now(UTC)
    revision = current_revision(now)
    campaign = _campaign(request, campaign_id, revision)
    if request.method != "POST":
        half = _other_half(request, campaign, revision)
        if half is not None:
            return _form(request, campaign, revision, half)
        first = [one.id for one in revision.accounts.values() if campaign.id in one.campaigns]
        empty = Composed(accounts=tuple(first) if len(first) == 1 else ())
        return _form(request, campaign, revision, empty)
    filled = read_form(request, campaign, now)
    if _only_looks(request):
        return _form(request, campaign, revision, _looked_at(request, filled, campaign))
    if filled.errors or filled.at is None:
        return _form(request, campaign, revision, filled, status=422)
    try:
        with transaction.atomic():
            post = writing.write(
                campaign=campaign.id,
                accounts=filled.accounts,
                wording=filled.wording,
                at=filled.at,
                actor=me(request).name,
                now=now,
            )
            if filled.pair is not None:
                post = pairs.pair(post.id, filled.pair, actor=me(request).name, now=now)
    except (BfbotError, DatabaseError) as error:
        return _form(request, campaign, revision, filled, refusal=_told(error))
    return _onward(request, campaign, revision, filled, post, now)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Role.AUTHOR)
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    """Change a post that has not gone out. An approval of it is void, and whoever changed it is its author.

    A move within the days that its approver gave keeps it.
    """
    now = datetime.now(UTC)
    post, revision = seen_post(request, post_id), current_revision(now)
    campaign = _campaign(request, post.campaign, revision)
    if request.method != "POST":
        return _form(request, campaign, revision, of_post(post, campaign.zone), post=post)
    filled = unchanged(read_form(request, campaign, now), post, campaign)
    if _only_looks(request):
        return _form(request, campaign, revision, _looked_at(request, filled, campaign), post=post)
    if filled.errors or filled.at is None:
        return _form(request, campaign, revision, filled, post=post, status=422)
    try:
        post = writing.rewrite(
            post_id,
            actor=me(request).name,
            now=now,
            wording=filled.wording,
            at=filled.at,
            accounts=filled.accounts,
        )
    except (BfbotError, DatabaseError) as error:
        return _form(request, campaign, revision, filled, post=post, refusal=_told(error))
    return _onward(request, campaign, revision, filled, post, now)


@require_POST
@page(Role.AUTHOR)
def preview(request: HttpRequest, campaign_id: str) -> HttpResponse:
    """What would go out on each account, and what the rules say; asked for while somebody types."""
    now = datetime.now(UTC)
    revision = current_revision(now)
    campaign = _campaign(request, campaign_id, revision)
    filled = read_form(request, campaign, now)
    if not filled.text or not filled.accounts:
        return render(request, "bfbot/write/preview.html", {"empty": True})
    try:
        seen = judging.preview(
            campaign=campaign.id,
            accounts=filled.accounts,
            wording=filled.wording,
            at=filled.at or now,
            now=now,
            origin=_origin(request),
            message=_message(request, revision),
        )
    except BfbotError as error:
        findings = (Finding("made", Level.REFUSE, error.message, error.mend),)
        offers = shown_offers(filled.wording, campaign)
        return render(request, "bfbot/write/preview.html", {"findings": findings, "stops": 1, "offers": offers})
    context = {
        "offers": shown_offers(filled.wording, campaign),
        "ages": reading_ages(seen.proofs, filled.language or campaign.language),
        "findings": seen.findings,
        "proofs": [shown_proof(one, revision, seen.limits.get(key)) for key, one in seen.proofs.items()],
        "stops": sum(1 for one in seen.findings if one.level is Level.REFUSE),
    }
    return render(request, "bfbot/write/preview.html", context)


@require_POST
@page(Role.AUTHOR)
def picture(request: HttpRequest) -> HttpResponse:
    """Take in a picture and give back its row of the form."""
    try:
        use = take_in(request.FILES.get("upload"))
    except BfbotError as error:
        return render(request, "bfbot/write/picture.html", {"wrong": refusal_of(error)})
    answer = render(request, "bfbot/write/picture.html", {"picture": fresh_row(use), "fresh": True})
    answer["HX-Trigger-After-Settle"] = "pictures"
    return answer


def _onward(
    request: HttpRequest, campaign: Campaign, revision: Revision, filled: Composed, post: Post, now: datetime
) -> HttpResponse:
    """Written: keep it as a draft, or send it for approval. A refusal keeps the draft and says what to mend."""
    if post.state is PostState.APPROVED:
        messages.success(request, "It stays approved: nothing changed but its time, within the approved days.")
        return redirect("post", post_id=post.id)
    if request.POST.get("do") != "submit":
        messages.success(request, "Saved as a draft.")
        return redirect("post", post_id=post.id)
    try:
        review.submit(post.id, actor=me(request).name, now=now)
    except (BfbotError, DatabaseError) as error:
        return _form(request, campaign, revision, filled, post=post, refusal=_told(error))
    messages.success(request, "Sent for approval. Somebody else now reads it.")
    return redirect("post", post_id=post.id)


def _told(error: BfbotError | DatabaseError) -> Refusal:
    """A database that takes nothing takes nobody's words away either: the form comes back with them."""
    if isinstance(error, BfbotError):
        return refusal_of(error)
    log.error("database refused", extra={"page": "write", "error": str(error)})
    return refusal_of(readable(error))


def _only_looks(request: HttpRequest) -> bool:
    """A button that saves nothing: show what bfbot would change, or put the changes into the form."""
    return request.POST.get("do") in {"look", "mend"}


def _looked_at(request: HttpRequest, filled: Composed, campaign: Campaign) -> Composed:
    filled.errors.clear()  # nothing is sent yet
    if request.POST.get("do") != "mend":
        return filled
    messages.success(request, "The changes are in the text below. Nothing is saved yet.")
    return filled.worded(mended_wording(filled.wording, campaign))


def _other_half(request: HttpRequest, campaign: Campaign, revision: Revision) -> Composed | None:
    """The form for a post's version in the other language, where the address names that post."""
    wanted = request.GET.get("pair", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10):
        return None
    post = seen_post(request, int(wanted))
    if post.campaign != campaign.id:
        raise Http404(f"Post {wanted} is of another campaign.")
    language = "cy" if pairs.language_of(post, revision) != "cy" else "en"
    return other_language(post, language, campaign.zone)


def _form(
    request: HttpRequest,
    campaign: Campaign,
    revision: Revision,
    filled: Composed,
    *,
    post: Post | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    accounts = [one for one in revision.accounts.values() if campaign.id in one.campaigns]
    context: dict[str, Any] = {
        "campaign": campaign,
        "campaigns": _campaigns(request, revision),
        "accounts": [
            {"id": one.id, "name": one.label or one.id, "network": network_name(one.platform)} for one in accounts
        ],
        "networks": [
            {"name": name, "label": network_name(name), "text": filled.variants.get(name, "")}
            for name in dict.fromkeys(one.platform for one in accounts)
        ],
        "filled": filled,
        "offers": shown_offers(filled.wording, campaign) if filled.text else [],
        "languages": [(code, pair_names[code]) for code in LANGUAGES],
        "language": (filled.language or campaign.language).partition("-")[0],
        "pictures": form_pictures(filled.media, revision, campaign.id, filled.wrong_days),
        "consents": [one.id for one in revision.consents.values() if campaign.id in one.campaigns],
        "post": post,
        "good_until": good_until(post.id, campaign.zone) if post is not None else None,
        "refusal": refusal,
    }
    return render(request, "bfbot/write/form.html", context, status=refusal.status if refusal else status)


def _origin(request: HttpRequest) -> Origin:
    """What is being changed may have come from a feed or the library, which shapes its text."""
    wanted = request.POST.get("origin", "")
    return Origin(wanted) if wanted in set(Origin) else Origin.PERSON


def _message(request: HttpRequest, revision: Revision) -> str | None:
    """The evergreen post that is being changed, whose asks and dates count too."""
    wanted = request.POST.get("message", "")
    return wanted if wanted in revision.messages else None


def _campaigns(request: HttpRequest, revision: Revision) -> list[Campaign]:
    return [one for one in revision.campaigns.values() if me(request).may(Role.AUTHOR, one.id)]


def _campaign(request: HttpRequest, campaign_id: str, revision: Revision) -> Campaign:
    found = next((one for one in _campaigns(request, revision) if one.id == campaign_id), None)
    if found is None:
        raise Http404(f"There is no campaign {campaign_id}.")
    return found
