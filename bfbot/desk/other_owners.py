"""A post that names another organisation: only somebody who may sign for both can say that it agrees."""

from __future__ import annotations

from collections.abc import Iterable

from bfbot.desk import people
from bfbot.domain.finding import Finding, Level
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.rules.owners import NAMES
from bfbot.rules.reading import plain


def not_theirs(claims: Iterable[Finding], actor: str, revision: Revision) -> tuple[Finding, ...]:
    """Refusals of the claims that another owner agrees, where `actor` approves for no campaign of that owner.

    Whoever approves signs for the post's own organisation already.
    """
    named = [one for one in claims if one.rule == NAMES.id]
    if not named:
        return ()
    person = people.person(actor)
    refused = []
    for one in named:
        theirs = [each for each in revision.campaigns.values() if plain(each.owner) == plain(one.about)]
        if not any(person.may(Role.APPROVER, each.id) for each in theirs):
            campaigns = " or ".join(each.name for each in theirs)
            refused.append(
                Finding(
                    NAMES.id,
                    Level.REFUSE,
                    f"{actor} cannot say for {one.about} that it agrees: they do not approve for {campaigns}.",
                    f"Somebody who approves for both approves it, or “{one.about}” comes out.",
                    account=one.account,
                )
            )
    return tuple(refused)
