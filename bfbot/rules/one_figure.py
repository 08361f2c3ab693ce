"""One measure, one figure: two that contradict each other never stand in one post, nor wait in one queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from bfbot.domain.fact import Fact
from bfbot.domain.finding import Finding, Level
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.wording import fact_ids
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.facts import OSR, named, successors, unusable
from bfbot.rules.fresh_figures import shows
from bfbot.rules.matching import shared_topic, stems_of
from bfbot.rules.reading import CONTENT, cited_facts, last_day_out, plain, readings
from bfbot.rules.typed_figures import figures_shown, same_statistics


def contradict(one: Fact, other: Fact, revision: Revision) -> bool:
    """Two figures of one measure, one and its replacement, or two that the library calls a conflict."""
    if one.id == other.id:
        return False
    if other.id in one.conflicts_with or one.id in other.conflicts_with:
        return True
    if one.value == other.value and one.unit == other.unit:
        return False
    chained = other in successors(one, revision) or one in successors(other, revision)
    return chained or plain(one.measure) == plain(other.measure)


def _in_post(case: Case) -> Iterator[Finding]:
    """Named by their ids or typed by hand, in any of its texts, on a card or in an alt text."""
    cited, typed = cited_facts(case), dict(_typed(case))
    said = [*cited, *(one for one in typed if one not in cited)]
    for one, other in combinations(said, 2):
        if contradict(one, other, case.revision):
            here, there = (_place(case, each) if each in cited else typed[each] for each in (one, other))
            yield Finding(
                ONE.id,
                Level.REFUSE,
                f"{named(one)} ({here}) and {named(other)} ({there}) stand in one post: "
                "two figures for one measure.",
                "Keep one of them, the one that is current.",
            )


def _place(case: Case, fact: Fact) -> str:
    """Where a statistic is named."""
    written = case.wordings
    texts = [account for account, text in written.items() if fact.id in fact_ids(text)]
    if texts:
        return "in the text" if len(texts) == len(written) else f"in the text for {' and '.join(texts)}"
    card = any(media.card == fact.id for media in case.post.wording.media)
    return "on a picture" if card else "in an alt text"


@once_per_case
def _typed(case: Case) -> Iterable[tuple[Fact, str]]:
    """Statistics of the library that were typed by hand and may be used; which one is meant must be plain."""
    day = last_day_out(case)
    found: dict[str, tuple[Fact, str]] = {}
    shown = {text for _, text in readings(case)}
    for _, text, figure in figures_shown(case):
        same = [one for one in same_statistics(figure, text, case.revision) if not unusable(one, day)]
        if len(same) == 1 and shared_topic(same[0], stems_of(text)):
            found.setdefault(same[0].id, (same[0], "in the text" if text in shown else "in an alt text"))
    return found.values()


def _in_queue(case: Case) -> Iterator[Finding]:
    """Figures that may not go out anyway are left to their own rules, so that they never block a correction."""
    day = last_day_out(case)
    facts = case.revision.facts
    mine = [one for one in cited_facts(case) if not unusable(one, day)]
    mine += [one for one, _ in _typed(case) if one not in mine]
    against = {
        one.id: [
            other for other in facts.values() if contradict(one, other, case.revision) and not unusable(other, day)
        ]
        for one in mine
    }
    if not any(against.values()):
        return
    for post in case.queued:
        if post.id == case.post.id or post.campaign != case.post.campaign:
            continue
        waiting = cited_by(post)
        for one in mine:
            for other in against[one.id]:
                if other.id not in waiting and not _shows(post, other):
                    continue
                yield Finding(
                    QUEUE.id,
                    Level.REFUSE,
                    f"This post says {named(one)}, but post {post.id} in the queue says {named(other)}.",
                    f"Settle which figure is right, then edit or cancel this post or post {post.id}.",
                )


def _shows(post: Post, fact: Fact) -> bool:
    """Whether another post has the figure typed by hand, and speaks of what it measures."""
    return shows(post.text, fact) and shared_topic(fact, stems_of(post.text))


def cited_by(post: Post) -> frozenset[str]:
    """Ids of the statistics that a post names, in words, on a picture or in an alt text."""
    texts = (post.wording.text, *post.wording.variants.values(), *(media.alt for media in post.wording.media))
    cards = (media.card for media in post.wording.media if media.card)
    return frozenset([*(one for text in texts if "{" in text for one in fact_ids(text)), *cards])


def _part_and_whole(case: Case) -> Iterator[Finding]:
    for one, other in combinations(cited_facts(case), 2):
        part, whole = (one, other) if one.part_of == other.id else (other, one)
        if part.part_of == whole.id:
            yield Finding(
                PARTS.id,
                Level.WARN,
                f"{named(part)} is already counted in {named(whole)}.",
                "Say so in the text, and never add the two.",
            )


ONE = Rule(
    "one-figure",
    "One measure, one figure in a post",
    OSR,
    "Use a single figure for each thing that is measured.",
    CONTENT,
    _in_post,
)
QUEUE = Rule(
    "one-figure-queue",
    "One measure, one figure in the queue",
    OSR,
    "Let all waiting posts carry the same figure for the same measure.",
    CONTENT,
    _in_queue,
)
PARTS = Rule(
    "part-and-whole",
    "A part is not added to its whole",
    OSR,
    "Make plain which figure is included in which.",
    CONTENT,
    _part_and_whole,
)
