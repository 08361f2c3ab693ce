"""A ledger from a backup: what may have gone out since is in doubt, and nothing moves by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import product

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from bfbot.domain.hold import Scope
from bfbot.domain.proof import proof_from_json
from bfbot.domain.sending import RESTORE as ACTOR
from bfbot.domain.sending import Action, Outcome, next_part
from bfbot.domain.states import SOUGHT, DeliveryState, PostState, check_delivery_move
from bfbot.ledger import audit, holds, models, releases
from bfbot.ledger.posts import delivery_to_domain

_S = DeliveryState
_AT_ONCE = 400
_EARLY = "It may have gone out early, after the backup was made."
NEVER = timedelta(days=3650)
"""A thread is not read back part by part: that one part is missing says nothing of the next."""


@dataclass(frozen=True)
class InDoubt:
    """How many posts on accounts will be looked for, and how many a person has to settle.

    Of those planned for later: how many will be looked for as well, and how many cannot be. `reason` of the pause
    warns of these.
    """

    to_read_back: int
    for_a_person: int
    early_to_read_back: int = 0
    early_unseen: int = 0


@dataclass(frozen=True)
class Asked:
    """Accounts by what a network can say of a post that went out early.

    `listed`: it can be asked. `here`: it is the restored database itself, and knows of nothing since.
    """

    listed: Collection[str] = ()
    here: Collection[str] = ()


def distrust(made_at: datetime, now: datetime, asked: Asked) -> InDoubt:
    """Call it on the restored database before anything else uses it. Times are aware.

    What was due, or being sent, becomes `unknown`, as if bfbot had died over each of these requests: so it is
    read back and never sent blindly. So does what is planned for later, where the network can be asked: somebody
    may have moved it forward. Everything is paused until an approver says that the rest may go on, feeds are read
    as for the first time, and nobody is signed in.
    """
    with transaction.atomic():
        doubts = _doubt(made_at, now)
        doubts = replace(doubts, **_doubt_later(made_at, now, asked))
        reason = (
            f"Restored from the backup of {made_at:%d %b %Y %H:%M} UTC. What was decided and posted since then is "
            "not in it: look at your channels and at the queue, cancel what is out or not wanted, then resume."
        )
        hold = holds.add(Scope.EVERYTHING, "", reason, ACTOR, now)
        _warn_of_old_failures(made_at)
        releases.prime_again()
        Session.objects.all().delete()
        audit.record(ACTOR, "restored", f"hold:{hold.id}", now, {"made_at": made_at.isoformat(), **asdict(doubts)})
    return doubts


def _doubt(made_at: datetime, now: datetime) -> InDoubt:
    for old, new in ((_S.PLANNED, _S.DUE), (_S.DUE, _S.SENDING), (_S.SENDING, _S.UNKNOWN)):
        check_delivery_move(old, new)
    waiting = models.Delivery.objects.filter(
        state__in=[_S.PLANNED, _S.DUE], due_at__lte=now, post__state=PostState.APPROVED, proof__isnull=False
    )
    open_now = models.Delivery.objects.filter(state__in=[_S.SENDING, _S.UNKNOWN])
    rows = (waiting | open_now).select_related("proof").prefetch_related("parts").distinct()
    readable = alone = 0
    for row in rows:
        delivery = delivery_to_domain(row)
        part = next_part(delivery)
        if part is None:
            continue
        thread = delivery.proof is not None and len(delivery.proof.parts) > 1
        # The network's list is read from the first moment on, and trusted a while after the last. Of a thread
        # each part that the backup does not know to be live may be live.
        count = len(delivery.proof.parts) if delivery.proof else 1
        for moment, index in product((made_at, now), range(part, count)):
            models.Attempt.objects.create(
                delivery_id=delivery.id,
                part=index,
                started_at=moment,
                ended_at=now,
                worker=ACTOR,
                action=Action.PUBLISH,
                outcome=Outcome.INTERRUPTED,
                detail="It may have gone out after the backup was made.",
            )
        models.Delivery.objects.filter(pk=delivery.id).update(
            state=_S.UNKNOWN,
            error="Check: may be live. It may have gone out after the backup was made.",
            not_before=now + NEVER if thread else now,
        )
        readable, alone = readable + (not thread), alone + thread
    return InDoubt(readable, alone)


def _doubt_later(made_at: datetime, now: datetime, asked: Asked) -> dict[str, int]:
    """What the backup plans for later may have been moved forward, and be out: so it is looked for.

    Threads, and what goes where nothing can be read, stay planned: nobody can be asked to settle a whole queue.
    """
    rows = models.Delivery.objects.filter(
        state=_S.PLANNED, due_at__gt=now, post__state=PostState.APPROVED, proof__isnull=False
    ).exclude(account__in=list(asked.here))
    written = rows.order_by("pk").values_list("pk", "account", "proof__content").iterator()
    every = [(one, account, len(proof_from_json(content).parts)) for one, account, content in written]
    sought = [one for one, account, parts in every if account in asked.listed and parts == 1]
    for start in range(0, len(sought), _AT_ONCE):
        ids = sought[start : start + _AT_ONCE]
        # Each from the moment of the backup on, and trusted a while after the restore, as above.
        models.Attempt.objects.bulk_create(
            models.Attempt(
                delivery_id=one,
                part=0,
                started_at=moment,
                ended_at=now,
                worker=ACTOR,
                action=Action.PUBLISH,
                outcome=Outcome.INTERRUPTED,
                detail=_EARLY,
            )
            for one, moment in product(ids, (made_at, now))
        )
        models.Delivery.objects.filter(pk__in=ids).update(
            state=_S.UNKNOWN, reason=SOUGHT, error=f"{_EARLY} bfbot looks for it on its network.", not_before=now
        )
    return {"early_to_read_back": len(sought), "early_unseen": len(every) - len(sought)}


def _warn_of_old_failures(made_at: datetime) -> None:
    """Somebody may have tried them again since."""
    words = f"From the backup of {made_at:%d %b %H:%M} UTC: look first whether it went out since. "
    rows = models.Delivery.objects.filter(state__in=[_S.FAILED, _S.MISSED], post__state=PostState.APPROVED)
    rows.update(error=Concat(Value(words), F("error")))
