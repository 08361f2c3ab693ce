"""Pages for a pause and for elections: one post let through, what was missed, what is kept by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from bfbot.desk import stops
from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import holds, models, posts
from tests.web.conftest import SignIn


def paused(post: Post) -> None:
    stops.pause(actor="author", now=datetime.now(UTC), reason="Mourning.")


def missed(post: Post) -> None:
    models.Delivery.objects.filter(post_id=post.id).update(state=DeliveryState.MISSED, reason="paused")


def page(signed_in: SignIn, who: str, name: str, *args: object) -> str:
    return signed_in(who).get(reverse(name, args=args)).content.decode()


def test_two_people_let_one_post_through(approved: Post, signed_in: SignIn) -> None:
    assert "Let one post through" not in page(signed_in, "author", "pause")
    paused(approved)
    author, approver = signed_in("other author"), signed_in("approver")
    asked = author.post(reverse("pause-ask"), {"post": str(approved.id), "reason": "The helpline moved."})
    assert asked["Location"] == reverse("pause")
    shown = approver.get(reverse("pause")).content.decode()
    assert "other author asks" in shown
    assert "The helpline moved." in shown
    assert approver.post(reverse("pause-clear"), {"post": str(approved.id)}).status_code == 302
    (hold,) = holds.standing(datetime.now(UTC))
    assert hold.cleared == {approved.id}
    assert "The helpline moved." not in page(signed_in, "approver", "pause")


@pytest.mark.parametrize(("typed", "status"), [("", 400), ("4711", 400), ("nine", 400), ("POST", 422)])
def test_what_is_asked_wrongly_is_told_on_the_page(
    approved: Post, signed_in: SignIn, typed: str, status: int
) -> None:
    if typed != "POST":
        paused(approved)
    number = str(approved.id) if typed == "POST" else typed
    answer = signed_in("author").post(reverse("pause-ask"), {"post": number, "reason": "Because."})
    assert answer.status_code == status
    assert "That did not work" in answer.content.decode()


def test_what_cannot_be_stopped_here_is_listed(signed_in: SignIn) -> None:
    shown = page(signed_in, "author", "pause")
    for thing in ("Adverts", "Posts scheduled in other tools", "Profile pictures"):
        assert thing in shown


def test_resuming_leads_to_what_was_missed(approved: Post, signed_in: SignIn) -> None:
    paused(approved)
    missed(approved)
    hold = str(holds.standing(datetime.now(UTC))[0].id)
    assert signed_in("approver").post(reverse("resume"), {"hold": hold})["Location"] == reverse("missed")
    shown = page(signed_in, "author", "missed")
    assert f'name="post" value="{approved.id}"' in shown
    assert "a pause" in shown


def test_new_times_for_the_chosen(approved: Post, signed_in: SignIn) -> None:
    missed(approved)
    day = (datetime.now(UTC) + timedelta(days=2)).date()
    form = {"post": str(approved.id), "at": f"{day}T09:00", "apart": "30", "do": "again"}
    answer = signed_in("author").post(reverse("missed-decide"), form, follow=True)
    assert "1 post given a new time." in answer.content.decode()
    again = posts.get(approved.id)
    assert (again.state, again.scheduled_for.date()) == (PostState.IN_REVIEW, day)


@pytest.mark.parametrize(
    "form",
    [
        {"do": "again", "at": "2095-01-01T09:00"},
        {"post": "1", "do": "again", "at": ""},
        {"post": "1", "do": "again", "at": "2020-01-01T09:00"},
        {"post": "1", "do": "again", "at": "2095-01-01T09:00", "apart": "0"},
    ],
)
def test_a_wrong_choice_is_told_and_changes_nothing(
    approved: Post, signed_in: SignIn, form: dict[str, str]
) -> None:
    missed(approved)
    answer = signed_in("author").post(reverse("missed-decide"), form)
    assert answer.status_code == 400
    assert posts.get(approved.id).deliveries[0].state is DeliveryState.MISSED


def test_cancelling_many(approved: Post, signed_in: SignIn) -> None:
    missed(approved)
    form = {"post": [str(approved.id), "4711"], "do": "cancel", "reason": "Out of place."}
    shown = signed_in("author").post(reverse("missed-decide"), form, follow=True).content.decode()
    assert "1 post cancelled." in shown
    assert "Post 4711 stays as it was" in shown
    assert posts.get(approved.id).state is PostState.WITHDRAWN


def begin(workspace: Path) -> None:
    today = datetime.now(UTC).date()
    line = f"{{id: local, name: Local elections, from: {today}, until: 2095-01-01, zone: Europe/London}}"
    (workspace / "schedules" / "seasons.yaml").write_text(f"periods:\n  - {line}\n", encoding="utf-8")
    where = "kinds: [action], accounts: [practice], window: 2 h"
    noon = f'{{id: noon, campaign: futures, days: daily, at: "12:00", {where}}}'
    (workspace / "schedules" / "slots.yaml").write_text(f"slots:\n  - {noon}\n", encoding="utf-8")


def test_what_this_affects_and_who_keeps_it(approved: Post, signed_in: SignIn, workspace: Path) -> None:
    begin(workspace)
    assert "Local elections" in page(signed_in, "viewer", "seasons")
    shown = page(signed_in, "approver", "seasons-period", "local")
    assert f'href="{reverse("post", args=[approved.id])}"' in shown
    assert "Evergreen posts that would come back" in shown
    assert "Keep it under my name" in shown
    assert "Keep it under my name" not in page(signed_in, "author", "seasons-period", "local")
    keep = reverse("seasons-keep", args=["local"])
    form = {"subject": f"post:{approved.id}", "said": "Opening hours."}
    assert signed_in("author").post(keep, form).status_code == 403
    assert signed_in("approver").post(keep, form).status_code == 302
    assert "Kept by approver:" in page(signed_in, "viewer", "seasons-period", "local")


def test_every_page_says_that_a_period_runs(signed_in: SignIn, workspace: Path) -> None:
    assert "Pre-election period" not in page(signed_in, "viewer", "today")
    begin(workspace)
    assert "Pre-election period: Local elections" in page(signed_in, "viewer", "today")


def test_an_evergreen_post_that_was_signed_off_is_ready_again(signed_in: SignIn, workspace: Path) -> None:
    assert "Ready" in page(signed_in, "approver", "evergreen")
    begin(workspace)
    assert "falls into a pre-election period" in page(signed_in, "approver", "evergreen")
    form = {"subject": "message:early-help", "said": "Plain help."}
    assert signed_in("approver").post(reverse("seasons-keep", args=["local"]), form).status_code == 302
    shown = signed_in("approver").get(reverse("evergreen") + "?show=ready").content.decode()
    assert "Help that comes early" in shown


def test_a_refused_sign_off_stays_on_the_page(approved: Post, signed_in: SignIn, workspace: Path) -> None:
    begin(workspace)
    answer = signed_in("approver").post(
        reverse("seasons-keep", args=["local"]), {"subject": f"post:{approved.id}", "said": " "}
    )
    assert answer.status_code == 422
    assert "A sign-off needs your words." in answer.content.decode()


def test_the_explanation_is_written_with_a_button(signed_in: SignIn, workspace: Path) -> None:
    begin(workspace)
    answer = signed_in("author").post(
        reverse("seasons-explain", args=["local"]), {"campaign": "futures"}, follow=True
    )
    assert "Written, and sent for approval." in answer.content.decode()
    (post,) = posts.listing(states=[PostState.IN_REVIEW])
    assert "we post less than usual" in post.text


def test_another_campaign_s_posts_are_not_shown(approved: Post, signed_in: SignIn, workspace: Path) -> None:
    begin(workspace)
    missed(approved)
    models.Membership.objects.filter(user__name="viewer").update(campaign="elsewhere")
    for name, args in (("missed", ()), ("seasons-period", ("local",))):
        assert "Children do best" not in page(signed_in, "viewer", name, *args)
