"""Posts put straight into the ledger, as the desk would have left them: written out, signed, approved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from django.db.models import Model

    from bfbot.domain.proof import Proof

CAMPAIGN, AUTHOR, APPROVER = "bright-futures", "Bench author", "Bench approver"
PAGE = "https://www.local.gov.uk/bright-futures"
_AT_ONCE = 1000


def approved(
    accounts: Sequence[str],
    moments: Iterable[datetime],
    now: datetime,
    name: str,
    say: Callable[[int], str] = lambda number: "Measured:",
) -> None:
    """A post for each moment, taking the accounts in turn, each with its own words and a window of a day."""
    from bfbot.desk.proofing import campaign_of, proofs
    from bfbot.domain.post import Wording
    from bfbot.library import current_revision
    from bfbot.platforms.registry import known

    revision = current_revision(now, platforms=known())
    campaign = campaign_of(CAMPAIGN, revision)
    made: list[tuple[str, Proof, datetime]] = []
    for number, moment in enumerate(moments):
        account = accounts[number % len(accounts)]
        text = f"{say(number)} {name}, post {number}. {PAGE} #GettingTheBest"
        found = proofs(Wording(text), campaign=campaign, accounts=[account], revision=revision, own_words=True)
        made.append((text, found[account], moment))
        if len(made) == _AT_ONCE:
            _store(made, revision.number, now, state="planned")
            made = []
    _store(made, revision.number, now, state="planned")


def copied(account: str, first: datetime, many: int, now: datetime, *, state: str) -> None:
    """Posts a minute apart, all with the same words; `state` is planned, or published with its post closed."""
    from django.db import connection, transaction

    from bfbot.desk.proofing import campaign_of, proofs
    from bfbot.domain.post import Wording
    from bfbot.ledger import models
    from bfbot.library import current_revision
    from bfbot.platforms.registry import known

    revision = current_revision(now, platforms=known())
    text = f"Measured. {PAGE} #GettingTheBest"
    campaign = campaign_of(CAMPAIGN, revision)
    found = proofs(Wording(text), campaign=campaign, accounts=[account], revision=revision, own_words=True)
    _store([(text, found[account], first)], revision.number, now, state=state)
    changes: dict[type[Model], dict[str, str]] = {
        models.Post: {},
        models.Delivery: {"post_id": "post_id + n", "key": "lower(hex(randomblob(16)))"},
        models.Approval: {"post_id": "post_id + n"},
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for model, special in changes.items():
            table, given = model._meta.db_table, dict(special)
            for field in model._meta.concrete_fields:
                name = str(field.column)
                if name in {"scheduled_for", "first_planned_at", "due_at", "closes_at", "not_before"}:
                    given[name] = f"strftime('%Y-%m-%d %H:%M:%f', {name}, n || ' minutes')"
            columns = {str(one.column): str(one.column) for one in model._meta.concrete_fields} | {"id": "id + n"}
            columns |= given
            cursor.execute(
                f"WITH RECURSIVE line(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM line WHERE n + 1 < {many}) "
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
                f"FROM line, (SELECT * FROM {table} ORDER BY id DESC LIMIT 1)"
            )


def _store(made: Sequence[tuple[str, Proof, datetime]], revision: int, now: datetime, state: str) -> None:
    from django.db import transaction

    from bfbot.desk.vouching import vouch
    from bfbot.domain.proof import joint_digest
    from bfbot.ledger import models

    before = now - timedelta(minutes=1)
    over = state == "published"
    posts, proofs = [], []
    for text, proof, moment in made:
        proofs.append(models.Proof(digest=proof.digest, content=asdict(proof), made_at=now))
        posts.append(
            models.Post(
                campaign=CAMPAIGN,
                origin="person",
                state="closed" if over else "approved",
                text=text,
                author=AUTHOR,
                first_planned_at=moment,
                scheduled_for=moment,
                window_seconds=86400,
                revision_id=revision,
                signature=joint_digest([proof]),
                created_at=before,
                changed_at=before,
            )
        )
    with transaction.atomic():
        models.Proof.objects.bulk_create(proofs, ignore_conflicts=True)
        posts = models.Post.objects.bulk_create(posts)
        models.Delivery.objects.bulk_create(
            models.Delivery(
                post=post,
                account=proof.account,
                platform=proof.platform,
                state=state,
                key=uuid4().hex,
                due_at=moment,
                closes_at=moment + timedelta(days=1),
                not_before=moment,
                proof_id=proof.digest,
                published_at=moment if over else None,
            )
            for post, (_, proof, moment) in zip(posts, made, strict=True)
        )
        models.Approval.objects.bulk_create(
            models.Approval(
                post=post,
                author=AUTHOR,
                approver=APPROVER,
                signature=post.signature,
                from_time=moment - timedelta(hours=1),
                until=moment + timedelta(days=1),
                given_at=before,
                confirmed="Measured.",
            )
            for post, (_, _, moment) in zip(posts, made, strict=True)
        )
        if not over and len(made) > 1:
            vouch([one.pk for one in posts], now)  # as every approval does
