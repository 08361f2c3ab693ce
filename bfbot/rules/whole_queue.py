"""What is wrong between two posts of a queue, found in one go over all of it, however long it is.

A rule asked of each post compares it with all the others: ten thousand posts would be fifty million pairs. Here
the statistics and the figures are gathered first, and only those that clash are looked at post by post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from bfbot.domain.fact import Fact
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.rules.facts import named, unusable
from bfbot.rules.figures_read import Figure, figures
from bfbot.rules.fold_and_share import fold_of, is_fold, is_rise
from bfbot.rules.matching import telling_stems
from bfbot.rules.one_figure import cited_by, contradict

Said = tuple[Post, Figure]


@dataclass(frozen=True)
class Clash:
    """Two posts of one campaign that cannot both go out; `why` names both places."""

    one: int
    other: int
    why: str


class Queue:
    """Posts are added one by one, each read once; then what is wrong between them is asked for."""

    def __init__(self) -> None:
        self._citing: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._folds: list[Said] = []
        self._rises: defaultdict[tuple[str, Decimal], list[Said]] = defaultdict(list)

    def add(self, post: Post, named: Iterable[str]) -> None:
        """`named` are the ids of the statistics that it names."""
        for fact_id in named:
            self._citing[post.campaign, fact_id].append(post.id)
        for one in figures(post.text):
            if is_fold(one):
                self._folds.append((post, one))
            elif is_rise(one):
                self._rises[post.campaign, one.value].append((post, one))

    def clashes(self, revision: Revision, day: date) -> tuple[Clash, ...]:
        """Two figures for one measure, and fold against per cent. What is not usable on `day` is left out."""
        return tuple(dict.fromkeys((*self._two_figures(revision, day), *self._fold_and_per_cent())))

    def _two_figures(self, revision: Revision, day: date) -> Iterator[Clash]:
        for campaign in dict.fromkeys(one for one, _ in self._citing):
            cited = [
                one
                for one in revision.facts.values()
                if (campaign, one.id) in self._citing and not unusable(one, day)
            ]
            for one, other in combinations(cited, 2):
                if contradict(one, other, revision):
                    first, second = self._citing[campaign, one.id], self._citing[campaign, other.id]
                    yield from _pairs(one, other, first, second)

    def _fold_and_per_cent(self) -> Iterator[Clash]:
        for post, fold in self._folds:
            for other, rise in self._rises.get((post.campaign, fold.value * 100), ()):
                if other.id != post.id and telling_stems(post.text) & telling_stems(other.text):
                    why = (
                        f"Post {post.id} says “{fold.text}” and post {other.id} says “{rise.text}”, "
                        f"which is {fold_of(rise.value)}."
                    )
                    yield Clash(post.id, other.id, why)
                    break


def clashes(queue: Sequence[Post], revision: Revision, day: date) -> tuple[Clash, ...]:
    """Over posts that are all at hand."""
    gathered = Queue()
    for post in queue:
        gathered.add(post, cited_by(post))
    return gathered.clashes(revision, day)


def _pairs(one: Fact, other: Fact, first: Sequence[int], second: Sequence[int]) -> Iterator[Clash]:
    """Each post of either side once, beside one of the other side: not every pair of thousands."""
    why = f"{named(one)} and {named(other)} wait in one queue: two figures for one measure"
    for number in range(max(len(first), len(second))):
        mine, theirs = first[min(number, len(first) - 1)], second[min(number, len(second) - 1)]
        if mine != theirs:
            yield Clash(mine, theirs, f"{why} (posts {mine} and {theirs}).")
