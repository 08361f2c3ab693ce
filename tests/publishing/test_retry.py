from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bfbot.publishing.retry import BASE, CAP, LAST_CHANCE, backoff, next_try
from tests.publishing.network import NOON


@given(st.integers(0, 100), st.text(max_size=20))
def test_backoff_grows_to_its_cap_and_is_the_same_for_the_same_seed(tries: int, seed: str) -> None:
    wait = backoff(tries, seed)
    assert BASE * 0.75 <= wait <= CAP
    assert wait == backoff(tries, seed)
    assert backoff(tries + 2, seed) >= min(wait, CAP * 0.75)


def test_not_all_come_back_at_once() -> None:
    assert len({backoff(3, f"key-{one}") for one in range(50)}) == 50


@given(st.integers(1, 50), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2)), st.text(max_size=5))
def test_a_try_never_comes_after_the_window(tries: int, left: timedelta, seed: str) -> None:
    closes = NOON + left
    moment = next_try(tries, NOON, closes, seed)
    assert NOON <= moment <= closes
    if left >= BASE + LAST_CHANCE:
        assert moment <= closes - LAST_CHANCE, "there is one last chance before it closes"
