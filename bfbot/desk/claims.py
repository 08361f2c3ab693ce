"""An approver's word settles the claims that stood before them when they gave it, and no other.

The rules are asked again as the approval is written. What they want confirmed then may be new: a page that is gone
since, a day that another campaign has taken. Nobody has said a word on that.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bfbot.desk.judging import case_of
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.settled import claim_id, claims_of
from bfbot.rules.verdict import confirmations, stopping

__all__ = ["NEW", "Weighed", "as_before", "claim_id", "claims_of", "is_new", "weigh"]
NEW = "New since you looked: "


@dataclass(frozen=True)
class Weighed:
    """`stops`: what keeps the approval from being given. `settled`: the claims that the approver's word is for."""

    stops: tuple[Finding, ...]
    settled: tuple[Finding, ...] = ()


def weigh(
    post: Post,
    *,
    actor: str,
    confirmed: str,
    shown: Collection[str] | None,
    revision: Revision,
    now: datetime,
) -> Weighed:
    """What the rules say to an approval. `shown` names the claims that the approver saw; None: those of now."""
    case = case_of(post, Moment.APPROVE, now=now, revision=revision, actor=actor)
    found = judge(case, RULES)
    has_word = bool(confirmed.strip())
    claims = confirmations(found)
    stops = stopping(found, Moment.APPROVE, confirmed)
    if shown is None:
        return Weighed(stops, claims if has_word else ())
    unseen = [one for one in claims if claim_id(one) not in shown]
    others = [one for one in stops if one not in unseen]
    new = [replace(one, message=f"{NEW}{one.message}") for one in unseen]
    return Weighed((*others, *new), claims if has_word else ())


def is_new(finding: Finding) -> bool:
    """Whether it arose after the approver had looked."""
    return finding.level is Level.CONFIRM and finding.message.startswith(NEW)


def as_before(finding: Finding) -> Finding:
    """Without the word that it is new."""
    return replace(finding, message=finding.message.removeprefix(NEW))
