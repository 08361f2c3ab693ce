"""The JSON of `bfbot forecast`. Keys may be added, never renamed."""

from __future__ import annotations

from bfbot.cli.output import iso
from bfbot.cli.shapes import zone_of
from bfbot.config import config
from bfbot.domain.finding import Finding
from bfbot.domain.revision import Revision
from bfbot.forecast.outlook import Cost, Fate, Outlook


def outlook_shape(found: Outlook, revision: Revision) -> dict[str, object]:
    """Times in each campaign's zone, amounts of money as text."""
    own = config().timezone
    return {
        "made_at": iso(found.made_at, own),
        "from": iso(found.from_time, own),
        "until": iso(found.until, own),
        "counts": {fate.value: found.count(fate) for fate in Fate},
        "posts": [
            {
                "at": iso(one.at, zone_of(one.campaign, revision)),
                "campaign": one.campaign,
                "account": one.account,
                "platform": one.platform,
                "outcome": one.fate.value,
                "why": [_finding(each) for each in one.why],
                "post": one.post,
                "message": one.message,
                "theme": one.theme,
                "text": one.text,
            }
            for one in found.lines
        ],
        "empty": [
            {
                "at": iso(one.at, zone_of(one.campaign, revision)),
                "campaign": one.campaign,
                "slot": one.slot,
                "accounts": list(one.accounts),
                "kinds": list(one.kinds),
                "why": one.why,
            }
            for one in found.empty
        ],
        "refused": [
            {
                "campaign": one.campaign,
                "message": one.message,
                **_finding(one.finding),
                "first": iso(one.first, zone_of(one.campaign, revision)),
                "last": iso(one.last, zone_of(one.campaign, revision)),
                "times": one.times,
            }
            for one in found.passed_over
        ],
        "themes": [
            {
                "campaign": one.campaign,
                "id": one.id,
                "name": one.name,
                "posts": one.posts,
                "stopped": one.stopped,
                "messages": one.messages,
                "longest_silence_days": one.silence,
                "starves": one.starves,
            }
            for one in found.themes
        ],
        "statistics": [
            {
                "id": one.fact,
                "what": one.what,
                "day": one.day.isoformat(),
                "figure": one.figure,
                "measure": one.measure,
                "owner": one.owner,
                "messages": list(one.messages),
                "posts": one.posts,
            }
            for one in found.facts
        ],
        "costs": [_cost(one) for one in found.costs],
    }


def _finding(one: Finding) -> dict[str, object]:
    return {"rule": one.rule, "level": str(one.level), "why": one.message, "mend": one.mend}


def _cost(one: Cost) -> dict[str, object]:
    return {
        "estimate": True,
        "platform": one.platform,
        "posts": one.plain,
        "posts_with_link": one.linked,
        "price": str(one.plain_price),
        "price_with_link": str(one.link_price),
        "amount": str(one.amount),
        "currency": one.currency,
        "prices_of": one.prices_of.isoformat(),
        "no_account_there": one.supposed,
        "months": {f"{month:%Y-%m}": str(amount) for month, amount in one.months},
    }
