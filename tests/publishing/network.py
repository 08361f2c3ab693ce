"""A network in memory, whose every answer a test can order; and posts of the ledger to send to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bfbot.domain.approval import Approval
from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.post import Delivery, Origin, Wording
from bfbot.domain.proof import Proof, ProofPart, joint_digest
from bfbot.domain.states import PostState
from bfbot.ledger import approvals, deliveries, models, posts
from bfbot.platforms.base import Draft, Receipt, Sending

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
LIMITS = Limits(
    text=500,
    media=4,
    alt=1500,
    media_bytes=1,
    media_types=frozenset(),
    threads=True,
    idempotency=Idempotency.NONE,
    metrics=frozenset(),
)
KEYED = replace(LIMITS, idempotency=Idempotency.KEY, key_lasts_seconds=3600)
NAMED = replace(LIMITS, idempotency=Idempotency.CLIENT_ID)


@dataclass
class Clock:
    """Time that a test moves."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def on(self, **given: float) -> None:
        self.now += timedelta(**given)


@dataclass
class Network:
    """Lists and deletes. `answers` are raised one by one, before a post is taken or (`lost`) after it."""

    limits: Limits = LIMITS
    name: str = "practice"
    label: str = "Practice"
    live: list[tuple[str, str, str | None]] = field(default_factory=list)  # key, text, reply_to
    answers: list[BaseException | None] = field(default_factory=list)
    lost: list[BaseException | None] = field(default_factory=list)
    looks: list[Exception | None] = field(default_factory=list)
    hidden: bool = False
    uploads: Callable[[], None] = lambda: None
    before: Callable[[], None] = lambda: None
    asked: list[Sending] = field(default_factory=list)

    def length(self, text: str) -> int:
        return len(text)

    def render(self, draft: Draft) -> Proof:
        raise AssertionError("sending never renders")

    def publish(self, sending: Sending) -> Receipt:
        self.uploads()
        sending.still()
        self.before()
        self.asked.append(sending)
        if self.answers and (error := self.answers.pop(0)) is not None:
            raise error
        known = [index for index, one in enumerate(self.live) if one[0] == sending.key]
        if known and self.limits.idempotency is not Idempotency.NONE:
            return Receipt(str(known[0]), f"https://social.example/{known[0]}")
        self.live.append((sending.key, sending.proof.parts[sending.index].text, sending.reply_to))
        if self.lost and (gone := self.lost.pop(0)) is not None:
            raise gone
        return Receipt(str(len(self.live) - 1), f"https://social.example/{len(self.live) - 1}")

    def delete(self, remote_id: str) -> None:
        self.live[int(remote_id)] = ("", "", None)

    @property
    def texts(self) -> list[str]:
        return [one[1] for one in self.live]


class Listing(Network):
    """A network that can be read back."""

    def find(self, sending: Sending) -> Receipt | None:
        if self.looks and (error := self.looks.pop(0)) is not None:
            raise error
        text = sending.proof.parts[sending.index].text
        found = [index for index, one in enumerate(self.live) if one[1] == text and one[2] == sending.reply_to]
        return Receipt(str(found[0]), "https://social.example/found") if found and not self.hidden else None


def approved(
    *texts: str,
    account: str = "desk",
    at: datetime = NOON,
    window: timedelta = timedelta(hours=2),
    origin: Origin = Origin.PERSON,
    state: PostState = PostState.APPROVED,
    given_at: datetime | None = None,
) -> Delivery:
    """A post of these parts on one account, as the desk leaves it in that state."""
    given_at = given_at or at - timedelta(days=1)
    models.Revision.objects.get_or_create(number=1, defaults={"digest": "", "made_at": NOON, "content": {}})
    post_id = posts.add(
        campaign="campaign",
        origin=origin,
        wording=Wording("\n---\n".join(texts)),
        author="Author",
        scheduled_for=at,
        window=window,
        revision=1,
        now=given_at,
    )
    deliveries.add(post_id, account, "practice", at, at + window)
    proof = Proof(account, "practice", tuple(ProofPart(text, len(text)) for text in texts))
    delivery = posts.get(post_id).deliveries[0]
    deliveries.give_proof(delivery.id, proof, given_at)
    posts.sign(post_id, joint_digest([proof]), 1, given_at)
    if state is PostState.APPROVED:
        approvals.give(
            Approval(
                post_id=post_id,
                author="Author",
                approver="Approver",
                signature=joint_digest([proof]),
                from_time=at - timedelta(days=1),
                until=at + timedelta(days=1),
                given_at=given_at,
            )
        )
    models.Post.objects.filter(pk=post_id).update(state=state)
    return deliveries.get(delivery.id)
