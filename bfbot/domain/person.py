"""Who may do what. A role is held for one campaign or for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    AUTHOR = "author"
    APPROVER = "approver"
    ADMIN = "admin"


INCLUDES: Mapping[Role, frozenset[Role]] = {
    Role.VIEWER: frozenset({Role.VIEWER}),
    Role.AUTHOR: frozenset({Role.VIEWER, Role.AUTHOR}),
    Role.APPROVER: frozenset({Role.VIEWER, Role.AUTHOR, Role.APPROVER}),
    Role.ADMIN: frozenset(Role),
}

EVERY_CAMPAIGN = "*"


@dataclass(frozen=True)
class Person:
    """A user as the desk sees one. `roles` maps a campaign's id, or "*", to a role."""

    name: str
    roles: Mapping[str, Role]

    def may(self, role: Role, campaign: str) -> bool:
        held = (self.roles.get(campaign), self.roles.get(EVERY_CAMPAIGN))
        return any(role in INCLUDES[one] for one in held if one is not None)

    def may_anywhere(self, role: Role) -> bool:
        return any(role in INCLUDES[one] for one in self.roles.values())


PLANNER = "planner"
"""The author of a post that a slot brought."""


def feed_author(feed: str) -> str:
    """The author of a post that a feed brought."""
    return f"feed:{feed}"


def is_a_person(author: str) -> bool:
    """Whether somebody wrote it: neither the planner nor a feed, and not nobody."""
    return bool(author) and author != PLANNER and not author.startswith(feed_author(""))
