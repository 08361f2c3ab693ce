"""A pre-election period over a real desk: what it affects, who keeps what, and what goes out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bfbot.desk import review, seasons, writing
from bfbot.desk.judging import check_at_send
from bfbot.desk.season_effects import Affected, Sort, affected
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused, NotAllowed, UsageError
from bfbot.ledger import audit, models, posts
from bfbot.planning.plan import plan_ahead
from tests.desk.steps import SOON, approved, drafted, in_review, set_state
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, SECOND, change

pytestmark = pytest.mark.django_db

WHY = "A plain service: opening hours."
LOCAL = "local"


def begin(home: Path, first: str = "2026-11-23 09:30", last: str = "2026-12-10 22:00", more: str = "") -> None:
    """A period that begins half an hour from NOW, and the people of politics."""
    schedules, messages = home / "schedules" / "season.yaml", home / "messages" / "people.yaml"
    line = f"{{id: {LOCAL}, name: Local elections, from: {first}, until: {last}, zone: Europe/London{more}}}"
    schedules.write_text(f"periods:\n  - {line}\n", encoding="utf-8")
    messages.write_text(
        "spokespeople:\n"
        "  - {id: runner, role: Ward member for Nowhere, candidate: {from: 2026-11-01, until: 2026-12-10}}\n"
        "  - {id: chair, role: Chair of the Example Board}\n",
        encoding="utf-8",
    )


def by_subject(now: datetime = NOW) -> dict[str, Affected]:
    return {one.subject: one for one in affected(LOCAL, now)}


def rules(post: Post, now: datetime = SOON) -> set[str]:
    return {one.rule for one in check_at_send(posts.get(post.id).deliveries[0], now)}


def test_the_period_set_ahead_affects_what_falls_into_it(home: Path) -> None:
    early, inside = approved(at=NOW + timedelta(minutes=5)), approved("Libraries open early in the holidays.")
    after = approved("Swimming is free in the new year.", at=NOW + timedelta(days=18))
    begin(home)
    found = by_subject()
    assert f"post:{inside.id}" in found
    assert {f"post:{early.id}", f"post:{after.id}"} & set(found) == set()
    assert rules(inside) == {"season-sign-off"}
    assert rules(early, NOW + timedelta(minutes=6)) == set()


def test_a_post_kept_by_name_goes_out_and_an_edit_needs_it_again(home: Path) -> None:
    post = approved()
    begin(home)
    signed = seasons.keep(LOCAL, f"post:{post.id}", actor=APPROVER, now=NOW, said=WHY)
    assert (signed.signer, signed.said) == (APPROVER, WHY)
    assert rules(post) == set()
    assert by_subject()[f"post:{post.id}"].kept == signed
    (entry,) = audit.entries(f"post:{post.id}", "signed off")
    assert (entry.actor, entry.detail["reason"], entry.detail["period"]) == (APPROVER, WHY, LOCAL)
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Family hubs are open till nine."))
    review.submit(post.id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW)
    assert rules(post) == {"season-sign-off"}
    assert by_subject()[f"post:{post.id}"].kept is None


def test_a_sign_off_is_for_one_period(home: Path) -> None:
    post = approved()
    begin(home)
    seasons.keep(LOCAL, f"post:{post.id}", actor=APPROVER, now=NOW, said=WHY)
    text = (home / "schedules" / "season.yaml").read_text(encoding="utf-8")
    (home / "schedules" / "season.yaml").write_text(text.replace("id: local", "id: national"), encoding="utf-8")
    assert rules(post) == {"season-sign-off"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Meet the ward member for Nowhere at the family hub.", "season-candidate"),
        ("Write to your MP about family hubs.", "season-lobbying"),
    ],
)
def test_candidates_and_lobbying_are_kept_by_nobody(home: Path, text: str, rule: str) -> None:
    post = approved(text)
    begin(home)
    assert rule in rules(post)
    assert not by_subject()[f"post:{post.id}"].may_keep
    with pytest.raises(ContentRefused):
        seasons.keep(LOCAL, f"post:{post.id}", actor=APPROVER, now=NOW, said=WHY)


def test_another_councillor_needs_a_name(home: Path) -> None:
    post = approved("The Chair of the Example Board opens the family hub.")
    begin(home)
    assert "names somebody of politics" in str(check_at_send(post.deliveries[0], SOON)[0])
    seasons.keep(LOCAL, f"post:{post.id}", actor=APPROVER, now=NOW, said="Opens a building, says nothing.")
    assert rules(post) == set()


def test_who_may_not_sign_off(home: Path) -> None:
    post, draft = approved(), drafted("Not sent for approval yet.")
    begin(home)
    for subject, actor, said, error in [
        (f"post:{post.id}", AUTHOR, WHY, NotAllowed),
        (f"post:{post.id}", APPROVER, " ", ContentRefused),
        (f"post:{draft.id}", APPROVER, WHY, ContentRefused),
        ("post:4711", APPROVER, WHY, ContentRefused),
        ("message:nothing", APPROVER, WHY, ContentRefused),
    ]:
        with pytest.raises(error):
            seasons.keep(LOCAL, subject, actor=actor, now=NOW, said=said)
    models.Post.objects.filter(pk=post.id).update(author=APPROVER)
    with pytest.raises(NotAllowed):
        seasons.keep(LOCAL, f"post:{post.id}", actor=APPROVER, now=NOW, said=WHY)
    with pytest.raises(UsageError):
        seasons.keep("no-such", f"post:{post.id}", actor=APPROVER, now=NOW, said=WHY)


def test_posting_times_take_only_what_was_signed_off_and_never_lobbying(home: Path) -> None:
    change(
        home,
        'neighbours learn from neighbours.", rest_days: 3}',
        'neighbours learn from neighbours.", rest_days: 3, lobbying: true}',
    )
    begin(home, first="2026-11-20")
    found = by_subject()
    recurring = {one.subject for one in found.values() if one.sort is Sort.RECURRING}
    assert recurring == {
        "message:ten-years",
        "message:doors",
        "message:listen",
        "message:share",
        "message:park",
        "message:villages",
    }
    assert not found["message:share"].may_keep
    plan_ahead(NOW)
    assert posts.listing() == []
    seasons.keep(LOCAL, "message:doors", actor=APPROVER, now=NOW, said=WHY)
    plan_ahead(NOW)
    plan_ahead(NOW + timedelta(days=1))
    planned = posts.listing()
    assert {one.message for one in planned} == {"doors"}
    for one in planned:
        assert rules(one, one.scheduled_for) <= {"approval"}
    change(home, "Every council keeps a door open", "Each council keeps a door open")
    assert by_subject()["message:doors"].kept is None


def test_what_drifts_into_the_period_needs_its_own_sign_off(home: Path) -> None:
    """The planned-before test: its evergreen post is signed off for the period, but it was planned for before."""
    plan_ahead(NOW)
    post = next(one for one in posts.listing() if one.message == "doors" or one.message == "listen")
    first = post.scheduled_for
    begin(home, first=f"{(first + timedelta(days=1)).date()}")
    seasons.keep(LOCAL, f"message:{post.message}", actor=APPROVER, now=NOW, said=WHY)
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=first + timedelta(days=2))
    review.submit(post.id, actor=AUTHOR, now=NOW)
    moved = posts.get(post.id)
    assert (moved.first_planned_at, moved.scheduled_for) == (first, first + timedelta(days=2))
    found = by_subject()[f"post:{post.id}"]
    assert found.kept is None
    assert "before the period began" in str(found.why[0])


def test_live_posts_that_name_politicians_are_listed(home: Path) -> None:
    named, plain = approved("Meet the ward member for Nowhere at the hub."), approved("Libraries open early.")
    calls = approved("Ask your MP for a family hub.")
    for one in (named, plain, calls):
        set_state(one, DeliveryState.PUBLISHED)
        models.Delivery.objects.filter(post_id=one.id).update(published_at=NOW)
    posts.close_settled(NOW)
    begin(home)
    live = {one.number: one for one in by_subject().values() if one.sort is Sort.LIVE}
    assert set(live) == {named.id, calls.id}
    assert live[named.id].may_keep
    seasons.keep(LOCAL, f"post:{named.id}", actor=APPROVER, now=NOW, said="A record of what was said in May.")
    kept = by_subject()[f"post:{named.id}"].kept
    assert kept is not None
    assert kept.signer == APPROVER


def test_an_explanation_is_ready_for_an_approver(home: Path) -> None:
    begin(home)
    post = seasons.explain(LOCAL, campaign=BRIGHT, actor=AUTHOR, now=NOW)
    assert post.state is PostState.IN_REVIEW
    assert "Until 10 December 2026 we post less than usual" in post.text
    assert post.scheduled_for == NOW + timedelta(minutes=30)
    seasons.keep(LOCAL, f"post:{post.id}", actor=SECOND, now=NOW, said="It explains the period.")
    review.approve(post.id, actor=APPROVER, now=NOW)
    assert rules(post, post.scheduled_for) == set()


def test_the_team_s_own_words_explain_it(home: Path) -> None:
    begin(home, more=', explanation: "Quiet until {last}: an election is near."')
    assert "Quiet until 10 December 2026" in seasons.explain(LOCAL, campaign=BRIGHT, actor=AUTHOR, now=NOW).text
    with pytest.raises(UsageError):
        seasons.explain(LOCAL, campaign=BRIGHT, actor=AUTHOR, now=NOW + timedelta(days=30))


def test_a_period_that_is_over_or_of_packs_affects_nothing(home: Path) -> None:
    post = approved()
    begin(home)
    assert affected(LOCAL, NOW + timedelta(days=30)) == []
    begin(home, more=", applies_to: [partner-packs]")
    assert affected(LOCAL, NOW) == []
    assert rules(post) == set()


def test_before_the_approval_it_is_told_and_stops_nobody(home: Path) -> None:
    begin(home)
    post = in_review()
    found = [one for one in check(post) if one == "season-sign-off"]
    assert found
    assert review.approve(post.id, actor=APPROVER, now=NOW).state is PostState.APPROVED


def check(post: Post) -> list[str]:
    from bfbot.desk.judging import findings
    from bfbot.domain.finding import Moment

    return [one.rule for one in findings(post.id, Moment.APPROVE, now=NOW, actor=APPROVER)]
