"""A person's post, as far along as a test needs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

from django.db import connections

from bfbot.desk import review, writing
from bfbot.desk.automatic import draft_from_release
from bfbot.domain.post import Post, Wording
from bfbot.domain.release import ReleaseState
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models, posts, releases
from bfbot.library import current_revision
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE

TEXT = "Family hubs are open to everybody this winter."
SOON = NOW + timedelta(hours=1)


def drafted(
    text: str = TEXT, *, at: datetime = SOON, author: str = AUTHOR, window: timedelta = timedelta(hours=4)
) -> Post:
    return writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording(text),
        at=at,
        actor=author,
        now=NOW,
        window=window,
    )


def in_review(
    text: str = TEXT, *, at: datetime = SOON, author: str = AUTHOR, window: timedelta = timedelta(hours=4)
) -> Post:
    return review.submit(drafted(text, at=at, author=author, window=window).id, actor=author, now=NOW)


def approved(text: str = TEXT, *, at: datetime = SOON) -> Post:
    return review.approve(in_review(text, at=at).id, actor=APPROVER, now=NOW)


def drafted_from_feed(title: str, feed: str = "news") -> Post:
    """What the news desk makes of a release that the feed brings at NOW."""
    revision = current_revision(NOW)
    found = releases.add(
        feed=feed,
        identity=f"guid:{title}",
        guid=title,
        link="https://news.example/one",
        title=title,
        summary="",
        published_at=NOW,
        content_digest="0",
        state=ReleaseState.NEW,
        why="",
        now=NOW,
    )
    return posts.get(draft_from_release(found, revision.feeds[feed], revision, NOW))


def set_state(post: Post, state: DeliveryState, *, reason: str = "", attempts: int = 0) -> None:
    """As the publisher would leave its deliveries."""
    models.Delivery.objects.filter(post_id=post.id).update(state=state, reason=reason, attempts=attempts)


def at_once(*acts: Callable[[], object]) -> list[Exception]:
    """Run each in a thread of its own, all starting together; what they raised."""
    start = Barrier(len(acts))
    raised: list[Exception] = []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return raised
