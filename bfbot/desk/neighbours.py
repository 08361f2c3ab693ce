"""What other campaigns say on the same accounts at about the same time."""

from __future__ import annotations

from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision
from bfbot.ledger.near_posts import near_posts
from bfbot.rules.clashes import NEAR


def others_near(post: Post, deliveries: tuple[Delivery, ...], revision: Revision) -> tuple[Post, ...]:
    """None, and no look into the database, where no account speaks for a second campaign."""
    shared = [
        one
        for one in deliveries
        if one.account in revision.accounts and len(set(revision.accounts[one.account].campaigns)) > 1
    ]
    if not shared:
        return ()
    times = [one.due_at for one in shared]
    accounts = {one.account for one in shared}
    return tuple(near_posts(post.campaign, accounts, min(times) - NEAR, max(times) + NEAR))
