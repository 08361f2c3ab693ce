"""One person for each role, and a second author."""

from __future__ import annotations

from datetime import UTC, datetime

from bfbot.domain.person import Role
from bfbot.ledger import people
from bfbot.ledger.models import User

ROLES = ("viewer", "author", "approver", "admin")


def add_team(password_hash: str) -> dict[str, User]:
    """By name; all have the same password, whose hash was made once."""
    now = datetime.now(UTC)
    for name, role in (*zip(ROLES, Role, strict=True), ("other author", Role.AUTHOR)):
        people.add(name, role, now)
    User.objects.update(password=password_hash)
    return {one.name: one for one in User.objects.all()}
