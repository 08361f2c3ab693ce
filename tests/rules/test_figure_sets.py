"""Posts as a press office writes them: ordinary ones are let alone, statistics are not. -s prints the figures.

The first and second set were tuned on. The third was written afterwards and is kept back: nothing is changed
because of it, so that it tells how the recogniser does on posts that it never saw.
"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.rules.cases import case, found

FOLDER = Path(__file__).parent / "figures"
ALIKE = 0.6


def _posts(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text().splitlines()


def _is_held(text: str) -> bool:
    """As the rules see it: held for its source, or refused as a retired figure."""
    asked = case(text)
    return bool(found("figure-sourced", asked) or found("typed-figure", asked) or found("share-rounded", asked))


@pytest.mark.parametrize(
    ("name", "posts", "most"), [("ordinary", 200, 5), ("ordinary_second", 40, 1), ("ordinary_held_out", 40, 3)]
)
def test_ordinary_posts_are_let_alone(name: str, posts: int, most: int) -> None:
    held = [one for one in _posts(name) if _is_held(one)]
    print(f"\n{name}: {len(held)} of {posts} held (at most {most})", *held, sep="\n  ")
    assert len(_posts(name)) == posts
    assert len(held) <= most


@pytest.mark.parametrize(
    ("name", "posts", "most"),
    [("statistics", 100, 2), ("statistics_second", 40, 2), ("statistics_held_out", 40, 4)],
)
def test_statistics_do_not_pass(name: str, posts: int, most: int) -> None:
    passed = [one for one in _posts(name) if not _is_held(one)]
    print(f"\n{name}: {len(passed)} of {posts} passed (at most {most})", *passed, sep="\n  ")
    assert len(_posts(name)) == posts
    assert len(passed) <= most


@pytest.mark.parametrize("kind", ["ordinary", "statistics"])
def test_no_two_posts_are_cut_from_one_pattern(kind: str) -> None:
    lines = [one for name in ("", "_second", "_held_out") for one in _posts(kind + name)]
    words = [frozenset(re.findall(r"[\w']+", one.lower())) for one in lines]
    for (one, first), (other, second) in combinations(zip(lines, words, strict=True), 2):
        assert len(first & second) <= ALIKE * min(len(first), len(second)), (one, other)


def test_the_ordinary_set_is_full_of_numbers() -> None:
    """A set without numbers would prove nothing."""
    written = re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|second)\b", re.I
    )
    assert sum(bool(written.search(one)) for one in _posts("ordinary")) >= 150
