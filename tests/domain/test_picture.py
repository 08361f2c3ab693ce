"""What stays in sight of a picture: the window around a point, never outside, and the words for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.picture import cropped, in_words

SIZE = st.integers(1, 5000)
SHARE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("size", "focal", "window"),
    [
        ((600, 800), (0.5, 0.5), (0, 232, 600, 337)),
        ((600, 800), (0.5, 0.0), (0, 0, 600, 337)),
        ((600, 800), (0.1, 1.0), (0, 463, 600, 337)),
        ((1600, 450), (0.25, 0.9), (0, 0, 800, 450)),
        ((1600, 900), (0.9, 0.9), (0, 0, 1600, 900)),
    ],
)
def test_the_window_is_as_large_as_it_can_be(
    size: tuple[int, int], focal: tuple[float, float], window: tuple[int, int, int, int]
) -> None:
    assert cropped(*size, focal, (16, 9)) == window


@given(SIZE, SIZE, SHARE, SHARE)
def test_it_lies_in_the_picture_and_holds_the_point(width: int, height: int, across: float, down: float) -> None:
    left, top, wide, high = cropped(width, height, (across, down), (16, 9))
    assert 0 <= left <= left + wide <= width
    assert 0 <= top <= top + high <= height
    assert left - 1 <= across * width <= left + wide + 1
    assert top - 1 <= down * height <= top + high + 1


def test_it_is_told_in_words() -> None:
    assert in_words((0.25, 1)) == "25% from the left, 100% from the top"
