"""Users as the desk sees them."""

from __future__ import annotations

from datetime import datetime

from bfbot.domain.person import EVERY_CAMPAIGN, Person, Role
from bfbot.ledger import models


def find(name: str) -> Person | None:
    """An active user of that name."""
    row = models.User.objects.filter(name=name, is_active=True).prefetch_related("memberships").first()
    return to_domain(row) if row else None


def names() -> list[str]:
    """Of everybody who was ever here: a name in the audit stays that person's."""
    return list(models.User.objects.order_by("name").values_list("name", flat=True))


def everybody() -> list[Person]:
    return [to_domain(row) for row in models.User.objects.filter(is_active=True).prefetch_related("memberships")]


def to_domain(row: models.User) -> Person:
    return Person(name=row.name, roles={one.campaign: Role(one.role) for one in row.memberships.all()})


def add(
    name: str, role: Role, now: datetime, *, campaign: str = EVERY_CAMPAIGN, password: str | None = None
) -> Person:
    """A new user, or a further role for an old one; without a password nobody can sign in as them."""
    user, fresh = models.User.objects.get_or_create(name=name, defaults={"created_at": now})
    if fresh or password is not None:
        user.set_password(password)
        user.save()
    models.Membership.objects.update_or_create(user=user, campaign=campaign, defaults={"role": role})
    return to_domain(user)


def set_password(name: str, password: str) -> bool:
    """False when there is no such user."""
    user = models.User.objects.filter(name=name).first()
    if user is None:
        return False
    user.set_password(password)
    user.save()
    return True


def without_password(role: Role) -> list[str]:
    """Active users of a role who have never set a password, by name."""
    rows = models.User.objects.filter(is_active=True, memberships__role=role).distinct().order_by("name")
    return [row.name for row in rows if not row.has_usable_password()]
