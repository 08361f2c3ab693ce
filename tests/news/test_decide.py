"""What each item of a reading is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.release import FeedMemory, Item, Release, ReleaseState
from bfbot.domain.schedule import Feed
from bfbot.news import dates
from bfbot.news.decide import Decisions, Verdict, decide
from bfbot.news.identity import content_digest

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEED = Feed(
    "news",
    "https://news.example/f",
    ("bright",),
    ("practice",),
    timedelta(minutes=5),
    "release",
    timedelta(minutes=15),
)
NEVER_READ = FeedMemory("news")
READ = FeedMemory("news", primed_at=NOW - timedelta(days=9), last_ok_at=NOW - timedelta(minutes=5))


def item(number: int, hours: float = 1, **changes: object) -> Item:
    """A distinct item, published so many hours ago."""
    base = Item(
        f"g{number}", f"https://news.example/{number}", f"Story number {number}", "", NOW - timedelta(hours=hours)
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # fields of Item


def known(items: list[Item], state: ReleaseState = ReleaseState.SEEN) -> list[Release]:
    """The releases that a first reading of these items leaves."""
    return [
        Release(
            number, "news", one.identity, one.item.guid, one.item.link, one.item.title, one.item.summary,
            one.item.published_at, NOW, state, one.digest,
        )
        for number, one in enumerate(decide(items, [], FEED, NEVER_READ, NOW).items, start=1)
    ]  # fmt: skip


def verdicts(decided: Decisions) -> list[Verdict]:
    return [one.verdict for one in decided.items]


def test_the_first_reading_makes_no_news() -> None:
    decided = decide([item(1), item(2)], [], FEED, NEVER_READ, NOW)
    assert verdicts(decided) == [Verdict.PRIMED] * 2
    assert {one.state for one in decided.items} == {ReleaseState.SEEN}


def test_a_new_item_is_new_and_known_ones_are_known() -> None:
    decided = decide([item(3), item(1), item(2)], known([item(1), item(2)]), FEED, READ, NOW)
    (new,) = decided.of(Verdict.NEW)
    assert (new.item, new.state, new.for_a_person) == (item(3), ReleaseState.NEW, False)
    assert len(decided.of(Verdict.KNOWN)) == 2


def test_age_and_cap() -> None:
    many = [item(number, hours=number) for number in range(1, 9)] + [item(99, hours=80)]
    memory = replace(READ, last_ok_at=NOW)
    decided = decide(many, known([item(1000)]), FEED, memory, NOW)
    assert [one.item.guid for one in decided.of(Verdict.NEW)] == ["g5", "g4", "g3", "g2", "g1"]
    assert {one.item.guid for one in decided.of(Verdict.OVER_CAP)} == {"g6", "g7", "g8"}
    assert [one.item.guid for one in decided.of(Verdict.TOO_OLD)] == ["g99"]
    assert {one.state for one in decided.items if one.verdict is not Verdict.NEW} == {ReleaseState.SEEN}


def test_dates_nobody_can_believe_go_to_a_person_and_old_ones_to_nobody() -> None:
    unknown = item(2, published_at=None, warnings=(dates.UNKNOWN,))
    ancient = item(3, published_at=None, warnings=(dates.LONG_AGO,))
    decided = decide([item(1), unknown, ancient], known([item(1)]), FEED, READ, NOW)
    (new,) = decided.of(Verdict.NEW)
    assert (new.item.guid, new.for_a_person, new.why) == ("g2", True, "date unknown")
    assert [one.item.guid for one in decided.of(Verdict.TOO_OLD)] == ["g3"]


OLD = [item(number, hours=number) for number in range(1, 13)]


@pytest.mark.parametrize(
    "rebuilt",
    [
        pytest.param([replace(one, guid=f"new-{one.guid}") for one in OLD], id="guid rebuild"),
        pytest.param([replace(one, guid="") for one in OLD], id="guids gone"),
        pytest.param([replace(one, guid="0") for one in OLD], id="one guid for all"),
        pytest.param(
            [replace(one, link=one.link.replace("news.", "www2.")) for one in OLD], id="host move, guids kept"
        ),
        pytest.param(
            [replace(one, guid=f"n{one.guid}", link=one.link.replace("news.", "www2.")) for one in OLD],
            id="host move",
        ),
        pytest.param(
            [replace(one, guid=f"n{one.guid}", link=f"https://x.example/new/{one.guid}.html") for one in OLD],
            id="host and paths",
        ),
        pytest.param(
            [replace(one, guid="", link=one.link + "?utm_source=rss", published_at=NOW) for one in OLD],
            id="dates too",
        ),
        pytest.param([replace(one, guid=f"{one.guid}#{NOW.isoformat()}") for one in OLD], id="guids with updates"),
    ],
)
def test_what_happens_to_the_feed_as_a_whole_is_no_news(rebuilt: list[Item]) -> None:
    decided = decide(rebuilt, known(OLD), FEED, READ, NOW)
    assert not decided.of(Verdict.NEW)
    assert not decided.withdrawn
    fresh = decide([item(50), *rebuilt], known(OLD), FEED, READ, NOW).of(Verdict.NEW)
    assert [one.item.guid for one in fresh] == ["g50"]


def test_a_reading_of_strangers_alone_goes_to_people() -> None:
    decided = decide([item(number) for number in range(20, 24)], known(OLD), FEED, READ, NOW)
    assert len(decided.of(Verdict.NEW)) == 4
    assert all(one.for_a_person for one in decided.of(Verdict.NEW))
    assert "never seen before" in decided.note


def test_after_a_gap_or_for_a_reason_nothing_goes_out_by_itself() -> None:
    late = replace(READ, last_ok_at=NOW - timedelta(days=2))
    for decided in (
        decide([item(1), item(2)], known([item(1)]), FEED, late, NOW),
        decide([item(1), item(2)], known([item(1)]), FEED, READ, NOW, for_a_person="there was a pause"),
    ):
        assert [one.for_a_person for one in decided.of(Verdict.NEW)] == [True]


def test_an_edit_is_told_and_an_update_of_the_date_is_none() -> None:
    old = known([item(1), item(2)])
    edited = item(1, title="Story number 1, corrected")
    decided = decide([edited, item(2, hours=0.1)], old, FEED, READ, NOW)
    (one,) = decided.of(Verdict.EDITED)
    assert one.release == old[0]
    assert one.digest == content_digest(edited)
    assert len(decided.of(Verdict.KNOWN)) == 1


def test_a_vanished_release_is_withdrawn_only_if_older_ones_are_still_listed() -> None:
    old = known([item(1, hours=1), item(2, hours=2), item(3, hours=3)], ReleaseState.DRAFTED)
    assert [one.id for one in decide([item(1, hours=1), item(3, hours=3)], old, FEED, READ, NOW).withdrawn] == [2]
    assert not decide([item(1, hours=1), item(2, hours=2)], old, FEED, READ, NOW).withdrawn
    seen = [replace(one, state=ReleaseState.SEEN) for one in old]
    assert not decide([item(1, hours=1), item(3, hours=3)], seen, FEED, READ, NOW).withdrawn


def test_a_used_guid_does_not_hide_another_release() -> None:
    other = item(2, hours=0, guid="g1", published_at=NOW)
    old = known([item(1, hours=48)])
    (new,) = decide([other], old, FEED, READ, NOW).of(Verdict.NEW)
    assert new.for_a_person
    assert new.identity.startswith("link:")
    later = [*old, *(replace(one, id=2) for one in known([replace(other, guid="")]))]
    assert verdicts(decide([other], later, FEED, READ, NOW)) == [Verdict.KNOWN]


@pytest.mark.parametrize("again", [False, True])
def test_a_used_guid_does_not_make_one_page_two_releases(again: bool) -> None:
    """By its link it is the release that the same reading holds already, whichever of the two comes first."""
    old = known([item(1, hours=48)])
    page, under_used_guid = item(2, hours=0, guid=""), item(2, hours=0, guid="g1", published_at=NOW)
    reading = [under_used_guid, page] if again else [page, under_used_guid]
    fresh = [one for one in decide(reading, old, FEED, READ, NOW).items if one.release is None]
    assert len(fresh) == 1
    assert fresh[0].identity.startswith("link:")


def test_the_end_of_a_feed_is_never_news() -> None:
    ended = item(2, guid="tag:x:feed-ended")
    assert decide([item(1), ended], known([item(1)]), FEED, READ, NOW).of(Verdict.FEED_ENDED)


def test_one_item_twice_in_a_reading_counts_once() -> None:
    assert len(decide([item(2), item(2), item(1)], known([item(1)]), FEED, READ, NOW).items) == 2


ITEMS = st.lists(
    st.builds(
        Item,
        guid=st.sampled_from(["", "0", "a", "b", "c"]),
        link=st.sampled_from(["", "https://x.example/1", "http://www.x.example/1/", "https://x.example/2"]),
        title=st.sampled_from(["", "One", "Two", "one!"]),
        summary=st.sampled_from(["", "s"]),
        published_at=st.none() | st.sampled_from([NOW, NOW - timedelta(days=1), NOW - timedelta(days=20)]),
    ),
    max_size=8,
)


@given(ITEMS)
def test_the_same_feed_read_again_is_never_news(items: list[Item]) -> None:
    """Whatever a publisher does with guids and links: a second reading brings nothing, and no identity twice."""
    first = known(items)
    assert len({one.identity for one in first}) == len(first)
    decided = decide(items, first, FEED, READ, NOW)
    assert not decided.of(Verdict.NEW)


@given(ITEMS, ITEMS)
def test_new_identities_are_free_and_never_more_than_the_cap(before: list[Item], after: list[Item]) -> None:
    first = known(before)
    decided = decide(after, first, FEED, READ, NOW)
    fresh = [one.identity for one in decided.items if one.release is None]
    assert len(set(fresh)) == len(fresh)
    assert not set(fresh) & {one.identity for one in first}
    assert len(decided.of(Verdict.NEW)) <= FEED.cap_per_poll
