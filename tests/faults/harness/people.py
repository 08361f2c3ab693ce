"""Processes of the desk: what people do between and beside the publisher's processes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after Django
from django.db import OperationalError, connection  # noqa: E402

from bfbot.config import config  # noqa: E402
from bfbot.desk import review, settling, stops, writing  # noqa: E402
from bfbot.domain.person import Role  # noqa: E402
from bfbot.domain.post import Wording  # noqa: E402
from bfbot.domain.sending import next_part  # noqa: E402
from bfbot.domain.states import DeliveryState  # noqa: E402
from bfbot.errors import BfbotError  # noqa: E402
from bfbot.ledger import deliveries, models, people  # noqa: E402
from bfbot.library import current_revision  # noqa: E402
from tests.faults.harness.moments import Moments  # noqa: E402
from tests.faults.harness.orders import Planned, Written  # noqa: E402

CAMPAIGN, AUTHOR, APPROVER = "bright-futures", "Author", "Approver"


def found() -> None:
    """A database with a team."""
    now = Moments(config().home).machine()
    call_command("migrate", verbosity=0)
    people.add(AUTHOR, Role.AUTHOR, now)
    people.add(APPROVER, Role.APPROVER, now)
    current_revision(now)


def write(account: str, planned: Sequence[Planned]) -> list[Written]:
    """Write, submit and decide; approvals hold over midnight, whenever the run began."""
    now = Moments(config().home).machine()
    written = []
    for one in planned:
        at = now + timedelta(seconds=one.at)
        wording = Wording("\n---\n".join(one.parts))
        post = writing.write(
            campaign=CAMPAIGN,
            accounts=[account],
            wording=wording,
            at=at,
            actor=AUTHOR,
            now=now,
            window=timedelta(seconds=one.window),
        )
        review.submit(post.id, actor=AUTHOR, now=now)
        if one.decided != "not approved":
            review.approve(post.id, actor=APPROVER, now=now)
        if one.decided == "clicked twice":
            with suppress(BfbotError):
                review.approve(post.id, actor=APPROVER, now=now)
        if one.decided == "edited":
            writing.rewrite(post.id, actor=AUTHOR, now=now, wording=Wording("Something else."))
        if one.decided == "withdrawn":
            review.withdraw(post.id, actor=APPROVER, now=now)
        row = models.Delivery.objects.select_related("proof").get(post_id=post.id)
        written.append(
            Written(
                post.id,
                row.pk,
                one.parts,
                row.due_at,
                row.closes_at,
                may_go_out=one.decided in {"approved", "clicked twice"},
            )
        )
    models.Approval.objects.update(from_time=now - timedelta(days=3), until=now + timedelta(days=3))
    return written


def pause(after: float, patience: float) -> tuple[float, list[int]] | None:
    """When it was acknowledged (monotonic), and which deliveries it said were on their way.

    None when it was not: a process that was stopped in the middle of a transaction keeps the ledger to itself.
    """
    stops.WAITS = patience
    time.sleep(after)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 500")
    try:
        hold = stops.pause(actor=AUTHOR, now=Moments(config().home).machine(), reason="A sad day.")
    except OperationalError:
        return None
    acknowledged = time.monotonic()
    return acknowledged, [one.delivery.id for one in stops.on_their_way(hold)]


def resume() -> float:
    """When it began."""
    began = time.monotonic()
    stops.resume(actor=APPROVER, now=Moments(config().home).machine())
    return began


def settle(live: Sequence[str]) -> int:
    """Somebody looks at the account, where `live` are the texts, and says what is there. Returns how many."""
    now = Moments(config().home).machine()
    settled = 0
    for row in models.Delivery.objects.filter(state=DeliveryState.UNKNOWN):
        delivery = deliveries.get(row.pk)
        part = next_part(delivery)
        if part is None or delivery.proof is None:
            continue
        there = delivery.proof.parts[part].text in live
        if there and part < len(delivery.proof.parts) - 1:
            continue  # half a thread is neither live nor gone: it stays unknown
        url = "https://social.example/there" if there else None
        settling.settle(delivery.id, actor=APPROVER, now=now, live_url=url, gone=not there)
        settled += 1
        if not there and not delivery.parts:
            review.retry(row.post_id, actor=APPROVER, now=now)
    return settled
