"""The judge of the soak: noise and peaks are no growth, a small leak is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.flat import Sample, drawn, grown


def run(
    seconds: int, *, a_post: float = 0.0, every: float = 1.0, noise: float = 1.5, seed: int = 1, rate: int = 20
) -> list[Sample]:
    """Memory of a process that warms up for ten seconds and leaks `a_post` kilobytes with each post."""
    chance = random.Random(seed)
    samples = []
    for number in range(int(seconds / every)):
        at = number * every
        held = 82 + 8 * min(at, 10) / 10 + a_post * rate * at / 1024 + chance.uniform(-noise, noise)
        samples.append(Sample(at, held, int(at * rate)))
    return samples


@given(st.integers(0, 10_000))
def test_noise_is_no_growth_and_a_leak_of_sixteen_kilobytes_a_post_is_seen_in_a_short_run(seed: int) -> None:
    assert abs(grown(run(36, seed=seed), 12)) < 3
    leak = grown(run(36, a_post=16, seed=seed), 12)
    assert leak == pytest.approx(16 * 20 * 23 / 1024, abs=3)


def test_in_an_hour_a_leak_of_a_hundred_bytes_a_post_is_seen() -> None:
    assert abs(grown(run(3600, every=10), 600)) < 0.5
    assert grown(run(3600, every=10, a_post=0.1), 600) > 5


def test_peaks_that_pass_do_not_count() -> None:
    samples = run(60)
    for number in (20, 21, 45, 59):
        samples[number] = Sample(samples[number].seconds, 400.0)
    assert abs(grown(samples, 20)) < 2


def test_too_few_samples_are_no_verdict() -> None:
    with pytest.raises(ValueError, match="too few"):
        grown(run(14), 12)


def test_the_picture_has_a_line_for_each_stretch() -> None:
    lines = drawn(run(3600, every=10, noise=0)).splitlines()
    assert len(lines) == 24
    assert lines[-1].split()[:5] == ["60", "min", "90.0", "MB", "71,800"]
    assert drawn([]) == ""
