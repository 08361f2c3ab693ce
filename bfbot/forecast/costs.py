"""What the posts would cost on networks that have a price: an estimate. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bfbot.domain.localtime import local
from bfbot.domain.revision import Revision
from bfbot.forecast.outlook import Cost, Fate, Line
from bfbot.platforms.prices import PriceList


def costs(
    lines: Sequence[Line], revision: Revision, lists: Mapping[str, PriceList], labels: Mapping[str, str]
) -> tuple[Cost, ...]:
    """One for each network with a price list. Stopped posts cost nothing; those that wait are counted.

    Where no account is on the network, each post is counted once, as if it went out there as well.
    """
    out = [one for one in lines if one.fate is not Fate.STOPPED]
    found = []
    for platform, prices in lists.items():
        there = any(one.platform == platform for one in revision.accounts.values())
        counted = [one for one in out if one.platform == platform] if there else _once(out)
        found.append(_cost(counted, revision, platform, labels[platform], prices, supposed=not there))
    return tuple(found)


def _once(lines: Sequence[Line]) -> list[Line]:
    """A post on several accounts is one post."""
    return list({(one.post, one.message, one.at): one for one in lines}.values())


def _cost(
    lines: Sequence[Line], revision: Revision, platform: str, label: str, prices: PriceList, *, supposed: bool
) -> Cost:
    months: dict[date, Decimal] = {}
    for one in lines:
        month = local(one.at, revision.campaigns[one.campaign].zone).date().replace(day=1)
        price = (one.parts - one.linked) * prices.plain + one.linked * prices.linked
        months[month] = months.get(month, Decimal(0)) + price
    return Cost(
        platform=platform,
        label=label,
        plain=sum(one.parts - one.linked for one in lines),
        linked=sum(one.linked for one in lines),
        plain_price=prices.plain,
        link_price=prices.linked,
        currency=prices.currency,
        prices_of=prices.of,
        supposed=supposed,
        months=tuple(sorted(months.items())),
    )
