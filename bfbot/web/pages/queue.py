"""The queue: every post, told apart by what has to happen to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.states import NEEDS_A_PERSON, OPEN_POST, PostState
from bfbot.ledger import holds, posts
from bfbot.library import current_revision
from bfbot.web.shown import shown
from bfbot.web.visitor import me, page

MOST = 60

FILTERS: Mapping[str, tuple[str, frozenset[PostState]]] = {
    "waiting": ("Waiting for approval", frozenset({PostState.IN_REVIEW})),
    "coming": ("Approved", frozenset({PostState.APPROVED})),
    "stuck": ("Needs a decision", OPEN_POST),
    "drafts": ("Drafts", frozenset({PostState.DRAFT, PostState.REJECTED})),
    "out": ("Out", frozenset({PostState.CLOSED})),
    "cancelled": ("Cancelled", frozenset({PostState.WITHDRAWN})),
    "all": ("All", frozenset(PostState)),
}
"""Name in the address, word on the screen, and the states it shows."""


@never_cache
@require_safe
@page()
def queue(request: HttpRequest) -> HttpResponse:
    """One list at a time; what is over comes newest first."""
    now = datetime.now(UTC)
    revision, looking, stops = current_revision(now), me(request), holds.standing(now)
    wanted = request.GET.get("show", "waiting")
    wanted = wanted if wanted in FILTERS else "waiting"
    backwards = wanted in {"out", "cancelled", "all"}
    found = [
        one
        for one in posts.listing(
            states=FILTERS[wanted][1], newest_first=backwards, most=MOST * 5 if backwards else None
        )
        if looking.may(Role.VIEWER, one.campaign) and (wanted != "stuck" or _stuck(one))
    ]
    context = {
        "filters": [(name, word, name == wanted) for name, (word, _) in FILTERS.items()],
        "word": FILTERS[wanted][0],
        "wanted": wanted,
        "posts": [shown(one, revision, looking.person, stops) for one in found[:MOST]],
        "more": max(0, len(found) - MOST),
    }
    return render(request, "bfbot/queue.html", context)


def _stuck(post: Post) -> bool:
    return any(one.state in NEEDS_A_PERSON for one in post.deliveries)
