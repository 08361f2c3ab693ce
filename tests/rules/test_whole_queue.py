"""What is wrong between two posts of a queue, found in one go; and it stays quick however long the queue is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

from bfbot.rules.whole_queue import clashes
from tests.rules.cases import waiting
from tests.rules.team_files import REVISION

DAY = date(2026, 11, 23)


def _ids(*texts: str) -> set[tuple[int, int]]:
    queue = [waiting(text, "lga-x", number) for number, text in enumerate(texts, 1)]
    return {(one.one, one.other) for one in clashes(queue, REVISION, DAY)}


def test_two_figures_for_one_measure() -> None:
    assert _ids("{fact:spend-a} on homes", "{fact:mh-crisis}", "{fact:spend-b} on homes") == {(1, 3)}
    assert _ids("{fact:spend-a}", "{fact:spend-a} again") == set()


def test_each_post_of_the_smaller_side_is_named_once_and_each_of_the_larger() -> None:
    many = _ids("{fact:spend-a}", *(f"{{fact:spend-b}} {number}" for number in range(5)))
    assert many == {(1, number) for number in range(2, 7)}


def test_a_figure_that_may_not_go_out_anyway_is_left_to_its_own_rule() -> None:
    assert _ids("{fact:gap-2025a}", "{fact:gap-2025b}") == set()


def test_fold_against_per_cent() -> None:
    assert _ids("Helpline calls rose by 800 per cent.", "Helpline calls: an eight-fold rise.") == {(2, 1)}
    assert _ids("Helpline calls rose by 800 per cent.", "Helpline calls: a nine-fold rise.") == set()
    assert _ids("Helpline calls rose by 800 per cent.", "Adoptions: an eight-fold rise.") == set()


def test_campaigns_are_looked_at_apart() -> None:
    one, other = waiting("{fact:spend-a}", "lga-x", 1), waiting("{fact:spend-b}", "lga-x", 2)
    assert clashes([one, replace(other, campaign="county-children")], REVISION, DAY) == ()


def test_a_long_queue_takes_no_longer_than_its_length() -> None:
    one, other = waiting("{fact:spend-a}", "lga-x"), waiting("{fact:spend-b}", "lga-x")
    queue = [replace((one, other)[number % 2], id=number) for number in range(4000)]
    started = process_time()
    assert len(clashes(queue, REVISION, DAY)) == 2000
    assert process_time() - started < 5
