"""Welsh and English are planned, approved and released together, or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from bfbot.desk import automatic, judging, pairs, review, standing, stops, writing
from bfbot.domain.finding import Finding, Level
from bfbot.domain.hold import Scope
from bfbot.domain.post import Post, Wording
from bfbot.domain.schedule import Slot
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import approvals, models, posts
from bfbot.library import current_revision
from bfbot.rules.verdict import stopping
from tests.desk.steps import SOON, TEXT, set_state
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
WELSH = "Mae hybiau teulu ar agor i bawb y gaeaf hwn."
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _workspace(home: Path) -> None:
    """Every test has it."""


def written(text: str, language: str, at: datetime = SOON) -> Post:
    return writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording(text, language=language),
        at=at,
        actor=AUTHOR,
        now=NOW,
        window=timedelta(hours=4),
    )


def two() -> tuple[Post, Post]:
    """Both halves as drafts, bound to each other."""
    english, welsh = written(TEXT, "en"), written(WELSH, "cy")
    pairs.pair(english.id, welsh.id, actor=AUTHOR, now=NOW)
    return posts.get(english.id), posts.get(welsh.id)


def submitted() -> tuple[Post, Post]:
    english, welsh = two()
    return tuple(review.submit(one.id, actor=AUTHOR, now=NOW) for one in (english, welsh))  # type: ignore[return-value]  # two in, two out


def both_approved() -> tuple[Post, Post]:
    english, welsh = submitted()
    review.approve(english.id, actor=APPROVER, now=NOW)
    return posts.get(english.id), posts.get(welsh.id)


def held(post: Post, now: datetime = LATER) -> list[Finding]:
    """What keeps the post back at that time."""
    found = judging.check_at_send(posts.get(post.id).deliveries[0], now)
    return list(stopping(found, judging.Moment.SEND))


def test_the_proof_carries_the_language() -> None:
    english, welsh = submitted()
    assert [one.deliveries[0].proof.language for one in (english, welsh) if one.deliveries[0].proof] == [
        "en",
        "cy",
    ]


def test_one_approval_is_for_both_and_both_may_go() -> None:
    english, welsh = both_approved()
    assert [english.state, welsh.state] == [PostState.APPROVED, PostState.APPROVED]
    for one in (english, welsh):
        given = approvals.standing_on(one.id)
        assert given is not None
        assert given.signature == one.signature
        assert held(one) == []


def test_a_half_whose_other_is_a_draft_cannot_be_approved() -> None:
    english, _ = two()
    review.submit(english.id, actor=AUTHOR, now=NOW)
    with pytest.raises(judging.Refused, match=r"Welsh version .* is still a draft"):
        review.approve(english.id, actor=APPROVER, now=NOW)
    assert posts.get(english.id).state is PostState.IN_REVIEW


def test_a_rule_that_stops_one_half_stops_both() -> None:
    """The Welsh half waits for a written word on its figure: no approval is given to either without it."""
    english, welsh = two()
    text = "Nearly 12 per cent of children here wait for more than a year."
    writing.rewrite(welsh.id, actor=AUTHOR, now=NOW, wording=Wording(text, language="cy"))
    for one in (english, welsh):
        review.submit(one.id, actor=AUTHOR, now=NOW)
    with pytest.raises(judging.Refused, match="12 per cent"):
        review.approve(english.id, actor=APPROVER, now=NOW)
    assert {posts.get(one.id).state for one in (english, welsh)} == {PostState.IN_REVIEW}
    review.approve(english.id, actor=APPROVER, now=NOW, confirmed="Asked the author of the study.")
    assert {posts.get(one.id).state for one in (english, welsh)} == {PostState.APPROVED}


@pytest.mark.parametrize(
    ("act", "why", "meant"),
    [
        (
            lambda post: review.send_back(post.id, actor=APPROVER, now=NOW, reason="Shorter."),
            "is still a draft",
            False,
        ),
        (lambda post: review.withdraw(post.id, actor=AUTHOR, now=NOW), "was cancelled", False),
        (
            lambda post: writing.rewrite(
                post.id, actor=AUTHOR, now=NOW, wording=Wording(f"{WELSH} Dewch!", language="cy")
            ),
            "is still a draft",
            False,
        ),
        (lambda post: set_state(post, DeliveryState.FAILED), "was not taken by the network", False),
        (lambda post: set_state(post, DeliveryState.MISSED), "was not sent: too late", False),
        (lambda post: set_state(post, DeliveryState.UNKNOWN), "may be live or not", True),
        (lambda post: set_state(post, DeliveryState.SENDING), "is on its way", True),
        (
            lambda post: stops.pause(
                actor=AUTHOR, now=NOW, reason="Check it", scope=Scope.POST, scope_id=str(post.id)
            ),
            "is held",
            True,
        ),
        (
            lambda post: models.Approval.objects.filter(post_id=post.id).update(signature="0" * 64),
            "is held: It was edited since",
            False,
        ),
    ],
)
def test_what_happens_to_one_half_holds_the_other(act: object, why: str, meant: bool) -> None:
    """`meant`: nobody has to be told of it, for it passes, is wanted, or is told already."""
    english, welsh = both_approved()
    act(welsh)  # type: ignore[operator]  # one of the acts above
    found = held(english)
    assert [one.rule for one in found] == ["pair-together"]
    assert found[0].level is Level.HOLD
    assert why in found[0].message
    assert found[0].mend
    assert found[0].meant is meant


def test_once_one_half_is_out_the_other_follows_whatever_comes() -> None:
    english, welsh = both_approved()
    set_state(welsh, DeliveryState.PUBLISHED)
    assert held(english) == []


def test_moving_one_half_moves_the_other() -> None:
    english, welsh = both_approved()
    writing.rewrite(welsh.id, actor=AUTHOR, now=NOW, at=LATER)
    assert {posts.get(one.id).scheduled_for for one in (english, welsh)} == {LATER}


def test_halves_at_two_times_are_not_approved() -> None:
    english, welsh = submitted()
    posts.redate(welsh, LATER, welsh.window, NOW)
    with pytest.raises(judging.Refused, match="is planned for"):
        review.approve(english.id, actor=APPROVER, now=NOW)


def test_a_pair_fits() -> None:
    english, again = written(TEXT, "en"), written(f"{TEXT} Come in.", "")
    with pytest.raises(UsageError, match="same language"):
        pairs.pair(english.id, again.id, actor=AUTHOR, now=NOW)
    with pytest.raises(UsageError, match="no pair of its own"):
        pairs.pair(english.id, english.id, actor=AUTHOR, now=NOW)
    first, second = two()
    with pytest.raises(ContentRefused, match="already has its version"):
        pairs.pair(first.id, written(f"{WELSH} Dewch!", "cy").id, actor=AUTHOR, now=NOW)
    review.withdraw(second.id, actor=AUTHOR, now=NOW)
    pairs.pair(first.id, written(f"{WELSH} Croeso!", "cy").id, actor=AUTHOR, now=NOW)


def evergreen(home: Path) -> Slot:
    change(
        home,
        """messages:
""",
        """messages:
  - {id: hubs, kind: action, campaign: bright, pillar: funding, language: en, pair: hybiau,
     text: "Family hubs are open to everybody this winter.", rest_days: 3}
  - {id: hybiau, kind: action, campaign: bright, pillar: funding, language: cy, pair: hubs,
     text: "Mae hybiau teulu ar agor i bawb y gaeaf hwn.", rest_days: 3}
""",
    )
    return next(one for one in current_revision(NOW).slots.values() if one.id == "evening")


def test_the_planner_lays_down_both_halves(home: Path) -> None:
    slot = evergreen(home)
    post = automatic.post_from_message("hubs", slot=slot, occurrence_key=None, moment=SOON, now=NOW)
    other = posts.get(post.pair or 0)
    assert (post.message, other.message, other.pair) == ("hubs", "hybiau", post.id)
    assert post.scheduled_for == other.scheduled_for
    assert {post.state, other.state} == {PostState.IN_REVIEW}


def test_a_standing_approval_of_one_half_is_none(home: Path) -> None:
    slot, until = evergreen(home), date(2027, 1, 31)
    standing.sign_message("hubs", actor=APPROVER, now=NOW, until=until)
    post = automatic.post_from_message("hubs", slot=slot, occurrence_key=None, moment=SOON, now=NOW)
    assert post.state is PostState.IN_REVIEW
    standing.sign_message("hybiau", actor=APPROVER, now=NOW, until=until)
    post = automatic.post_from_message("hybiau", slot=slot, occurrence_key=None, moment=LATER, now=NOW)
    assert {post.state, posts.get(post.pair or 0).state} == {PostState.APPROVED}


def test_a_half_that_is_refused_plans_neither(home: Path) -> None:
    slot = evergreen(home)
    change(home, "y gaeaf hwn.", "y gaeaf hwn: {fact:gap}.")
    before = len(posts.listing())
    with pytest.raises(judging.Refused), transaction.atomic():  # as the planner calls it
        automatic.post_from_message("hubs", slot=slot, occurrence_key=None, moment=SOON, now=NOW)
    assert len(posts.listing()) == before
