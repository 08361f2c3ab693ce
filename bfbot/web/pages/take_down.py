"""Deleting a live post from its network: asked first, on a page of its own, because nothing brings it back."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bfbot.domain.person import Role
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError
from bfbot.ledger import holds
from bfbot.library import current_revision
from bfbot.publishing import take_down as network
from bfbot.web.refusals import refusal_of
from bfbot.web.shown import shown
from bfbot.web.visitor import me, page, seen_post


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@page(Role.APPROVER)
def take_down(request: HttpRequest, post_id: int, delivery_id: int) -> HttpResponse:
    """Show what would be deleted and where; on the button's word, delete it."""
    now, post, refusal = datetime.now(UTC), seen_post(request, post_id), None
    one = shown(post, current_revision(now), me(request).person, holds.standing(now))
    part = next((part for part in one.deliveries if part.delivery.id == delivery_id), None)
    if part is None:
        raise Http404(f"Post {post_id} has no such part.")
    if request.method == "POST":
        try:
            network.delete(delivery_id, actor=me(request).name, now=now)
        except BfbotError as error:
            refusal = refusal_of(error)
        else:
            messages.success(request, f"Deleted from {part.network}.")
            return redirect("post", post_id=post_id)
    context = {
        "one": one,
        "part": part,
        "refusal": refusal,
        "live": part.delivery.state is DeliveryState.PUBLISHED,
    }
    return render(request, "bfbot/post/take_down.html", context, status=refusal.status if refusal else 200)
