"""Quiet times: hours in which nothing goes out by itself. What a person wrote passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from bfbot.domain.bank_holidays import is_bank_holiday
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.domain.schedule import QuietTime
from bfbot.rules.base import Case, Rule

LOOKS = timedelta(minutes=15)
"""So far apart a post's hours are looked at for one that is not quiet."""


def is_quiet(quiet_times: Iterable[QuietTime], campaign: str, moment: datetime, zone: str) -> bool:
    """Whether `moment` falls in a quiet time of the campaign, by the wall clock of `zone`."""
    return any(_covers(one, moment, zone) for one in quiet_times if campaign in one.campaigns)


def _covers(quiet: QuietTime, moment: datetime, zone: str) -> bool:
    """Start included, end excluded. Hours past midnight belong to the day on which the quiet time began."""
    here = local(moment, zone)
    day, at = here.date(), here.time()
    if quiet.starts < quiet.ends:
        return quiet.starts <= at < quiet.ends and _is_its_day(quiet, day)
    if at >= quiet.starts:
        return _is_its_day(quiet, day)
    return at < quiet.ends and _is_its_day(quiet, day - timedelta(days=1))


def _is_its_day(quiet: QuietTime, day: date) -> bool:
    if day.weekday() in quiet.days:
        return True
    return bool(quiet.bank_holidays) and is_bank_holiday(day, quiet.bank_holidays)


def _quiet(case: Case) -> Iterator[Finding]:
    if not case.post.automatic:
        return
    for delivery in case.deliveries:
        moment = case.now if case.moment is Moment.SEND else delivery.due_at
        if _quiet_at(case, moment):
            yield Finding(
                QUIET.id,
                Level.HOLD,
                f"{local(moment, case.campaign.zone):%H:%M} is in a quiet time of {case.campaign.name}.",
                "Choose another time, or change the quiet times in schedules/.",
                account=delivery.account,
                about=case.campaign.id,
                meant=_goes_out_later(case, moment, delivery.closes_at),
            )


def _goes_out_later(case: Case, since: datetime, until: datetime) -> bool:
    """What is quiet until the post is too late does not wait: it never goes out by itself."""
    steps = int((until - since) / LOOKS)
    return any(not _quiet_at(case, since + number * LOOKS) for number in range(1, steps + 1))


def _quiet_at(case: Case, moment: datetime) -> bool:
    return is_quiet(case.revision.quiet_times.values(), case.campaign.id, moment, case.campaign.zone)


QUIET = Rule(
    "quiet-time",
    "Nothing goes out by itself in a quiet time",
    "The team's own quiet times",
    "Plan automatic posts outside the quiet times in schedules/; what a person wrote may go out at any hour.",
    frozenset(Moment),
    _quiet,
)
