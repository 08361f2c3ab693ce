"""Every post there ever was, quickly: ten thousand in a second or two. For listings that leave nothing out."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from bfbot.domain.post import Delivery, Origin, PartSent, Post, Wording
from bfbot.domain.proof import proof_from_json
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import models
from bfbot.ledger.media_rows import from_rows


def every_post(*, state: PostState | None = None, campaign: str | None = None) -> list[Post]:
    """In the order of `scheduled_for`. As `posts.listing` gives them, made without a model for each row."""
    wanted: dict[str, str] = {}
    if state is not None:
        wanted["state"] = str(state)
    if campaign is not None:
        wanted["campaign"] = campaign
    deliveries = _deliveries({f"post__{name}": value for name, value in wanted.items()})
    rows = models.Post.objects.filter(**wanted).order_by("scheduled_for", "pk").values()
    return [_post(row, tuple(deliveries[row["id"]])) for row in rows.iterator(2000)]


def _deliveries(wanted: dict[str, str]) -> defaultdict[int, list[Delivery]]:
    parts: defaultdict[int, list[PartSent]] = defaultdict(list)
    of_deliveries = {f"delivery__{name}": value for name, value in wanted.items()}
    fields = ("delivery_id", "number", "remote_id", "url", "published_at")
    for delivery_id, *part in (
        models.Part.objects.filter(**of_deliveries).order_by("number").values_list(*fields).iterator(2000)
    ):
        parts[delivery_id].append(PartSent(*part))
    found: defaultdict[int, list[Delivery]] = defaultdict(list)
    rows = models.Delivery.objects.filter(**wanted).order_by("pk").values(*_DELIVERY, "proof__content")
    for row in rows.iterator(2000):
        content = row.pop("proof__content")
        found[row["post_id"]].append(
            Delivery(
                **{**row, "state": DeliveryState(row["state"])},
                proof=proof_from_json(content) if content else None,
                parts=tuple(parts[row["id"]]),
            )
        )
    return found


_DELIVERY = (
    "id",
    "post_id",
    "account",
    "platform",
    "state",
    "key",
    "due_at",
    "closes_at",
    "not_before",
    "attempts",
    "error",
    "reason",
    "published_at",
    "deleted_at",
)


def _post(row: Any, deliveries: tuple[Delivery, ...]) -> Post:
    return Post(
        id=row["id"],
        campaign=row["campaign"],
        origin=Origin(row["origin"]),
        state=PostState(row["state"]),
        wording=Wording(
            text=row["text"],
            variants=row["variants"],
            media=from_rows(row["media"]),
            link=row["link"],
            language=row["language"],
        ),
        author=row["author"],
        first_planned_at=row["first_planned_at"],
        scheduled_for=row["scheduled_for"],
        window=timedelta(seconds=row["window_seconds"]),
        revision=row["revision_id"],
        deliveries=deliveries,
        message=row["message"],
        pillar=row["pillar"],
        kind=row["kind"],
        release=row["release_id"],
        occurrence=row["occurrence_id"],
        signature=row["signature"],
        note=row["note"],
        created_at=row["created_at"],
        pair=row["pair"],
    )
