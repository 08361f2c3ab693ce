"""Two people see every post, and what goes out is exactly what the second one saw."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import plain

FOUR_EYES = "Good practice of public bodies: a second person clears what is published (separation of duties)"


def same_person(one: str, other: str) -> bool:
    """Names as an eye meets them: capitals, spacing and unseen characters make no other person."""
    return plain(one) == plain(other)


def _two_people(case: Case) -> Iterator[Finding]:
    """The desk makes the last editor the author, so an approver who mends a post needs somebody else."""
    if not plain(case.actor):
        yield Finding(TWO.id, Level.REFUSE, "Nobody is named as the approver.", "Sign in as an approver.")
    elif same_person(case.actor, case.post.author):
        yield Finding(
            TWO.id,
            Level.REFUSE,
            f"{case.actor} wrote or last changed this post and cannot approve it.",
            "Ask another approver.",
        )


def _covered(case: Case) -> Iterator[Finding]:
    """The signature is that of the post's stored Proofs; the range is half-open."""
    approval = case.approval
    if approval is None or approval.post_id != case.post.id:
        yield _hold("Nobody has approved this post.", "An approver looks at it and approves it.")
    elif approval.voided_at is not None:
        when = local(approval.voided_at, case.campaign.zone)
        yield _hold(
            f"The approval by {approval.approver} was cancelled at {when:%H:%M on %-d %B %Y}.",
            "An approver looks at the post again.",
        )
    elif not approval.signature or approval.signature != case.post.signature:
        yield _hold(
            f"It was edited since {approval.approver} approved it.",
            "An approver looks at the text as it is now and approves that.",
        )
    elif same_person(approval.approver, approval.author) or same_person(approval.approver, case.post.author):
        yield _hold(f"{approval.approver} is both author and approver.", "Another approver looks at it.")
    elif not approval.covers(case.post.signature, case.now):
        first, last = (local(one, case.campaign.zone) for one in (approval.from_time, approval.until))
        yield _hold(
            f"{approval.approver} approved it for {first:%H:%M on %-d %B %Y} to {last:%H:%M on %-d %B %Y} only.",
            "Move it into that time, or have the new time approved.",
        )


def _hold(message: str, mend: str) -> Finding:
    return Finding(APPROVED.id, Level.HOLD, message, mend)


TWO = Rule(
    "author-approver",
    "The author is not the approver",
    FOUR_EYES,
    "Have a second person approve what the first one wrote.",
    frozenset({Moment.APPROVE}),
    _two_people,
)
APPROVED = Rule(
    "approval",
    "Only what was approved goes out",
    FOUR_EYES,
    "Have the post approved as it is now, for the time at which it goes out.",
    frozenset({Moment.SEND}),
    _covered,
)
