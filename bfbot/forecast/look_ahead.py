"""The door: what would go out, what would not and why, from one day to another. Stores and sends nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bfbot.config import config
from bfbot.domain.localtime import local
from bfbot.domain.revision import Revision
from bfbot.errors import UsageError
from bfbot.forecast.costs import costs
from bfbot.forecast.facts_due import facts_due
from bfbot.forecast.gather import situation
from bfbot.forecast.outlook import Outlook
from bfbot.forecast.play import Play
from bfbot.forecast.themes import themes
from bfbot.platforms.prices import price_lists
from bfbot.platforms.registry import spec_of

MOST_WEEKS = 106
"""Two years, and a bit: beyond that nothing in the files holds."""


def look_ahead(
    now: datetime, weeks: int, *, from_time: datetime | None = None, campaigns: Collection[str] | None = None
) -> Outlook:
    """Play `weeks` weeks forward; shown is what comes from `from_time` (default: now) on. Times aware, UTC.

    What lies before `from_time` is played as well, for it decides whose turn comes then. `campaigns`: those that
    are shown (default: all). Raises UsageError for a time that is past, or too far ahead.
    """
    start = from_time or now
    until = start + timedelta(weeks=weeks)
    if start < now:
        raise UsageError("A look ahead begins today or later.", mend="For what went out see `bfbot queue list`.")
    if until > now + timedelta(weeks=MOST_WEEKS):
        raise UsageError(f"That is more than {MOST_WEEKS} weeks ahead.", mend="Look less far ahead.")
    known = situation(now, until)
    play = Play(known, until, start)
    play.advance(until)
    return summed_up(play, start, until, set(known.revision.campaigns) if campaigns is None else set(campaigns))


def summed_up(play: Play, start: datetime, until: datetime, campaigns: set[str]) -> Outlook:
    """What the play has found of these campaigns from `start` on, and what follows from it."""
    revision = _only(play.known.revision, campaigns)
    lines = tuple(one for one in play.lines if one.at >= start and one.campaign in campaigns)
    passed = [one for one in play.passed_over if one.campaign in campaigns]
    zone = config().timezone
    first, last = local(start, zone).date(), local(until, zone).date() - timedelta(days=1)
    lists = price_lists()
    return Outlook(
        made_at=play.known.now,
        from_time=start,
        until=until,
        lines=lines,
        empty=tuple(one for one in play.empty if one.at >= start and one.campaign in campaigns),
        passed_over=tuple(sorted(passed, key=lambda one: (one.first, one.message, one.finding.rule))),
        themes=themes(lines, revision, start, until),
        facts=facts_due(lines, revision, first, max(first, last)),
        costs=costs(lines, revision, lists, {name: spec_of(name).label for name in lists}),
    )


def _only(revision: Revision, campaigns: set[str]) -> Revision:
    """The files as far as these campaigns are concerned; statistics are everybody's."""
    return replace(
        revision,
        campaigns={name: one for name, one in revision.campaigns.items() if name in campaigns},
        messages={name: one for name, one in revision.messages.items() if one.campaign in campaigns},
        accounts={name: one for name, one in revision.accounts.items() if campaigns & set(one.campaigns)},
    )
