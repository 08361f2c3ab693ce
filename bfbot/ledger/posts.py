"""Posts, read as domain objects and written field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from bfbot.domain.post import Delivery, Origin, PartSent, Post, Wording
from bfbot.domain.proof import Proof, proof_from_json
from bfbot.domain.states import GIVEN_UP, OPEN_DELIVERY, OPEN_POST, DeliveryState, PostState, check_post_move
from bfbot.errors import ContentRefused
from bfbot.ledger import models
from bfbot.ledger.light_rows import light_rows
from bfbot.ledger.media_rows import as_rows, from_rows


def get(post_id: int) -> Post:
    """Raises ContentRefused when there is no such post."""
    row = _rows().filter(pk=post_id).first()
    if row is None:
        raise ContentRefused(f"There is no post {post_id}.", mend="See `bfbot queue list`.")
    return to_domain(row)


def several(post_ids: Collection[int]) -> dict[int, Post]:
    """By id; what is not there is left out. The publisher asks this for every post that goes out."""
    rows = light_rows(models.Delivery, "post_id", post_ids, "ORDER BY id")
    tried = [one.id for one in rows if one.attempts or one.state not in _NEVER_TRIED]
    parts: dict[int, list[models.Part]] = {}
    for part in light_rows(models.Part, "delivery_id", tried):
        parts.setdefault(part.delivery_id, []).append(part)
    digests = {one.proof_id for one in rows if one.proof_id is not None}
    proofs = {one.digest: proof_from_json(one.content) for one in light_rows(models.Proof, "digest", digests)}
    deliveries: dict[int, list[Delivery]] = {}
    for row in rows:
        proof = proofs[row.proof_id] if row.proof_id is not None else None
        deliveries.setdefault(row.post_id, []).append(delivery_of(row, proof, parts.get(row.id, ())))
    return {row.id: post_of(row, deliveries.get(row.id, ())) for row in light_rows(models.Post, "id", post_ids)}


_NEVER_TRIED = {DeliveryState.PLANNED, DeliveryState.DUE}


def to_change(post_id: int) -> Post:
    """As `get`, inside a transaction: until it ends, whoever else would change this post waits and reads it after.

    On SQLite a transaction is the only writer from its start (IMMEDIATE).
    """
    if connection.features.has_select_for_update:
        # NO KEY: rows that point at the post may be added meanwhile, as a claim does.
        models.Post.objects.select_for_update(no_key=True).filter(pk=post_id).values_list("pk").first()
    return get(post_id)


def listing(
    *,
    states: Iterable[PostState] | None = None,
    campaign: str | None = None,
    account: str | None = None,
    from_time: datetime | None = None,
    until: datetime | None = None,
    newest_first: bool = False,
    most: int | None = None,
) -> list[Post]:
    """Posts in the order of `scheduled_for`; the range is half-open."""
    wanted = Q()
    if states is not None:
        wanted &= Q(state__in=[str(state) for state in states])
    if campaign is not None:
        wanted &= Q(campaign=campaign)
    if account is not None:
        wanted &= Q(deliveries__account=account)
    if from_time is not None:
        wanted &= Q(scheduled_for__gte=from_time)
    if until is not None:
        wanted &= Q(scheduled_for__lt=until)
    order = ("-scheduled_for", "-pk") if newest_first else ("scheduled_for", "pk")
    return [to_domain(row) for row in _rows().filter(wanted).order_by(*order)[:most]]


def counted(state: PostState) -> dict[str, int]:
    """How many posts are in this state, by campaign."""
    rows = models.Post.objects.filter(state=state).values("campaign").annotate(many=Count("pk")).order_by()
    return {row["campaign"]: row["many"] for row in rows}


def open_posts(campaign: str | None = None) -> list[Post]:
    """Everything that may still change or go out."""
    return listing(states=OPEN_POST, campaign=campaign)


def queued(campaign: str, now: datetime) -> list[Post]:
    """What waits for approval or for its time, and is not too late for it: a draft is nobody's plan yet."""
    waiting = models.Delivery.objects.filter(state__in=list(OPEN_DELIVERY), closes_at__gt=now)
    rows = models.Post.objects.filter(campaign=campaign, state__in=[PostState.IN_REVIEW, PostState.APPROVED])
    wanted = rows.filter(Exists(waiting.filter(post=OuterRef("pk")))).order_by("scheduled_for", "pk")
    ids = list(wanted.values_list("pk", flat=True))
    found = several(ids)  # asked for every post that is sent for approval or approved: light rows
    return [found[one] for one in ids if one in found]


def add(
    *,
    campaign: str,
    origin: Origin,
    wording: Wording,
    author: str,
    scheduled_for: datetime,
    window: timedelta,
    revision: int,
    now: datetime,
    message: str | None = None,
    pillar: str | None = None,
    kind: str | None = None,
    release: int | None = None,
    occurrence: str | None = None,
    note: str = "",
) -> int:
    """A new draft without deliveries; returns its id."""
    return models.Post.objects.create(
        campaign=campaign,
        origin=origin,
        state=PostState.DRAFT,
        author=author,
        first_planned_at=scheduled_for,
        scheduled_for=scheduled_for,
        window_seconds=int(window.total_seconds()),
        revision_id=revision,
        message=message,
        pillar=pillar,
        kind=kind,
        release_id=release,
        occurrence_id=occurrence,
        note=note,
        created_at=now,
        changed_at=now,
        **_wording_fields(wording),
    ).pk


def reword(post: Post, wording: Wording, *, author: str, revision: int, now: datetime) -> None:
    """A new text; whoever wrote it is its author from now on."""
    models.Post.objects.filter(pk=post.id).update(
        author=author, revision_id=revision, changed_at=now, signature="", **_wording_fields(wording)
    )


def redate(post: Post, scheduled_for: datetime, window: timedelta, now: datetime) -> None:
    """A new moment; `first_planned_at` stays."""
    models.Post.objects.filter(pk=post.id).update(
        scheduled_for=scheduled_for, window_seconds=int(window.total_seconds()), changed_at=now
    )


def sign(post_id: int, signature: str, revision: int, now: datetime) -> None:
    """Write what an approval will be bound to."""
    models.Post.objects.filter(pk=post_id).update(signature=signature, revision_id=revision, changed_at=now)


def move(post: Post, new: PostState, now: datetime, *, as_signed: bool = False) -> None:
    """Along the graph, and only from the state that was read; raises ContentRefused if it changed meanwhile.

    `as_signed`: only while it still carries the signature that was read, too.
    """
    check_post_move(post.state, new)
    rows = models.Post.objects.filter(pk=post.id, state=post.state)
    if as_signed:
        rows = rows.filter(signature=post.signature)
    moved = rows.update(state=new, changed_at=now)
    if not moved:
        raise ContentRefused(
            f"Post {post.id} was changed by somebody else in this moment.", mend="Look at it again, then decide."
        )


def pair(one: int, other: int) -> None:
    """The two say the same in two languages. Raises ContentRefused where one of them has another half already."""
    for mine, theirs in ((one, other), (other, one)):
        cancelled = models.Post.objects.filter(state=PostState.WITHDRAWN).values("pk")
        free = models.Post.objects.filter(pk=mine).filter(Q(pair=None) | Q(pair=theirs) | Q(pair__in=cancelled))
        if not free.update(pair=theirs):
            raise ContentRefused(
                f"Post {mine} already has its version in the other language.", mend="See `bfbot queue show`."
            )


def note(post_id: int, text: str) -> None:
    """A word to the next person."""
    models.Post.objects.filter(pk=post_id).update(note=text)


def close_settled(now: datetime, *, until: datetime | None = None) -> int:
    """Close approved posts whose deliveries are all final; returns how many. `until`: of those planned by then."""
    final = Q(state__in=[DeliveryState.PUBLISHED, DeliveryState.WITHDRAWN, DeliveryState.DELETED])
    final |= Q(state=DeliveryState.FAILED, reason=GIVEN_UP)
    its_own = models.Delivery.objects.filter(post=OuterRef("pk"))
    approved = models.Post.objects.filter(state=PostState.APPROVED)
    if until is not None:
        approved = approved.filter(scheduled_for__lte=until)
    settled = approved.filter(Exists(its_own), ~Exists(its_own.exclude(final)))
    return settled.update(state=PostState.CLOSED, changed_at=now)


def _wording_fields(wording: Wording) -> dict[str, object]:
    return {
        "text": wording.text,
        "variants": dict(wording.variants),
        "media": as_rows(wording.media),
        "link": wording.link,
        "language": wording.language,
    }


def _rows() -> QuerySet[models.Post]:
    deliveries = models.Delivery.objects.select_related("proof").prefetch_related("parts").order_by("pk")
    return models.Post.objects.prefetch_related(Prefetch("deliveries", deliveries))


def to_domain(row: models.Post) -> Post:
    """A row with its deliveries, Proofs and parts."""
    return post_of(row, (delivery_to_domain(one) for one in row.deliveries.all()))


def post_of(row: models.Post, deliveries: Iterable[Delivery]) -> Post:
    """From a row's own fields."""
    return Post(
        id=row.id,
        campaign=row.campaign,
        origin=Origin(row.origin),
        state=PostState(row.state),
        wording=Wording(
            text=row.text,
            variants=row.variants,
            media=from_rows(row.media),
            link=row.link,
            language=row.language,
        ),
        author=row.author,
        first_planned_at=row.first_planned_at,
        scheduled_for=row.scheduled_for,
        window=timedelta(seconds=row.window_seconds),
        revision=row.revision_id,
        deliveries=tuple(deliveries),
        message=row.message,
        pillar=row.pillar,
        kind=row.kind,
        release=row.release_id,
        occurrence=row.occurrence_id,
        signature=row.signature,
        note=row.note,
        created_at=row.created_at,
        pair=row.pair,
    )


def delivery_to_domain(row: models.Delivery) -> Delivery:
    """A row with its Proof and parts."""
    return delivery_of(row, proof_from_json(row.proof.content) if row.proof else None, row.parts.all())


def delivery_of(row: models.Delivery, proof: Proof | None, parts: Iterable[models.Part]) -> Delivery:
    """From a row's own fields."""
    sent = sorted(parts, key=lambda part: part.number)
    return Delivery(
        id=row.id,
        post_id=row.post_id,
        account=row.account,
        platform=row.platform,
        state=DeliveryState(row.state),
        key=row.key,
        due_at=row.due_at,
        closes_at=row.closes_at,
        not_before=row.not_before,
        attempts=row.attempts,
        error=row.error,
        reason=row.reason,
        proof=proof,
        parts=tuple(PartSent(one.number, one.remote_id, one.url, one.published_at) for one in sent),
        published_at=row.published_at,
        deleted_at=row.deleted_at,
        vouched=row.vouched,
    )
