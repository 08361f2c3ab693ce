"""A ledger with published posts, and networks that answer from a table: for tests of measuring and reporting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bfbot.domain.campaign import Campaign, Goal, Pillar
from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.domain.snapshot import AccountSnapshot, PostFigures
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import models
from bfbot.platforms.base import Draft, Platform, Receipt, Sending

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
CAMPAIGN = Campaign(
    id="bright-futures",
    name="Bright Futures",
    owner="LGA",
    hashtag="GettingTheBest",
    link="https://www.local.gov.uk/bright-futures",
    contact="campaign@desk.example",
    pillars=(Pillar("outcomes", "Outcomes for children"),),
    goals=(Goal("impressions", 10_000, date(2026, 11, 1), date(2026, 11, 30)),),
)
REVISION = Revision(
    number=1,
    digest="0" * 64,
    made_at=MONDAY,
    campaigns={CAMPAIGN.id: CAMPAIGN},
    accounts={
        "practice": Account("practice", "rehearsal", (CAMPAIGN.id,), label="Practice channel"),
        "lga-mastodon": Account("lga-mastodon", "mastodon", (CAMPAIGN.id,), base_url="https://social.example"),
    },
)
PRACTICE_ONLY = replace(REVISION, accounts={"practice": REVISION.accounts["practice"]})


def publish(
    account: str,
    out: datetime,
    *,
    platform: str = "rehearsal",
    state: DeliveryState = DeliveryState.PUBLISHED,
    parts: int = 1,
    text: str = "Every child should get help before a crisis.",
) -> models.Delivery:
    """A delivery as publishing leaves it; states other than published have no parts."""
    models.Revision.objects.get_or_create(
        number=1, defaults={"digest": "0" * 64, "made_at": MONDAY, "content": {}}
    )
    post = models.Post.objects.create(
        campaign=CAMPAIGN.id, origin="person", state=PostState.APPROVED, text=text, author="Demo author",
        first_planned_at=out, scheduled_for=out, window_seconds=86_400, revision_id=1, pillar="outcomes",
        created_at=out, changed_at=out,
    )  # fmt: skip
    live = state is DeliveryState.PUBLISHED
    delivery = models.Delivery.objects.create(
        post=post, account=account, platform=platform, state=state, key=f"key-{post.pk}", due_at=out,
        closes_at=out + timedelta(days=1), not_before=out, published_at=out if live else None,
    )  # fmt: skip
    for number in range(parts if live else 0):
        models.Part.objects.create(
            delivery=delivery, number=number, remote_id=f"{delivery.pk}-{number}", url="", published_at=out
        )
    return delivery


@dataclass
class Network:
    """Answers with `figures`, or with `error`; remembers what it was asked."""

    figures: Mapping[str, PostFigures] = field(default_factory=dict)
    error: Exception | None = None
    practice: bool = True
    asked: list[list[str]] = field(default_factory=list)
    name: str = "rehearsal"
    label: str = "Practice channel"

    @property
    def limits(self) -> Limits:
        return Limits(
            500, 4, 1500, 10**7, frozenset(), True, Idempotency.KEY, frozenset({"impressions"}),
            practice=self.practice,
        )  # fmt: skip

    def measure(self, remote_ids: list[str]) -> Mapping[str, PostFigures]:
        self.asked.append(remote_ids)
        if self.error:
            raise self.error
        return {one: self.figures[one] for one in remote_ids if one in self.figures}

    def measure_account(self, now: datetime) -> AccountSnapshot:
        if self.error:
            raise self.error
        return AccountSnapshot("practice", now, followers=120)

    def length(self, text: str) -> int:
        return len(text)

    def render(self, draft: Draft) -> Proof:
        raise AssertionError("measuring renders nothing")

    def publish(self, sending: Sending) -> Receipt:
        raise AssertionError("measuring publishes nothing")


def answering(network: Network) -> Callable[[Account], Platform]:
    """Every account is on this network."""
    return lambda account: network
