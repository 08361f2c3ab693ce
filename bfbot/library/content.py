"""What the files say that cannot be said, or not now: warnings, for the set itself is in good form.

A post that rests on such a thing is refused by the rules; here the team hears of it beforehand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bfbot.domain.fact import FactStatus
from bfbot.domain.finding import Fault
from bfbot.domain.wording import fact_ids
from bfbot.library.checking import texts_of
from bfbot.library.content_media import check_rights
from bfbot.library.forms import Forms, Placed
from bfbot.library.schema import AskForm, FactForm

_ALIKE = 0.7  # of the word pairs of two texts
_WHY = {
    FactStatus.SUPERSEDED: "is superseded",
    FactStatus.EXPIRED: "has expired",
    FactStatus.BLOCKED: "is blocked",
    FactStatus.INTERNAL: "is for internal use",
}


def check_content(forms: Forms, today: date) -> Iterator[Fault]:
    """Facts and asks past their date, facts without a source, the posts that use them, and posts nearly alike."""
    facts = {one.form.id: one.form for one in forms["facts"]}
    asks = {one.form.id: one.form for one in forms["asks"]}
    for one in forms["facts"]:
        yield from _fact(one, today)
    for one in forms["campaigns"]:
        if one.form.hashtag.islower() and len(one.form.hashtag) > 8:
            yield one.fault(
                "warning",
                "hashtag",
                f"The hashtag “{one.form.hashtag}” has no capitals.",
                "If it is several words, begin each with a capital: screen readers then read them apart.",
                "hashtag",
            )
    for one in forms["messages"]:
        yield from _message(one, facts, today)
        yield from _asks(one, asks, today)
    yield from check_rights(forms, today)
    yield from _alike(forms["messages"])


def _usable(fact: FactForm, today: date) -> bool:
    return fact.status is FactStatus.USABLE and fact.source is not None and not _past(fact.expires, today)


def _past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _refusal(fact: FactForm, facts: dict[str, FactForm], today: date) -> tuple[str, str] | None:
    """Why a fact may not be used on that day, and what to use instead; None where it may."""
    if _usable(fact, today):
        return None
    newest = _replacement(fact.id, facts, today)
    mend = f"Use “{newest}” instead." if newest else "Take it out, or find a newer figure."
    if fact.status is not FactStatus.USABLE:
        return _WHY[fact.status], mend
    return (f"expired on {fact.expires}", mend) if fact.source else ("has no source", "Add its source.")


def _replacement(fact_id: str, facts: dict[str, FactForm], today: date) -> str | None:
    """The first usable fact up the chain of those that supersede this one; None where there is none."""
    seen: set[str] = set()
    while fact_id and fact_id not in seen:
        seen.add(fact_id)
        fact_id = next((one.id for one in facts.values() if fact_id in one.supersedes), "")
        if fact_id and _usable(facts[fact_id], today):
            return fact_id
    return None


def _fact(one: Placed, today: date) -> Iterator[Fault]:
    fact = one.form
    if fact.status is FactStatus.USABLE and fact.source is None:
        what = f"The statistic “{fact.id}” has no source: posts that use it are refused."
        yield one.fault("warning", "fact", what, "Add source: {name, url}, or set status: blocked.")
    if fact.status is FactStatus.USABLE and _past(fact.review_by, today):
        what = f"The statistic “{fact.id}” was to be reviewed by {fact.review_by}."
        yield one.fault("warning", "fact", what, "Check it with its owner and set a new date.", "review_by")


def _message(one: Placed, facts: dict[str, FactForm], today: date) -> Iterator[Fault]:
    used: dict[str, tuple[str | int, ...]] = {}
    for text, at in texts_of(one):
        for fact_id in fact_ids(text):
            used.setdefault(fact_id, at)
    for number, media in enumerate(one.form.media):
        if media.card:
            used.setdefault(media.card, ("media", number))
    for fact_id, place in used.items():
        refused = _refusal(facts[fact_id], facts, today) if fact_id in facts else None
        if refused:
            what = f"“{one.form.id}” is refused: the statistic “{fact_id}” {refused[0]}."
            yield one.fault("warning", "fact", what, refused[1], *place)


def _asks(one: Placed, asks: dict[str, AskForm], today: date) -> Iterator[Fault]:
    for ask in (asks[ask_id] for ask_id in one.form.asks if ask_id in asks):
        if ask.status != "current" or _past(ask.until, today):
            why = f"is {ask.status}" if ask.status != "current" else f"ended on {ask.until}"
            what = f"“{one.form.id}” is refused: the ask “{ask.id}” {why}."
            yield one.fault("warning", "ask", what, "Make a current ask, or none.", "asks")


def _alike(messages: list[Placed]) -> Iterator[Fault]:
    """Pairs of texts that share most of their word pairs. Only texts that share one at all are compared."""
    pairs = [_word_pairs(one.form.text) for one in messages]
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, mine in enumerate(pairs):
        shared: dict[int, int] = defaultdict(int)
        for pair in mine:
            for other in holders[pair]:
                shared[other] += 1
            holders[pair].append(number)
        for other, count in sorted(shared.items()):
            if count >= _ALIKE * (len(mine) + len(pairs[other]) - count):
                one, before = messages[number], messages[other]
                what = f"“{one.form.id}” says nearly the same as “{before.form.id}”."
                place = f"{before.file.name}:{before.file.line(before.path)}"
                mend = f"Word one afresh, or drop it (the other is at {place})."
                yield one.fault("warning", "alike", what, mend, "text")


def _word_pairs(text: str) -> set[tuple[str, str]]:
    words = ["", *re.findall(r"\w+(?:[’'-]\w+)*", text.casefold()), ""]
    return set(pairwise(words))
