"""Figures are stored once for an occasion; what a network does not say leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bfbot.domain.snapshot import PostFigures, Snapshot
from bfbot.domain.states import DeliveryState
from bfbot.errors import NotAuthorised, Unavailable
from bfbot.ledger import models, snapshots
from bfbot.measuring.measure import measure_due, measure_now
from tests.measuring.desk import MONDAY, PRACTICE_ONLY, REVISION, Network, answering, publish

pytestmark = pytest.mark.django_db
OUT = MONDAY + timedelta(hours=9)
HOUR = timedelta(hours=1)


def test_an_occasion_is_stored_once_and_marked_as_practice() -> None:
    one = publish("practice", OUT)
    network = Network({f"{one.pk}-0": PostFigures(impressions=10, reactions=1)})
    first = measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(network))
    again = measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(network))
    assert (first.posts, first.accounts, dict(first.failed)) == (1, 1, {})
    assert (again.posts, again.accounts) == (0, 0)
    (taken,) = snapshots.of_deliveries([one.pk])[one.pk]
    assert (taken.occasion, taken.taken_at, taken.practice) == ("1h", OUT + HOUR, True)
    assert (taken.figures.impressions, taken.figures.comments) == (10, None)


def test_one_answer_serves_every_occasion_that_is_due() -> None:
    close = MONDAY + timedelta(days=7)
    one = publish("practice", close - HOUR)
    network = Network({f"{one.pk}-0": PostFigures(impressions=10)})
    measure_due(close, revision=PRACTICE_ONLY, connect=answering(network))
    assert [taken.occasion for taken in snapshots.of_deliveries([one.pk])[one.pk]] == ["1h", "week:2026-W47"]
    assert len(network.asked) == 1


def test_a_thread_is_asked_for_all_its_parts_and_added_up() -> None:
    one = publish("practice", OUT, parts=2)
    figures = {f"{one.pk}-{number}": PostFigures(impressions=10, reach=9) for number in range(2)}
    measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(Network(figures)))
    (taken,) = snapshots.of_deliveries([one.pk])[one.pk]
    assert (taken.figures.impressions, taken.figures.reach) == (20, None)


@pytest.mark.parametrize("error", [NotAuthorised("no key"), Unavailable("no answer")])
def test_a_failure_leaves_nothing_and_comes_back(error: Exception) -> None:
    one = publish("practice", OUT)
    failed = measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(Network(error=error)))
    assert (failed.posts, failed.accounts, list(failed.failed)) == (0, 0, ["practice"])
    assert not models.Snapshot.objects.exists()
    assert not models.AccountSnapshot.objects.exists()
    well = Network({f"{one.pk}-0": PostFigures(impressions=0)})
    assert measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(well)).posts == 1
    assert snapshots.of_deliveries([one.pk])[one.pk][0].figures.impressions == 0


def test_a_post_that_the_network_does_not_know_has_no_figures() -> None:
    publish("practice", OUT)
    counts = measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(Network()))
    assert (counts.posts, dict(counts.failed)) == (0, {})
    assert not models.Snapshot.objects.exists()


def test_only_what_is_live_is_measured() -> None:
    publish("practice", OUT, state=DeliveryState.FAILED)
    publish("practice", OUT, state=DeliveryState.MISSED)
    network = Network()
    measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(network))
    assert network.asked == []


def test_one_account_that_fails_leaves_the_others_alone() -> None:
    one = publish("practice", OUT)
    publish("lga-mastodon", OUT, platform="mastodon")
    publish("gone", OUT, platform="mastodon")
    well, ill = Network({f"{one.pk}-0": PostFigures(impressions=1)}), Network(error=Unavailable("no answer"))
    counts = measure_due(
        OUT + HOUR, revision=REVISION, connect=lambda account: well if account.id == "practice" else ill
    )
    assert counts.posts == 1
    assert sorted(counts.failed) == ["gone", "lga-mastodon"]


def test_a_person_may_ask_at_any_time_and_as_often_as_they_like() -> None:
    one, other = publish("practice", OUT), publish("practice", OUT)
    network = Network({f"{two.pk}-0": PostFigures(impressions=5) for two in (one, other)})
    for _ in range(2):
        asked = measure_now([one.post_id], OUT, revision=PRACTICE_ONLY, connect=answering(network))
        assert asked.posts == 1
    assert measure_now(None, OUT, revision=PRACTICE_ONLY, connect=answering(network)).posts == 2
    assert {taken.occasion for taken in snapshots.of_deliveries([one.pk])[one.pk]} == {"asked"}


def test_the_real_practice_channel_gives_figures_of_the_posts_age() -> None:
    """Through the account's own connection, whose clock is the moment of measuring."""
    from bfbot.ledger.models import PracticePost

    delivery = publish("practice", OUT)
    row = PracticePost.objects.create(account="practice", key="k", text="text", created_at=OUT)
    models.Part.objects.filter(delivery=delivery).update(remote_id=str(row.pk))
    for after in (1, 24):
        measure_due(OUT + after * HOUR, revision=PRACTICE_ONLY)
    early, later = snapshots.of_deliveries([delivery.pk])[delivery.pk]
    assert early.practice
    assert 0 < (early.figures.impressions or 0) < (later.figures.impressions or 0)


def test_two_workers_at_once_store_an_occasion_once() -> None:
    one, other = publish("practice", OUT), publish("practice", OUT)
    figures = PostFigures(impressions=1)
    first = Snapshot(one.pk, OUT + HOUR, "1h", figures)
    assert snapshots.add(first)
    both = [replace(first, figures=PostFigures(impressions=2)), Snapshot(other.pk, OUT + HOUR, "1h", figures)]
    assert snapshots.add_all(both) == 1
    assert snapshots.of_deliveries([one.pk])[one.pk] == [first]


def test_what_is_between_two_occasions_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of posts of the last weeks lie there at each turn of the clock."""
    read: list[set[int]] = []
    live = snapshots.live

    def counted(*, deliveries: set[int]) -> list[snapshots.Live]:
        read.append(set(deliveries))
        return live(deliveries=deliveries)

    monkeypatch.setattr(snapshots, "live", counted)
    due = publish("practice", OUT)
    publish("practice", OUT + HOUR / 2)
    network = Network({f"{due.pk}-0": PostFigures(impressions=10)})
    for _ in range(2):
        measure_due(OUT + HOUR, revision=PRACTICE_ONLY, connect=answering(network))
    assert read == [{due.pk}, set()]
