"""What the last question before sending rests on, read for many posts at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bfbot.domain.approval import Approval, StandingApproval
from bfbot.domain.hold import Hold
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.sending import AccountStanding
from bfbot.ledger import account_states, approvals, holds, posts
from bfbot.library import current_revision


@dataclass(frozen=True)
class Gathered:
    """As it is in this transaction. `standing` has the standing approvals that `approvals` rest on, by number.

    `accounts` has those that are asked about, by id.
    """

    posts: Mapping[int, Post]
    approvals: Mapping[int, Approval]
    standing: Mapping[int, StandingApproval]
    holds: tuple[Hold, ...]
    revision: Revision
    accounts: Mapping[str, AccountStanding]


def gather(
    post_ids: Iterable[int], now: datetime, accounts: Mapping[str, AccountStanding] | None = None
) -> Gathered:
    """A handful of queries, however many posts. Posts that are not there are left out.

    `accounts`: where the caller has read them; else those of the posts are read.
    """
    found = posts.several(set(post_ids))
    others = {one.pair for one in found.values() if one.pair is not None} - set(found)
    found |= posts.several(others) if others else {}  # a post waits for its version in the other language
    given = approvals.standing_on_several(found)
    return Gathered(
        posts=found,
        approvals=given,
        standing=approvals.standing_of(one.standing for one in given.values() if one.standing is not None),
        holds=tuple(holds.standing(now)),
        revision=current_revision(now),
        accounts=accounts if accounts is not None else _accounts_of(found.values()),
    )


def _accounts_of(found: Iterable[Post]) -> dict[str, AccountStanding]:
    return account_states.standing_of({account for one in found for account in one.accounts})
