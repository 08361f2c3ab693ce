"""Going live is a decision: a new account is muted until two people have met every condition; and back by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from bfbot.desk import going_live, stops
from bfbot.desk.judging import check_at_send
from bfbot.domain.going_live import Need
from bfbot.domain.hold import Scope
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused, NotAllowed, UsageError
from bfbot.ledger import account_states, audit, models, people
from bfbot.ledger import going_live as ledger
from bfbot.library import current_revision
from tests.desk.to_live import (
    MINUTE,
    TOWN,
    by_people,
    live,
    out,
    planned,
    read,
    ready,
    tried,
    with_town,
)
from tests.workspace import APPROVER, AUTHOR, NOW, SECOND, change

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def town(home: Path) -> Path:
    return with_town(home)


def held(post: Post) -> bool:
    return "muted-account" in {one.rule for one in check_at_send(post.deliveries[0], NOW + HOUR)}


def unmet() -> set[Need]:
    return {one.need for one in going_live.standing(TOWN, NOW).conditions if not one.met}


def test_the_whole_way_to_live(town: Path) -> None:
    assert unmet() == set(Need)
    going_live.vouch(TOWN, actor=SECOND, now=NOW)
    assert unmet() == {Need.PAUSE, Need.FEEDS, Need.FIRST_POST, Need.TWO_PEOPLE}
    read()
    assert unmet() == {Need.PAUSE, Need.FIRST_POST, Need.TWO_PEOPLE}
    tried()
    assert unmet() == {Need.FIRST_POST, Need.TWO_PEOPLE}
    out(by_people())
    assert unmet() == {Need.TWO_PEOPLE}
    asked = going_live.ask(TOWN, actor=AUTHOR, now=NOW)
    assert (asked.muted, asked.stage.asked_by) == (True, AUTHOR)
    done = going_live.confirm(TOWN, actor=APPROVER, now=NOW + MINUTE)
    assert (done.muted, done.stage.live_by, unmet()) == (False, APPROVER, set())
    assert not held(planned(NOW + HOUR))
    said = {one.action: one for one in audit.entries(f"account:{TOWN}")}
    assert list(said) == ["went live", "asked to go live", "statistics reviewed"]
    assert said["went live"].actor == APPROVER
    assert said["went live"].detail["asked_by"] == AUTHOR
    assert set(said["went live"].detail["conditions"]) == {str(one) for one in Need if one is not Need.TWO_PEOPLE}
    assert said["statistics reviewed"].detail["statistics"] == ["rise"]


def test_neither_goes_live_alone(town: Path) -> None:
    ready()
    with pytest.raises(ContentRefused, match="Nobody has asked"):
        going_live.confirm(TOWN, actor=APPROVER, now=NOW)
    going_live.ask(TOWN, actor=APPROVER, now=NOW)
    with pytest.raises(NotAllowed, match="cannot confirm"):
        going_live.confirm(TOWN, actor=APPROVER, now=NOW)
    with pytest.raises(NotAllowed, match="role approver"):
        going_live.confirm(TOWN, actor=AUTHOR, now=NOW)
    with pytest.raises(ContentRefused, match=f"{APPROVER} has asked already"):
        going_live.ask(TOWN, actor=AUTHOR, now=NOW)
    going_live.confirm(TOWN, actor=SECOND, now=NOW)
    for act in (going_live.ask, going_live.confirm):
        with pytest.raises(ContentRefused, match="live already"):
            act(TOWN, actor=APPROVER, now=NOW)


def test_the_database_itself_takes_no_one_for_two(town: Path) -> None:
    ledger.ask(TOWN, "Ben", NOW)
    with pytest.raises(IntegrityError):
        ledger.go_live(TOWN, "BEN", NOW)


def test_nobody_asks_before_all_is_met_and_is_told_what_is_not(town: Path) -> None:
    with pytest.raises(ContentRefused) as refused:
        going_live.ask(TOWN, actor=AUTHOR, now=NOW)
    for words in (
        "Nobody has said that the statistics",
        "tried a pause",
        "Not read yet",
        "No post that a person",
    ):
        assert words in refused.value.message
    assert "Pause once" in refused.value.mend
    assert not ledger.stages([TOWN])[TOWN].asked_by


def _statistic(home: Path) -> None:
    change(home, "value: 139", "value: 140")


def _overdue(home: Path) -> None:
    change(home, "period_ends: 2026-03-31", "period_ends: 2026-03-31\n    review_by: 2026-11-01")


def _feed(home: Path) -> None:
    change(home, "feeds:\n", 'feeds:\n  - {id: more, url: "https://more.example/f", campaigns: [bright], '
           "accounts: [town], every: 5 min, template: release, publish: draft}\n")  # fmt: skip


def _deleted(home: Path) -> None:
    models.Delivery.objects.filter(account=TOWN).update(state=DeliveryState.DELETED)


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (_statistic, "New or changed since Cleo Approver reviewed the statistics: rise."),
        (_overdue, "1 should have been reviewed by now: rise."),
        (_feed, "could be taken for news: more."),
        (_deleted, "No post that a person wrote"),
    ],
)
def test_what_breaks_a_condition_between_the_two_is_told_and_refuses_it(
    town: Path, meanwhile: Callable[[Path], None], why: str
) -> None:
    ready()
    going_live.ask(TOWN, actor=AUTHOR, now=NOW)
    meanwhile(town)
    with pytest.raises(ContentRefused, match="Since Ada Author asked, something has changed") as refused:
        going_live.confirm(TOWN, actor=APPROVER, now=NOW)
    assert why in refused.value.message
    assert going_live.standing(TOWN, NOW).muted


def test_only_an_approver_of_all_its_campaigns_vouches_and_not_for_what_is_overdue(town: Path) -> None:
    with pytest.raises(NotAllowed):
        going_live.vouch(TOWN, actor=AUTHOR, now=NOW)
    people.add("Dee", Role.APPROVER, NOW, campaign="county")
    with pytest.raises(NotAllowed):
        going_live.vouch(TOWN, actor="Dee", now=NOW)
    _overdue(town)
    with pytest.raises(ContentRefused, match="rise"):
        going_live.vouch(TOWN, actor=APPROVER, now=NOW)


def test_a_pause_of_one_post_or_one_that_stands_is_no_trial(town: Path) -> None:
    post = by_people()
    stops.pause(actor=AUTHOR, now=NOW, reason="A doubt", scope=Scope.POST, scope_id=str(post.id))
    stops.resume(actor=APPROVER, now=NOW)
    stops.pause(actor=AUTHOR, now=NOW, reason="A trial", scope=Scope.CAMPAIGN, scope_id="county")
    stops.resume(actor=APPROVER, now=NOW)
    stops.pause(actor=AUTHOR, now=NOW, reason="A trial", scope=Scope.ACCOUNT, scope_id=TOWN)
    assert Need.PAUSE in unmet()
    stops.resume(actor=APPROVER, now=NOW)
    assert Need.PAUSE not in unmet()


def test_what_was_done_before_the_account_was_there_does_not_count(home: Path) -> None:
    tried(NOW - HOUR)
    with_town(home)
    assert Need.PAUSE in unmet()


def test_a_post_that_nobody_wrote_is_no_first_post(town: Path) -> None:
    out(planned(NOW))
    assert Need.FIRST_POST in unmet()


def test_one_approver_takes_it_back_with_a_reason_on_record(town: Path) -> None:
    live()
    now = NOW + 5 * MINUTE
    with pytest.raises(NotAllowed):
        going_live.mute(TOWN, actor=AUTHOR, now=now, reason="No")
    with pytest.raises(UsageError, match="needs a reason"):
        going_live.mute(TOWN, actor=SECOND, now=now, reason=" ")
    done = going_live.mute(TOWN, actor=SECOND, now=now, reason="The tone is wrong.")
    assert (done.muted, done.stage.muted_by, done.stage.muted_reason) == (True, SECOND, "The tone is wrong.")
    assert held(planned(NOW + HOUR))
    last = audit.entries(f"account:{TOWN}", most=1)[0]
    assert (last.action, last.actor, last.detail) == ("muted", SECOND, {"reason": "The tone is wrong."})
    with pytest.raises(ContentRefused, match="muted already"):
        going_live.mute(TOWN, actor=SECOND, now=now, reason="Again")
    with pytest.raises(ContentRefused, match="Nobody has asked"):
        going_live.confirm(TOWN, actor=APPROVER, now=now)


def test_an_approver_of_another_campaign_mutes_nothing_here(town: Path) -> None:
    live()
    people.add("Dee", Role.APPROVER, NOW, campaign="county")
    with pytest.raises(NotAllowed):
        going_live.mute(TOWN, actor="Dee", now=NOW, reason="No")


def test_the_question_can_be_taken_back(town: Path) -> None:
    ready()
    going_live.ask(TOWN, actor=AUTHOR, now=NOW)
    going_live.mute(TOWN, actor=APPROVER, now=NOW, reason="Not before the launch.")
    with pytest.raises(ContentRefused, match="Nobody has asked"):
        going_live.confirm(TOWN, actor=SECOND, now=NOW)


def test_an_account_at_another_address_is_another_account(town: Path) -> None:
    live()
    change(town, "https://social.example", "https://other.example")
    current_revision(NOW + HOUR)
    assert account_states.standing(TOWN).live_since is None
    assert unmet() == {Need.STATISTICS, Need.PAUSE, Need.FIRST_POST, Need.TWO_PEOPLE}
    last = audit.entries(f"account:{TOWN}", most=1)[0]
    assert (last.action, last.actor) == ("muted", "bfbot")
    assert "https://other.example" in str(last.detail["reason"])


def test_another_label_changes_nothing(town: Path) -> None:
    live()
    change(town, "label: Town", "label: The town")
    current_revision(NOW + HOUR)
    assert not going_live.standing(TOWN, NOW + HOUR).muted
