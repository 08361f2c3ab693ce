"""What every page shows: who is looking, practice or real accounts, what is paused, what waits."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property

from django.http import HttpRequest

import bfbot
from bfbot.accounts.connection import MISSING_SECRET, READY, states
from bfbot.config import config
from bfbot.desk.muted import muted_accounts
from bfbot.domain.hold import Hold
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.domain.season import Period
from bfbot.domain.states import PostState
from bfbot.errors import BfbotError
from bfbot.ledger import holds, posts
from bfbot.library import current_revision, last_faults
from bfbot.web.shown import account_name, network_name
from bfbot.web.visitor import Visitor, visitor

PLACES = (
    ("today", "Today"),
    ("write", "Write a post"),
    ("queue", "Queue"),
    ("news", "News"),
    ("evergreen", "Evergreen posts"),
    ("look-ahead", "Look ahead"),
    ("practice", "Practice channel"),
    ("accounts", "Accounts"),
    ("reports", "Reports"),
    ("files", "Files"),
)
"""The navigation: name of the address, and the word for it."""


class Desk:
    """Asked only for what a template uses: an error page needs none of it."""

    version = bfbot.__version__

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.sample = config().sample
        self.now = datetime.now(UTC)

    @cached_property
    def visitor(self) -> Visitor | None:
        return visitor(self._request) if hasattr(self._request, "user") else None

    @cached_property
    def places(self) -> list[tuple[str, str, bool]]:
        """Address name, word, and whether this is where we are."""
        match = self._request.resolver_match
        here = getattr(match, "url_name", "") or ""
        looking = self.visitor
        return [
            (name, word, name in {here, here.split("-")[0]})
            for name, word in PLACES
            if name != "write" or (looking is not None and looking.may(Role.AUTHOR))
        ]

    @cached_property
    def revision(self) -> Revision | None:
        """None while the team's files have never been good."""
        try:
            return current_revision(self.now)
        except BfbotError:
            return None

    @cached_property
    def stops(self) -> list[Hold]:
        """What is paused now, oldest first."""
        return holds.standing(self.now)

    @cached_property
    def periods(self) -> list[Period]:
        """The pre-election periods that run now."""
        every = self.revision.periods.values() if self.revision else ()
        return [one for one in every if one.own_channels and one.runs_at(self.now)]

    @cached_property
    def waiting(self) -> int:
        """How many posts wait for an approver whom this visitor could see them for."""
        looking, waiting = self.visitor, posts.counted(PostState.IN_REVIEW)
        return sum(waiting[one] for one in waiting if looking is not None and looking.may(Role.VIEWER, one))

    @cached_property
    def connected(self) -> list[str]:
        """Names of the real accounts that can post, with their networks."""
        return self._accounts(READY)

    @cached_property
    def unconnected(self) -> list[str]:
        """Names of the real accounts that lack something."""
        return self._accounts(MISSING_SECRET)

    @cached_property
    def muted(self) -> list[str]:
        """Names of those that can post, and on which nothing goes out by itself yet."""
        if self.revision is None or not self.connected:
            return []
        silent = muted_accounts(self.revision)
        return [
            account_name(one.id, self.revision)
            for one in states(self.revision)
            if one.id in silent and one.state == READY
        ]

    @cached_property
    def faults(self) -> int:
        """How many faults keep the files as they are now out of use."""
        return sum(1 for one in last_faults() if one.level == "error") if self.revision else 0

    @property
    def may_pause(self) -> bool:
        """Anybody on the team: whoever sees that something is wrong stops it, whatever their role."""
        return self.visitor is not None and not self.visitor.guest

    @property
    def may_write(self) -> bool:
        return self.visitor is not None and self.visitor.may(Role.AUTHOR)

    @property
    def may_resume(self) -> bool:
        return self.visitor is not None and self.visitor.may(Role.APPROVER)

    def _accounts(self, state: str) -> list[str]:
        if self.revision is None:
            return []
        return [
            f"{account_name(one.id, self.revision)} on {network_name(one.platform)}"
            for one in states(self.revision)
            if one.state == state
        ]


def desk(request: HttpRequest) -> dict[str, object]:
    """The context processor that the settings name."""
    return {"desk": Desk(request)}
