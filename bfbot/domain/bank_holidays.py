"""Bank holidays of the nations of the UK, by the package `holidays`; imported when the first is asked for."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

NATIONS = {"england": "ENG", "scotland": "SCT", "wales": "WLS", "northern-ireland": "NIR"}
"""By the name that the team's files use."""


def is_bank_holiday(day: date, nation: str) -> bool:
    """Whether `nation` (a key of NATIONS) has a bank holiday that day. KeyError for another nation."""
    return day in bank_holidays(nation, day.year)


@lru_cache(maxsize=64)
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """Those of one year, substitute days among them."""
    from holidays import country_holidays  # 0.1 s, so only where a quiet time asks

    return frozenset(country_holidays("GB", subdiv=NATIONS[nation], years=year))
