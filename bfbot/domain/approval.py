"""Approval of one post, and standing approval of what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Approval:
    """Bound to the post's Proofs (`signature`) and to a time range (aware, UTC; `until` excluded).

    `confirmed` is what the approver wrote about claims that were held for confirmation, `settled` names those
    claims (rules.settled.claim_id); None: it was given before they were kept, and its word settles every claim.
    """

    post_id: int
    author: str
    approver: str
    signature: str
    from_time: datetime
    until: datetime
    given_at: datetime
    confirmed: str = ""
    standing: int | None = None
    voided_at: datetime | None = None
    settled: tuple[str, ...] | None = None

    def covers(self, signature: str, moment: datetime) -> bool:
        return self.voided_at is None and self.signature == signature and self.from_time <= moment < self.until


@dataclass(frozen=True)
class StandingApproval:
    """An approver's signature under a message version, or under a feed's template, for recurring use.

    `digest` covers text, facts, media and accounts; it lapses when that changes, and after `until` (a local day).
    `confirmed` and `settled` as in an Approval.
    """

    id: int
    subject: str  # message:ID | feed:ID
    campaign: str
    accounts: tuple[str, ...]
    digest: str
    signer: str
    given_at: datetime
    until: date
    confirmed: str = ""
    lapsed_at: datetime | None = None
    lapse_reason: str = ""
    settled: tuple[str, ...] | None = None
