"""A joint statement: another organisation agrees to a post that names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OwnerSignOff:
    """`signer`, who approves for `owner`, agreed to one thing as it was then.

    `subject` is `post:ID` or `message:ID`, `digest` the post's signature or the evergreen post's digest, `said`
    the signer's words. `lapsed` says why it counts no more, "" while it does.
    """

    id: int
    owner: str
    subject: str
    digest: str
    signer: str
    said: str
    given_at: datetime
    lapsed: str = ""
