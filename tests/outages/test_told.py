"""From the real cause to the message: in five minutes, with its post and its link, joined, and once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import OperationalError

from bfbot.config import config
from bfbot.domain.limits import Limits
from bfbot.domain.states import DeliveryState, PostState
from bfbot.engine.health_watch import Watch
from bfbot.errors import BfbotError, NotAuthorised, OutcomeUnknown, Rejected, Unavailable
from bfbot.ledger import account_states, posts
from bfbot.publishing import steps
from tests.outages.world import DAY, DESK, HOUR, MINUTE, World
from tests.publishing.network import KEYED, NAMED
from tests.workspace import NOW, OTHER, PRACTICE, change

pytestmark = pytest.mark.django_db
SOON = 5 * MINUTE
EVENING = NOW + 9 * HOUR
"""The posting time of Monday at 18:00; its window ends at 20:00."""


def until_told(world: World) -> timedelta:
    """Beats each half minute; after how long the next message came. An hour later nothing was said again."""
    before, cause = len(world.told), world.clock.now
    while len(world.told) == before:
        assert world.clock.now - cause < SOON, "nobody was told in time"
        world.watch(MINUTE)
    took = world.told[-1][0] - cause
    for _ in range(6):
        world.watch(2 * MINUTE)
        world.clock.now += 8 * MINUTE
    assert len(world.told) == before + 1, "told once"
    return took


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        (Rejected("A word is not allowed."), "bfbot: a post failed"),
        (OutcomeUnknown("Cut off."), "bfbot: a post may be live"),
    ],
)
def test_a_post_that_failed_or_may_be_live(world: World, trouble: BfbotError, title: str) -> None:
    world.beat()
    world.nets[PRACTICE].trouble = trouble
    world.clock.now = EVENING
    assert until_told(world) < SOON
    (one,) = world.deliveries(PRACTICE)
    ((_, said),) = world.told
    assert said.title == title
    assert f"Post {one.post_id} on practice" in said.body
    assert posts.get(one.post_id).wording.text[:40] in said.body
    assert said.body.endswith(f"{DESK}/posts/{one.post_id}")


@pytest.mark.parametrize("limits", [KEYED, NAMED])
def test_a_post_that_is_tried_again_under_its_key_is_told_in_time_all_the_same(
    world: World, limits: Limits
) -> None:
    """The network answers nothing that tells, its list neither: each try is young, and the first one is not."""
    world.beat()
    world.nets[PRACTICE].trouble, world.nets[PRACTICE].limits = OutcomeUnknown("Cut off."), limits
    world.clock.now = EVENING
    assert until_told(world) < SOON
    (one,) = world.deliveries(PRACTICE)
    assert one.attempts > 2
    ((_, said),) = world.told
    assert said.title == "bfbot: a post may be live"


def test_a_post_whose_success_could_not_be_written_down(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger refused for a moment, and the network cannot be asked: it is being sent, by nobody."""
    world.beat()
    net = world.nets[PRACTICE]

    def refused(*given: object) -> None:
        net.trouble = OutcomeUnknown("Cut off.")
        raise OperationalError("database is locked")

    monkeypatch.setattr(steps.claims, "keep_parts", refused)
    world.clock.now = EVENING
    assert until_told(world) < SOON
    assert [message.title for _, message in world.told] == ["bfbot: a post may be live"]
    assert len(net.came) == 1


def test_a_post_that_was_missed(world: World) -> None:
    world.beat()
    world.nets[PRACTICE].trouble = Unavailable("No connection.")
    world.clock.now = EVENING
    world.watch(MINUTE)
    world.clock.now = EVENING + 2 * HOUR
    assert until_told(world) < SOON
    (one,) = world.deliveries(PRACTICE)
    assert one.state is DeliveryState.MISSED
    assert "was not sent at its time, Mon 23 Nov 18:00" in world.told[0][1].body
    assert world.told_of(one.post_id)


def declare_their_week() -> None:
    """Another campaign takes the days: nobody has given a word on that."""
    line = "{id: other, name: Their week, campaigns: [bright], from: 2026-11-23, until: 2026-11-29}"
    (config().home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")


def test_a_post_that_a_rule_holds_at_its_time(world: World) -> None:
    world.beat()
    declare_their_week()
    world.work.reload()
    world.clock.now = EVENING
    assert until_told(world) < SOON
    (one,) = world.deliveries(PRACTICE)
    ((_, said),) = world.told
    assert (one.state, said.title) == (DeliveryState.DUE, "bfbot: a post is held at its time")
    told = f"Post {one.post_id} on practice"
    assert said.body.startswith(told)
    assert "is held at its time, Mon 23 Nov 18:00, and can go out until Mon 23 Nov 20:00." in said.body
    assert "New since it was approved: 23 November 2026 belongs to Their week" in said.body
    assert said.body.endswith(f"{DESK}/posts/{one.post_id}")
    assert world.nets[PRACTICE].came == []


def test_a_post_that_was_tried_once_and_is_held_since(world: World) -> None:
    """What the network said is no rule; what the rule says is told, however often the post was tried before."""
    world.beat()
    world.nets[PRACTICE].trouble = Unavailable("No connection.")
    world.clock.now = EVENING
    world.watch(MINUTE)
    (one,) = world.deliveries(PRACTICE)
    assert (one.state, one.attempts > 0, one.kept_back, world.told) == (DeliveryState.DUE, True, "", [])
    world.nets[PRACTICE].trouble = None
    declare_their_week()
    world.work.reload()
    world.clock.now = one.not_before
    world.watch(MINUTE)
    assert len(world.told) == 1
    (one,) = world.deliveries(PRACTICE)
    assert "belongs to Their week" in one.kept_back
    assert "belongs to Their week" in world.told[0][1].body


def test_a_post_that_nobody_approved(world: World) -> None:
    world.beat(approving=False)
    world.clock.now = EVENING - 31 * MINUTE
    world.watch(MINUTE)
    assert not world.told
    assert until_told(world) < SOON
    (one,) = [one for one in posts.listing(states=[PostState.IN_REVIEW]) if one.scheduled_for == EVENING]
    assert "nobody has approved it" in world.told[0][1].body
    assert world.told_of(one.id)


def test_a_key_that_no_longer_opens_stops_the_account_and_keeps_its_posts(world: World) -> None:
    world.beat()
    world.nets[PRACTICE].trouble = NotAuthorised("The key has expired.")
    world.clock.now = EVENING
    assert until_told(world) < SOON
    assert "practice is stopped, and its posts wait: The key has expired." in world.told[0][1].body
    (kept,) = world.deliveries(PRACTICE, DeliveryState.DUE)
    assert kept.attempts == 0, "a try that could not succeed is none"
    world.nets[PRACTICE].trouble = None
    account_states.start(PRACTICE)
    world.watch(MINUTE)
    assert [at < kept.closes_at for at, _ in world.nets[PRACTICE].came] == [True]


def test_a_key_that_runs_out_is_told_a_week_before_and_on_the_day_after(world: World) -> None:
    change(
        config().home,
        "{id: practice, platform: rehearsal, campaigns: [bright], label: Practice channel}",
        "{id: practice, platform: rehearsal, campaigns: [bright], key_until: 2026-12-04}",
    )
    last = date(2026, 12, 4)
    days = []
    world.clock.now += 2 * DAY
    for _ in range(11):
        world.work.reload()
        world.watch(2 * MINUTE)
        world.clock.now += DAY - 2 * MINUTE
    for at, said in world.told:
        assert said.title == "bfbot: an account's key runs out"
        days.append((last - at.date()).days)
        assert f"{last:%-d %B %Y}" in said.body
    assert days == [7, -1]


def test_a_clock_that_is_late(world: World) -> None:
    """No beat comes any more: a thread of its own speaks."""
    from bfbot.engine import health_watch

    world.beat()
    watch = Watch(world.clock, of=health_watch.pulse)
    for _ in range(60):
        world.machine += 10
        world.clock.now += timedelta(seconds=10)
        watch.look()
    assert [message.title for _, message in world.told] == ["bfbot: bfbot is late"], "once in ten minutes"
    assert world.told[0][0] - NOW < SOON


def test_a_first_backup_that_never_comes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from bfbot.engine import backup, health_watch

    for name in ("behind_since", "wait_for_the_first"):
        monkeypatch.setattr(health_watch, name, getattr(backup, name))
    for _ in range(6):
        world.work.alert()
        world.clock.now += 12 * HOUR
    ((at, said),) = world.told
    assert at == NOW + 60 * HOUR
    assert "No backup has been written since Mon 23 Nov 09:00" in said.body


def test_what_comes_up_together_is_one_message_and_the_next_one_comes_in_time(world: World) -> None:
    world.beat()
    world.nets[PRACTICE].trouble = NotAuthorised("The key has expired.")
    world.nets[OTHER].trouble = NotAuthorised("The key has expired.")
    world.clock.now = NOW + 27 * HOUR  # Tuesday at noon: one campaign's time has come, the other's was missed
    world.watch(SOON)
    assert len(world.told) == 1
    assert world.told[0][1].title == "bfbot: 3 things need you"
    world.clock.now = NOW + 33 * HOUR
    world.watch(SOON)
    assert len(world.told) == 2
