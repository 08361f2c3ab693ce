"""A hold: a stop with a scope, a reason, a person and two ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    EVERYTHING = "everything"
    CAMPAIGN = "campaign"
    ACCOUNT = "account"
    FEED = "feed"
    POST = "post"


@dataclass(frozen=True)
class Hold:
    """`scope_id` names what is held ("" for everything). `until` None means: until a person lifts it.

    `cleared` are posts that two people let through it, each as it was then and still is.
    """

    id: int
    scope: Scope
    scope_id: str
    reason: str
    placed_by: str
    starts_at: datetime
    until: datetime | None = None
    lifted_at: datetime | None = None
    automatic_only: bool = False
    cleared: frozenset[int] = frozenset()

    def stands_at(self, now: datetime) -> bool:
        ended = self.lifted_at is not None or (self.until is not None and now >= self.until)
        return self.starts_at <= now and not ended

    def covers(self, *, campaign: str, account: str, post: int, automatic: bool) -> bool:
        """Whether a delivery of that campaign, account and post falls under this hold."""
        if (self.automatic_only and not automatic) or post in self.cleared:
            return False
        return {
            Scope.EVERYTHING: True,
            Scope.CAMPAIGN: self.scope_id == campaign,
            Scope.ACCOUNT: self.scope_id == account,
            Scope.FEED: False,  # a feed's hold stops its polling and posting, not what people approved
            Scope.POST: self.scope_id == str(post),
        }[self.scope]
