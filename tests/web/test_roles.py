"""Every address by every role. The addresses come from the URL resolver: a new one without a row here fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern

from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models
from bfbot.media import blobs
from bfbot.web.urls import urlpatterns
from tests.web.conftest import SignIn
from tests.web.people import ROLES
from tests.web.pictures import png
from tests.web.releases import a_release

IN = "sign-in"  # shorthand: sent to the sign-in page
WEEK = "2026-W40"


@dataclass(frozen=True)
class Route:
    """What nobody, viewer, author, approver and admin get: a status, or IN. `post`: the form sent."""

    expected: tuple[int | str, int, int, int, int]
    args: tuple[Any, ...] = ()
    post: dict[str, str] | None = None
    state: str = "waiting"  # of the post that stands behind it
    guests: bool = True  # whether somebody who looks around in the sample workspace sees it, too


POST = "POST_ID"
SUBJECT = "post:POST_ID"
EVERYBODY = (IN, 200, 200, 200, 200)
WRITERS = (IN, 403, 302, 302, 302)
APPROVERS = (IN, 403, 403, 302, 302)

ROUTES: dict[str, Route] = {
    "today": Route(EVERYBODY),
    "today-part": Route(EVERYBODY, ("needs",)),
    "sign-in": Route((200, 200, 200, 200, 200)),
    "sign-out": Route((302, 302, 302, 302, 302), post={}),
    "welcome": Route((410, 410, 410, 410, 410), ("forged",)),
    "write": Route(WRITERS),
    "write-picture": Route((IN, 403, 200, 200, 200), post={}),
    "write-new": Route((IN, 403, 200, 200, 200), ("futures",)),
    "write-preview": Route((IN, 403, 200, 200, 200), ("futures",), post={"text": "x", "account": "practice"}),
    "queue": Route(EVERYBODY),
    "queue-week": Route(EVERYBODY),
    "queue-week-approve": Route((IN, 403, 200, 200, 200), post={"do": "untick"}),
    "post": Route(EVERYBODY, (POST,)),
    "post-edit": Route((IN, 403, 200, 200, 200), (POST,)),
    "post-submit": Route(WRITERS, (POST,), post={}, state="draft"),
    "post-links": Route(WRITERS, (POST,), post={}),
    "post-approve": Route(APPROVERS, (POST,), post={}),
    "post-turn-down": Route(APPROVERS, (POST,), post={"reason": "No."}),
    "post-send-back": Route(APPROVERS, (POST,), post={"reason": "Shorter."}),
    "post-cancel": Route(WRITERS, (POST,), post={}),
    "post-again": Route(WRITERS, (POST,), post={}, state="missed"),
    "post-settle": Route(APPROVERS, (POST, "DELIVERY_ID"), post={"say": "not-live", "part": "1"}, state="unknown"),
    "post-look": Route((IN, 403, 403, 200, 200), (POST, "DELIVERY_ID"), post={}, state="unknown"),
    "post-delete": Route((IN, 403, 403, 200, 200), (POST, "DELIVERY_ID")),
    "account-start": Route(APPROVERS, ("practice",), post={}),
    "accounts": Route(EVERYBODY),
    # a practice channel has nothing to decide: who may is told so, on the page of the accounts
    "account-reviewed": Route((IN, 403, 403, 422, 422), ("practice",), post={}),
    "account-ask": Route((IN, 403, 422, 422, 422), ("practice",), post={}),
    "account-confirm": Route((IN, 403, 403, 422, 422), ("practice",), post={}),
    "account-mute": Route((IN, 403, 403, 422, 422), ("practice",), post={"reason": "No."}),
    "news": Route(EVERYBODY),
    "news-sign": Route(APPROVERS, ("council-news",), post={"until": "2099-01-01"}),
    "news-dismiss": Route(WRITERS, ("RELEASE_ID",), post={}),
    "pause": Route(EVERYBODY, guests=False),
    "resume": Route((IN, 403, 403, 302, 302), post={"hold": "HOLD_ID"}),
    "statistics": Route(EVERYBODY),
    "statistics-correct": Route((IN, 403, 422, 422, 422), (POST, "cp-enquiries-rise"), post={}),
    "pause-ask": Route((IN, 403, 302, 302, 302), post={"post": POST, "reason": "A new number."}, state="paused"),
    "pause-clear": Route((IN, 403, 403, 302, 302), post={"post": POST}, state="asked"),
    "missed": Route(EVERYBODY),
    "missed-decide": Route(WRITERS, post={"post": POST, "do": "cancel"}, state="missed"),
    "seasons": Route(EVERYBODY),
    "seasons-period": Route(EVERYBODY, ("far-election",)),
    "seasons-keep": Route(  # nothing is affected by it: an approver is told so
        (IN, 403, 403, 422, 422), ("far-election",), post={"subject": "message:early-help", "said": "A service."}
    ),
    "seasons-explain": Route(WRITERS, ("far-election",), post={"campaign": "futures"}),
    "sign-offs": Route(EVERYBODY),
    "sign-offs-sign": Route(  # nothing here names another organisation: who may sign is told so
        (IN, 403, 403, 422, 422), post={"subject": SUBJECT, "said": "We agree."}
    ),
    "sign-offs-take-back": Route((IN, 403, 403, 422, 422), post={"subject": SUBJECT}),
    "evergreen": Route(EVERYBODY),
    "evergreen-sign": Route(APPROVERS, ("early-help",), post={"until": "2099-01-01"}),
    "look-ahead": Route(EVERYBODY),
    "practice": Route(EVERYBODY),
    "practice-post": Route(EVERYBODY, ("PRACTICE_ID",)),
    "reports": Route(EVERYBODY),
    "reports-week": Route(EVERYBODY, ("futures", WEEK)),
    "reports-comment": Route(WRITERS, ("futures", WEEK), post={"comment": "A quiet week."}),
    "reports-download": Route(EVERYBODY, ("futures", WEEK, "json")),
    "reports-chart": Route((IN, 404, 404, 404, 404), ("futures", WEEK, "none")),
    "reports-style": Route((200, 200, 200, 200, 200)),
    "pictures": Route(EVERYBODY),
    "people": Route(EVERYBODY),
    "quote-sign": Route((IN, 403, 403, 400, 400), post={"subject": "post:0", "speaker": "nobody", "said": "Mail"}),
    "files": Route(EVERYBODY),
    "media": Route(EVERYBODY, ("DIGEST",)),
    "health-alive": Route((200, 200, 200, 200, 200)),
    "health-ready": Route((503, 503, 503, 503, 503)),  # open to all; here no clock runs
    "health-figures": Route((IN, 403, 403, 403, 200)),  # not asked by the machine itself
}


def test_every_address_stands_in_the_table() -> None:
    assert all(isinstance(one, URLPattern) for one in urlpatterns)
    assert {one.name for one in urlpatterns} == set(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize(("place", "who"), list(enumerate(("", *ROLES))))
def test_every_address_by_every_role(
    name: str, place: int, who: str, draft: Post, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = ROUTES[name]
    values = _stand(route, draft)
    client = signed_in(who)
    answer = _ask(client, name, route, values)
    wanted = route.expected[place]
    if wanted == IN:
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("sign-in"))
    else:
        assert answer.status_code == wanted


def _ask(client: Client, name: str, route: Route, values: dict[str, Any]) -> Any:
    url = reverse(name, args=[values.get(one, one) if isinstance(one, str) else one for one in route.args])
    if route.post is None:
        return client.get(url)
    return client.post(url, {key: values.get(value, value) for key, value in route.post.items()})


def _stand(route: Route, draft: Post) -> dict[str, Any]:
    """Bring the post into the state that the route is asked about, and make what its address names."""
    from bfbot.desk import clearing, review, stops

    now = datetime.now(UTC)
    values: dict[str, Any] = {POST: draft.id, SUBJECT: f"post:{draft.id}", "DELIVERY_ID": draft.deliveries[0].id}
    if route.state != "draft":
        review.submit(draft.id, actor="author", now=now)
    if route.state in {"missed", "unknown"}:
        review.approve(draft.id, actor="approver", now=now)
        state = DeliveryState(route.state)
        models.Delivery.objects.filter(post_id=draft.id).update(state=state)
        models.Post.objects.filter(pk=draft.id).update(author="other author")
    if draft.author == "author" and route.expected == APPROVERS:
        models.Post.objects.filter(pk=draft.id).update(author="other author")
    if route.state in {"paused", "asked"}:
        stops.pause(actor="author", now=now, reason="A test")
    if route.state == "asked":
        clearing.ask(draft.id, actor="other author", now=now, reason="A new number.")
    if "PRACTICE_ID" in route.args:
        row = models.PracticePost.objects.create(account="practice", key="k", text="Hello", created_at=now)
        values["PRACTICE_ID"] = row.pk
    if "RELEASE_ID" in route.args:
        values["RELEASE_ID"] = a_release(now).id
    if "DIGEST" in route.args:
        values["DIGEST"] = blobs.store(png()).digest
    if route.post and "HOLD_ID" in route.post.values():
        values["HOLD_ID"] = str(stops.pause(actor="author", now=now, reason="A test").id)
    return values


def test_a_guest_of_the_sample_workspace_sees_but_does_not_touch(draft: Post, signed_in: SignIn) -> None:
    from bfbot.config import config

    (config().home / "SAMPLE").touch()
    client = signed_in("")
    for name, route in ROUTES.items():
        answer = _ask(
            client,
            name,
            route,
            {POST: draft.id, "DELIVERY_ID": 1, "PRACTICE_ID": 1, "RELEASE_ID": 1, "DIGEST": "0" * 64},
        )
        if route.expected == EVERYBODY and route.guests:
            assert answer.status_code in {200, 404}, name
        elif route.expected[0] == IN:
            assert answer.status_code in {302, 404}, name
            if answer.status_code == 302:
                assert answer["Location"].startswith(reverse("sign-in"))


def test_nobody_sees_another_campaign_s_posts(draft: Post, signed_in: SignIn) -> None:
    models.Membership.objects.filter(user__name="viewer").update(campaign="elsewhere")
    client = signed_in("viewer")
    assert client.get(reverse("post", args=[draft.id])).status_code == 404
    assert b"Children do best" not in client.get(reverse("today")).content
    assert b"Children do best" not in client.get(reverse("queue") + "?show=drafts").content
    assert client.get(reverse("reports-week", args=["futures", WEEK])).status_code == 404


def test_a_part_that_asks_by_itself_takes_the_page_to_the_sign_in(signed_in: SignIn) -> None:
    answer = signed_in("").get(reverse("today-part", args=["next"]), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == reverse("sign-in")
