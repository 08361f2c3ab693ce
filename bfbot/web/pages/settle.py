"""A person says what became of a post that may be live, or has bfbot look at its network once more."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bfbot.desk import settling
from bfbot.domain.person import Role
from bfbot.errors import BfbotError, UsageError
from bfbot.publishing.look_again import look_again
from bfbot.web.pages.post import decide, whole_page
from bfbot.web.refusals import refusal_of
from bfbot.web.visitor import me, page, seen_post


@require_POST
@page(Role.APPROVER)
def settle(request: HttpRequest, post_id: int, delivery_id: int) -> HttpResponse:
    """`say` is live (with `link`), not-live or give-up; `part` counts from 1."""
    _must_be_there(request, post_id, delivery_id)
    say, part = request.POST.get("say", ""), request.POST.get("part", "")
    if say not in _SAID or not (part.isascii() and part.isdigit() and len(part) < 4):
        raise UsageError("Say whether it is live.", mend="Go back to the post and choose one.")

    def act(actor: str, now: datetime) -> object:
        return settling.settle(
            delivery_id,
            actor=actor,
            now=now,
            live_url=request.POST.get("link", "") if say == "live" else None,
            gone=say == "not-live",
            given_up=say == "give-up",
            part=int(part) - 1,
            reason=request.POST.get("reason", "")[:300],
        )

    return decide(request, post_id, act, _SAID[say])


_SAID = {
    "live": "Thank you. It is on record as live.",
    "not-live": "Thank you. That is on record.",
    "give-up": "Given up. Nothing more is sent for it, and the doubt stays on record.",
}


@never_cache
@require_POST
@page(Role.APPROVER)
def look(request: HttpRequest, post_id: int, delivery_id: int) -> HttpResponse:
    """The post's page with what the network shows at this moment; nothing is sent."""
    _must_be_there(request, post_id, delivery_id)
    try:
        looked = look_again(delivery_id, actor=me(request).name, clock=lambda: datetime.now(UTC))
    except BfbotError as error:
        return whole_page(request, post_id, refusal_of(error))
    return whole_page(request, post_id, looked=looked)


def _must_be_there(request: HttpRequest, post_id: int, delivery_id: int) -> None:
    if delivery_id not in {one.id for one in seen_post(request, post_id).deliveries}:
        raise Http404(f"Post {post_id} has no such part.")
