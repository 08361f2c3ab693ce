"""Whose turn it is: rested, spread over the themes, and the same for the same past."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.message import Kind, Message
from bfbot.domain.schedule import Slot
from bfbot.domain.yearly import Yearly
from bfbot.planning.rotation import Use, candidates
from tests.planning.test_occurrences import slot

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ZONE = "Europe/London"
PILLARS = ["outcomes", "funding", "places"]


def message(number: int, *, pillar: str | None = None, rest: int = 7, **more: object) -> Message:
    return replace(
        Message(
            id=f"m{number}",
            kind=Kind.ASK,
            campaign="bright",
            pillar=pillar or PILLARS[number % 3],
            text=f"Text {number}",
            rest_days=rest,
        ),
        **more,  # type: ignore[arg-type]  # fields of a message
    )


def use(one: Message, at: datetime, account: str = "practice", text: str | None = None) -> Use:
    return Use(one.id, one.pillar, text or one.text, frozenset({account}), at)


def ids(messages: list[Message], uses: list[Use], at: datetime = NOON, where: Slot | None = None) -> list[str]:
    return [one.id for one in candidates(messages, where or slot(), at, ZONE, uses)]


def test_other_campaigns_kinds_and_dates_are_left_out() -> None:
    here = [
        message(0),
        message(1, campaign="county"),
        message(2, kind=Kind.VIDEO),
        message(3, valid_from=date(2026, 11, 24)),
        message(4, valid_until=date(2026, 11, 22)),
        message(5, valid_from=date(2026, 11, 23), valid_until=date(2026, 11, 23)),
    ]
    assert sorted(ids(here, [])) == ["m0", "m5"]


def test_a_day_of_the_year_brings_its_own_message() -> None:
    """On 23 November it comes first, of whatever kind; near it in its turn; else never."""
    about = message(9, kind=Kind.EVENT, when=Yearly(11, 23, 1), rest=0)
    near = message(8, when=Yearly(11, 23, 1), rest=0)
    plain, busy = message(0), [use(about, NOON - timedelta(days=364)), use(near, NOON - timedelta(days=364))]
    assert ids([plain, about], busy)[0] == "m9"
    assert ids([plain, about, near], busy, NOON + timedelta(days=1)) in (["m0", "m8"], ["m8", "m0"])
    assert ids([plain, about, near], busy, NOON + timedelta(days=2)) == ["m0"]
    assert ids([about], [use(about, NOON - timedelta(days=364))], NOON, slot()) == ["m9"]


def test_a_message_rests_before_and_after_each_use_on_that_account() -> None:
    one = message(0, rest=7)
    for days, free in [(-8, True), (-7, True), (-6, False), (0, False), (6, False), (7, True)]:
        assert bool(ids([one], [use(one, NOON + timedelta(days=days))])) is free
    assert ids([one], [use(one, NOON, account="elsewhere")]) == ["m0"]


def test_a_day_of_rest_is_a_day_of_the_wall_clock() -> None:
    saturday = datetime(2027, 3, 27, 18, 0, tzinfo=UTC)  # the clocks go forward in the night
    one = message(0, rest=1)
    assert ids([one], [use(one, saturday)], saturday + timedelta(hours=23)) == ["m0"]


def test_the_same_text_under_another_name_rests_too() -> None:
    one, twin = message(0), message(1, text="Text 0")
    assert ids([twin], [use(one, NOON - timedelta(days=1))]) == []
    by_hand = Use("", "", "Text 0", frozenset({"practice"}), NOON - timedelta(days=1))
    assert ids([one], [by_hand]) == []


def test_the_pillar_with_the_fewest_posts_comes_first_then_the_longest_unused() -> None:
    four = [message(0, rest=1), message(1, rest=1), message(3, rest=1), message(4, rest=1)]
    past = [
        use(four[0], NOON - timedelta(days=3)),
        use(four[1], NOON - timedelta(days=5)),
        use(four[0], NOON - timedelta(days=9)),
        use(four[3], NOON - timedelta(days=2)),
        use(four[2], NOON - timedelta(days=20)),
    ]
    assert ids(four, past) == ["m1", "m4", "m3", "m0"]  # funding has two posts, outcomes three


@settings(max_examples=60)
@given(
    rests=st.lists(st.integers(0, 12), min_size=1, max_size=12),
    gaps=st.lists(st.integers(1, 72), min_size=1, max_size=60),
    accounts=st.lists(st.sampled_from(["practice", "second", "third"]), min_size=1, max_size=3, unique=True),
)
def test_played_for_weeks_nothing_comes_too_soon(rests: list[int], gaps: list[int], accounts: list[str]) -> None:
    library = [message(number, rest=rest) for number, rest in enumerate(rests)]
    uses: list[Use] = []
    at = NOON
    for turn, gap in enumerate(gaps):
        at += timedelta(hours=gap)
        where = replace(slot(), accounts=tuple(accounts[: turn % len(accounts) + 1]))
        order = candidates(library, where, at, ZONE, uses)
        if order:
            uses.append(Use(order[0].id, order[0].pillar, order[0].text, frozenset(where.accounts), at))
    for one in library:
        for account in accounts:
            mine = [
                use.at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
                for use in uses
                if use.message == one.id and account in use.accounts
            ]
            assert all(b - a >= timedelta(days=one.rest_days) for a, b in itertools.pairwise(mine))


@given(seed=st.integers(0, 10_000))
def test_the_order_of_files_and_of_the_past_does_not_matter(seed: int) -> None:
    chance = random.Random(seed)
    library = [message(number, rest=number) for number in range(9)]
    uses = [use(one, NOON - timedelta(days=chance.randint(0, 40))) for one in library[:5]]
    first = ids(library, uses)
    chance.shuffle(library)
    chance.shuffle(uses)
    assert ids(library, uses) == first


def test_over_a_month_the_pillars_share_alike() -> None:
    library = [message(number, rest=3) for number in range(12)]
    uses: list[Use] = []
    for day in range(60):
        at = NOON + timedelta(days=day)
        uses.append(use(candidates(library, slot(), at, ZONE, uses)[0], at))
    last = [one.pillar for one in uses[-28:]]
    assert max(last.count(one) for one in PILLARS) - min(last.count(one) for one in PILLARS) <= 1
