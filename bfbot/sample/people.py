"""The two people of the sample workspace. Their password is no secret: it is printed on the sign-in page."""

from __future__ import annotations

from datetime import datetime

from bfbot.desk import people
from bfbot.domain.person import Role
from bfbot.ledger import people as ledger

DEMO_AUTHOR = "Demo author"
DEMO_APPROVER = "Demo approver"
DEMO_PEOPLE = ((DEMO_AUTHOR, Role.AUTHOR), (DEMO_APPROVER, Role.APPROVER))
DEMO_PASSWORD = "practice-makes-perfect"  # noqa: S105 - shown on the screen of the sample workspace alone


def add_people(now: datetime) -> None:
    """Add those who are not there yet."""
    for name, role in DEMO_PEOPLE:
        if ledger.find(name) is None:
            people.add_user(name, role, actor="bfbot", now=now, password=DEMO_PASSWORD)
