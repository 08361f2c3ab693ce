"""What is wrong between two posts of a queue, found in one go over all of it, however long it is.

A rule asked of each post compares it with all the others: ten thousand posts would be fifty million pairs. Here
the statistics and the figures are gathered first, and only those that clash are looked at post by post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True)
class Clash:
    """Two posts of one campaign that cannot both go out; `why` names both places."""

    one: int
    other: int
    why: str


def clashes(queue: Sequence[Post], revision: Revision, day: date) -> tuple[Clash, ...]:
    """Two figures for one measure, and fold against per cent. A statistic not usable on `day` is left out."""
    campaigns: defaultdict[str, list[Post]] = defaultdict(list)
    for post in queue:
        campaigns[post.campaign].append(post)
    found = [
        one
        for posts in campaigns.values()
        for one in (*_two_figures(posts, revision, day), *_fold_and_per_cent(posts))
    ]
    return tuple(dict.fromkeys(found))


def _two_figures(posts: Sequence[Post], revision: Revision, day: date) -> Iterator[Clash]:
    where: defaultdict[str, list[int]] = defaultdict(list)
    for post in posts:
        for fact_id in sorted(cited_by(post)):
            where[fact_id].append(post.id)
    cited = [one for one in revision.facts.values() if one.id in where and not unusable(one, day)]
    for one, other in combinations(cited, 2):
        if contradict(one, other, revision):
            yield from _pairs(one, other, where)


def _pairs(one: Fact, other: Fact, where: Mapping[str, Sequence[int]]) -> Iterator[Clash]:
    """Each post of either side once, beside the first of the other side: not every pair of thousands."""
    why = f"{named(one)} and {named(other)} wait in one queue: two figures for one measure"
    first, second = where[one.id], where[other.id]
    for number in range(max(len(first), len(second))):
        mine, theirs = first[min(number, len(first) - 1)], second[min(number, len(second) - 1)]
        if mine != theirs:
            yield Clash(mine, theirs, f"{why} (posts {mine} and {theirs}).")


def _fold_and_per_cent(posts: Sequence[Post]) -> Iterator[Clash]:
    folds: list[tuple[Post, Figure]] = []
    rises: defaultdict[Decimal, list[tuple[Post, Figure]]] = defaultdict(list)
    for post in posts:
        for one in figures(post.text):
            if is_fold(one):
                folds.append((post, one))
            elif is_rise(one):
                rises[one.value].append((post, one))
    for post, fold in folds:
        for other, rise in rises.get(fold.value * 100, ()):
            if other.id != post.id and telling_stems(post.text) & telling_stems(other.text):
                why = (
                    f"Post {post.id} says “{fold.text}” and post {other.id} says “{rise.text}”, "
                    f"which is {fold_of(rise.value)}."
                )
                yield Clash(post.id, other.id, why)
                break
