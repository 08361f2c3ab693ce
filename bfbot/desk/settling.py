"""A person says what became of a post whose outcome bfbot could not find out: part by part, and never twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.in_doubt import is_last, network_of, next_state, went_out
from bfbot.domain.person import Role
from bfbot.domain.post import Delivery, PartSent, Post
from bfbot.domain.sending import Try, parts_in_doubt, parts_live
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import audit, deliveries, doubts, posts, settled
from bfbot.library import current_revision
from bfbot.platforms.base import Linked

LONGEST_LINK = 1000
NOT_LIVE = "a person looked, and it is not live"
HALF_LIVE = "a part of it is live"


def settle(
    delivery_id: int,
    *,
    actor: str,
    now: datetime,
    live_url: str | None = None,
    gone: bool = False,
    given_up: bool = False,
    part: int | None = None,
    reason: str = "",
) -> Delivery:
    """One of three: a part is live at `live_url`; it is not live (`gone`); nobody can find out (`given_up`).

    `part` counts from 0; a thread needs it, so that two people never speak of different parts. Not live: the post
    goes out again within its window, else it is missed. Given up: it failed, and nothing is sent for it any more.
    Raises UsageError, NotAllowed, and ContentRefused where there is nothing to settle.
    """
    if [live_url is not None, gone, given_up].count(True) != 1:
        raise UsageError(
            "Say one of three: it is live at a link, it is not live, or you give up finding out.",
            mend="One of --live LINK, --not-live and --give-up.",
        )
    with transaction.atomic():
        post = posts.to_change(deliveries.get(delivery_id).post_id)
        delivery = deliveries.get(delivery_id)
        people.require(actor, Role.APPROVER, post.campaign)
        tries = doubts.tries(delivery_id)
        asked = _asked(delivery, tries, part)
        if live_url is not None:
            _live(delivery, post, asked, _address(live_url), tries, now)
        elif gone:
            _carry_on(delivery, post, now, NOT_LIVE)
        else:
            _give_up(delivery, reason.strip())
        said = {"account": delivery.account, "part": asked + 1, "live": live_url, "gone": gone}
        if given_up:
            said |= {"reason": reason.strip(), "live_parts": [_where(one) for one in delivery.parts]}
        audit.record(actor, "given up" if given_up else "settled", f"post:{post.id}", now, said)
    posts.close_settled(now)
    return deliveries.get(delivery_id)


def _asked(delivery: Delivery, tries: Sequence[Try], part: int | None) -> int:
    """The part that is spoken of. Raises where it is not the one in doubt."""
    doubtful = parts_in_doubt(delivery, tries)
    if not doubtful:
        raise ContentRefused(f"The post on {delivery.account} is {delivery.state}: there is nothing to settle.")
    count = len(delivery.proof.parts) if delivery.proof else 1
    if part is None and count > 1:
        raise UsageError(
            f"It is a thread of {count} parts: say which one you mean.",
            mend=f"Part {doubtful[0] + 1} is in doubt (--part {doubtful[0] + 1}).",
        )
    if part is not None and part != doubtful[0]:
        raise ContentRefused(
            f"Part {part + 1} is not the one to settle now.",
            mend=f"Say first what became of part {doubtful[0] + 1}.",
        )
    return doubtful[0]


def _live(delivery: Delivery, post: Post, part: int, url: str, tries: Sequence[Try], now: datetime) -> None:
    remote_id = _remote_id(delivery, url, now)
    owner = settled.belongs_to(delivery.account, remote_id)
    if owner is not None:
        raise ContentRefused(
            f"That link is on record already, as post {owner}’s.", mend="Paste the address of this post."
        )
    at = went_out(delivery, tries, part, now)
    settled.part_live(delivery, part, remote_id=remote_id, url=url, published_at=at, now=now)
    more = deliveries.get(delivery.id)
    if is_last(delivery, part):
        settled.live(delivery, more.parts[0].published_at)
    elif len(parts_in_doubt(delivery, tries)) == 1:
        _carry_on(more, post, now, HALF_LIVE)


def _carry_on(delivery: Delivery, post: Post, now: datetime, why: str) -> None:
    """With nothing left in doubt: the rest goes out within its window, or not at all.

    What follows a part in its thread answers it: where the one is not live, the others are not.
    """
    state = next_state(delivery, post, now)
    if state in {DeliveryState.PLANNED, DeliveryState.DUE}:
        settled.go_on(delivery, now)
    elif state is DeliveryState.MISSED:
        told = f"Not sent: {why}, and its time is over. {_live_parts(delivery)}".strip()
        settled.end(delivery, state, reason="too_late", error=told, now=now)
    else:
        told = f"{why[:1].upper()}{why[1:]}. {_live_parts(delivery)}".strip()
        settled.end(delivery, state, reason="not_live", error=told, now=now)


def _give_up(delivery: Delivery, reason: str) -> None:
    if delivery.given_up:
        raise ContentRefused(f"The post on {delivery.account} was given up before.")
    told = f"Given up: it may be live, and nothing more is sent. {reason} {_live_parts(delivery)}"
    settled.give_up(delivery, " ".join(told.split()))


def _live_parts(delivery: Delivery) -> str:
    """Which parts stay live, with their links; "" where none is."""
    stay = "; ".join(_where(one) for one in delivery.parts)
    return f"{parts_live(delivery)} They stay: {stay}" if stay else ""


def _where(part: PartSent) -> str:
    return f"part {part.index + 1}: {part.url or part.remote_id}"


def _address(link: str) -> str:
    link = link.strip()
    try:
        whole = urlsplit(link).scheme in {"http", "https"} and bool(urlsplit(link).hostname)
    except ValueError:
        whole = False
    if not (whole or link.startswith("/practice/")) or len(link) > LONGEST_LINK or not link.isprintable():
        raise UsageError(f"“{link[:80]}” is not a link.", mend="Paste the address of the live post.")
    return link


def _remote_id(delivery: Delivery, link: str, now: datetime) -> str:
    """The network's id of the post at this address, as its adapter reads it; else the address' last word."""
    platform = network_of(delivery.account, current_revision(now))
    if platform is None or not isinstance(platform, Linked):
        return link.rstrip("/").rpartition("/")[2][:200]
    remote_id = platform.id_in(link)
    if remote_id is None:
        raise UsageError(
            f"“{link[:80]}” is not the address of a post that {delivery.account} made on {platform.label}.",
            mend=f"Open the post on {platform.label}, on the account’s own page, and copy its address.",
        )
    return remote_id
