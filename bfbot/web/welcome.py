"""The one-time link by which the first admin sets a password.

It is signed with the workspace's key, opens for a day, and only while that admin has no password: using it
once closes it, and so does any other way of setting one.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from bfbot.domain.person import Role
from bfbot.ledger import people
from bfbot.ledger.models import User

SALT = "bfbot.web.welcome"
OPEN_SECONDS = 24 * 3600


def link(name: str) -> str:
    """The path of the link for an admin, without scheme and host."""
    return reverse("welcome", args=[signing.dumps(name, salt=SALT)])


def invited(token: str) -> User | None:
    """The admin whom the link invites; None when it is forged, too old or used."""
    try:
        name = signing.loads(token, salt=SALT, max_age=OPEN_SECONDS)
    except signing.BadSignature:  # SignatureExpired is one of these
        return None
    user = User.objects.filter(name=name, is_active=True).first()
    if user is None or user.has_usable_password() or not people.to_domain(user).may_anywhere(Role.ADMIN):
        return None
    return user
