"""What a rule holds at its time is told while it can be mended; what waits as it is meant to is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bfbot.alerts import tell as telling
from bfbot.alerts.decide import APPROVE_BEFORE
from bfbot.alerts.tell import tell
from bfbot.alerts.wording import Message
from bfbot.config import config
from bfbot.desk import review, stops, writing
from bfbot.domain.hold import Scope
from bfbot.domain.post import Delivery, Origin, Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import account_states, models, posts, watching
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change, clear, small_workspace

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AT = NOW + 10 * MINUTE
WEEK = "{id: other, name: Their week, campaigns: [bright], from: 2026-11-23, until: 2026-11-29}"
DAY = "{id: day, name: Their day, campaigns: [bright], from: 2026-11-23, until: 2026-11-23}"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Message]]:
    """The messages that people got."""
    small_workspace(config().home)
    settings = replace(config(), alert_urls=("json://127.0.0.1:9/nobody",), public_url="https://desk.example")
    monkeypatch.setattr(telling, "config", lambda: settings)
    found: list[Message] = []

    def send(addresses: Sequence[str], message: Message) -> bool:
        found.append(message)
        return True

    monkeypatch.setattr(telling, "tell", partial(tell, sender=send))
    yield found
    clear(config().home)


def approved(
    text: str = "Family hubs are open.", *, at: datetime = AT, hours: int = 4, account: str = PRACTICE
) -> Post:
    post = writing.write(
        campaign=BRIGHT,
        accounts=[account],
        wording=Wording(text),
        at=at,
        actor=AUTHOR,
        now=NOW,
        window=timedelta(hours=hours),
    )
    review.submit(post.id, actor=AUTHOR, now=NOW)
    return review.approve(post.id, actor=APPROVER, now=NOW)


def declare(*lines: str) -> None:
    given = "\n".join(f"  - {one}" for one in lines)
    (config().home / "schedules" / "clashes.yaml").write_text(f"clashes:\n{given}\n", encoding="utf-8")


def beat(now: datetime) -> int:
    """What is due is looked at, then what is wrong; how much was told."""
    for account in release_due(now):
        drain(account, lambda: now, "w")
    return telling.tell(now)


def delivery(post: Post) -> Delivery:
    return posts.get(post.id).deliveries[0]


def test_it_is_told_once_until_the_reason_is_another(told: list[Message]) -> None:
    post = approved()
    declare(WEEK)
    assert beat(AT - MINUTE) == 0, "its time has not come"
    assert beat(AT) == 1
    assert told[0].title == "bfbot: a post is held at its time"
    assert f"/posts/{post.id}" in told[0].body
    assert [beat(AT + number * 10 * MINUTE) for number in range(1, 4)] == [0, 0, 0]
    declare(DAY)
    assert beat(AT + 40 * MINUTE) == 1, "the first was taken back, and there is another"
    assert "belongs to Their day" in told[1].body
    declare()
    assert beat(AT + 50 * MINUTE) == 0
    assert delivery(post).state is DeliveryState.PUBLISHED
    assert delivery(post).reason == ""
    assert len(told) == 2


def test_what_was_held_before_bfbot_marked_it_is_marked_at_the_next_look(told: list[Message]) -> None:
    approved()
    declare(WEEK)
    for account in release_due(AT):
        drain(account, lambda: AT, "w")
    models.Delivery.objects.update(reason="")
    assert beat(AT) == 1


def test_several_are_one_message(told: list[Message]) -> None:
    for number in range(12):
        approved(f"Words number {number}.")
    declare(WEEK)
    assert beat(AT) == 12
    assert [one.title for one in told] == ["bfbot: 12 things need you"]
    assert "And 2 more." in told[0].body
    assert beat(AT + 10 * MINUTE) == 0


def test_what_is_too_late_is_told_as_one_that_was_not_sent(told: list[Message]) -> None:
    approved(hours=1)
    declare(WEEK)
    assert beat(AT) == 1
    assert beat(AT + 60 * MINUTE) == 1
    assert "was not sent at its time" in told[1].body
    assert "is held" not in told[1].body


def test_a_pause_holds_as_somebody_wants_it(told: list[Message]) -> None:
    post = approved()
    stops.pause(actor=APPROVER, now=NOW, reason="A crisis")
    assert beat(AT) == 0
    assert (delivery(post).error, delivery(post).kept_back) == ("Paused: A crisis", "")


def test_a_pause_that_comes_after_the_rule_has_spoken_ends_the_trouble(told: list[Message]) -> None:
    approved()
    declare(WEEK)
    assert beat(AT) == 1
    stops.pause(actor=APPROVER, now=AT + MINUTE, reason="A crisis", scope=Scope.CAMPAIGN, scope_id=BRIGHT)
    telling.tell(AT + 2 * MINUTE)
    assert models.Alert.objects.get().over_at is not None, "before the publisher has looked again"
    beat(AT + 3 * MINUTE)
    assert not models.Delivery.objects.exclude(reason="").exists()


def test_an_account_that_is_stopped_is_told_and_not_each_of_its_posts(told: list[Message]) -> None:
    approved()
    declare(WEEK)
    for account in release_due(AT):
        drain(account, lambda: AT, "w")
    account_states.stop(PRACTICE, "The key no longer opens this account.", AT)
    assert telling.tell(AT) == 1
    assert [one.title for one in told] == ["bfbot: an account is stopped"]


@pytest.mark.parametrize(("hours", "count"), [(12, 0), (24, 0), (4, 1)])
def test_a_quiet_time_is_told_only_where_it_lasts_longer_than_the_post(
    told: list[Message], hours: int, count: int
) -> None:
    """From 21:00 until 07:00: what is of use until 09:10, or until the next quiet evening, waits for the morning;
    what is until 01:10 is lost."""
    night = NOW.replace(hour=21, minute=10)
    post = approved(at=night, hours=hours)
    models.Post.objects.filter(pk=post.id).update(origin=Origin.LIBRARY)
    models.Approval.objects.update(until=night + timedelta(days=1))
    assert beat(night) == count
    assert "is in a quiet time of Bright" in delivery(post).error
    later = [beat(night + number * 10 * MINUTE) for number in range(1, 4)]
    assert later == [0, 0, 0], "its words tell the hour, and it is the same trouble"


def test_a_post_whose_account_has_left_the_files_is_told(told: list[Message]) -> None:
    town = "  - {id: town, platform: rehearsal, campaigns: [bright]}\n"
    change(config().home, "  - {id: practice,", f"{town}  - {{id: practice,")
    approved(account="town")
    change(config().home, town, "")
    assert beat(AT) == 1
    assert "on town" in told[0].body
    assert "is held at its time" in told[0].body
    assert "no longer among the accounts" in told[0].body


def test_an_approval_that_was_taken_back_leaves_no_trouble(told: list[Message]) -> None:
    post = approved()
    declare(WEEK)
    assert beat(AT) == 1
    review.send_back(post.id, actor=APPROVER, now=AT + MINUTE, reason="Their week.")
    assert (delivery(post).state, delivery(post).reason) == (DeliveryState.PLANNED, "")
    assert posts.get(post.id).state is PostState.DRAFT
    assert beat(AT + 10 * MINUTE) == 1
    assert "nobody has approved it" in told[1].body


def test_looking_costs_the_same_however_much_is_planned(told: list[Message]) -> None:
    post = approved()
    declare(WEEK)
    beat(AT)
    first = _queries()
    later = models.Delivery.objects.get(post_id=post.id)
    row = models.Post.objects.get(pk=post.id)
    for number in range(40):
        row.pk = None
        row.save()
        later.pk, later.post, later.key = None, row, f"key {number}"
        later.state, later.reason, later.error = DeliveryState.PLANNED, "", ""
        later.due_at = AT + timedelta(days=1)
        later.closes_at = AT + timedelta(days=2)
        later.save()
    assert _queries() == first
    if connection.vendor == "sqlite":
        for sql in _asked():
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                assert "delivery_state_due" in str(cursor.fetchall()), "what is not due is not read"


def _queries() -> int:
    with CaptureQueriesContext(connection) as seen:
        telling.tell(AT + MINUTE)
    return len(seen)


def _asked() -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        watching.held_back(AT)
        watching.soon(AT, APPROVE_BEFORE)
    return [one["sql"] for one in seen]
