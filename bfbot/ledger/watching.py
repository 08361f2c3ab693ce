"""What those who watch bfbot ask: how much waits and for how long, and whether the database can be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Count, F, Min, OuterRef, Subquery, When

from bfbot.domain.person import is_a_person
from bfbot.domain.post import AUTOMATIC, Origin
from bfbot.domain.proof import proof_from_json
from bfbot.domain.sending import DOUBTFUL, RESTORE, Action
from bfbot.domain.states import GIVEN_UP, HELD_BACK, NEEDS_A_PERSON, OPEN_POST, DeliveryState, PostState
from bfbot.domain.watching import HeldBack, Soon, Stuck, Unapproved
from bfbot.ledger import models

_S = DeliveryState


def stuck() -> list[Stuck]:
    """Deliveries of open posts that are unknown, failed or missed, in due order; not what was given up."""
    rows = models.Delivery.objects.filter(state__in=list(NEEDS_A_PERSON), post__state__in=list(OPEN_POST))
    rows = rows.exclude(state=_S.FAILED, reason=GIVEN_UP)
    tries = models.Attempt.objects.filter(
        delivery=OuterRef("pk"), action=Action.PUBLISH, outcome__in=[str(one) for one in DOUBTFUL]
    )
    # What a restore put in doubt is looked for since then, and not since the backup was made.
    since = Case(When(worker=RESTORE, then=F("ended_at")), default=F("started_at"))
    rows = rows.annotate(doubt_since=Subquery(tries.annotate(since=since).order_by("since").values("since")[:1]))
    return [
        Stuck(
            delivery=row.pk,
            post=row.post_id,
            account=row.account,
            state=DeliveryState(row.state),
            reason=row.reason,
            error=row.error,
            due_at=row.due_at,
            doubt_since=row.doubt_since if row.state == _S.UNKNOWN else None,
            text=_as_read(row),
        )
        for row in rows.select_related("post", "proof").order_by("due_at", "pk")
    ]


def unapproved(now: datetime, ahead: timedelta) -> list[Unapproved]:
    """Posts whose moment comes within `ahead`, or came and is not over, and that wait for a yes."""
    rows = models.Delivery.objects.filter(
        state=_S.PLANNED,
        due_at__lte=now + ahead,
        closes_at__gt=now,
        post__state__in=[PostState.DRAFT, PostState.IN_REVIEW],
    )
    first: dict[int, models.Delivery] = {}
    for row in rows.select_related("post", "proof").order_by("due_at", "post_id", "pk"):
        first.setdefault(row.post_id, row)
    return [Unapproved(post_id, row.due_at, _as_read(row)) for post_id, row in first.items()]


def soon(now: datetime, ahead: timedelta) -> dict[int, Soon]:
    """Posts in review or approved whose moment comes within `ahead`, or came and is not over, by id."""
    rows = models.Delivery.objects.filter(
        state=_S.PLANNED,
        due_at__lte=now + ahead,
        closes_at__gt=now,
        post__state__in=[PostState.IN_REVIEW, PostState.APPROVED],
    )
    found: dict[int, Soon] = {}
    for post_id, due_at, signature in rows.order_by("due_at").values_list("post_id", "due_at", "post__signature"):
        found.setdefault(post_id, Soon(due_at, signature))
    return found


def held_back(now: datetime) -> list[HeldBack]:
    """Deliveries of approved posts that are due and kept back by a rule, in due order; none that is too late."""
    rows = models.Delivery.objects.filter(
        state=_S.DUE, reason__startswith=HELD_BACK, closes_at__gt=now, post__state=PostState.APPROVED
    )
    return [
        HeldBack(
            delivery=row.pk,
            post=row.post_id,
            campaign=row.post.campaign,
            account=row.account,
            automatic=Origin(row.post.origin) in AUTOMATIC,
            by_itself=Origin(row.post.origin) in AUTOMATIC and not is_a_person(row.post.author),
            due_at=row.due_at,
            closes_at=row.closes_at,
            why=row.error,
            named=row.reason.removeprefix(HELD_BACK),
            text=_as_read(row),
        )
        for row in rows.select_related("post", "proof").order_by("due_at", "pk")
    ]


def _as_read(row: models.Delivery) -> str:
    """The words that go out where they are rendered, else the author's, placeholders and all."""
    return proof_from_json(row.proof.content).text if row.proof else row.post.text


def deliveries_by_state() -> Mapping[tuple[str, str], int]:
    """How many, by account and state."""
    rows = models.Delivery.objects.values("account", "state").annotate(count=Count("pk")).order_by()
    return {(one["account"], one["state"]): one["count"] for one in rows}


def posts_by_state() -> Mapping[str, int]:
    rows = models.Post.objects.values("state").annotate(count=Count("pk")).order_by()
    return {one["state"]: one["count"] for one in rows}


def waiting_since(now: datetime) -> tuple[int, datetime | None]:
    """How many approved deliveries should be going out, and since when the first of them is due."""
    rows = models.Delivery.objects.filter(
        state__in=[_S.PLANNED, _S.DUE, _S.SENDING], due_at__lte=now, post__state=PostState.APPROVED
    )
    found = rows.aggregate(count=Count("pk"), first=Min("due_at"))
    return found["count"], found["first"]


def write(name: str, now: datetime) -> None:
    """One row is written and committed. Raises DatabaseError where that does not work."""
    with transaction.atomic():
        models.Probe.objects.update_or_create(name=name, defaults={"at": now})


def forget(name: str) -> None:
    """As if `write` had never been called under this name."""
    models.Probe.objects.filter(pk=name).delete()


def written_at(name: str) -> datetime | None:
    """When `write` last did so under this name."""
    return models.Probe.objects.filter(pk=name).values_list("at", flat=True).first()
