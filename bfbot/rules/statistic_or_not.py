"""Whether a figure is a statistic, which needs a source, or one of the numbers of every day.

Shares, per cent, fold and large sums nearly always are. A plain count is one where it counts people or cases by
the thousand, or so many a day, or says how they rose or fell. What is left is in peace: twelve at a fete, forty
cups of tea, £5 a ticket.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bfbot.rules.figures_read import Figure

LARGE_SUM: Final = Decimal(100_000)
"""From here on pounds are a budget and no longer a price or a fee."""

_PEOPLE: Final = (
    r"(?:child(?:ren)?|famil(?:y|ies)|pupils?|parents?|carers?|people|persons?|workers?|teenagers?|youngsters?|"
    r"households?|residents?|bab(?:y|ies)|mothers?|fathers?|mums|dads|patients?|students?|leavers?|adults?|"
    r"staff|teachers?|"
    r"heads|youths?|boys|girls|infants?|toddlers|women|men|citizens|claimants?|recruits|victims?|offenders?|"
    r"callers?|officers?|graduates?|directors?|tenants?|respondents?|voters|refugees|migrants|nurses|doctors|"
    r"couples|"
    r"under-\w+)"
)
_CASES: Final = (
    r"(?:e?i?nquir(?:y|ies)|referrals?|assessments?|placements?|cases?|exclusions?|adoptions?|deaths?|suicides?|"
    r"investigations?|appeals?|interventions?|admissions?|convictions?|arrests?|applications?|vacanc(?:y|ies)|"
    r"posts|"
    r"births?|incidents?|offences?|councils?|authorit(?:y|ies)|providers?|schools?|nurser(?:y|ies)|homes?|"
    r"reviews?|"
    r"suspensions?|reports|visits|places|beds|plans|firms|jobs|calls|centres|hubs|courses)"
)
_MONEY: Final = r"(?:budgets?|funding|spend(?:ing)?|money|costs?|income|grants?|profits?|pounds?|resources)"
_COUNTED: Final = re.compile(rf"(?: [a-z'’-]+){{0,4}}? (?:{_PEOPLE}|{_CASES})\b")
_CASE: Final = re.compile(rf"(?: [a-z'’-]+){{0,3}}? {_CASES}\b")
_ANY_SUBJECT: Final = re.compile(
    rf"\b(?:{_PEOPLE}|{_CASES}|{_MONEY}|rates?|demand|services?|bills?|backlogs?|caseloads?)\b"
)
_RATE: Final = re.compile(
    r"\b(?:(?:a|an|per|each|every) (?:day|week|month|year|night|minute|hour)|daily|weekly|monthly|annually|"
    r"yearly)\b"
)
_EACH: Final = re.compile(r"\b(?:every|each) (?:day|week|month|year|night|hour),? (?:[a-z]+ ){0,3}$")
_MOVED: Final = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fall(?:s|en|ing)?|increas\w+|decreas\w+|drop(?:s|ped|ping)?|jump(?:s|"
    r"ed)?|soar\w*|"
    r"surg\w+|climb(?:s|ed|ing)?|reach(?:ed|es)|stands? at|stood at|totall?(?:ed|s|ing)|(?:up|down) (?:by|"
    r"from|to|on)|"
    r"gr[eo]w[ns]?|shr[aiu]nk\w*|lengthen\w*|went (?:up|down|from)|plung\w+|slump\w+|compared|doubled|"
    r"since (?:19|20|##)##|"
    r"widen\w*|narrow\w*|clos(?:ed?|ing)|axed|extra|fewer than|more than last|lost|estimated|on record|"
    r"a record|researchers?|in a decade)\b"
)
_AVERAGE: Final = re.compile(r"\b(?:averag\w+|median|typical(?:ly)?)\b")
_SCOPE: Final = re.compile(
    r"\b(?:in england|nationally|nationwide|across the country|uk|britain|national|in the country)\b"
)
_AT_LEISURE: Final = re.compile(
    r" (?:[a-z-]+ ){0,2}?(?:followers?|likes|fans|steps|views|run|route|race|bulbs|trees|books|words|bricks|"
    r"pieces|poppies|"
    r"spectators|miles?|metres?|km|points|stitches|days|biscuits|lights|seats|tickets)\b"
)
_PRICE: Final = re.compile(
    r"\b(?:tickets?|concessions?|entry|admission fee|vouchers?|tokens?|badge|salary|wages?|pro rata|hire|"
    r"raffle|prizes?|"
    r"deposit|an hour|per hour|a session|per session|each\b|postage|fee|rent|discount|meal|recipe)"
)
_PUBLIC_MONEY: Final = re.compile(
    r"\b(?:averag\w+|budgets?|funding|spend(?:ing)?|profits?|per (?:child|pupil|head|place(?:ment)?|family|"
    r"resident|person)|cuts?|gap|shortfall|hole|"
    r"(?:worse|better) off|saves?|saved|invest(?:ed|ment|s)?|overspen\w+|debts?|deficit|council tax|"
    r"placements?|taxpayers?|"
    r"unit cost)\b"
)
_DISCOUNT: Final = re.compile(
    r" (?:off\b|discount|extra free|cotton|chance of|battery|charge|recycled|committed|behind|sure)"
)
_IDIOM: Final = re.compile(
    r"[ -](?:an? )?(?:hours?|terms?|termly|days?|time|past|price|way|of the way|battle|fun|story|moon|dozen|"
    r"pint|marathon|mile|"
    r"cup|board|back|brother|sister|of an|the (?:fun|way|battle|time|story|job|price)|to (?:one|two|three|"
    r"four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|#)|birthday|floor|year|place|prize|centur(?:y|ies)|final|party|-)\b"
)
_SHARED: Final = re.compile(
    r" of (?:all|those|every)\b| (?:more|less|fewer|higher|lower|larger|smaller|bigger|longer|shorter|down|up)\b|"
    rf" of (?:[a-z'’-]+ ){{0,4}}?(?:{_PEOPLE}|{_CASES}|{_MONEY})\b|"
    rf" (?:the|our|all|new) (?:[a-z'’-]+ ){{0,2}}?(?:{_PEOPLE}|{_CASES}|{_MONEY})\b"
)
_MORE: Final = re.compile(
    r" (?:as (?!ever)|more|longer|higher|greater|likelier|bigger|larger|worse|slower|faster|fewer|less|what\b|"
    r"the (?:number|rate|amount|size|level|cost|average|national|figure))"
)
_DOUBLE: Final = re.compile(
    r" (?:as (?:many|much|likely|high|long|big|great|large)|what\b|those\b|that of|"
    r"the (?:number|rate|amount|size|level|cost|average|national|figure))"
)
_NO_CHANGE: Final = re.compile(
    r" (?:up(?! (?:from|to))|over (?:laughing|with|in pain)|back|down|bed|room|door|decker|as\b)"
)
_THANKS: Final = re.compile(r"\b(?:thanks?(?: you)?|one in|worth) $")
_FANCY: Final = re.compile(r" (?:thanks|reasons|miles|times|dollars?|stars|to one)\b")


def is_statistic(one: Figure) -> bool:
    """Whether an approver has to see where it comes from."""
    judge = _BY_UNIT.get(one.unit)
    return judge(one) if judge else True


def _per_cent(one: Figure) -> bool:
    whole = one.value >= 100 and not _ANY_SUBJECT.search(one.before + one.after) and not _MOVED.search(one.before)
    return not (whole or _DISCOUNT.match(one.after))


def _sum(one: Figure) -> bool:
    if one.value >= LARGE_SUM:
        return True
    around = one.before + one.after
    return bool(_PUBLIC_MONEY.search(around)) and not _PRICE.search(around)


def _share(one: Figure) -> bool:
    if one.before.endswith(("by ", "by a ", "by nearly ", "by almost ", "by more than ", "by over ", "by about ")):
        return True
    if _IDIOM.match(one.after):
        return False
    return bool(_SHARED.match(one.after))


def _times(one: Figure) -> bool:
    shown = one.text.lower()
    if shown.endswith("fold"):
        return not (one.value == 2 and re.search(r"\b(?:is|are|was|were) $", one.before))
    if shown.startswith("a factor") or "upl" in shown:
        return True
    if shown.startswith(("doubl", "trebl", "tripl", "halv")) and shown not in {
        "double",
        "doubles",
        "triple",
    }:
        return not _NO_CHANGE.match(one.after)
    if shown in {"double", "doubles", "triple", "twice", "thrice"}:
        return bool(_DOUBLE.match(one.after))
    return bool(_MORE.match(one.after))


def _part_of(one: Figure) -> bool:
    return one.value < one.out_of and not re.search(r"\b(?:stage|room|part|chapter|page) $", one.before)


def _plain(one: Figure) -> bool:
    if one.scaled:
        return not (_THANKS.search(one.before) or _FANCY.match(one.after))
    around = one.before + one.after
    if _AT_LEISURE.match(one.after) and not _AVERAGE.search(around):
        return False
    if one.value >= 10_000:
        return True
    counted = _COUNTED.match(one.after)
    if one.value >= 1_000:
        return bool(counted or _MOVED.search(around))
    if one.value >= 100 and _CASE.match(one.after):
        return True
    if _AVERAGE.search(around):
        return one.value > 1
    if one.value >= 100 and _MOVED.search(one.after) and _ANY_SUBJECT.search(one.before):
        return True
    uneven = one.value != one.value.to_integral_value()
    if uneven and _MOVED.search(one.before):
        return True
    if counted is None or one.value <= 1:
        return False
    if uneven or _EACH.search(one.before):
        return True
    if one.value >= 100 and _MOVED.search(around):
        return True
    return bool(_RATE.match(one.after, counted.end() + 1)) or (one.value >= 20 and bool(_SCOPE.search(around)))


_BY_UNIT: Final = {
    "per cent": _per_cent,
    "GBP": _sum,
    "USD": _sum,
    "EUR": _sum,
    "share": _share,
    "times": _times,
    "of": _part_of,
    "": _plain,
}
