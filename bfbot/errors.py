"""Every error bfbot raises on purpose.

An error is written for its reader: `message` says what happened, `where` says in which file, account or
post, `mend` says what to do about it. `exit_code` is what a command ends with: 1 content or a rule refused,
2 wrong usage, 3 a platform or feed failed, 4 configuration.

    BfbotError
    ├── ContentRefused           1  a rule, a missing approval, a wrong state
    │   ├── IllegalMove             the state graph has no such move
    │   └── NotAllowed              this person may not do this
    ├── UsageError               2
    ├── FeedFailed               3  a feed could not be read; never "no news"
    ├── PlatformError            3
    │   ├── Rejected                the network refuses this text or picture: fix the post
    │   ├── Duplicate               the network says it has this text already: find it before saying it failed
    │   ├── NotAuthorised           the account's key no longer opens: pause the account, tell a person
    │   ├── OutOfCredit             the account has no credit left
    │   ├── RateLimited             come back at `retry_at`
    │   ├── Unavailable             certainly not posted; try again
    │   └── OutcomeUnknown          may be live: find it, or ask a person
    └── ConfigurationError       4
"""

from __future__ import annotations

from datetime import datetime


class BfbotError(Exception):
    """Base of all; `str()` is one line fit for a person."""

    exit_code = 1

    def __init__(self, message: str, *, mend: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.message}{mend}"


class ContentRefused(BfbotError):
    """A rule, a missing approval or the present state refuses."""


class IllegalMove(ContentRefused):
    """The state graph has no such move."""


class NotAllowed(ContentRefused):
    """This person may not do this."""


class UsageError(BfbotError):
    """The command was called wrongly."""

    exit_code = 2


class FeedFailed(BfbotError):
    """A feed could not be read. Its validators (ETag) must stay as they were."""

    exit_code = 3


class PlatformError(BfbotError):
    """A network answered with something other than success."""

    exit_code = 3


class Rejected(PlatformError):
    """The network refuses this content for good: fix the post."""


class Duplicate(PlatformError):
    """The network says that it has this text already; look for it before calling it failed."""


class NotAuthorised(PlatformError):
    """The credentials no longer open this account."""


class OutOfCredit(PlatformError):
    """The account's credit with the network is used up."""


class RateLimited(PlatformError):
    """Certainly not posted; not before `retry_at` (aware, UTC)."""

    def __init__(self, message: str, *, retry_at: datetime, mend: str = "", where: str = "") -> None:
        super().__init__(message, mend=mend, where=where)
        self.retry_at = retry_at


class Unavailable(PlatformError):
    """Certainly not posted (the request never reached the network): try again."""


class OutcomeUnknown(PlatformError):
    """The request may have been carried out: never send it again blindly."""


class ConfigurationError(BfbotError):
    """Settings, files, database or machine are not as bfbot needs them."""

    exit_code = 4
