"""Pre-election periods: no candidates, no politicians' posts, no lobbying; the rest under an approver's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Delivery, Origin
from bfbot.domain.season import Period
from bfbot.rules.asks import calls_on_politicians
from bfbot.rules.base import ALWAYS, Case, Rule, once_per_case
from bfbot.rules.politicians import Named, politicians
from bfbot.rules.reading import plain, readings

ACT = "Local Government Act 1986, section 2, and the Code of Recommended Practice on Local Authority Publicity"


@once_per_case
def periods_over(case: Case) -> Iterator[tuple[Period, Delivery]]:
    """Each pre-election period into which something of the post would go out, with the first such delivery."""
    for period in case.revision.periods.values():
        if not period.own_channels or not period.is_about(case.post.campaign):
            continue
        for delivery in case.deliveries:
            if period.runs_at(goes_out_at(case, delivery)) and _in_area(case, period, delivery):
                yield period, delivery
                break


def goes_out_at(case: Case, delivery: Delivery) -> datetime:
    """Now, at send; before that its time, where it is still to come."""
    return case.now if case.moment is Moment.SEND else max(case.now, delivery.due_at)


def drifted(case: Case, period: Period) -> bool:
    """The planned-before test: its first planned moment, which never changes, lay before the period began."""
    return case.post.first_planned_at < period.starts_at


def _in_area(case: Case, period: Period, delivery: Delivery) -> bool:
    if not period.areas:
        return True
    areas = {plain(one) for one in period.areas}
    account = case.revision.accounts.get(delivery.account)
    if account is not None and account.areas and areas & {plain(one) for one in account.areas}:
        return True
    said = " ".join(f" {_words(text)} " for _, text in readings(case))
    return any(f" {_words(area)} " in said for area in period.areas)


def _words(text: str) -> str:
    return " ".join("".join(one if one.isalnum() else " " for one in plain(text)).split())


def _candidates(case: Case) -> Iterator[Finding]:
    for period, delivery in periods_over(case):
        day = local(goes_out_at(case, delivery), period.zone).date()
        for one in politicians(case):
            if one.who is not None and one.who.stands_on(day):
                yield _stop(
                    case,
                    CANDIDATES,
                    f"“{one.words}” names {_known(one)}, who stands for election, in {_when(period)}.",
                    "Take the name out, or wait until the period is over: no sign-off lets it pass.",
                )


def _shared(case: Case) -> Iterator[Finding]:
    for period, _ in periods_over(case):
        for one in politicians(case):
            if one.shares:
                yield _stop(
                    case,
                    SHARED,
                    f"“{one.words}” passes on what {_known(one)} posts, in {_when(period)}.",
                    "Take it out: politicians’ posts are not shared before an election.",
                )


def _lobbying(case: Case) -> Iterator[Finding]:
    for period, _ in periods_over(case):
        words = calls_on_politicians(case)
        if words:
            yield _stop(
                case,
                LOBBYING,
                f"{words[0].upper()}{words[1:]}, in {_when(period)}.",
                "Rewrite it as plain information, cancel it, or give it a time after the period.",
            )


def _unsigned(case: Case) -> Iterator[Finding]:
    """Asked of everything that falls in a period; the reason says why this one needs a name."""
    for period, _ in periods_over(case):
        if period.id in case.signed_off:
            continue
        named = next(iter(politicians(case)), None)
        if named is not None:
            why = f"“{named.words}” names somebody of politics"
        elif drifted(case, period):
            first = local(case.post.first_planned_at, period.zone)
            why = f"It was first planned for {first:%-d %B %Y}, before the period began, and now falls into it"
        else:
            why = "It falls into a pre-election period"
        yield _stop(
            case,
            SIGNED,
            f"{why}: {_when(period)}.",
            "An approver signs it off by name under “Before elections”, as a plain service or fact; or cancel it.",
        )


def _stop(case: Case, rule: Rule, message: str, mend: str) -> Finding:
    return Finding(rule.id, _level(case), message, mend)


def _level(case: Case) -> Level:
    """A posting time passes such an evergreen post over and takes the next; what people wrote waits for them."""
    by_itself = case.moment is Moment.SUBMIT and case.actor in {PLANNER, ""}
    planned = case.post.origin is Origin.LIBRARY and by_itself
    return Level.REFUSE if planned else Level.HOLD


def _known(one: Named) -> str:
    return one.who.known_as if one.who else one.words


def _when(period: Period) -> str:
    first, last = local(period.starts_at, period.zone), local(period.ends_at, period.zone)
    return f"“{period.name}” ({first:%-d %B %Y} to {last:%H:%M on %-d %B %Y})"


CANDIDATES = Rule(
    "season-candidate",
    "No candidates before an election",
    ACT,
    "Leave everybody out who stands for election, by name, role and handle, until the period is over.",
    ALWAYS,
    _candidates,
)
SHARED = Rule(
    "season-shared",
    "Politicians’ posts are not shared before an election",
    ACT,
    "Take out handles of politicians and links to what they post.",
    ALWAYS,
    _shared,
)
LOBBYING = Rule(
    "season-lobbying",
    "No calls on politicians before an election",
    ACT,
    "Give asks and calls on MPs, ministers and councillors a time after the period.",
    ALWAYS,
    _lobbying,
)
SIGNED = Rule(
    "season-sign-off",
    "What goes out before an election is signed off by name",
    ACT,
    "Have an approver sign the post off for the period; an edit needs it again.",
    ALWAYS,
    _unsigned,
)
