"""Statistics: posts that came back, what is live with an old figure, reviews that are due, and all by their id."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.config import config
from bfbot.desk.corrections import LiveError, draft_correction, noticed
from bfbot.desk.rechecking import back_because_of_figures
from bfbot.domain.fact import Fact
from bfbot.domain.figures import figure_text
from bfbot.domain.localtime import local
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.ledger import holds, posts
from bfbot.library import current_revision
from bfbot.rules.facts import refused, to_review
from bfbot.rules.fresh_figures import dated
from bfbot.web.shown import account_name, shown
from bfbot.web.visitor import Visitor, me, page

AHEAD = 30


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision, standing = current_revision(now), tuple(holds.standing(now))
    review = posts.listing(states=[PostState.IN_REVIEW])
    day = local(now, config().timezone).date()
    context = {
        "back": [
            shown(one, revision, looking.person, standing)
            for one in back_because_of_figures(review)
            if looking.may(Role.VIEWER, one.campaign)
        ],
        "live": [
            _live(one, revision, looking) for one in noticed(now) if looking.may(Role.VIEWER, one.post.campaign)
        ],
        "reviews": [
            {"fact": one, "figure": figure_text(one), "due": one.review_by is not None and one.review_by <= day}
            for one in to_review(revision, day, ahead=AHEAD)
        ],
        "every": sorted(
            (_listed(one, day) for one in revision.facts.values()), key=lambda one: bool(one["refused"])
        ),
        "ahead": AHEAD,
    }
    return render(request, "bfbot/statistics.html", context)


@require_POST
@page(Role.AUTHOR)
def correct(request: HttpRequest, post_id: int, fact_id: str) -> HttpResponse:
    """The drafted correction becomes a draft of this person's, to read over and send for approval."""
    made = draft_correction(post_id, fact_id, actor=me(request).name, now=datetime.now(UTC))
    messages.success(request, "The correction is a draft of yours. Read it over, then send it for approval.")
    return redirect("post", made.id)


def _listed(fact: Fact, day: date) -> dict[str, object]:
    """A statistic of the library as somebody who writes looks it up; `why` it is refused on that day, or old."""
    no = refused(fact, day)
    return {"fact": fact, "figure": figure_text(fact), "refused": bool(no), "why": no or dated(fact, day)}


def _live(one: LiveError, revision: Revision, looking: Visitor) -> dict[str, object]:
    return {
        "error": one,
        "where": [(account_name(live.account, revision), live.url) for live in one.live],
        "figure": figure_text(one.old.fact),
        "may_draft": looking.may(Role.AUTHOR, one.post.campaign),
    }
