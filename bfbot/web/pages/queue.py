"""The queue: every post, told apart by what has to happen to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bfbot.desk.mended import mended_for
from bfbot.desk.muted import muted_accounts
from bfbot.domain.hold import Hold
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, PostState
from bfbot.ledger import holds, posts
from bfbot.library import current_revision
from bfbot.rules.verdict import confirmations
from bfbot.web.empty_times import empty_times
from bfbot.web.shown import shown
from bfbot.web.to_approve import claims_by_number, findings_of, seals_of
from bfbot.web.visitor import Visitor, me, page

MOST = 60
AT_ONCE = 10
"""How many that wait are shown on one page: each is judged by the rules as the page is made."""

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
    """One list at a time; what is over comes newest first. What waits can be decided down the list."""
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
    leaf = Paginator(found, AT_ONCE if wanted == "waiting" else MOST).get_page(request.GET.get("page"))
    listed, muted = list(leaf.object_list), muted_accounts(revision)
    rows = (
        _to_decide(listed, revision, looking, stops, now)
        if wanted == "waiting"
        else [{"one": shown(one, revision, looking.person, stops, muted=muted)} for one in listed]
    )
    context = {
        "filters": [(name, word, name == wanted) for name, (word, _) in FILTERS.items()],
        "word": FILTERS[wanted][0],
        "wanted": wanted,
        "rows": rows,
        "leaf": leaf,
        "empty_times": empty_times(looking, revision, now) if wanted in {"waiting", "coming"} else [],
    }
    return render(request, "bfbot/queue.html", context)


def _to_decide(
    listed: Sequence[Post], revision: Revision, looking: Visitor, stops: Sequence[Hold], now: datetime
) -> list[dict[str, Any]]:
    """Each with what the rules say, what is to be confirmed, and which one comes after it in the list."""
    rows, muted = [], muted_accounts(revision)
    mended, there = mended_for(listed, looking.name), {one.id: one for one in listed}
    said = {one.id: findings_of(one.id, one.state, now, looking.name) for one in listed}
    for place, post in enumerate(listed):
        findings, seals = said[post.id], seals_of(post, there.get(post.pair or 0))
        rows.append(
            {
                "one": shown(post, revision, looking.person, stops, muted=muted, wrote_before=post.id in mended),
                "seals": seals,
                "claims": claims_by_number({number: said[number] for number in seals}),
                "findings": findings,
                "confirm": [one for number in seals for one in confirmations(said[number])],
                "then": listed[place + 1].id if place + 1 < len(listed) else "",
            }
        )
    return rows


def _stuck(post: Post) -> bool:
    return any(one.needs_a_person for one in post.deliveries)
