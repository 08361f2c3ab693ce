"""One post in full: what goes out, what the rules say, what was decided, and what may be decided now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.config import config
from bfbot.desk import link_check, pairs, review
from bfbot.desk.claims import as_before
from bfbot.desk.joint import joint_of_post
from bfbot.desk.mended import mended_for
from bfbot.desk.muted import muted_accounts
from bfbot.domain.localtime import typed_time
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.states import PostState
from bfbot.errors import BfbotError
from bfbot.ledger import approvals, audit, holds, releases
from bfbot.library import current_revision
from bfbot.publishing.look_again import Looked
from bfbot.rules.picture_rights import in_words
from bfbot.rules.verdict import confirmations
from bfbot.web.choices import a_day
from bfbot.web.in_doubt import doubts_of
from bfbot.web.joint import shown_joint
from bfbot.web.other_half import links_of, other_half
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import shown
from bfbot.web.to_approve import claims_by_number, days_to_choose, findings_of, good_until, seals_of
from bfbot.web.visitor import me, page, seen_post
from bfbot.web.week import asked

Deciding = Callable[[str, datetime], object]
"""Calls the desk with the actor's name and the time."""


@never_cache
@require_safe
@page()
def show(request: HttpRequest, post_id: int) -> HttpResponse:
    return whole_page(request, post_id)


@require_POST
@page(Role.AUTHOR)
def submit(request: HttpRequest, post_id: int) -> HttpResponse:
    return decide(
        request,
        post_id,
        lambda actor, now: review.submit(post_id, actor=actor, now=now),
        "Sent for approval. Somebody else now reads it.",
    )


@require_POST
@page(Role.AUTHOR)  # an author may approve what an approver mended of theirs; the desk knows which
def approve(request: HttpRequest, post_id: int) -> HttpResponse:
    """What a page showed is approved, and the word on it is for the claims that stood there."""
    form, confirmed = asked(request.POST), request.POST.get("confirmed", "").strip()
    until = request.POST.get("until", "").strip()

    def act(actor: str, now: datetime) -> object:
        return review.approve(
            post_id,
            actor=actor,
            now=now,
            confirmed=confirmed,
            seen=form.seals or None,
            confirmed_for=form.claims if form.seals else None,
            good_until=a_day(until) if until else None,
        )

    return decide(request, post_id, act, "Approved. It goes out at its time, exactly as shown.")


@require_POST
@page(Role.AUTHOR)
def look_at_links(request: HttpRequest, post_id: int) -> HttpResponse:
    """Open the pages behind its links now; what is found stands on the post's page."""
    seen_post(request, post_id)
    count = link_check.check_post(post_id, datetime.now(UTC))
    why = " The sample workspace reaches nobody." if config().sample else ""
    messages.success(request, "The links were looked at." if count else f"Nothing was looked at.{why}")
    return redirect("post", post_id=post_id)


@require_POST
@page(Role.APPROVER)
def turn_down(request: HttpRequest, post_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return decide(
        request,
        post_id,
        lambda actor, now: review.reject(post_id, actor=actor, now=now, reason=reason),
        "Turned down. Its author sees why.",
    )


@require_POST
@page(Role.APPROVER)
def send_back(request: HttpRequest, post_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return decide(
        request,
        post_id,
        lambda actor, now: review.send_back(post_id, actor=actor, now=now, reason=reason),
        "Sent back. It is a draft again.",
    )


@require_POST
@page(Role.AUTHOR)
def cancel(request: HttpRequest, post_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return decide(
        request,
        post_id,
        lambda actor, now: review.withdraw(post_id, actor=actor, now=now, reason=reason),
        "Cancelled. What has not gone out will not.",
    )


@require_POST
@page(Role.AUTHOR)
def again(request: HttpRequest, post_id: int) -> HttpResponse:
    """A new time for what failed or came too late."""
    campaign = current_revision(datetime.now(UTC)).campaigns.get(seen_post(request, post_id).campaign)
    typed = request.POST.get("at", "").strip()

    def retry(actor: str, now: datetime) -> object:
        at = typed_time(typed, campaign.zone) if typed and campaign else None
        return review.retry(post_id, actor=actor, now=now, at=at)

    return decide(request, post_id, retry, "It has a new time.")


def decide(request: HttpRequest, post_id: int, act: Deciding, said: str) -> HttpResponse:
    """Carry it out and show the post anew; a refusal is told on the post's own page."""
    seen_post(request, post_id)
    try:
        act(me(request).name, datetime.now(UTC))
    except BfbotError as error:
        return whole_page(request, post_id, refusal_of(error))
    messages.success(request, said)
    return _back_to_the_list(request) or redirect("post", post_id=post_id)


def _back_to_the_list(request: HttpRequest) -> HttpResponse | None:
    """Who decides down the list of what waits goes on where they were: at the post that was the next."""
    if request.POST.get("from") != "waiting":
        return None
    number, then = (_number(request.POST.get(name, "")) for name in ("page", "then"))
    here = f"{reverse('queue')}?show=waiting&page={number or 1}"
    return redirect(f"{here}#post-{then}" if then else here)


def _number(text: str) -> int:
    """0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def whole_page(
    request: HttpRequest, post_id: int, refusal: Refusal | None = None, looked: Looked | None = None
) -> HttpResponse:
    """`looked`: what a look at the network, just made, found."""
    now, looking = datetime.now(UTC), me(request)
    post, revision = seen_post(request, post_id, to_sign=True), current_revision(now)
    inside = looking.may(Role.VIEWER, post.campaign)
    mended = bool(mended_for([post], looking.name))
    muted = muted_accounts(revision)
    one = shown(post, revision, looking.person, holds.standing(now), muted=muted, wrote_before=mended)
    findings, partner = findings_of(post_id, post.state, now, looking.name), pairs.partner_of(post)
    asks_both = partner is not None and post.state is PostState.IN_REVIEW
    theirs = findings_of(partner.id, partner.state, now, looking.name) if partner is not None and asks_both else ()
    other = other_half(post, looking.person, revision)
    told = [as_before(each) for each in refusal.findings] if refusal else []
    context = {
        "one": one,
        "refusal": refusal,
        "doubts": doubts_of(post, revision, now, looked, _typed_links(request)),
        # Whoever signs for another organisation agrees to this text; findings may tell of other posts beside it.
        "findings": [each for each in findings if each not in told and inside],
        "other_findings": [each for each in theirs if each not in told and inside],
        "confirm": confirmations((*findings, *theirs)),
        "may_confirm": looking.may(Role.APPROVER, post.campaign),
        "seals": seals_of(post, partner),
        "claims": claims_by_number({post_id: findings, **({partner.id: theirs} if partner is not None else {})}),
        "days": days_to_choose(post, looking.person, revision, now),
        "other": other if inside else replace(other, post=None),
        "joint": shown_joint(joint_of_post(post, revision), looking.person, revision),
        "inside": inside,
        "outside": not inside,
        "links": links_of(post),
        "rights": _rights(post, inside),
        "typed": {
            name: request.POST.get(name, "") for name in ("reason", "confirmed", "at", "until", "subject", "said")
        },
        "approval": approvals.standing_on(post_id),
        "good_until": good_until(post_id, one.zone),
        "history": list(reversed(audit.entries(f"post:{post_id}"))),
        "release": releases.get(post.release) if post.release is not None else None,
    }
    return render(request, "bfbot/post/page.html", context, status=refusal.status if refusal else 200)


def _rights(post: Post, inside: bool) -> list[dict[str, str]]:
    """What its author wrote of each upload; whoever signs for another organisation sees no consent's number."""
    seen = [(one.alt, one.rights) for one in post.wording.media if one.rights is not None]
    return [{"alt": alt, "words": in_words(each if inside else replace(each, consent=""))} for alt, each in seen]


def _typed_links(request: HttpRequest) -> dict[int, str]:
    """What was pasted for a way to an account, by its number."""
    return {_number(request.POST.get("delivery", "")): request.POST.get("link", "")}
