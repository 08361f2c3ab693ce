"""Who may do what."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.db import transaction

from bfbot.domain.person import EVERY_CAMPAIGN, PLANNER, Person, Role, feed_author
from bfbot.errors import NotAllowed, UsageError
from bfbot.ledger import audit, people
from bfbot.rules.reading import plain, unhidden

OWN_NAMES = frozenset({PLANNER, "bfbot"})
"""Names that bfbot signs with itself; and `feed:ID`."""


def person(name: str) -> Person:
    """An active user; raises NotAllowed when nobody has that name."""
    found = people.find(name)
    if found is None:
        raise NotAllowed(f"Nobody here is called “{name}”.", mend="Add them with `bfbot user add`.")
    return found


def require(name: str, role: Role, campaign: str | None) -> Person:
    """The person, if they hold at least `role` for the campaign (None: for any one); else NotAllowed."""
    found = person(name)
    allowed = found.may_anywhere(role) if campaign is None else found.may(role, campaign)
    if not allowed:
        place = f" for {campaign}" if campaign else ""
        raise NotAllowed(
            f"{name} may not do this: it takes the role {role}{place}.", mend="Ask an admin of yours."
        )
    return found


def add_user(
    name: str,
    role: Role,
    *,
    actor: str,
    now: datetime,
    campaign: str = EVERY_CAMPAIGN,
    password: str | None = None,
) -> Person:
    """A new user, or a further role for one who is there.

    Refused are names of bfbot's own authors, and a name that an eye would take for somebody else's: two people
    see every post, and everybody must be able to tell which two.
    """
    hidden = unhidden(name) != unicodedata.normalize("NFKC", name)
    if hidden or not _likeness(name) or len(name) > 80 or name != " ".join(name.split()):
        raise UsageError("A user needs a name of 1 to 80 ordinary characters, without spaces around it.")
    if _likeness(name) in OWN_NAMES or _likeness(name).startswith(feed_author("")):
        raise UsageError(f"“{name}” is a name that bfbot signs with itself.", mend="Choose another one.")
    with transaction.atomic():
        alike = [one for one in people.names() if one != name and _likeness(one) == _likeness(name)]
        if alike:
            raise UsageError(
                f"“{name}” can hardly be told from “{alike[0]}”, who is here already.",
                mend="Add a second name or an initial.",
            )
        added = people.add(name, role, now, campaign=campaign, password=password)
        audit.record(actor, "user added", f"user:{name}", now, {"role": role, "campaign": campaign})
    return added


def set_password(name: str, password: str, *, actor: str, now: datetime) -> None:
    """Raises NotAllowed when nobody has that name."""
    with transaction.atomic():
        if not people.set_password(name, password):
            person(name)
        audit.record(actor, "password set", f"user:{name}", now)


def _likeness(name: str) -> str:
    """The name without capitals, accents and spaces."""
    letters = unicodedata.normalize("NFKD", plain(name))
    return "".join(one for one in letters if not unicodedata.combining(one) and not one.isspace())
