"""When feeds brought something: the newest of each, and the last releases of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from bfbot.ledger import models


def newest() -> Mapping[str, datetime]:
    """When each feed's newest release was first seen."""
    rows = models.Release.objects.values("feed").annotate(at=Max("first_seen_at")).order_by()
    return {one["feed"]: one["at"] for one in rows}


def released(feed: str, most: int) -> list[datetime]:
    """The moments of its last releases: as published, and where that is unknown, as first seen."""
    rows = models.Release.objects.filter(feed=feed).order_by("-first_seen_at", "-pk")
    found = rows.values_list("published_at", "first_seen_at")[:most]
    return [min(published, seen) if published else seen for published, seen in found]
