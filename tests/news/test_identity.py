"""Who an item is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.release import Item
from bfbot.news.identity import canonical, is_feed_ended, plain_guid, rungs

DAY = datetime(2026, 11, 20, tzinfo=UTC)


def item(guid: str = "", link: str = "", title: str = "Title", published_at: datetime | None = DAY) -> Item:
    return Item(guid, link, title, "", published_at)


def identity(**given: str) -> str:
    return rungs([item(**given)])[0].identity  # type: ignore[arg-type]  # texts only


def test_the_ladder() -> None:
    assert identity(guid="g", link="https://a.example/x").startswith("guid:")
    assert identity(link="https://a.example/x").startswith("link:")
    assert identity().startswith("text:")
    assert rungs([item(title="")])[0].identity == ""


def test_a_guid_that_two_links_share_is_no_guid() -> None:
    one, two, three = rungs(
        [item("0", "https://a.example/1"), item("0", "https://a.example/2"), item("9", "https://a.example/3")]
    )
    assert one.identity.startswith("link:")
    assert one.identity != two.identity
    assert three.identity.startswith("guid:")
    same = rungs([item("0", "https://a.example/1"), item("0", "https://www.a.example/1/")])
    assert same[0].identity == same[1].identity


@pytest.mark.parametrize(
    "link",
    [
        "https://a.example/x?id=1",
        "http://www.A.example:80/x/?utm_source=rss&id=1#top",
        "https://a.example:443/x?id=1&fbclid=abc&at_medium=rss",
    ],
)
def test_one_address_in_all_its_spellings(link: str) -> None:
    assert canonical(link) == "a.example/x?id=1"


def test_other_addresses_stay_apart() -> None:
    links = [
        "https://a.example/x",
        "https://a.example/X",
        "https://b.example/x",
        "https://a.example:8443/x",
        "https://a.example/x?p=2",
    ]
    assert len({canonical(one) for one in links}) == len(links)
    assert canonical("https://[broken") == canonical("") == canonical("mailto:x") == ""


def test_a_moment_of_update_is_no_part_of_a_guid() -> None:
    assert plain_guid("https://www.gov.example/news/x#2026-11-20T10:00:00Z") == "https://www.gov.example/news/x"
    assert plain_guid("tag:x;updated_at=2026-11-20") == "tag:x"
    assert plain_guid("https://a.example/2026-11-20/x#top") == "https://a.example/2026-11-20/x#top"


def test_a_feed_that_ended_is_told() -> None:
    assert is_feed_ended(item("tag:www.gov.example,2005:/government/feed-ended/2026"))
    assert not is_feed_ended(item("tag:x:feeding-ended"))


@given(st.text(max_size=30), st.text(max_size=60), st.text(max_size=30))
def test_any_text_gives_the_same_short_identity_each_time(guid: str, link: str, title: str) -> None:
    first, second = (identity(guid=guid, link=link, title=title) for _ in range(2))
    assert first == second
    assert len(first) <= 200
