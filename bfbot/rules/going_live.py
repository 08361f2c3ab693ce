"""A muted account: what a person wrote and another approved goes out on it, and nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.rules.base import ALWAYS, Case, Rule


def _muted(case: Case) -> Iterator[Finding]:
    """At send it stops; before that it is told, for the account may be live by then."""
    if not case.post.by_itself:
        return
    sending = case.moment is Moment.SEND
    for delivery in case.deliveries:
        if delivery.account in case.muted:
            yield Finding(
                MUTED.id,
                Level.HOLD if sending else Level.WARN,
                f"{delivery.account} is muted: nothing goes out on it by itself yet."
                if sending
                else f"{delivery.account} is muted: this waits until the account is live, and is not sent late.",
                "Two people let the account go live under “Accounts”; or a person writes the post.",
                account=delivery.account,
                meant=True,
            )


MUTED = Rule(
    "muted-account",
    "Nothing goes out by itself on a new account",
    "The team’s own decision: a new channel is opened by two people, and not by a line in a file",
    "Let the account go live under “Accounts”: its statistics reviewed, a pause tried, its feeds marked as seen, "
    "a first post by one person, approved by another; then one asks and an approver confirms. What people write "
    "and approve goes out before that, and practice channels are never muted.",
    ALWAYS,
    _muted,
)
