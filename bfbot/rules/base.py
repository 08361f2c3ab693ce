"""One mechanism for every rule: asked at submit, at approval and at send, with the same inputs.

A rule is a pure function. What it may know is gathered by the desk into a Case; it returns Findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, wraps
from typing import TypeVar

from bfbot.domain.approval import Approval
from bfbot.domain.campaign import Campaign
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.hold import Hold
from bfbot.domain.limits import Limits
from bfbot.domain.link import LinkSeen
from bfbot.domain.message import Message
from bfbot.domain.names import NO_NAMES, ListedNames
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.post import Delivery, Post
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision


@dataclass(frozen=True)
class Case:
    """A post before its judges.

    `proofs` and `limits` are by account. `deliveries` are those asked about (at send: one). `actor` is the
    person who submits or approves ("" at send). `approval` is the standing one at send. `queued` are the other
    open posts of the campaign's accounts.
    `links_seen` is what was last found behind links, by the page's address without tracking; empty at send.
    `signed_off` are the pre-election periods for which an approver answers for this post as it is, by name.
    `others_near` are other campaigns' open posts on the same accounts within the hour; at send those before it.
    `names` are the team's listed ones, where the post is about people; `quotes_signed` are the quoted words of it
    that were signed off, as (id of the register, digest).
    `owner_sign_offs` are what other organisations that the post names have agreed to, of this very version.
    `muted` are the accounts among `deliveries` on which nothing goes out by itself; never a practice channel.
    `partner` is the post in the other language, and `partner_stops` what keeps it from going out now (at send).
    """

    moment: Moment
    now: datetime
    post: Post
    campaign: Campaign
    revision: Revision
    deliveries: tuple[Delivery, ...]
    proofs: Mapping[str, Proof]
    limits: Mapping[str, Limits]
    holds: tuple[Hold, ...] = ()
    approval: Approval | None = None
    actor: str = ""
    message: Message | None = None
    queued: tuple[Post, ...] = field(default=())
    links_seen: Mapping[str, LinkSeen] = field(default_factory=dict)
    partner: Post | None = None
    partner_stops: tuple[Finding, ...] = ()
    signed_off: frozenset[str] = frozenset()
    others_near: tuple[Post, ...] = ()
    names: ListedNames = NO_NAMES
    quotes_signed: frozenset[tuple[str, str]] = frozenset()
    owner_sign_offs: tuple[OwnerSignOff, ...] = ()
    muted: frozenset[str] = frozenset()

    def network(self, account: str) -> str:
        """The network of one of the `proofs`, by the name that people call it."""
        limits = self.limits.get(account)
        return (limits.label if limits else "") or self.proofs[account].platform

    @cached_property
    def wordings(self) -> dict[str, str]:
        """The author's text, placeholders and all, by account."""
        return {one.account: self.post.wording.for_platform(one.platform) for one in self.deliveries}


Read = TypeVar("Read")


def worked_out_once(read: Callable[[Case], Read]) -> Callable[[Case], Read]:
    """What many rules ask of a case is worked out once: fifty of them judge every post right before it goes."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(case: Case) -> Read:
        known: dict[str, Read] = vars(case)  # a frozen case still has room for what follows from it
        try:
            return known[name]
        except KeyError:
            found = known[name] = read(case)
            return found

    return kept


def once_per_case(read: Callable[[Case], Iterable[Read]]) -> Callable[[Case], tuple[Read, ...]]:
    """The same for what is read one by one: all of it, in order."""

    @wraps(read)
    def whole(case: Case) -> tuple[Read, ...]:
        return tuple(read(case))

    return worked_out_once(whole)


@dataclass(frozen=True)
class Rule:
    """`source` is where the rule comes from; `satisfy` tells a comms officer how to meet it."""

    id: str
    title: str
    source: str
    satisfy: str
    moments: frozenset[Moment]
    judge: Callable[[Case], Iterable[Finding]]


ALWAYS = frozenset(Moment)


def judge(case: Case, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Every finding of every rule that is asked at this moment, in the rules' order, without repeats."""
    found = (finding for rule in rules if case.moment in rule.moments for finding in rule.judge(case))
    return tuple(dict.fromkeys(found))
