"""Two ways of saying one figure that do not say the same: per cent more against fold, nine in ten against 88.

"800 per cent more" is nine-fold, for the first hundred was there before. And a share that was rounded up says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bfbot.domain.figures import figure_text
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.fact_index import GREW, fact_index
from bfbot.rules.facts import OSR, named, unusable
from bfbot.rules.figures_read import Figure, figures
from bfbot.rules.matching import shared_topic, stems_of, telling_stems
from bfbot.rules.reading import CONTENT, last_day_out
from bfbot.rules.typed_figures import figures_shown, same_statistics

CLOSE: Final = Decimal("0.05")
"""Shares that lie no further apart are taken for one figure, rounded."""

_GREW_BEFORE: Final = re.compile(
    rf"\b{GREW}(?: (?:by|of|from|to|a|an|nearly|about|up to|some|almost|over|more than))* $"
)
_GREW_AFTER: Final = re.compile(rf" (?:more|higher|greater|likelier|larger|extra|(?:[a-z-]+ )?{GREW})\b")
_ROUNDED: Final = re.compile(
    r"\b(?:(?P<up>nearly|almost|just under|up to|as many as|close to)|(?P<down>more than|over|just over|at least)"
    r"|(?P<near>about|around|roughly|approximately|some)) $"
)
_FOLD_WORDS: Final = (
    "",
    "",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def is_rise(one: Figure) -> bool:
    return one.unit == "per cent" and bool(_GREW_BEFORE.search(one.before) or _GREW_AFTER.match(one.after))


def is_fold(one: Figure) -> bool:
    return one.unit == "times" and one.value > 1


def _confused(fold: Figure, per_cent: Decimal) -> bool:
    return fold.value * 100 == per_cent


def fold_of(per_cent: Decimal) -> str:
    """How often as many there are after such a rise, in words: 800 is nine-fold."""
    times = per_cent / 100 + 1
    whole = times == times.to_integral_value() and times < len(_FOLD_WORDS)
    return f"{_FOLD_WORDS[int(times)]}-fold" if whole else f"{times.normalize():f} times as many"


def _fold(case: Case) -> Iterator[Finding]:
    """Against the same text, the library, and what waits in the queue."""
    day = last_day_out(case)
    shown = figures_shown(case)
    said = [(account, text, one) for account, text, one in shown if is_fold(one)]
    for account, text, fold in said:
        if same_statistics(fold, text, case.revision):
            continue  # a statistic of the library, and judged as one
        stems = stems_of(text)
        rises = [(one.value, f"“{one.text}”") for _, other, one in shown if other == text and is_rise(one)]
        rises += [
            (one.value, named(one))
            for one in fact_index(case.revision).rising
            if shared_topic(one, stems) and not unusable(one, day)
        ]
        for per_cent, name in rises:
            if _confused(fold, per_cent):
                yield _finding(fold, per_cent, f"{name} says otherwise", account)
    if case.queued:
        yield from _in_queue(case, [one for _, _, one in said], [one for _, _, one in shown if is_rise(one)])


def _in_queue(case: Case, folds: list[Figure], rises: list[Figure]) -> Iterator[Finding]:
    if not folds and not rises:
        return
    mine = frozenset[str]().union(*(telling_stems(one.before + one.after) for one in (*folds, *rises)))
    for post in case.queued:
        if post.id == case.post.id or post.campaign != case.post.campaign:
            continue
        theirs = figures(post.text)
        pairs = [(fold, one) for fold in folds for one in theirs if is_rise(one)]
        pairs += [(one, rise) for rise in rises for one in theirs if is_fold(one)]
        for fold, rise in pairs:
            if _confused(fold, rise.value) and mine & telling_stems(post.text):
                other = rise if fold in folds else fold
                yield _finding(fold, rise.value, f"post {post.id} in the queue says “{other.text}”", "")


def _finding(fold: Figure, per_cent: Decimal, where: str, account: str) -> Finding:
    right = fold_of(per_cent)
    return Finding(
        FOLD.id,
        Level.REFUSE,
        f"“{fold.text}” is not {per_cent:f} per cent more, and {where}.",
        f"{per_cent:f} per cent more is {right}: write “{per_cent:f} per cent more” or “{right}”.",
        account=account,
    )


def _shares(case: Case) -> Iterator[Finding]:
    for account, text, typed in figures_shown(case):
        said = typed.share
        if said is None or typed.unit not in {"of", "share"}:
            continue
        stems, day = stems_of(text), last_day_out(case)
        near = [
            (one, share)
            for one, share in fact_index(case.revision).shares
            if abs(share - said) <= CLOSE and shared_topic(one, stems) and not unusable(one, day)
        ]
        if not near or any(_fair(typed, said, share) for _, share in near):
            continue
        fact = near[0][0]
        yield Finding(
            SHARE.id,
            Level.REFUSE,
            f"“{typed.text}” is {said * 100:.0f} per cent, but {named(fact)} stands in the library.",
            f"Write {{fact:{fact.id}}} ({figure_text(fact)}), or “nearly” or “more than” if rounded.",
            account=account,
        )


def _fair(typed: Figure, said: Decimal, known: Decimal) -> bool:
    """The same figure, or one that says in which way it was rounded."""
    if abs(said - known) < Decimal("0.000001"):
        return True
    word = _ROUNDED.search(typed.before)
    if word is None:
        return False
    return bool(word["near"] or (word["up"] and said > known) or (word["down"] and said < known))


FOLD = Rule(
    "fold-per-cent",
    "Per cent more is not fold",
    OSR,
    "Say a rise in one way: 100 per cent more is twice as many, 800 per cent more is nine-fold.",
    CONTENT,
    _fold,
)
SHARE = Rule(
    "share-rounded",
    "A rounded share says that it is rounded",
    OSR,
    "Give the library's own figure, or say “nearly” where it was rounded up and “more than” where down.",
    CONTENT,
    _shares,
)
