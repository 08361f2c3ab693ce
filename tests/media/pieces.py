"""A campaign, statistics and a revision for tests of pictures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from bfbot.domain.campaign import Campaign
from bfbot.domain.fact import Fact, FactStatus, Qualifier, Source
from bfbot.domain.revision import Revision

BRIGHT = Campaign("bright-futures", "Bright Futures", "LGA", "GettingTheBest", "", "", ())
COUNTY = Campaign("county-children", "County Children", "CCN", "CountyChildren", "", "", ())


def fact(
    measure: str = "rise in child protection enquiries",
    value: str = "139",
    unit: str = "per cent",
    qualifier: Qualifier = Qualifier.EXACT,
    period: str = "2008/09 to 2018/19",
    owner: str = "LGA",
    source: str = "Bright Futures campaign page",
) -> Fact:
    return Fact(
        "rise",
        measure,
        Decimal(value),
        unit,
        qualifier,
        period,
        owner,
        Source(source),
        date(2019, 3, 31),
        FactStatus.USABLE,
    )


def revision(*facts: Fact) -> Revision:
    return Revision(
        1,
        "0" * 64,
        datetime(2026, 11, 1, tzinfo=UTC),
        campaigns={one.id: one for one in (BRIGHT, COUNTY)},
        facts={one.id: one for one in facts or (fact(),)},
    )
