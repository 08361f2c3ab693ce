"""Accounts on which nothing goes out by itself, because two people have not decided yet that they are live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision
from bfbot.domain.sending import AccountStanding
from bfbot.errors import ConfigurationError
from bfbot.ledger import account_states
from bfbot.platforms.registry import limits_of


def is_practice(platform: str) -> bool:
    """Whether nothing leaves this computer there. A network that is not known any more is a real one."""
    try:
        return limits_of(platform).practice
    except ConfigurationError:
        return False


def muted_among(
    deliveries: Iterable[Delivery], standing: Mapping[str, AccountStanding], revision: Revision
) -> frozenset[str]:
    """Those of their accounts that are muted, by what was read of them; one that is not there is muted."""
    return frozenset(
        one.account
        for one in deliveries
        if (one.account not in standing or standing[one.account].live_since is None)
        and not _practised(one, revision)
    )


def _practised(delivery: Delivery, revision: Revision) -> bool:
    """By its own network, and by what the files say now: a practice channel may have become a real account."""
    account = revision.accounts.get(delivery.account)
    return is_practice(delivery.platform) and (account is None or is_practice(account.platform))


def muted_for(post: Post, deliveries: Iterable[Delivery], revision: Revision) -> frozenset[str]:
    """As `muted_among`, read here; what a person wrote passes anyway, and nothing is read for it."""
    if not post.by_itself:
        return frozenset()
    going = tuple(deliveries)
    return muted_among(going, account_states.standing_of({one.account for one in going}), revision)


def muted_accounts(revision: Revision) -> frozenset[str]:
    """Those of the team's files."""
    real = [one.id for one in revision.accounts.values() if not is_practice(one.platform)]
    if not real:
        return frozenset()
    return frozenset(name for name, one in account_states.standing_of(real).items() if one.live_since is None)
