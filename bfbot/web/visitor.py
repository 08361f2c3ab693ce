"""Who is looking, and what they may see and do: the one gate in front of every page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from bfbot.config import config
from bfbot.desk.joint import concerns
from bfbot.domain.person import EVERY_CAMPAIGN, Person, Role
from bfbot.domain.post import Post
from bfbot.errors import BfbotError, ContentRefused
from bfbot.ledger import people, posts
from bfbot.ledger.models import User
from bfbot.library import current_revision
from bfbot.web.refusals import not_written, refused

log = logging.getLogger(__name__)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True)
class Visitor:
    """`guest`: nobody signed in, looking at the sample workspace as a viewer. Their name is empty."""

    person: Person
    guest: bool = False

    @property
    def name(self) -> str:
        return self.person.name

    def may(self, role: Role, campaign: str | None = None) -> bool:
        """Whether they hold the role for the campaign, or for any campaign."""
        if campaign is None:
            return self.person.may_anywhere(role)
        return self.person.may(role, campaign)


GUEST = Visitor(Person(name="", roles={EVERY_CAMPAIGN: Role.VIEWER}), guest=True)


def visitor(request: HttpRequest) -> Visitor | None:
    """The person who is signed in; in the sample workspace a guest; else nobody."""
    if isinstance(request.user, User):
        return Visitor(people.to_domain(request.user))
    return GUEST if config().sample else None


def page(role: Role = Role.VIEWER, *, guests: bool = True) -> Callable[[View[P]], View[P]]:
    """A page for people with this role somewhere; which campaign they hold it for is asked by the desk.

    Nobody: to the sign-in page, and back. The wrong role: 403. A refusal of the desk that the page does not
    place itself becomes a page in words, never a trace.
    """

    def gate(view: View[P]) -> View[P]:
        @wraps(view)
        def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            looking = visitor(request)
            guest_may = guests and role is Role.VIEWER and request.method in {"GET", "HEAD"}
            if looking is None or (looking.guest and not guest_may):
                return _to_sign_in(request)
            if not looking.may(role):
                raise PermissionDenied(f"This needs the role {role}.")
            try:
                answer = view(request, *args, **kwargs)
            except BfbotError as error:
                answer = refused(request, error)
            except DatabaseError as error:
                log.error("database refused", extra={"page": request.path, "error": str(error)})
                answer = not_written(request, error)
            if not answer.has_header("Cache-Control"):  # whoever signs out leaves no page behind in the browser
                add_never_cache_headers(answer)
            return answer

        return gated

    return gate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """And back to where they wanted to go. A part of a page that asks by itself takes the whole page along."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(reverse("sign-in"))
    return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("today"))


def me(request: HttpRequest) -> Visitor:
    """Whoever passed the gate."""
    looking = visitor(request)
    if looking is None:
        raise PermissionDenied("Sign in first.")
    return looking


def seen_post(request: HttpRequest, post_id: int, *, to_sign: bool = False) -> Post:
    """The post, for those who may see its campaign; for others there is none.

    `to_sign`: also for those who approve for another organisation that it names.
    """
    try:
        post = posts.get(post_id)
    except ContentRefused as error:
        raise Http404(str(error)) from error
    looking = me(request)
    theirs = to_sign and concerns(looking.person, post, current_revision(datetime.now(UTC)))
    if not looking.may(Role.VIEWER, post.campaign) and not theirs:
        raise Http404(f"There is no post {post_id}.")
    return post
