"""What is worth an alert, and when it was told already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.alerts.decide import BACKUP_LATE, GAP, RELAPSE, may_tell, to_notice, troubles
from bfbot.alerts.seen import FeedSeen, KeySeen, Kind, ReviewSeen, Seen, Trouble
from bfbot.alerts.silence import habit, since
from bfbot.alerts.wording import MOST, line, message
from bfbot.domain.sending import AccountStanding
from bfbot.domain.states import NEEDS_A_PERSON, DeliveryState
from bfbot.domain.watching import HeldBack, Known, Stuck, Unapproved, Unsigned

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STUCK = Stuck(7, 3, "town", DeliveryState.FAILED, "rejected", "Too long.", NOW - MINUTE, None, "Ask a carer")
HELD = HeldBack(
    delivery=7,
    post=3,
    campaign="bright",
    account="town",
    automatic=False,
    by_itself=False,
    due_at=NOW,
    closes_at=NOW + timedelta(hours=2),
    why="The figure is out of date.",
    named="a",
    text="Ask a carer",
)
FEED = FeedSeen("news", 5 * MINUTE, NOW - 5 * MINUTE, NOW - 5 * MINUTE, 0, "", "", False)


def kinds(seen: Seen, now: datetime = NOW) -> list[Kind]:
    return [one.kind for one in troubles(seen, now)]


@pytest.mark.parametrize("state", sorted(NEEDS_A_PERSON))
def test_each_state_that_needs_a_person_is_an_alert_that_names_the_post(state: DeliveryState) -> None:
    (one,) = troubles(Seen(stuck=[replace(STUCK, state=state)]), NOW)
    assert (str(one.kind), one.path) == (str(state), "/posts/3")
    said = line(one, "Europe/London")
    assert "Post 3 on town" in said
    assert "Ask a carer" in said


def test_bfbot_gets_two_minutes_to_find_out_by_itself() -> None:
    doubt = replace(STUCK, state=DeliveryState.UNKNOWN, doubt_since=NOW)
    assert kinds(Seen(stuck=[doubt]), NOW + MINUTE) == []
    assert kinds(Seen(stuck=[doubt]), NOW + 2 * MINUTE) == [Kind.UNKNOWN]
    assert kinds(Seen(stuck=[doubt]), NOW - timedelta(hours=2)) == [Kind.UNKNOWN], "the clock was set back"


@pytest.mark.parametrize(
    ("feed", "silent"),
    [
        (FEED, False),
        (replace(FEED, failures=2, error="No answer."), False),
        (replace(FEED, failures=3, error="No answer."), True),
        (replace(FEED, failures=1, error="No answer.", read_at=NOW - timedelta(hours=2)), True),
        (replace(FEED, disabled="Gone."), True),
        (replace(FEED, tried_at=NOW - timedelta(hours=2)), True),
        (replace(FEED, tried_at=NOW - timedelta(hours=2), paused=True), False),
        (replace(FEED, tried_at=None, read_at=None), False),
        (replace(FEED, every=timedelta(hours=6), tried_at=NOW - timedelta(hours=7)), False),
    ],
)
def test_a_feed_is_silent_when_it_fails_again_and_again_or_nobody_reads_it(feed: FeedSeen, silent: bool) -> None:
    assert kinds(Seen(feeds=[feed])) == ([Kind.FEED] if silent else [])


def test_a_feed_that_answers_is_quiet_when_it_brings_nothing_for_longer_than_is_usual_for_it() -> None:
    week = timedelta(days=7)
    quiet = replace(FEED, silent_since=NOW - week - MINUTE, long=week)
    assert kinds(Seen(feeds=[quiet])) == [Kind.QUIET]
    assert kinds(Seen(feeds=[replace(quiet, silent_since=NOW - week)])) == []
    assert kinds(Seen(feeds=[replace(quiet, long=None)])) == [], "nothing is known of its habit"
    assert kinds(Seen(feeds=[replace(quiet, paused=True)])) == [], "nobody reads it"
    after_a_sleep = replace(quiet, read_at=NOW - week, tried_at=NOW)
    assert kinds(Seen(feeds=[after_a_sleep])) == [], "it was not read meanwhile"


def test_a_habit_is_learned_from_a_few_releases_and_never_shorter_than_a_week() -> None:
    day = timedelta(days=1)
    assert habit([NOW - n * day for n in range(4)]) is None
    assert habit([NOW - n * day for n in range(5)]) == 7 * day
    assert habit([NOW, NOW - day, NOW - 2 * day, NOW - 12 * day, NOW - 13 * day]) == 30 * day
    assert since(None, None) is None
    assert since(NOW - day, NOW) == NOW, "what was there before its first reading says nothing"
    assert since(NOW, NOW - day) == NOW


def test_a_key_is_told_a_week_before_its_last_day_and_again_after_it() -> None:
    def of(days: int) -> list[Trouble]:
        return troubles(Seen(keys=[KeySeen("town", NOW.date() + timedelta(days=days))]), NOW)

    assert of(8) == []
    (soon,), (today,), (over,) = of(7), of(0), of(-1)
    assert "runs out on 30 November 2026" in line(soon, "Europe/London")
    assert "ran out on 22 November 2026" in line(over, "Europe/London")
    assert soon.fingerprint.split(":")[0] == today.fingerprint.split(":")[0] != over.fingerprint.split(":")[0]


def test_a_stopped_account_a_late_clock_and_an_old_backup() -> None:
    stopped = AccountStanding("town", stopped_reason="The key no longer opens.", stopped_at=NOW)
    assert kinds(Seen(stopped=[stopped])) == [Kind.ACCOUNT]
    assert kinds(Seen(clock_age=timedelta(seconds=60))) == []
    assert kinds(Seen(clock_age=timedelta(seconds=61))) == [Kind.CLOCK]
    assert kinds(Seen(backup_at=NOW - BACKUP_LATE)) == []
    assert kinds(Seen(backup_at=NOW - BACKUP_LATE - MINUTE)) == [Kind.BACKUP]


def test_reviews_are_told_once_a_date() -> None:
    due = ReviewSeen(["rise", "gap"], NOW.date())
    (one,) = troubles(Seen(reviews=[due]), NOW)
    assert (one.kind, one.path) == (Kind.REVIEW, "/statistics")
    assert line(one, "Europe/London") == "Statistics were due for review by 23 November 2026: rise, gap."
    fewer = troubles(Seen(reviews=[replace(due, facts=["gap"])]), NOW)
    assert to_notice(fewer, known(Seen(reviews=[due])), NOW + timedelta(days=9)) == []
    later = troubles(Seen(reviews=[replace(due, day=NOW.date() + timedelta(days=1))]), NOW)
    assert to_notice(later, known(Seen(reviews=[due])), NOW) == later


def known(seen: Seen, *, over: datetime | None = None) -> dict[str, Known]:
    return {one.key: Known(one.key, one.fingerprint, NOW, NOW, over) for one in troubles(seen, NOW)}


def test_a_post_that_is_held_at_its_time_is_told_with_the_reason_and_until_when_it_can_go_out() -> None:
    (one,) = troubles(Seen(held=[HELD]), NOW)
    assert (one.kind, one.path) == (Kind.HELD, "/posts/3")
    assert line(one, "Europe/London") == (
        "Post 3 on town (“Ask a carer”) is held at its time, Mon 23 Nov 09:00, and can go out until "
        "Mon 23 Nov 11:00. The figure is out of date."
    )
    before = known(Seen(held=[HELD]))
    assert to_notice(troubles(Seen(held=[replace(HELD, why="As of 09:05.")]), NOW), before, NOW) == []
    for other in (replace(HELD, named="b"), replace(HELD, due_at=NOW + MINUTE), replace(HELD, delivery=8)):
        anew = troubles(Seen(held=[other]), NOW)
        assert to_notice(anew, before, NOW) == anew


def test_whose_sign_off_is_missing_is_told_and_again_when_it_is_another_s() -> None:
    seen = Seen(unsigned=[Unsigned(3, NOW, "With them", ("CCN", "Shire"))])
    (one,) = troubles(seen, NOW)
    assert (one.kind, one.path) == (Kind.NOT_SIGNED, "/posts/3")
    assert "and approved, and the sign-off of CCN and Shire is missing" in line(one, "Europe/London")
    fewer = troubles(Seen(unsigned=[Unsigned(3, NOW, "With them", ("CCN",))]), NOW)
    assert to_notice(fewer, known(seen), NOW) == fewer
    waiting = Unapproved(3, NOW, "With them", ("CCN",))
    (both,) = troubles(Seen(unapproved=[waiting]), NOW)
    assert both.kind is Kind.NOT_APPROVED
    assert line(both, "Europe/London").endswith("nobody has approved it. The sign-off of CCN is missing, too.")
    alone = troubles(Seen(unapproved=[replace(waiting, unsigned=())]), NOW)
    assert to_notice(alone, known(Seen(unapproved=[waiting])), NOW) == []


def test_it_is_news_once_until_it_changes() -> None:
    seen = Seen(stuck=[STUCK])
    again = troubles(replace(seen, stuck=[replace(STUCK, error="Looked again at 09:05.")]), NOW)
    assert to_notice(again, known(seen), NOW + timedelta(days=3)) == []
    other = troubles(Seen(stuck=[replace(STUCK, state=DeliveryState.MISSED)]), NOW)
    assert to_notice(other, known(seen), NOW) == other
    later = troubles(Seen(stuck=[replace(STUCK, due_at=NOW + MINUTE)]), NOW)
    assert to_notice(later, known(seen), NOW) == later, "it was tried again at another time, and failed again"


def test_what_flaps_is_told_once_an_hour_at_most() -> None:
    seen = Seen(feeds=[replace(FEED, failures=3)])
    before = known(seen, over=NOW)
    assert to_notice(troubles(seen, NOW), before, NOW + RELAPSE) == []
    assert len(to_notice(troubles(seen, NOW), before, NOW + RELAPSE + MINUTE)) == 1


def test_messages_keep_a_distance_even_when_the_clock_was_set_back() -> None:
    assert may_tell(None, NOW)
    assert not may_tell(NOW, NOW + GAP - timedelta(seconds=1))
    assert may_tell(NOW, NOW + GAP)
    assert may_tell(NOW, NOW - timedelta(hours=2))


def test_many_troubles_are_one_message_that_counts_them() -> None:
    many = troubles(Seen(stuck=[replace(STUCK, delivery=n, post=n) for n in range(100)]), NOW)
    said = message(many, address="https://desk.example", zone="Europe/London", name="bfbot")
    assert said.title == "bfbot: 100 things need you"
    assert said.body.count("https://desk.example/posts/") == MOST
    assert "And 90 more." in said.body


def test_a_warning_says_when_in_the_team_s_own_time() -> None:
    due = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    (one,) = troubles(Seen(unapproved=[Unapproved(3, due, "Ask a carer")]), NOW)
    said = message([one], address="https://desk.example", zone="Europe/London", name="bfbot")
    assert "Wed 1 Jul 09:30" in said.body
    assert said.title == "bfbot: a post waits for approval"
    assert said.body.endswith("https://desk.example/posts/3")


@given(st.text(), st.text(), st.sampled_from(sorted(NEEDS_A_PERSON)))
def test_a_line_stays_one_line_whatever_a_post_or_a_network_says(words: str, error: str, state: str) -> None:
    stuck = replace(STUCK, text=words, error=error, state=DeliveryState(state))
    (one,) = troubles(Seen(stuck=[stuck]), NOW)
    said = line(one, "Europe/London")
    assert len(said.splitlines()) == 1
    assert len(said) < 500
