"""X's posts in bfbot's words. Pure. In 2026 X renamed tweets to posts: both names are read."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bfbot.domain.snapshot import PostFigures
from bfbot.platforms.readback import SOME_POST, Listed


def post_url(post_id: str) -> str:
    """An address that needs no user name."""
    return f"https://x.com/i/web/status/{post_id}"


def listed_post(post: Mapping[str, Any]) -> Listed:
    """A post as X lists it, with the links that its author wrote."""
    post_id = str(post["id"])
    attachments = post.get("attachments") or {}
    return Listed(
        remote_id=post_id,
        url=post_url(post_id),
        published_at=datetime.fromisoformat(str(post["created_at"])).astimezone(UTC),
        text=whole_text(post),
        reply_to=_parent(post),
        pictures=len(attachments.get("media_keys") or ()),
    )


def _parent(post: Mapping[str, Any]) -> str | None:
    """The post that this one answers; where X does not say which, its conversation tells that there is one."""
    for one in post.get("referenced_posts") or post.get("referenced_tweets") or ():
        if one.get("type") == "replied_to":
            return str(one["id"])
    return SOME_POST if post.get("conversation_id", post["id"]) != post["id"] else None


def whole_text(post: Mapping[str, Any]) -> str:
    """The text with its t.co links written out, and without the one that X adds for a picture."""
    text = str(post.get("text") or "")
    for one in (post.get("entities") or {}).get("urls") or ():
        short, long = one.get("url"), one.get("expanded_url")
        if short and long:
            text = text.replace(short, "" if _is_picture(one) else long)
    return html.unescape(text).strip()


def _is_picture(url: Mapping[str, Any]) -> bool:
    display = str(url.get("display_url") or "")
    return bool(url.get("media_key")) or display.startswith(("pic.x.com/", "pic.twitter.com/"))


def figures_of(metrics: Mapping[str, Any]) -> PostFigures:
    """Cumulative figures; a measure that X leaves out is unknown, not zero."""
    reposts = metrics.get("repost_count", metrics.get("retweet_count"))
    quotes = metrics.get("quote_count")
    shares = None if reposts is None and quotes is None else (reposts or 0) + (quotes or 0)
    return PostFigures(
        impressions=metrics.get("impression_count"),
        reactions=metrics.get("like_count"),
        comments=metrics.get("reply_count"),
        shares=shares,
        saves=metrics.get("bookmark_count"),
    )
