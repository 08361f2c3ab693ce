"""From the ledger to the message: in time, joined, once. The clock is the tests'; the sender remembers."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bfbot.alerts import tell as telling
from bfbot.alerts.tell import tell
from bfbot.alerts.wording import Message
from bfbot.config import config
from bfbot.desk import review, writing
from bfbot.domain.post import Wording
from bfbot.domain.sending import Action, Outcome
from bfbot.domain.states import DeliveryState
from bfbot.ledger import account_states, models, posts, releases
from tests.workspace import APPROVER, AUTHOR, NOW, change, clear, small_workspace

pytestmark = pytest.mark.django_db

ADDRESS = "json://127.0.0.1:9/canary"
MINUTE = timedelta(minutes=1)
BEAT = timedelta(seconds=30)


@dataclass
class Sender:
    works: bool = True
    sent: list[Message] = field(default_factory=list)
    tried: int = 0

    def __call__(self, addresses: Sequence[str], message: Message) -> bool:
        assert list(addresses) == [ADDRESS]
        self.tried += 1
        if self.works:
            self.sent.append(message)
        return self.works


@pytest.fixture
def sender(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sender]:
    small_workspace(config().home)
    settings = replace(config(), alert_urls=(ADDRESS,), public_url="https://desk.example")
    monkeypatch.setattr(telling, "config", lambda: settings)
    yield Sender()
    clear(config().home)


def post(text: str, *, at: datetime = NOW, approved: bool = False) -> int:
    made = writing.write(
        campaign="bright", accounts=["practice"], wording=Wording(text=text), at=at, actor=AUTHOR, now=NOW
    )
    review.submit(made.id, actor=AUTHOR, now=NOW)
    if approved:
        review.approve(made.id, actor=APPROVER, now=NOW)
    return made.id


def stuck(text: str, state: DeliveryState, **fields: object) -> int:
    post_id = post(text, approved=True)
    models.Delivery.objects.filter(post_id=post_id).update(state=state, **fields)
    return post_id


def minutes_until_told(sender: Sender, since: datetime) -> float:
    """Beats every 30 s from `since` on; when the first message came."""
    for beat in range(60):
        now = since + beat * BEAT
        tell(now, sender=sender)
        if sender.sent:
            return (now - since) / MINUTE
    raise AssertionError("nobody was told")


@pytest.mark.parametrize("state", [DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.MISSED])
def test_within_five_minutes_even_right_after_another_message(sender: Sender, state: DeliveryState) -> None:
    stuck("The first trouble.", DeliveryState.FAILED)
    assert tell(NOW, sender=sender) == 1
    sender.sent.clear()
    post_id = stuck("Every council keeps a door open.", state, error="No answer.")
    if state is DeliveryState.UNKNOWN:
        (delivery,) = posts.get(post_id).deliveries
        models.Attempt.objects.create(
            delivery_id=delivery.id, part=0, started_at=NOW, action=Action.PUBLISH, outcome=Outcome.UNKNOWN
        )
    took = minutes_until_told(sender, NOW)
    assert 2 <= took < 5, "two minutes lie between two messages, and bfbot has as many to find out by itself"
    (said,) = sender.sent
    assert f"https://desk.example/posts/{post_id}" in said.body
    assert "Every council keeps a door open." in said.body


def test_half_an_hour_before_its_time_and_not_before(sender: Sender) -> None:
    due = NOW + timedelta(hours=3)
    post_id = post("Nobody read this yet.", at=due)
    assert tell(due - 31 * MINUTE, sender=sender) == 0
    assert tell(due - 30 * MINUTE, sender=sender) == 1
    assert f"/posts/{post_id}" in sender.sent[0].body
    assert tell(due - 20 * MINUTE, sender=sender) == 0


def test_one_that_is_approved_is_no_alert(sender: Sender) -> None:
    post("Two people read this.", at=NOW + timedelta(hours=3), approved=True)
    assert tell(NOW + timedelta(hours=2, minutes=50), sender=sender) == 0


def test_an_account_whose_key_expired_and_a_feed_that_fails(sender: Sender) -> None:
    account_states.stop("practice", "The key no longer opens this account.", NOW)
    releases.remember("news", failures=3, last_error="No answer.", last_polled_at=NOW, last_ok_at=NOW)
    assert tell(NOW + MINUTE, sender=sender) == 2
    assert "practice is stopped" in sender.sent[0].body
    assert "The feed news is not being read" in sender.sent[0].body


def test_an_account_whose_key_is_not_there_while_posts_wait_for_it(sender: Sender) -> None:
    """As after a new start without its settings: nothing is refused by a network, and nothing goes out."""
    town = '{id: town, platform: mastodon, campaigns: [bright], base_url: "https://social.example", secrets: {'
    practice = "  - {id: practice,"
    change(config().home, practice, f"  - {town}access_token: env:KEY_OF_THE_TOWN}}}}\n{practice}")
    assert tell(NOW, sender=sender) == 0, "nothing waits for it"
    stuck("Waits for its key.", DeliveryState.DUE, account="town", platform="mastodon")
    assert tell(NOW, sender=sender) == 0, "two people have not let it go live yet"
    models.AccountState.objects.update_or_create(account="town", defaults={"live_since": NOW})
    assert tell(NOW, sender=sender) == 1
    assert "town is stopped, and its posts wait: KEY_OF_THE_TOWN is not set." in sender.sent[0].body
    assert tell(NOW + 20 * MINUTE, sender=sender) == 0


def test_a_storm_is_one_message_and_then_silence(sender: Sender) -> None:
    for number in range(25):
        stuck(f"Words number {number}.", DeliveryState.FAILED)
        tell(NOW + number * timedelta(seconds=2), sender=sender)
    for beat in range(200):
        tell(NOW + MINUTE + beat * BEAT, sender=sender)
    assert len(sender.sent) == 2, "the first at once, the other 24 together"


def test_it_is_told_again_when_it_is_something_else(sender: Sender) -> None:
    post_id = stuck("May be live.", DeliveryState.UNKNOWN)
    assert tell(NOW, sender=sender) == 1
    models.Delivery.objects.filter(post_id=post_id).update(state=DeliveryState.FAILED)
    assert tell(NOW + 5 * MINUTE, sender=sender) == 1
    models.Delivery.objects.filter(post_id=post_id).update(state=DeliveryState.PUBLISHED)
    assert tell(NOW + 10 * MINUTE, sender=sender) == 0
    assert models.Alert.objects.get().over_at is not None


def test_one_that_did_not_get_through_is_tried_again_and_not_forgotten(sender: Sender) -> None:
    stuck("Not heard of.", DeliveryState.FAILED)
    sender.works = False
    for beat in range(20):
        assert tell(NOW + beat * BEAT, sender=sender) == 0
    assert sender.tried == 5, "every two minutes"
    sender.works = True
    assert tell(NOW + 10 * MINUTE, sender=sender) == 1
    assert tell(NOW + 20 * MINUTE, sender=sender) == 0


def test_without_addresses_it_is_one_line_in_the_log(
    sender: Sender, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = replace(config(), alert_urls=())
    monkeypatch.setattr(telling, "config", lambda: settings)
    post_id = stuck("Only in the log.", DeliveryState.FAILED)
    with caplog.at_level(logging.WARNING, "bfbot.alerts"):
        for beat in range(10):
            tell(NOW + beat * BEAT, sender=sender)
    (record,) = caplog.records
    assert record.__dict__["post"] == post_id
    assert sender.tried == 0


def test_a_late_clock_and_a_missing_backup(sender: Sender) -> None:
    assert tell(NOW, clock_age=5 * MINUTE, backup_at=NOW - timedelta(days=3), sender=sender) == 2
    assert "bfbot is late: for 5 min" in sender.sent[0].body
    assert "No backup has been written since Fri 20 Nov" in sender.sent[0].body
