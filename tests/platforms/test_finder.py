"""Many parts are looked for in one reading of a network's list."""

from __future__ import annotations

import pytest

from bfbot.platforms.base import Searchable
from tests.contract.networks import opened


@pytest.mark.parametrize("name", ["mastodon", "x"])
def test_one_reading_answers_for_all(name: str) -> None:
    with opened(name) as network:
        texts = ["The first of them.", "The second of them.", "One that never went out."]
        first, second, never = (network.sending(text, key=text) for text in texts)
        ids = [network.platform.publish(one).remote_id for one in (first, second)]
        assert isinstance(network.platform, Searchable)
        before = len(network.simulator.asked)
        find = network.platform.finder(first.tried_since)
        asked = len(network.simulator.asked) - before
        assert [find(one).remote_id for one in (second, first)] == [ids[1], ids[0]]
        assert find(never) is None
        assert len(network.simulator.asked) - before == asked, "the list is not read again"
