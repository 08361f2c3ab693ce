"""Figures in a live post that are no longer what the library says, and the words that put them right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bfbot.domain.fact import Fact
from bfbot.domain.figures import figure_text
from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision
from bfbot.rules.facts import replacement, unusable
from bfbot.rules.figures_read import figures
from bfbot.rules.fresh_figures import shows
from bfbot.rules.one_figure import cited_by
from bfbot.rules.reading import long_date
from bfbot.rules.typed_figures import same_statistics


@dataclass(frozen=True)
class OldFigure:
    """`fact` as the library has it now; `why` ends a sentence that begins with it; `better` replaces it.

    `better` is the statistic itself where its figure was changed, None where there is nothing to say instead.
    """

    fact: Fact
    why: str
    better: Fact | None


def old_figures(
    post: Post, live: tuple[Delivery, ...], revision: Revision, before: Mapping[str, Fact], day: date
) -> Iterator[OldFigure]:
    """Of what stands on the networks in `live`. `before`: the statistics as they were when it was written."""
    named = cited_by(post)
    for fact_id in sorted(named):
        fact = revision.facts.get(fact_id)
        if fact is None:
            gone = before.get(fact_id)
            if gone is not None:
                yield OldFigure(gone, "is no longer in the library", None)
            continue
        why = unusable(fact, day)
        if why:
            yield OldFigure(fact, why, replacement(fact, revision, day))
        elif _reads_otherwise(post, live, fact, before.get(fact_id)):
            yield OldFigure(fact, f"is {figure_text(fact)} now", fact)
    yield from _typed(live, revision, named, day)


def _reads_otherwise(post: Post, live: tuple[Delivery, ...], fact: Fact, before: Fact | None) -> bool:
    if before is not None:
        return figure_text(before) != figure_text(fact)
    return any(
        f"{{fact:{fact.id}}}" in post.wording.for_platform(one.platform) and not shows(one.proof.text, fact)
        for one in live
        if one.proof
    )


def _typed(
    live: tuple[Delivery, ...], revision: Revision, named: frozenset[str], day: date
) -> Iterator[OldFigure]:
    seen: set[str] = set()
    for text in dict.fromkeys(one.proof.text for one in live if one.proof):
        for figure in figures(text):
            same = same_statistics(figure, text, revision)
            if not same or not named.isdisjoint(one.id for one in same) or same[0].id in seen:
                continue
            if all(unusable(one, day) for one in same):
                seen.add(same[0].id)
                yield OldFigure(same[0], unusable(same[0], day), replacement(same[0], revision, day))


def correction_text(one: OldFigure, said_on: date) -> str:
    """A correction to begin from. The old figure is not said again: a correction is shared, too."""
    start = f"Correction to our post of {long_date(said_on)}: the figure for {one.fact.measure} "
    if one.better is None:
        return f"{start}no longer holds. Please do not share it any more."
    return f"{start}is out of date. The current figure is {{fact:{one.better.id}}}."
