"""Processes of the desk: what people do between and beside the publisher's processes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after Django
from django.db import OperationalError, connection  # noqa: E402

from bfbot.config import config  # noqa: E402
from bfbot.desk import review, settling, stops, writing  # noqa: E402
from bfbot.domain.person import Role  # noqa: E402
from bfbot.domain.post import Delivery, Wording  # noqa: E402
from bfbot.domain.sending import next_part  # noqa: E402
from bfbot.domain.states import DeliveryState, PostState  # noqa: E402
from bfbot.engine import backup  # noqa: E402
from bfbot.engine.restore import restore as put_in_place  # noqa: E402
from bfbot.errors import BfbotError  # noqa: E402
from bfbot.ledger import deliveries, models, people  # noqa: E402
from bfbot.library import current_revision  # noqa: E402
from tests.faults.harness.moments import Moments  # noqa: E402
from tests.faults.harness.orders import Planned, Window, Written  # noqa: E402
from tests.simulators.records_adapter import make_known  # noqa: E402

make_known()

CAMPAIGN, AUTHOR, APPROVER = "bright-futures", "Author", "Approver"


def found() -> None:
    """A database with a team."""
    now = Moments(config().home).machine()
    call_command("migrate", verbosity=0)
    people.add(AUTHOR, Role.AUTHOR, now)
    people.add(APPROVER, Role.APPROVER, now)
    current_revision(now)


def write(planned: Sequence[Planned]) -> list[Written]:
    """Write, submit and decide; approvals hold over midnight, whenever the run began."""
    now = Moments(config().home).machine()
    written = []
    for one in planned:
        at = now + timedelta(seconds=one.at)
        wording = Wording("\n---\n".join(one.parts))
        post = writing.write(
            campaign=CAMPAIGN,
            accounts=[one.account],
            wording=wording,
            at=at,
            actor=AUTHOR,
            now=now,
            window=timedelta(seconds=one.window),
        )
        review.submit(post.id, actor=AUTHOR, now=now)
        if one.decided == "clicked at once":
            with ThreadPoolExecutor(2) as both:
                list(both.map(_clicks, [(post.id, now)] * 2))
        elif one.decided != "not approved":
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
                may_go_out=one.decided in {"approved", "clicked twice", "clicked at once"},
            )
        )
    models.Approval.objects.update(from_time=now - timedelta(days=3), until=now + timedelta(days=3))
    return written


def _clicks(what: tuple[int, datetime]) -> None:
    post, now = what
    try:
        with suppress(BfbotError):
            review.approve(post, actor=APPROVER, now=now)
    finally:
        connection.close()


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


def back_up() -> str:
    """Beside whatever runs; returns where it lies."""
    return str(backup.make(Moments(config().home).machine()))


def restore(file: str) -> None:
    """As `bfbot restore`: only where no bfbot runs."""
    put_in_place(Path(file), Moments(config().home).machine())
    Path(file).unlink()


def hasten() -> list[Window]:
    """Somebody moves the next planned post forward, approved for now; its new window, if there is one."""
    now = Moments(config().home).machine()
    rows = models.Delivery.objects.filter(
        state=DeliveryState.PLANNED, due_at__gt=now, post__state=PostState.APPROVED
    )
    for row in rows.order_by("due_at").select_related("proof"):
        if row.proof is None or len(row.proof.content["parts"]) > 1:
            continue
        if writing.rewrite(row.post_id, actor=AUTHOR, now=now, at=now).state is not PostState.APPROVED:
            review.submit(row.post_id, actor=AUTHOR, now=now)
            review.approve(row.post_id, actor=APPROVER, now=now)
        models.Approval.objects.update(from_time=now - timedelta(days=3), until=now + timedelta(days=3))
        moved = deliveries.get(row.pk)
        return [Window(moved.id, moved.due_at, moved.closes_at)]
    return []


def settle(live: Sequence[str]) -> tuple[int, list[Window]]:
    """Somebody looks at the account, where `live` are the texts, and says what is there, part by part.

    Returns how many posts, and the windows of those that were given a new moment.
    """
    now = Moments(config().home).machine()
    settled, windows = 0, []
    for row in models.Delivery.objects.filter(state=DeliveryState.UNKNOWN):
        delivery = deliveries.get(row.pk)
        if delivery.proof is None or next_part(delivery) is None:
            continue
        while (
            delivery.state is DeliveryState.UNKNOWN
            and delivery.proof
            and (part := next_part(delivery)) is not None
        ):
            there = delivery.proof.parts[part].text in live
            url = _link(delivery, part, now) if there else None
            delivery = settling.settle(
                delivery.id, actor=APPROVER, now=now, live_url=url, gone=url is None, part=part
            )
        settled += 1
        if delivery.state is DeliveryState.MISSED and not delivery.parts:
            again = review.retry(row.post_id, actor=APPROVER, now=now).deliveries[0]
            windows.append(Window(again.id, again.due_at, again.closes_at))
    return settled, windows


def _link(delivery: Delivery, part: int, now: datetime) -> str:
    """An address as the account's network writes them."""
    number = 90_000 + 100 * delivery.id + part
    if delivery.platform == "x":
        return f"https://x.com/desk/status/{number}"
    return f"{current_revision(now).accounts[delivery.account].base_url}/@desk/{number}"
