"""A feed is gone for minutes and for days: what it brings then is found once, and never all of it goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bfbot.config import config
from bfbot.desk import standing
from bfbot.domain.post import Post
from bfbot.domain.release import ReleaseState
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import posts, releases
from bfbot.news import poll
from tests.outages.world import DAY, HOUR, MINUTE, World
from tests.servers.feeds import FeedServer, entry, rss
from tests.workspace import APPROVER, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
PATH, OTHER_PATH = "/feed.xml", "/other.xml"
FEEDS = """feeds:
  - {{id: news, url: "{news}", campaigns: [bright], accounts: [practice], every: {first}, template: release,
     publish: after 15 min}}
  - {{id: other, url: "{other}", campaigns: [bright], accounts: [practice], every: {every}, template: release,
     publish: after 15 min}}
slots: []
"""


def dated(words: str, age: timedelta) -> str:
    return entry(words, published=NOW - age)


@pytest.fixture
def server(world: World, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[FeedServer]:
    """Two feeds, each read as often as the test says; what they bring is approved for repeat."""
    with FeedServer() as made:
        home = config().home
        schedules = home / "schedules" / "all.yaml"
        text = schedules.read_text(encoding="utf-8")
        text = text[: text.index("slots:")] + text[text.index("quiet_times:") :]
        schedules.write_text(text, encoding="utf-8")
        first, every = getattr(request, "param", ("5 min", "5 min"))
        feeds = FEEDS.format(news=made.url(PATH), other=made.url(OTHER_PATH), first=first, every=every)
        change(home, "quiet_times:", f"{feeds}quiet_times:")
        monkeypatch.setattr(poll, "config", made.config)
        for path in (PATH, OTHER_PATH):
            made.publish(path, rss([dated("Councils open their doors", 5 * DAY)]))
        for feed in ("news", "other"):
            standing.sign_feed(feed, actor=APPROVER, now=NOW, until=date(2027, 1, 31), confirmed="Checked.")
        world.beat()
        yield made


def brought() -> list[Post]:
    return [one for one in posts.listing() if one.author.startswith("feed:")]


@pytest.mark.parametrize("server", [("5 min", "24 h")], indirect=True)
def test_four_days_of_silence_and_sixty_items_at_once_are_five_drafts_for_people(
    world: World, server: FeedServer
) -> None:
    server.answer(PATH, status=503)
    world.until(NOW + 4 * DAY)
    assert [message.title for _, message in world.told] == ["bfbot: a feed is not being read"], "once in four days"
    assert not brought()
    back = world.clock.now
    items = [entry(f"Release number {n} of the county", published=back - n * 100 * MINUTE) for n in range(1, 61)]
    server.publish(PATH, rss([*items, dated("Councils open their doors", 5 * DAY)]))
    world.until(back + 7 * HOUR)
    made = brought()
    assert {one.state for one in made} == {PostState.IN_REVIEW}, "after such a gap nothing goes out by itself"
    assert len(made) == 5
    assert not world.nets[PRACTICE].came
    known = releases.listing(feed="news")
    assert len(known) == 61, "nothing is lost: what became no draft is listed with its reason"
    why = Counter(one.why for one in known if one.state is ReleaseState.SEEN)
    old = sum(n * 100 * MINUTE > 3 * DAY for n in range(1, 61))
    assert why["older than 3 days"] == pytest.approx(old, abs=5)
    assert why["more than 5 new items in one reading"] == 60 - 5 - why["older than 3 days"]
    newest = {f"Release number {n} of the county" for n in range(1, 6)}
    assert {releases.get(one.release).title for one in made if one.release} == newest


@pytest.mark.parametrize("server", [("24 h", "24 h")], indirect=True)
def test_a_feed_that_answers_and_brings_nothing_is_told_once_it_is_long_for_it(
    world: World, server: FeedServer
) -> None:
    """It had something each day. Nothing is said of the days that lay behind it when all this was first read."""
    old = [dated(f"Notice number {n} of the county", (n + 5) * DAY) for n in range(9)]
    server.publish(PATH, rss([dated("Councils open their doors", 5 * DAY), *old]))
    world.until(NOW + 8 * DAY)
    assert not world.told
    world.until(NOW + 10 * DAY)
    ((at, said),) = world.told
    assert 8 * DAY < at - NOW <= 9 * DAY + HOUR
    assert said.title == "bfbot: a feed brings nothing"
    assert said.body.startswith("The feed news is read, and has brought nothing since Tue 24 Nov 09:00")
    server.publish(PATH, rss([entry("A new word", published=world.clock.now), *old]))
    world.until(world.clock.now + 6 * DAY)
    assert len(world.told) == 1
    assert len(brought()) == 1


def test_minutes_of_silence_lose_nothing_and_what_came_meanwhile_goes_out_once(
    world: World, server: FeedServer
) -> None:
    server.answer(PATH, status=502)
    world.until(NOW + 12 * MINUTE)
    items = [dated("Foster carers meet in the library", -MINUTE), dated("Councils open their doors", 5 * DAY)]
    server.publish(PATH, rss(items))
    world.until(NOW + 2 * HOUR)
    (one,) = brought()
    assert one.state is PostState.CLOSED
    assert len(world.nets[PRACTICE].came) == 1
    assert not world.told


def test_one_feed_s_trouble_delays_no_other_and_no_post(world: World, server: FeedServer) -> None:
    server.answer(PATH, status=500)
    server.publish(
        OTHER_PATH, rss([dated("A library reopens", -MINUTE), dated("Councils open their doors", 5 * DAY)])
    )
    world.until(NOW + HOUR)
    memories = releases.memories()
    assert memories["news"].failures >= 3
    assert (memories["other"].failures, memories["other"].last_ok_at) == (0, world.clock.now)
    (one,) = brought()
    ((came, _),) = world.nets[PRACTICE].came
    (delivery,) = one.deliveries
    assert (delivery.state, came) == (DeliveryState.PUBLISHED, delivery.due_at)
    assert delivery.due_at == one.created_at + 15 * MINUTE
