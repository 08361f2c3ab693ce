"""A release as a feed would have brought it."""

from __future__ import annotations

from datetime import datetime

from bfbot.domain.release import Release, ReleaseState
from bfbot.ledger import releases


def a_release(now: datetime, *, title: str = "Councils open ten hubs", link: str = "") -> Release:
    """New, of the feed in tests/web/files.py, and without a post yet."""
    return releases.add(
        "council-news",
        f"guid:{title}",
        guid=title,
        link=link or "https://council.example/hubs",
        title=title,
        summary="",
        published_at=now,
        content_digest="0" * 64,
        state=ReleaseState.NEW,
        why="",
        now=now,
    )
