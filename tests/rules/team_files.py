"""What the team's files say in tests of the rules: campaigns, statistics, asks, accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bfbot.domain.campaign import Campaign, Pillar
from bfbot.domain.fact import Fact, FactStatus, Qualifier, Source
from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.message import Ask
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

LGA = Campaign(
    id="bright-futures",
    name="Bright Futures",
    owner="LGA",
    hashtag="GettingTheBest",
    link="https://www.local.gov.uk/bright-futures",
    contact="marketing@local.gov.uk",
    pillars=(Pillar("funding", "Sustainable funding"),),
)
CCN = replace(
    LGA,
    id="county-children",
    name="County children",
    owner="CCN",
    also_called=("County Councils Network",),
    hashtag="CountyChildren",
    link="https://www.countycouncilsnetwork.org.uk/children",
)


def fact(fact_id: str, measure: str, value: str, unit: str, **more: Any) -> Fact:
    """A usable statistic of the LGA that is a year old, unless `more` says otherwise."""
    given: dict[str, Any] = {
        "qualifier": Qualifier.EXACT,
        "period": "2024/25",
        "owner": "LGA",
        "source": Source("Campaign page", LGA.link),
        "as_of": date(2025, 11, 1),
        "status": FactStatus.USABLE,
        "period_ends": date(2025, 3, 31),
        **more,
    }
    return Fact(fact_id, measure, Decimal(value), unit, **given)


_OLD = {"period": "2008/09 to 2018/19", "period_ends": date(2019, 3, 31), "as_of": date(2019, 3, 31)}
FACTS = (
    fact("gap-2020", "funding gap", "2000000000", "GBP", status=FactStatus.SUPERSEDED, expires=date(2020, 12, 31)),
    fact("gap-2025a", "funding gap", "3000000000", "GBP", status=FactStatus.SUPERSEDED, supersedes=("gap-2020",)),
    fact(
        "gap-2025b",
        "funding gap",
        "3100000000",
        "GBP",
        status=FactStatus.EXPIRED,
        expires=date(2025, 12, 31),
        period="by 2025",
        supersedes=("gap-2025a",),
    ),
    fact("rise", "rise in child protection enquiries", "139", "per cent", **_OLD),
    fact("enquiries-2008", "child protection enquiries in 2008/09", "84100", "enquiries", **_OLD),
    fact("enquiries-2018", "child protection enquiries in 2018/19", "201170", "enquiries", **_OLD),
    fact("referrals", "rise in child modern slavery referrals", "800", "per cent", conflicts_with=("eightfold",)),
    fact(
        "eightfold",
        "rise in child modern slavery referrals",
        "8",
        "times",
        status=FactStatus.BLOCKED,
        note="plus 800 per cent is nine-fold",
    ),
    fact(
        "extra-help", "children who need some extra help", "10", "1 in N", status=FactStatus.BLOCKED, source=None
    ),
    fact(
        "reach",
        "people reached by tweets",
        "700000",
        "people",
        qualifier=Qualifier.ABOUT,
        status=FactStatus.BLOCKED,
    ),
    fact("releases", "media releases issued", "43", "releases", status=FactStatus.INTERNAL),
    fact("mh-asked", "mental health money asked for", "250000000", "GBP/year", status=FactStatus.EXPIRED),
    fact("mh-crisis", "mental health crisis support", "250000000", "GBP/year"),
    fact("sector", "sector-led improvement", "20000000", "GBP"),
    fact("peer", "peer review offer", "2000000", "GBP", part_of="sector"),
    fact("old-budget", "old budget", "5100000", "GBP", status=FactStatus.SUPERSEDED),
    fact("new-budget", "new budget", "6200000", "GBP", supersedes=("old-budget",)),
    fact("unsourced", "families supported", "512", "families", source=None),
    fact("ending", "grant for home visits", "7300000", "GBP", expires=date(2026, 11, 23)),
    fact("due", "homes inspected", "1234", "homes", review_by=date(2026, 11, 22)),
    fact("spend-a", "spend on fostering", "910000000", "GBP"),
    fact("spend-b", "Spend on  fostering", "920000000", "GBP"),
    fact("overspending", "share of councils overspending", "88", "per cent"),
    fact(
        "plans-rise",
        "rise in children on child protection plans",
        "18000",
        "children",
        qualifier=Qualifier.MORE_THAN,
    ),
    fact("county-money", "spending on county homes", "4000000", "GBP", owner="CCN"),
    fact("county", "rise in county referrals", "15", "per cent", qualifier=Qualifier.UP_TO, owner="CCN"),
)
ASKS = (
    Ask("close-gap-2019", LGA.id, "2019", "Government", "Close the gap by 2025.", "superseded"),
    Ask("fund-2026", LGA.id, "2026", "Government", "Fund children's services fully.", "current", lobbying=True),
    Ask("until-today", LGA.id, "2026", "Government", "Decide this month.", "current", until=date(2026, 11, 23)),
)
REVISION = Revision(
    1,
    "d" * 64,
    NOW,
    campaigns={one.id: one for one in (LGA, CCN)},
    facts={one.id: one for one in FACTS},
    asks={one.id: one for one in ASKS},
    accounts={
        "lga-mastodon": Account("lga-mastodon", "mastodon", (LGA.id,)),
        "lga-x": Account("lga-x", "x", (LGA.id,)),
        "lga-x-two": Account("lga-x-two", "x", (LGA.id,)),
        "ccn-x": Account("ccn-x", "x", (CCN.id,)),
    },
)
LIMITS = Limits(
    text=500,
    media=4,
    alt=1500,
    media_bytes=2_000_000,
    media_types=frozenset({"image/png", "image/jpeg"}),
    threads=True,
    idempotency=Idempotency.KEY,
    metrics=frozenset({"reactions"}),
)
