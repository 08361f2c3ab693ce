"""On a muted account nothing goes out by itself: not now, not late, and not all at once when it goes live."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bfbot.desk import going_live, judging, review, writing
from bfbot.desk.judging import check_at_send
from bfbot.domain.finding import Moment
from bfbot.domain.post import Wording
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused
from bfbot.forecast.look_ahead import look_ahead
from bfbot.forecast.outlook import Fate
from bfbot.ledger import posts
from bfbot.publishing import release
from tests.desk.to_live import (
    MINUTE,
    TOWN,
    by_people,
    live,
    planned,
    ready,
    released,
    with_town,
)
from tests.publishing.claiming import claim_next
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, SECOND, change

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def town(home: Path) -> Path:
    return with_town(home)


def rules(post_id: int, at: timedelta = HOUR) -> set[str]:
    return {one.rule for one in check_at_send(posts.get(post_id).deliveries[0], NOW + at)}


def test_what_a_posting_time_brings_is_held_and_what_people_wrote_goes_out(town: Path) -> None:
    assert rules(planned(NOW + HOUR).id) == {"muted-account"}
    assert rules(by_people(at=NOW + HOUR).id) == set()


def test_what_a_feed_brings_is_held_even_when_a_person_approves_it(town: Path) -> None:
    change(town, "accounts: [practice, town]", "accounts: [town]")
    post_id = released().id
    review.approve(post_id, actor=APPROVER, now=NOW)
    assert rules(post_id) == {"muted-account"}
    writing.rewrite(post_id, actor=AUTHOR, now=NOW, wording=Wording("In a person’s own words."))
    review.submit(post_id, actor=AUTHOR, now=NOW)
    review.approve(post_id, actor=APPROVER, now=NOW)
    assert rules(post_id) == set()


def test_the_practice_channel_is_never_muted(town: Path) -> None:
    change(town, "kinds: [action], accounts: [town]", "kinds: [action], accounts: [practice]")
    assert rules(planned(NOW + HOUR).id) == set()
    assert not going_live.standing(PRACTICE, NOW).muted
    for act in (going_live.ask, going_live.confirm, going_live.vouch):
        with pytest.raises(ContentRefused, match="never muted"):
            act(PRACTICE, actor=APPROVER, now=NOW)


def test_it_is_told_when_it_is_queued_and_approved_and_in_the_look_ahead(town: Path) -> None:
    post = planned(NOW + HOUR)
    for moment in (Moment.SUBMIT, Moment.APPROVE):
        found = judging.findings(post.id, moment, now=NOW, actor=SECOND)
        assert [
            "waits until the account is live" in one.message for one in found if one.rule == "muted-account"
        ] == [True]
    lines = [one for one in look_ahead(NOW, 1).lines if one.account == TOWN]
    assert lines
    assert {one.fate for one in lines} == {Fate.STOPPED}
    assert all("town is muted" in one.why[0].message for one in lines)
    live()
    assert Fate.GOES_OUT in {one.fate for one in look_ahead(NOW + HOUR, 1).lines if one.account == TOWN}


def test_what_fell_due_while_it_was_muted_never_comes_in_a_burst(town: Path) -> None:
    ready()
    early, late, next_one = planned(NOW), planned(NOW + MINUTE, "listen"), planned(NOW + HOUR, "share")
    now = NOW + 5 * MINUTE
    release.release_due(now)
    assert claim_next(TOWN, now, "worker") is None
    waiting = posts.get(early.id).deliveries[0]
    assert "town is muted" in waiting.error
    going_live.ask(TOWN, actor=AUTHOR, now=now)
    going_live.confirm(TOWN, actor=APPROVER, now=now)
    missed = [posts.get(one.id).deliveries[0] for one in (early, late)]
    assert [(one.state, one.reason) for one in missed] == [(DeliveryState.MISSED, "muted")] * 2
    assert claim_next(TOWN, now, "worker") is None
    release.release_due(NOW + HOUR)
    claim = claim_next(TOWN, NOW + HOUR, "worker")
    assert claim is not None
    assert claim.delivery.post_id == next_one.id


def test_what_is_held_past_its_window_is_missed_as_always(town: Path) -> None:
    post = planned(NOW)
    release.release_due(NOW)
    assert claim_next(TOWN, NOW, "worker") is None
    release.release_due(NOW + 2 * HOUR)
    gone = posts.get(post.id).deliveries[0]
    assert (gone.state, gone.reason) == (DeliveryState.MISSED, "too_late")
    assert "town is muted" in gone.error


def test_posts_by_people_pass_those_that_are_held(town: Path) -> None:
    planned(NOW)
    mine = by_people(at=NOW + MINUTE)
    release.release_due(NOW + MINUTE)
    claim = claim_next(TOWN, NOW + MINUTE, "worker")
    assert claim is not None
    assert claim.delivery.post_id == mine.id


@pytest.mark.parametrize("decided", [False, True])
def test_the_claim_reads_the_account_once_muted_or_live(town: Path, decided: bool) -> None:
    planned(NOW + HOUR)
    planned(NOW + HOUR, "listen")
    if decided:
        live()
    release.release_due(NOW + HOUR)
    with CaptureQueriesContext(connection) as asked:
        assert (claim_next(TOWN, NOW + HOUR, "worker") is not None) is decided
    assert sum("ledger_accountstate" in one["sql"] for one in asked.captured_queries) == 1


def test_how_many_wait_is_counted(town: Path) -> None:
    planned(NOW + HOUR)
    by_people(at=NOW + HOUR)
    (found,) = [one for one in going_live.every_account(NOW) if one.account.id == TOWN]
    assert (found.waiting, found.muted) == (1, True)


def test_a_practice_channel_that_becomes_a_real_account_is_muted_for_what_was_planned_before(town: Path) -> None:
    post = released()
    review.approve(post.id, actor=APPROVER, now=NOW)
    assert rules(post.id) == set()
    real = "{id: practice, platform: mastodon, base_url: 'https://a.example',"
    change(town, "{id: practice, platform: rehearsal,", real)
    assert rules(post.id) == {"muted-account"}


def test_an_address_that_changes_right_before_the_claim_is_seen_by_it(town: Path) -> None:
    live()
    planned(NOW + HOUR)
    release.release_due(NOW + HOUR)
    change(town, "https://social.example", "https://other.example")
    assert claim_next(TOWN, NOW + HOUR, "worker") is None
