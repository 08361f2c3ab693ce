"""Joint statements: what waits for this person's sign-off, what waits for others', and what is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.desk import other_owners
from bfbot.desk.joint import Joint, joint_of_message, open_joints, waiting_for
from bfbot.desk.owners_agreed import may_sign_for
from bfbot.domain.person import Role
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError
from bfbot.ledger.waiting_posts import waiting_posts
from bfbot.library import current_revision
from bfbot.web.joint import shown_joint
from bfbot.web.pages import post
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import shown_proof
from bfbot.web.verdicts import verdict
from bfbot.web.visitor import Visitor, me, page, seen_post
from bfbot.web.week import number_of


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@page(Role.APPROVER)
def sign(request: HttpRequest) -> HttpResponse:
    """Agree to `subject`, as it was shown, for `owner`."""
    subject, owner, said, seen = (request.POST.get(one, "")[:1000] for one in ("subject", "owner", "said", "seen"))
    return _decide(
        request,
        lambda actor, now: other_owners.sign(
            subject, actor=actor, now=now, said=said, owner=owner, seen=seen or None
        ),
        "Signed off. An edit needs it again.",
    )


@require_POST
@page(Role.APPROVER)
def take_back(request: HttpRequest) -> HttpResponse:
    subject, owner, reason = (request.POST.get(one, "")[:300] for one in ("subject", "owner", "reason"))
    return _decide(
        request,
        lambda actor, now: other_owners.take_back(subject, actor=actor, now=now, owner=owner, reason=reason),
        "Taken back. It does not go out until it is signed off again.",
    )


def _decide(request: HttpRequest, act: Callable[[str, datetime], object], done: str) -> HttpResponse:
    """Carried out, and back to where it was decided; a refusal is told there."""
    kind, _, name = request.POST.get("subject", "").partition(":")
    _look_for(request, kind, name)
    number = number_of(name) if kind == "post" and request.POST.get("place") == "post" else 0
    try:
        act(me(request).name, datetime.now(UTC))
    except BfbotError as error:
        refusal = refusal_of(error)
        return post.whole_page(request, number, refusal) if number else _page(request, refusal)
    messages.success(request, done)
    if number:
        return redirect("post", post_id=number)
    if request.POST.get("place") == "evergreen":
        return redirect(f"{reverse('evergreen')}#{name}")
    return redirect("sign-offs")


def _look_for(request: HttpRequest, kind: str, name: str) -> None:
    """Raises Http404 for what they may not see, as for what is not there: a refusal would tell of it."""
    if kind == "post":
        seen_post(request, number_of(name), to_sign=True)
    elif kind == "message":
        revision = current_revision(datetime.now(UTC))
        message, looking = revision.messages.get(name), me(request)
        if message is not None and looking.may(Role.VIEWER, message.campaign):
            return
        found = joint_of_message(name, revision) if message is not None else None
        if found is None or not _concerns(found, looking, revision):
            raise Http404(f"There is no evergreen post {name}.")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    found = open_joints(waiting_posts(now), revision, now)
    mine = {one.subject for one, _ in waiting_for(looking.person, found, revision)}
    concerned = [one for one in found if one.subject not in mine and _concerns(one, looking, revision)]
    groups = [
        _group("yours", "Waiting for your sign-off", "Nothing.", [one for one in found if one.subject in mine]),
        _group("others", "Waiting for somebody else’s", "Nothing.", [one for one in concerned if one.waiting]),
        _group(
            "signed", "Signed off", "Nothing that is still to go out.", [o for o in concerned if not o.waiting]
        ),
    ]
    context = {
        "groups": [{**one, "rows": _rows(one["found"], looking, revision, now)} for one in groups],
        "refusal": refusal,
        "typed": {one: request.POST.get(one, "") for one in ("subject", "said")},
    }
    return render(request, "bfbot/sign_offs.html", context, status=refusal.status if refusal else 200)


def _group(name: str, title: str, none: str, found: list[Joint]) -> dict[str, Any]:
    return {"id": name, "title": title, "none": none, "found": found}


def _concerns(one: Joint, looking: Visitor, revision: Revision) -> bool:
    """Whether they see its campaign, or approve for an organisation that it names."""
    theirs = any(may_sign_for(looking.person, each, revision) for each in one.owners)
    return theirs or looking.may(Role.VIEWER, one.campaign)


def _rows(found: Iterable[Joint], looking: Visitor, revision: Revision, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "joint": shown_joint(one, looking.person, revision),
            "number": one.post.id if one.post else None,
            "at": one.post.scheduled_for if one.post else None,
            "zone": revision.campaigns[one.campaign].zone,
            "text": one.post.text if one.post else revision.messages[one.message or ""].text,
            "proofs": [shown_proof(each, revision) for each in _proofs(one, revision, now)],
        }
        for one in found
    ]


def _proofs(one: Joint, revision: Revision, now: datetime) -> list[Proof]:
    """Exactly what goes out; of an evergreen post, what would go out today."""
    if one.post is not None:
        return [each.proof for each in one.post.deliveries if each.proof]
    with suppress(BfbotError):  # its clip is still being prepared: then its words alone
        return list(verdict(revision.messages[one.message or ""], revision, now).proofs.values())
    return []
