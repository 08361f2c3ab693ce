"""A workspace with an account on a real network, and the steps by which it goes live."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from bfbot.desk import going_live, review, standing, stops, writing
from bfbot.desk.automatic import post_from_message
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models
from bfbot.library import current_revision
from tests.desk.steps import drafted_from_feed
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, SECOND, change

TOWN, FEED = "town", "news"
LATER = date(2026, 12, 31)
MINUTE = timedelta(minutes=1)
SLOT = (
    '- {id: town-slot, campaign: bright, days: daily, at: "10:00", kinds: [action], accounts: [town], window: 2 h}'
)


def with_town(home: Path) -> Path:
    """The small workspace, with an account on Mastodon that a posting time and the feed post to."""
    account = (
        "{id: town, platform: mastodon, campaigns: [bright], base_url: 'https://social.example', label: Town}"
    )
    change(home, "accounts:\n  - {id: practice,", f"accounts:\n  - {account}\n  - {{id: practice,")
    change(home, "    accounts: [practice]\n    every", "    accounts: [practice, town]\n    every")
    change(home, "slots:\n", f"slots:\n  {SLOT}\n")
    current_revision(NOW)
    return home


def planned(at: datetime, message: str = "doors") -> Post:
    """By the planner, approved for repeat by its signer."""
    revision = current_revision(NOW)
    if f"message:{message}" not in {one.subject for one in standing.in_force(NOW)}:
        standing.sign_message(message, actor=APPROVER, now=NOW, until=LATER)
    slot = revision.slots["town-slot"]
    return post_from_message(message, slot=slot, occurrence_key=None, moment=at, now=NOW)


def released(title: str = "Councils open new family hubs") -> Post:
    """By the feed."""
    return drafted_from_feed(title, FEED)


def by_people(text: str = "Family hubs are open this winter.", *, at: datetime = NOW) -> Post:
    post = writing.write(campaign=BRIGHT, accounts=[TOWN], wording=Wording(text), at=at, actor=AUTHOR, now=NOW)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    return review.approve(post.id, actor=APPROVER, now=NOW)


def out(post: Post, at: datetime = NOW) -> None:
    """As the publisher would leave it."""
    models.Delivery.objects.filter(post_id=post.id).update(state=DeliveryState.PUBLISHED, published_at=at)


def read(feed: str = FEED, at: datetime = NOW) -> None:
    """The feed was read for the first time."""
    models.FeedState.objects.update_or_create(feed=feed, defaults={"primed_at": at})


def tried(at: datetime = NOW) -> None:
    stops.pause(actor=AUTHOR, now=at, reason="A trial")
    stops.resume(actor=APPROVER, now=at + MINUTE)


def ready() -> None:
    """All that one person needs to ask."""
    going_live.vouch(TOWN, actor=SECOND, now=NOW)
    read()
    tried()
    out(by_people())


def live(now: datetime = NOW + 2 * MINUTE) -> None:
    """The whole way."""
    ready()
    going_live.ask(TOWN, actor=AUTHOR, now=now)
    going_live.confirm(TOWN, actor=APPROVER, now=now)
