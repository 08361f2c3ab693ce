"""The first admin, made where a workspace has nobody who can sign in."""

from __future__ import annotations

from bfbot.config import config
from bfbot.desk import people
from bfbot.domain.person import Role
from bfbot.engine.units import utc_now
from bfbot.ledger import people as ledger

ADMIN = "admin"


def first_run() -> list[str]:
    """Make the first admin when there is nobody; gives the paths of sign-in links that work once.

    The sample workspace has its demo people, whose sign-in its pages show.
    """
    from django.utils.module_loading import import_string

    if config().sample:
        return []
    if not ledger.everybody():
        people.add_user(ADMIN, Role.ADMIN, actor="bfbot", now=utc_now())
    # The engine knows the pages by path alone: they stand above it.
    return [import_string("bfbot.web.welcome.link")(name) for name in ledger.without_password(Role.ADMIN)]
