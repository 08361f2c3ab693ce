"""News: the watched feeds and how they are doing, and the releases they brought."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.desk import standing
from bfbot.domain.person import Role
from bfbot.domain.release import FeedMemory
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.errors import BfbotError, ContentRefused
from bfbot.ledger import releases
from bfbot.library import current_revision
from bfbot.news import listing as brought
from bfbot.news.dismissing import MAY_BE, dismiss
from bfbot.web import words
from bfbot.web.choices import a_day
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import account_name
from bfbot.web.visitor import Visitor, me, page

MOST = 40


@never_cache
@require_safe
@page()
def news(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@page(Role.APPROVER)
def sign(request: HttpRequest, feed_id: str) -> HttpResponse:
    """A feed's releases may go out by themselves after its cancel window, until a day."""
    try:
        standing.sign_feed(
            feed_id, actor=me(request).name, now=datetime.now(UTC), until=a_day(request.POST.get("until", ""))
        )
    except BfbotError as error:
        return _page(request, refusal_of(error))
    messages.success(request, "Approved for repeat. A change of the feed, its wording or its accounts ends that.")
    return redirect("news")


@require_POST
@page(Role.AUTHOR)
def put_aside(request: HttpRequest, release_id: int) -> HttpResponse:
    """This release is none for the campaign: what was drafted of it is cancelled."""
    try:
        release = releases.get(release_id)
    except ContentRefused as error:
        raise Http404(str(error)) from error
    if not _may_see(release.feed, me(request), current_revision(datetime.now(UTC))):
        raise Http404(f"There is no release {release_id}.")
    try:
        dismiss(
            release_id,
            actor=me(request).name,
            now=datetime.now(UTC),
            reason=request.POST.get("reason", "").strip()[:300],
        )
    except BfbotError as error:
        return _page(request, refusal_of(error))
    messages.success(request, "Dismissed. Nothing goes out about this release.")
    return redirect("news")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    signed = {one.subject: one for one in standing.in_force(now)}
    feeds = [
        _feed(revision.feeds[one.feed], one, revision, looking) | {"signed": signed.get(f"feed:{one.feed}")}
        for one in brought.feeds(now)
        if _may_see(one.feed, looking, revision)
    ]
    found = [one for one in brought.listing(most=MOST * 5) if _may_see(one.release.feed, looking, revision)]
    rows = [
        {
            "release": one.release,
            "posts": one.posts,
            "word": words.RELEASES[one.release.state][0],
            "tone": words.RELEASES[one.release.state][1],
            "may_dismiss": one.release.state in MAY_BE and _may(Role.AUTHOR, one.release.feed, looking, revision),
        }
        for one in found[:MOST]
    ]
    context = {"feeds": feeds, "rows": rows, "more": max(0, len(found) - MOST), "refusal": refusal}
    return render(request, "bfbot/news.html", context, status=refusal.status if refusal else 200)


def _feed(feed: Feed, memory: FeedMemory, revision: Revision, looking: Visitor) -> dict[str, object]:
    wrong = memory.disabled_reason or memory.last_error
    read = ("Read", "good") if memory.last_ok_at else ("Not read yet", "wait")
    word, tone = ("Not read", "bad") if wrong else read
    return {
        "feed": feed,
        "memory": memory,
        "wrong": wrong,
        "word": word,
        "tone": tone,
        "campaigns": [revision.campaigns[one].name for one in feed.campaigns if one in revision.campaigns],
        "accounts": [account_name(one, revision) for one in feed.accounts],
        "minutes": int(feed.auto_after.total_seconds() // 60) if feed.auto_after is not None else None,
        "may_sign": feed.auto_after is not None and _may(Role.APPROVER, feed.id, looking, revision),
    }


def _may_see(feed_id: str, looking: Visitor, revision: Revision) -> bool:
    feed = revision.feeds.get(feed_id)
    return any(looking.may(Role.VIEWER, one) for one in (feed.campaigns if feed else revision.campaigns))


def _may(role: Role, feed_id: str, looking: Visitor, revision: Revision) -> bool:
    """For every campaign of the feed, as the desk asks it."""
    feed = revision.feeds.get(feed_id)
    return all(looking.may(role, one) for one in feed.campaigns) if feed else looking.may(role)
