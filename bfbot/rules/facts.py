"""Statistics by id: each one may be used, or the refusal names the one to use instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date

from bfbot.domain.fact import Fact, FactStatus
from bfbot.domain.figures import figure_text
from bfbot.domain.finding import Finding, Level
from bfbot.domain.revision import Revision
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, cited, cited_facts, last_day_out, long_date, plain

OSR = "Office for Statistics Regulation, Code of Practice for Statistics: figures with source, date and context"


def unusable(fact: Fact, day: date) -> str:
    """Why a statistic may not be used on `day`, as the end of a sentence; "" when it may.

    `expires` is its last good day. That it has no source is the concern of a rule of its own.
    """
    note = f" ({fact.note.rstrip('.')})" if fact.note else ""
    if fact.status is FactStatus.BLOCKED:
        return f"is blocked until a person has settled it{note}"
    if fact.status is FactStatus.INTERNAL:
        return f"is for the team's own use, not for publication{note}"
    if fact.status is FactStatus.SUPERSEDED:
        return "has been replaced by a later figure"
    if fact.expires is not None and day > fact.expires:
        return f"expired on {long_date(fact.expires)}"
    return "has expired" if fact.status is FactStatus.EXPIRED else ""


def refused(fact: Fact, day: date) -> str:
    """As `unusable`; a statistic without a source is refused as well."""
    return unusable(fact, day) or ("" if _has_source(fact) else "has no source")


def _has_source(fact: Fact) -> bool:
    return fact.source is not None and bool(fact.source.name.strip())


def successors(fact: Fact, revision: Revision) -> tuple[Fact, ...]:
    """The statistics that replace it, the nearest first, followed to the end of the chain."""
    found: dict[str, Fact] = {}
    ahead = [fact.id]
    while ahead:
        older = ahead.pop(0)
        for one in revision.facts.values():
            if older in one.supersedes and one.id not in found and one.id != fact.id:
                found[one.id] = one
                ahead.append(one.id)
    return tuple(found.values())


def replacement(fact: Fact, revision: Revision, day: date) -> Fact | None:
    """The newest usable statistic in its place: a later one of its chain, else another of the same measure."""
    chain = successors(fact, revision)
    same = [one for one in revision.facts.values() if plain(one.measure) == plain(fact.measure)]
    usable = [
        one for one in (*reversed(chain), *same) if one.id != fact.id and one.source and not unusable(one, day)
    ]
    return usable[0] if usable else None


def to_review(revision: Revision, day: date, *, ahead: int = 0) -> tuple[Fact, ...]:
    """Usable statistics whose review date has come, or comes within `ahead` days; the earliest first."""
    due = [
        one
        for one in revision.facts.values()
        if one.review_by is not None and (one.review_by - day).days <= ahead and not unusable(one, day)
    ]
    return tuple(sorted(due, key=lambda one: (one.review_by or day, one.id)))


def instead(fact: Fact, revision: Revision, day: date) -> str:
    """The mend: which statistic to use, or that there is none."""
    better = replacement(fact, revision, day)
    if better is not None:
        return f"Use {{fact:{better.id}}} instead: {figure_text(better)}, {better.period or better.measure}."
    later = successors(fact, revision)
    known = (
        f"The later figure, {later[-1].id} ({figure_text(later[-1])}), {unusable(later[-1], day)}. "
        if later
        else ""
    )
    return f"{known}Leave the figure out, or add a current one with its source to messages/facts.yaml."


def named(fact: Fact) -> str:
    """How a finding calls a statistic: its figure, what it measures, its id."""
    return f"“{figure_text(fact)}” ({fact.measure}, {fact.id})"


def _unusable(case: Case) -> Iterator[Finding]:
    day = last_day_out(case)
    for fact in cited_facts(case):
        why = unusable(fact, day)
        if why:
            yield Finding(USABLE.id, Level.REFUSE, f"{named(fact)} {why}.", instead(fact, case.revision, day))


def _sourceless(case: Case) -> Iterator[Finding]:
    day = last_day_out(case)
    for fact in cited_facts(case):
        if not _has_source(fact):
            mend = f"Add the source of {fact.id} to messages/facts.yaml, or leave the figure out."
            if replacement(fact, case.revision, day) is not None:
                mend = instead(fact, case.revision, day)
            yield Finding(SOURCED.id, Level.REFUSE, f"{named(fact)} has no source.", mend)
        elif fact.source is not None and not fact.source.url:
            yield Finding(
                SOURCED.id,
                Level.WARN,
                f"{named(fact)} has no link to its source, “{fact.source.name}”.",
                f"Add the address at which it can be read to {fact.id} in messages/facts.yaml, if there is one.",
            )


def _unknown(case: Case) -> Iterator[Finding]:
    for one in cited(case):
        if one not in case.revision.facts:
            near = difflib.get_close_matches(one, case.revision.facts, n=1, cutoff=0.5)
            yield Finding(
                KNOWN.id,
                Level.REFUSE,
                f"There is no statistic “{one}”.",
                f"Did you mean {{fact:{near[0]}}}?" if near else "Name a statistic of messages/facts.yaml.",
            )


def _review_due(case: Case) -> Iterator[Finding]:
    day = last_day_out(case)
    for fact in cited_facts(case):
        if fact.review_by is not None and day > fact.review_by and not unusable(fact, day):
            yield Finding(
                REVIEWED.id,
                Level.WARN,
                f"{named(fact)} was due for review by {long_date(fact.review_by)}.",
                "Ask its owner whether it still holds, and set the next review date.",
            )


USABLE = Rule(
    "fact-usable",
    "Statistics are current and cleared",
    OSR,
    "Use only statistics that have not expired, been replaced, been blocked or been kept for the team.",
    CONTENT,
    _unusable,
)
SOURCED = Rule(
    "fact-sourced",
    "Every statistic has a source",
    OSR,
    "Give each statistic the name of the document it was read in, and its address where it has one.",
    CONTENT,
    _sourceless,
)
KNOWN = Rule(
    "fact-known",
    "Statistics named are in the library",
    OSR,
    "Name statistics by an id that is in messages/facts.yaml.",
    CONTENT,
    _unknown,
)
REVIEWED = Rule(
    "fact-review",
    "Statistics are reviewed in time",
    OSR,
    "Have the owner look at a statistic again by its review date.",
    CONTENT,
    _review_due,
)
