"""After a restore: what is planned for later is looked for on its network, and never sent before its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bfbot.desk.in_doubt import next_state, went_out
from bfbot.domain.hold import Scope
from bfbot.domain.post import Origin
from bfbot.domain.states import SOUGHT, UNTRACED, DeliveryState, PostState
from bfbot.errors import ConfigurationError, Unavailable
from bfbot.ledger import deliveries, doubts, holds, models, posts, settled, watching
from bfbot.ledger.restored import Asked, InDoubt, distrust
from bfbot.platforms.base import Platform
from bfbot.publishing import door
from bfbot.publishing.early import ENOUGH
from bfbot.publishing.look_again import look_again
from tests.publishing.network import KEYED, NOON, Clock, Listing, approved
from tests.publishing.newspaper import FAR_BACK, LATER, MADE_AT, Newspaper, now_is, pass_once, pass_twice, restored
from tests.workspace import APPROVER

pytestmark = pytest.mark.django_db
_D = DeliveryState


def test_what_is_out_already_is_on_record_with_its_link_and_its_post_is_done(
    paper: Newspaper, clock: Clock
) -> None:
    post = approved("One", at=LATER)
    assert restored() == InDoubt(0, 0, early_to_read_back=1, early_unseen=0)
    assert now_is(post) == (_D.UNKNOWN, SOUGHT)
    there = paper.posted("One")
    pass_once(clock)
    live = deliveries.get(post.id)
    assert (live.state, live.reason, live.remote_id) == (_D.PUBLISHED, "", there)
    assert live.published_at == NOON - timedelta(hours=1)
    assert posts.get(post.post_id).state is PostState.CLOSED
    clock.now = LATER
    pass_once(clock)
    assert paper.asked == []


def test_what_is_not_there_waits_for_its_own_time_as_if_nothing_had_been(paper: Newspaper, clock: Clock) -> None:
    post = approved("One", at=LATER)
    before = deliveries.get(post.id)
    restored()
    pass_once(clock)
    assert now_is(post) == (_D.UNKNOWN, SOUGHT), "one look proves nothing"
    clock.on(seconds=60)
    pass_once(clock)
    assert deliveries.get(post.id) == before
    clock.now = LATER - timedelta(seconds=1)
    pass_once(clock)
    assert paper.asked == []
    clock.now = LATER
    pass_once(clock)
    pass_twice(clock)
    assert (now_is(post)[0], paper.texts) == (_D.PUBLISHED, ["One"])


@pytest.mark.parametrize("paused", [False, True])
def test_a_network_that_honours_keys_gets_nothing_before_the_time_nor_in_a_pause(
    joined: Callable[[Platform], None], clock: Clock, paused: bool
) -> None:
    """Its list is down, and the key would be good: a due post is sent again under it, one that is early is not."""
    network = Listing(limits=KEYED, looks=[Unavailable("Down.")] * 1000)
    joined(network)
    post = approved("One", at=NOON + timedelta(minutes=30))
    distrust(NOON - timedelta(minutes=5), NOON, Asked(listed={"desk"}))
    (hold,) = holds.standing(NOON)
    if not paused:
        holds.lift(hold.id, APPROVER, NOON, "")
    for _ in range(29):
        pass_once(clock)
        clock.on(minutes=1)
    assert (now_is(post)[0], network.asked) == (_D.UNKNOWN, [])
    clock.on(minutes=2)
    pass_once(clock)
    clock.on(minutes=15)
    pass_once(clock)
    assert network.texts == ([] if paused else ["One"])


def test_a_list_that_does_not_reach_back_leaves_it_to_a_person_who_may_say_that_it_is_not_out(
    paper: Newspaper, clock: Clock
) -> None:
    post = approved("One", at=LATER)
    restored()
    paper.looks = [FAR_BACK] * 1000
    for _ in range(ENOUGH - 1):
        pass_once(clock)
        assert now_is(post) == (_D.UNKNOWN, SOUGHT), "it may be a moment's trouble"
        clock.on(minutes=2)
    pass_once(clock)
    waiting = deliveries.get(post.id)
    assert (waiting.state, waiting.reason, waiting.needs_a_person) == (_D.UNKNOWN, UNTRACED, True)
    assert "posted too much since" in waiting.error
    assert next_state(waiting, posts.get(post.post_id), clock()) is _D.PLANNED
    settled.go_on(waiting, clock())
    again = deliveries.get(post.id)
    assert (again.state, again.reason, again.not_before) == (_D.PLANNED, "", LATER)
    pass_once(clock)
    assert paper.asked == []
    clock.now = LATER
    pass_once(clock)
    assert paper.texts == ["One"]


def test_what_nobody_could_find_out_is_not_sent_when_its_time_comes(paper: Newspaper, clock: Clock) -> None:
    post = approved("One", at=LATER)
    restored()
    paper.looks = [FAR_BACK] * 1000
    while clock() < LATER + timedelta(hours=3):
        pass_once(clock)
        clock.on(hours=1)
    assert (now_is(post), paper.asked) == ((_D.UNKNOWN, UNTRACED), [])
    assert paper.readings < 40, "a list may cost money: not every few minutes for days"


def test_a_network_that_is_down_for_hours_is_looked_at_when_it_is_back(paper: Newspaper, clock: Clock) -> None:
    out, waits = approved("Out early", at=LATER), approved("Waits", at=LATER)
    restored()
    paper.posted("Out early")
    paper.looks = [Unavailable("No connection.")] * 6
    for _ in range(25):
        pass_once(clock)
        clock.on(minutes=15)
    assert (now_is(out)[0], now_is(waits)) == (_D.PUBLISHED, (_D.PLANNED, ""))


def test_an_account_that_cannot_be_reached_at_all_is_a_person_s_matter(
    paper: Newspaper, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = approved("One", at=LATER)
    restored()

    def no_key(account_id: str, now: datetime) -> Platform:
        raise ConfigurationError("Its key is missing.")

    monkeypatch.setattr(door, "platform_of", no_key)
    pass_once(clock)
    assert now_is(post) == (_D.UNKNOWN, UNTRACED)
    assert "Its key is missing" in deliveries.get(post.id).error


def test_hundreds_are_looked_for_in_two_readings(paper: Newspaper, clock: Clock) -> None:
    many = [approved(f"Post {number}", at=LATER + timedelta(hours=number)) for number in range(30)]
    assert restored().early_to_read_back == 30
    paper.posted("Post 7")
    pass_twice(clock)
    assert [now_is(one)[0] for one in many].count(_D.PLANNED) == 29
    assert now_is(many[7])[0] is _D.PUBLISHED
    assert paper.readings == 2


def test_the_same_words_planned_again_are_another_post(paper: Newspaper, clock: Clock) -> None:
    """What was due went out on time; what repeats it a week later did not."""
    due, again = (
        approved("One", at=NOON - timedelta(hours=2), window=timedelta(hours=4)),
        approved("One", at=LATER),
    )
    restored()
    paper.posted("One")
    paper.looks = [
        Unavailable("A moment's trouble.")
    ]  # for the one that was due: the other one has to wait for it
    pass_once(clock)
    assert now_is(again)[0] is _D.UNKNOWN
    for _ in range(8):
        clock.on(minutes=1)
        pass_once(clock)
    assert (now_is(due)[0], now_is(again)[0]) == (_D.PUBLISHED, _D.PLANNED)
    clock.now = LATER
    pass_once(clock)
    assert (now_is(again)[0], paper.texts) == (_D.PUBLISHED, ["One"])


def test_of_two_that_say_the_same_the_earlier_one_is_what_is_found(paper: Newspaper, clock: Clock) -> None:
    first, second = approved("One", at=LATER), approved("One", at=LATER + timedelta(days=7))
    restored()
    paper.posted("One")
    pass_twice(clock)
    assert (now_is(first)[0], now_is(second)[0]) == (_D.PUBLISHED, _D.PLANNED)


def test_threads_other_accounts_and_what_nobody_approved_stay_as_they_are(paper: Newspaper, clock: Clock) -> None:
    thread = approved("First", "Second", at=LATER)
    elsewhere = approved("Where nothing can be read", account="silent", at=LATER)
    here = approved("On the practice channel", account="practice", at=LATER)
    in_review = approved("Not approved", at=LATER, state=PostState.IN_REVIEW)
    assert restored() == InDoubt(0, 0, early_to_read_back=0, early_unseen=2)
    assert {now_is(one) for one in (thread, elsewhere, here, in_review)} == {(_D.PLANNED, "")}
    pass_twice(clock)
    assert paper.readings == 0


def test_a_text_that_was_edited_after_the_backup_is_not_known_again(paper: Newspaper, clock: Clock) -> None:
    """As the documentation says: it is looked for by its words."""
    post = approved("One", at=LATER)
    restored()
    paper.posted("One, in other words")
    pass_twice(clock)
    assert now_is(post) == (_D.PLANNED, "")


def test_one_whose_time_comes_while_it_is_looked_for_goes_out_in_its_window(
    paper: Newspaper, clock: Clock
) -> None:
    post = approved("One", at=NOON + timedelta(seconds=30))
    restored()
    pass_once(clock)
    clock.on(seconds=60)
    pass_once(clock)
    pass_once(clock)
    assert (now_is(post)[0], paper.texts) == (_D.PUBLISHED, ["One"])


def test_what_a_feed_would_send_by_itself_waits_for_a_person_although_the_pause_was_lifted_meanwhile(
    paper: Newspaper, clock: Clock
) -> None:
    post = approved("One", at=LATER, origin=Origin.RELEASE)
    signed = models.StandingApproval.objects.create(
        subject="feed:news", campaign="campaign", accounts=[], digest="d", signer="A", given_at=NOON, until=LATER
    )
    models.Approval.objects.update(standing=signed)
    restored()
    pass_twice(clock)
    assert now_is(post) == (_D.PLANNED, "")
    assert posts.get(post.post_id).state is PostState.IN_REVIEW
    clock.now = LATER
    pass_once(clock)
    assert paper.asked == []


def test_restored_twice_it_is_looked_for_since_the_first_backup(paper: Newspaper, clock: Clock) -> None:
    post = approved("One", at=LATER)
    restored()
    clock.on(hours=1)
    distrust(NOON, clock(), Asked(listed={"desk"}))
    there = paper.posted("One", at=MADE_AT + timedelta(minutes=1))
    pass_once(clock)
    assert deliveries.get(post.id).remote_id == there


def test_a_person_who_looks_finds_it_too(paper: Newspaper, clock: Clock, home: object) -> None:
    post = approved("One", at=LATER)
    models.Post.objects.update(campaign="bright")
    restored()
    there = paper.posted("One")
    looked = look_again(post.id, actor=APPROVER, clock=clock)
    assert (looked.recorded, looked.found_id) == (True, there)
    assert now_is(post)[0] is _D.PUBLISHED


def test_what_is_told_of_it(paper: Newspaper, clock: Clock) -> None:
    post = approved("One", at=LATER)
    restored()
    clock.on(hours=1)
    it = deliveries.get(post.id)
    assert it.sought
    assert it.in_doubt
    assert not it.needs_a_person
    assert went_out(it, doubts.tries(post.id), 0, clock()) == NOON, "before the restore, in any case"
    (known,) = watching.stuck()
    assert (known.reason, known.doubt_since) == (SOUGHT, NOON)
    holds.add(Scope.EVERYTHING, "", "A pause", APPROVER, clock())
    assert watching.waiting_since(clock())[0] == 0, "it is not overdue"
