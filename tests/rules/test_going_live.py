"""A muted account: what nobody wrote waits there, told beforehand; what people write passes."""

from __future__ import annotations

import pytest

from bfbot.domain.finding import Level, Moment
from bfbot.domain.person import PLANNER, feed_author
from bfbot.domain.post import Origin
from tests.rules.cases import case, found, said, send_case

HERE = frozenset({"lga-mastodon"})


@pytest.mark.parametrize(
    ("origin", "author", "held"),
    [
        (Origin.LIBRARY, PLANNER, True),
        (Origin.RELEASE, feed_author("news"), True),
        (Origin.LIBRARY, "", True),
        (Origin.LIBRARY, "Demo author", False),  # rewritten by a person, approved by another
        (Origin.RELEASE, "Demo author", False),
        (Origin.PERSON, "Demo author", False),
        (Origin.PERSON, "", False),  # a preview, before anybody is its author
        (Origin.IMPORT, "Demo author", False),
        (Origin.CORRECTION, "Demo author", False),
    ],
)
def test_only_what_nobody_wrote_is_held(origin: Origin, author: str, held: bool) -> None:
    levels = [one.level for one in found("muted-account", send_case(origin=origin, author=author, muted=HERE))]
    assert levels == ([Level.HOLD] if held else [])


@pytest.mark.parametrize("moment", [Moment.SUBMIT, Moment.APPROVE])
def test_it_is_told_beforehand_and_stops_nothing_then(moment: Moment) -> None:
    asked = case(moment=moment, origin=Origin.LIBRARY, author=PLANNER, muted=HERE)
    assert [one.level for one in found("muted-account", asked)] == [Level.WARN]
    assert "waits until the account is live" in said("muted-account", asked)


def test_only_the_muted_account_is_named() -> None:
    accounts = ("lga-mastodon", "lga-x")
    asked = case(accounts=accounts, origin=Origin.LIBRARY, author=PLANNER, muted=HERE)
    assert [one.account for one in found("muted-account", asked)] == ["lga-mastodon"]
