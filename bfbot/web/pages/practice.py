"""The practice channel's own timeline: the network whose posts never leave this computer."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bfbot.domain.proof import ProofPart, media_from_json
from bfbot.domain.revision import Revision
from bfbot.ledger import practice
from bfbot.ledger.models import PracticePost
from bfbot.library import current_revision
from bfbot.platforms.facets import facets
from bfbot.web.shown import account_name
from bfbot.web.visitor import page


@require_safe
@page()
def timeline(request: HttpRequest) -> HttpResponse:
    """The newest fifty."""
    revision = current_revision(datetime.now(UTC))
    posts = [_shown(one, revision) for one in practice.practice_timeline()]
    return render(request, "bfbot/practice.html", {"posts": posts})


@require_safe
@page()
def one_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """One post by its own address, as a link to it leads here."""
    revision = current_revision(datetime.now(UTC))
    found = next(filter(None, (practice.practice_post(one, post_id) for one in revision.accounts)), None)
    if found is None:
        raise Http404(f"There is no post {post_id} on the practice channel.")
    return render(request, "bfbot/practice.html", {"posts": [_shown(found, revision)], "alone": True})


def _shown(post: PracticePost, revision: Revision) -> dict[str, object]:
    media = tuple(media_from_json(one) for one in post.media)
    part = ProofPart(text=post.text, length=0, facets=facets(post.text), media=media)
    return {
        "id": post.pk,
        "account": account_name(post.account, revision),
        "at": post.created_at,
        "part": part,
        "reply_to": post.reply_to,
    }
