"""What it would cost where a network has a price: links, threads, months, and no account there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bfbot.config import read
from bfbot.domain.campaign import Campaign
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.errors import ConfigurationError
from bfbot.forecast.costs import costs
from bfbot.forecast.outlook import Cost, Fate, Line
from bfbot.forecast.telling import cost_told
from bfbot.platforms.prices import PriceList

PRICES = PriceList(Decimal("0.015"), Decimal("0.200"), "USD", date(2026, 8, 13))
NIGHT = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)  # in London it is August
LINE = Line(NIGHT, "bright", "on-x", "x", Fate.GOES_OUT, "Words.", message="m")


def _revision(*platforms: str) -> Revision:
    campaign = Campaign("bright", "Bright", "LGA", "Bright", "", "", ())
    accounts = {one: Account(one, one, ("bright",)) for one in platforms}
    return Revision(1, "d", NIGHT, campaigns={"bright": campaign}, accounts=accounts)


def _cost(lines: list[Line], *platforms: str) -> Cost:
    (found,) = costs(lines, _revision(*platforms), {"x": PRICES}, {"x": "X"})
    return found


def test_a_post_with_a_link_has_its_own_price_and_a_thread_is_as_many_posts() -> None:
    waits = replace(LINE, fate=Fate.WAITS, parts=3, linked=1)
    elsewhere = replace(LINE, platform="mastodon", account="other", linked=1)
    stopped = replace(LINE, fate=Fate.STOPPED, linked=1)
    found = _cost([LINE, waits, elsewhere, stopped], "x", "mastodon")
    assert (found.plain, found.linked, found.supposed) == (3, 1, False)
    assert found.amount == Decimal("0.245")
    assert found.months == ((date(2026, 8, 1), Decimal("0.245")),)
    told = cost_told(found)
    assert told.startswith("About 0.24 USD: 3 posts without a link at 0.015 and 1 post with one at 0.200 USD")
    assert "price list of 13 August 2026" in told


def test_without_an_account_there_each_post_counts_once_and_it_is_said() -> None:
    here = [replace(LINE, platform="rehearsal", account=one, linked=1) for one in ("one", "two")]
    found = _cost([*here, replace(here[0], at=datetime(2026, 9, 1, tzinfo=UTC))], "rehearsal")
    assert (found.linked, found.supposed) == (2, True)
    assert [month for month, _ in found.months] == [date(2026, 8, 1), date(2026, 9, 1)]
    assert cost_told(found).startswith("No account is on X. If each of these posts went out there as well")


def test_the_price_list_is_a_setting() -> None:
    found = read({"BFBOT_X_POST_PRICE": "0.02", "BFBOT_X_LINK_PRICE": "0.25", "BFBOT_X_PRICES_OF": "2027-01-01"})
    assert (found.x_post_price, found.x_link_price, found.x_prices_of) == (
        Decimal("0.02"),
        Decimal("0.25"),
        date(2027, 1, 1),
    )
    for name, value in (
        ("BFBOT_X_POST_PRICE", "-1"),
        ("BFBOT_X_LINK_PRICE", "dear"),
        ("BFBOT_X_PRICES_OF", "May"),
    ):
        with pytest.raises(ConfigurationError, match=name):
            read({name: value})
