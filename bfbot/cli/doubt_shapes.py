"""The JSON of a post that may be live. Keys may be added, never renamed; parts are numbered from 1."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bfbot.cli.output import iso
from bfbot.cli.shapes import delivery_shape, zone_of
from bfbot.desk.in_doubt import InDoubt, in_doubt
from bfbot.desk.tried import Line
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision

if TYPE_CHECKING:
    from bfbot.publishing.look_again import Looked


def with_tries(post: Post, revision: Revision, now: datetime) -> list[dict[str, object]]:
    """The deliveries of `queue show --json`: as in a list of posts, with their parts and what was tried."""
    zone = zone_of(post.campaign, revision)
    return [
        {**delivery_shape(one, zone), **doubt_shape(in_doubt(one, post, revision, now), zone)}
        for one in post.deliveries
    ]


def doubt_shape(one: InDoubt, zone: str) -> dict[str, object]:
    """What `queue show --json` adds to each way to an account."""
    return {
        "parts": [
            {
                "number": part.number,
                "text": part.text,
                "state": part.word.replace(" ", "_"),
                "url": part.sent.url if part.sent else None,
                "remote_id": part.sent.remote_id if part.sent else None,
            }
            for part in one.parts
        ],
        "tried": [_line_shape(line, zone) for line in one.tried],
        "in_doubt": one.asked is not None,
        "part_to_settle": one.asked.number if one.asked else None,
        "network_lists": one.lists,
        "looks_at": iso(one.looks_at, zone),
    }


def _line_shape(one: Line, zone: str) -> dict[str, object]:
    return {
        "at": iso(one.since, zone),
        "until": iso(one.until, zone),
        "count": one.count,
        "part": one.part + 1,
        "action": str(one.action),
        "outcome": str(one.outcome),
        "words": one.words,
        "detail": one.detail or None,
    }


def looked_shape(looked: Looked, account: str, zone: str) -> dict[str, object]:
    """What `queue look --json` gives for one account."""
    return {
        "account": account,
        "part": looked.part + 1,
        "looked_at": iso(looked.at, zone),
        "outcome": str(looked.outcome),
        "why": looked.why or None,
        "recorded": looked.recorded,
        "since": iso(looked.since, zone),
        "unlisted": looked.unlisted or None,
        "seen": [
            {
                "remote_id": one.remote_id,
                "url": one.url,
                "published_at": iso(one.published_at, zone),
                "text": one.text,
            }
            for one in looked.seen
        ],
    }
