"""The practice channel's network: a table that takes posts, lists them and lets them be taken down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bfbot.ledger.models import PracticePost


def add_practice_post(
    *, account: str, key: str, text: str, media: list[dict[str, Any]], reply_to: str, at: datetime
) -> PracticePost:
    """The post of this key: made now, or the one that was made before (even if it was taken down since)."""
    made, _ = PracticePost.objects.get_or_create(
        account=account,
        key=key,
        defaults={"text": text, "media": media, "reply_to": reply_to, "created_at": at},
    )
    return made


def practice_post(account: str, post_id: int) -> PracticePost | None:
    """A live post of this account."""
    return _live(account).filter(pk=post_id).first()


def practice_post_by_key(account: str, key: str) -> PracticePost | None:
    """The live post that was made with this key."""
    return _live(account).filter(key=key).first()


def practice_posts(account: str, ids: Iterable[int]) -> list[PracticePost]:
    """The live ones among these."""
    return list(_live(account).filter(pk__in=list(ids)))


def practice_timeline(account: str = "", limit: int = 50) -> list[PracticePost]:
    """Live posts, newest first; of one account, or of all."""
    posts = _live(account) if account else PracticePost.objects.filter(deleted_at=None)
    return list(posts.order_by("-created_at", "-pk")[:limit])


def delete_practice_post(account: str, post_id: int, at: datetime) -> bool:
    """Take a post down; False when it was not there to take."""
    return _live(account).filter(pk=post_id).update(deleted_at=at) == 1


def _live(account: str) -> QuerySet[PracticePost]:
    return PracticePost.objects.filter(account=account, deleted_at=None)
