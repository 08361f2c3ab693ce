"""Networks that ask for money by the post. The figures are settings: a price list is of a day, and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bfbot.config import config


@dataclass(frozen=True)
class PriceList:
    """For each post that the network counts (a thread is several): `plain` without a link, `linked` with one."""

    plain: Decimal
    linked: Decimal
    currency: str
    of: date


def price_lists() -> Mapping[str, PriceList]:
    """By the network's name; the others ask for nothing."""
    # https://docs.x.com/x-api/getting-started/pricing: credits for each post, no free tier
    settings = config()
    return {"x": PriceList(settings.x_post_price, settings.x_link_price, "USD", settings.x_prices_of)}
