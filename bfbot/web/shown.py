"""A post made ready for the screen: names instead of ids, words instead of states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bfbot.config import config
from bfbot.domain.hold import Hold
from bfbot.domain.limits import Limits
from bfbot.domain.person import Person
from bfbot.domain.post import Delivery, Post
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_DELIVERY, DeliveryState, PostState
from bfbot.errors import ConfigurationError
from bfbot.platforms.registry import limits_of, spec_of
from bfbot.web import words
from bfbot.web.choices import choices


@dataclass(frozen=True)
class ShownProof:
    """What goes out on one account. `limit` is the longest text its network takes, None if it is not known."""

    proof: Proof
    account: str
    network: str
    limit: int | None


@dataclass(frozen=True)
class ShownDelivery:
    """A post on one account."""

    delivery: Delivery
    account: str
    network: str
    word: str
    tone: str
    why: str
    proof: ShownProof | None


@dataclass(frozen=True)
class ShownPost:
    """`held`: why it would not go out if its time came now, "" when it would. `zone` rules its times."""

    post: Post
    campaign: str
    zone: str
    word: str
    tone: str
    author: str
    origin: str
    held: str
    deliveries: tuple[ShownDelivery, ...]
    may: frozenset[str]

    @property
    def went_out(self) -> bool:
        """Whether it is over, and what it was made of is what went out."""
        return self.post.state is PostState.CLOSED and self.word == words.POST_STATES[PostState.CLOSED][0]

    @property
    def proofs(self) -> tuple[ShownProof, ...]:
        """One for each account that has one yet."""
        return tuple(one.proof for one in self.deliveries if one.proof is not None)


def shown(
    post: Post,
    revision: Revision,
    person: Person,
    holds: Iterable[Hold] = (),
    *,
    muted: frozenset[str] = frozenset(),
    wrote_before: bool = False,
) -> ShownPost:
    """`holds` are those that stand now, `muted` the accounts that are not live; `wrote_before` as in choices()."""
    campaign = revision.campaigns.get(post.campaign)
    word, tone = _standing(post)
    return ShownPost(
        post=post,
        campaign=campaign.name if campaign else post.campaign,
        zone=campaign.zone if campaign else config().timezone,
        word=word,
        tone=tone,
        author=words.author(post.author),
        origin=words.ORIGINS[post.origin],
        held=_held(post, holds) or _muted(post, muted, revision),
        deliveries=tuple(shown_delivery(one, revision) for one in post.deliveries),
        may=choices(post, person, wrote_before=wrote_before),
    )


def _standing(post: Post) -> tuple[str, str]:
    """Word and tone of where the post stands: one that is over without having gone out everywhere is not done."""
    failed = [one for one in post.deliveries if one.state is DeliveryState.FAILED]
    if post.state is not PostState.CLOSED or not failed:
        return words.POST_STATES[post.state]
    given_up = any(one.given_up for one in failed)
    return words.GIVEN_UP if given_up else words.DELIVERY_STATES[DeliveryState.FAILED]


def shown_delivery(delivery: Delivery, revision: Revision) -> ShownDelivery:
    word, tone = words.DELIVERY_STATES[delivery.state]
    if delivery.given_up or delivery.sought:
        word, tone = words.GIVEN_UP if delivery.given_up else words.SOUGHT
    why = delivery.error or words.REASONS.get(delivery.reason, "")
    return ShownDelivery(
        delivery=delivery,
        account=account_name(delivery.account, revision),
        network=network_name(delivery.platform),
        word=word,
        tone=tone,
        why=why,
        proof=shown_proof(delivery.proof, revision) if delivery.proof else None,
    )


def shown_proof(proof: Proof, revision: Revision, limits: Limits | None = None) -> ShownProof:
    try:
        limit = (limits or limits_of(proof.platform)).text
    except ConfigurationError:  # the network is no longer known: its posts are still shown
        limit = None
    return ShownProof(proof, account_name(proof.account, revision), network_name(proof.platform), limit)


def account_name(account_id: str, revision: Revision) -> str:
    """The team's label for it, else its network's name, else its id."""
    account = revision.accounts.get(account_id)
    return (account.label if account else "") or account_id


def network_name(platform: str) -> str:
    try:
        return spec_of(platform).label
    except ConfigurationError:
        return platform


def _held(post: Post, holds: Iterable[Hold]) -> str:
    """The reason of the first hold that covers anything of the post that could still go out."""
    if post.state not in {PostState.APPROVED, PostState.IN_REVIEW}:
        return ""
    open_ones = [one for one in post.deliveries if one.state in OPEN_DELIVERY]
    for hold in holds:
        for one in open_ones:
            if hold.covers(campaign=post.campaign, account=one.account, post=post.id, automatic=post.automatic):
                return hold.reason
    return ""


def _muted(post: Post, muted: frozenset[str], revision: Revision) -> str:
    """The same, of a post that nobody wrote, on an account that is not live."""
    if not post.by_itself or post.state not in {PostState.APPROVED, PostState.IN_REVIEW}:
        return ""
    open_ones = (one.account for one in post.deliveries if one.state in OPEN_DELIVERY and one.account in muted)
    names = [account_name(one, revision) for one in open_ones]
    return f"{names[0]} is not live yet, and this post comes by itself." if names else ""
