"""A person looks at a release and says that it is none for the campaign."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people, review
from bfbot.domain.person import Role
from bfbot.domain.release import ReleaseState
from bfbot.domain.states import OPEN_POST
from bfbot.errors import ContentRefused
from bfbot.ledger import audit, posts, releases
from bfbot.library import current_revision

MAY_BE = frozenset({ReleaseState.NEW, ReleaseState.DRAFTED, ReleaseState.QUEUED})
"""States of a release that something may still come of."""


def dismiss(release_id: int, *, actor: str, now: datetime, reason: str = "") -> list[int]:
    """Set it aside, and cancel its posts that have not gone out; returns their ids.

    Raises NotAllowed below the role of an author, and ContentRefused where nothing can come of it any more or a
    post of it is on its way.
    """
    feed = current_revision(now).feeds.get(releases.get(release_id).feed)
    with transaction.atomic():
        for campaign in feed.campaigns if feed else (None,):
            people.require(actor, Role.AUTHOR, campaign)
        release = releases.get(release_id)
        if release.state not in MAY_BE:
            raise ContentRefused("Nothing comes of this release as it is.", mend="There is nothing to dismiss.")
        of_it = [posts.get(one) for one in releases.posts_of([release_id]).get(release_id, [])]
        cancelled = [one.id for one in of_it if one.state in OPEN_POST]
        if of_it and not cancelled:
            raise ContentRefused("What came of this release is over.", mend="There is nothing left to cancel.")
        for post_id in cancelled:
            review.withdraw(post_id, actor=actor, now=now, reason=reason or "The release was dismissed.")
        releases.set_state(release_id, ReleaseState.DISMISSED)
        audit.record(actor, "dismissed", f"release:{release_id}", now, {"reason": reason, "posts": cancelled})
    return cancelled
